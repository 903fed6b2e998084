"""A page that asks before it does something: the form, then all of it to look through, then it is done."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# What a button asks for.
DO, CHANGE = "do", "change"


class Words(NamedTuple):
    """What the page says: its title, what it will mean, its button, and what is to be heeded first."""

    title: str
    lead: str
    submit: str
    warning: str = ""


def asked(request: HttpRequest, form: Any, words: Words, act: Callable[..., Any], *, back: str) -> HttpResponse | None:
    """Does what was asked for and confirmed, and returns None; else the page on which it is asked.

    ``act`` gets the answers of the form by name; where it raises ValidationError the form says why. ``back`` is the
    name of the page to go back to.
    """
    step = request.POST.get("step", "")
    has_questions = bool(form.fields)
    is_ready = form.is_valid() if form.is_bound else not has_questions
    if is_ready and step == DO:
        try:
            act(**form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
            is_ready = False
        else:
            return None
    is_check = is_ready and step != CHANGE
    context = {
        "page_title": f"{words.title}：内容の確認" if is_check and has_questions else words.title,
        "words": words,
        "form": form,
        "has_questions": has_questions,
        "back": back,
    }
    return render(request, f"members/area/{'check' if is_check else 'ask'}.html", context)
