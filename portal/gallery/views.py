"""The gallery: every component in each of its states, for those who build the site."""

import re
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from portal.gallery.forms import sample_forms
from portal.gallery.samples import samples

_IDS = re.compile(r'\sid="([^"]+)"')
_REFERENCES = re.compile(r'(\s(?:id="|for="|aria-(?:labelledby|describedby|controls)="|href="#|fill="url\(#))([^")]+)')
_NAMES = re.compile(r'(<(?:nav|section|aside|form|div)\b[^>]*\saria-label=")([^"]+)"')


class Shown(NamedTuple):
    """``is_item``: whether it stands in a list."""

    state: str
    html: SafeString
    is_item: bool


def component_gallery(request: HttpRequest) -> HttpResponse:
    """Raises Http404 for everybody but staff, unless the site is being developed."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    components = {name: _shown(request, name, f"components/{name}.html", states) for name, states in samples().items()}
    forms = {state: {"form": form} for state, form in sample_forms().items()}
    components["forms"] = _shown(request, "forms", "gallery/form.html", forms)
    return render(request, "gallery/component_gallery.html", {"page_title": "部品の見本", "components": components})


def _shown(request: HttpRequest, name: str, template: str, states: dict[str, dict[str, Any]]) -> list[Shown]:
    drawn = [(state, render_to_string(template, context, request)) for state, context in states.items()]
    return [
        Shown(state, _apart(html, f"-{name}-{number}"), "<li" in html.split(">")[0])
        for number, (state, html) in enumerate(drawn)
    ]


def _apart(html: str, suffix: str) -> SafeString:
    """What a template has drawn, with ids and names of landmarks of its own, so that it may stand there many times."""
    ids = set(_IDS.findall(html))

    def renamed(match: re.Match[str]) -> str:
        names = [f"{name}{suffix}" if name in ids else name for name in match[2].split()]
        return f"{match[1]}{' '.join(names)}"

    html = _REFERENCES.sub(renamed, html.replace(" autofocus", ""))
    html = _NAMES.sub(lambda match: f'{match[1]}{match[2]}（見本{suffix}）"', html)
    return mark_safe(html)  # noqa: S308 (drawn by our own templates, which escape what is not ours)
