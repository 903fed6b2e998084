"""Writing to a ward or the secretariat, and saying whether a page was of use."""

from datetime import timedelta

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.contact.actions import give_feedback, receive
from portal.contact.forms import ContactForm, FeedbackForm
from portal.contact.models import FEEDBACK_KEPT, KEPT_AFTER_CLOSING, Inquiry
from portal.contact.pages import page_at
from portal.contacts import secretariat
from portal.core.guard import GuardedForm, within_rate

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_SENT = "portal.contact.sent"


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _refused(form: GuardedForm) -> int:
    """The status of a form that is shown again."""
    return 429 if form.is_bound and form.is_too_many else 200


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def contact(request: HttpRequest) -> HttpResponse:
    """The form; ``?ward=`` chooses the ward that it opens with."""
    form = ContactForm(_posted(request), initial={"ward": request.GET.get("ward", "")})
    if form.is_valid():
        if within_rate(request, what="contact", limit=5, per=HOUR):
            email = form.cleaned_data["email"]
            # Nobody's letter box is filled through us, from however many places it is tried.
            gets = bool(email) and within_rate(request, what="receipt", limit=3, per=DAY, whose=email.casefold())
            inquiry = receive(submission=form.submission, sends_receipt=gets, **form.cleaned_data)
            return redirect("contact_sent", signing.dumps([inquiry.reference, gets], salt=_SENT))
        form.refuse_too_many()
    context = {
        "page_title": "お問い合わせ",
        "form": form,
        "contact": secretariat(),
        "days_kept": KEPT_AFTER_CLOSING.days,
    }
    return render(request, "contact/contact.html", context, status=_refused(form))


@require_safe
@never_cache
def contact_sent(request: HttpRequest, token: str) -> HttpResponse:
    """The number under which something was taken in."""
    try:
        reference, gets_receipt = signing.loads(token, salt=_SENT)
    except signing.BadSignature as error:
        raise Http404 from error
    inquiry = get_object_or_404(Inquiry.objects.select_related("ward"), reference=reference)
    context = {"page_title": "お問い合わせを受け付けました", "inquiry": inquiry, "gets_receipt": gets_receipt}
    return render(request, "contact/sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def feedback(request: HttpRequest) -> HttpResponse:
    """Whether the page at ``?page=`` was of use (``?answer=yes`` or ``no``), and why."""
    asked = {name: request.GET.get(name, "") for name in ("page", "answer")}
    form = FeedbackForm(_posted(request), initial=asked)
    if form.is_valid():
        if within_rate(request, what="feedback", limit=20, per=HOUR):
            given = give_feedback(submission=form.submission, **form.answers)
            return redirect(reverse("feedback_sent", query={"page": given.path}))
        form.refuse_too_many()
    page = page_at(str(form["page"].value() or ""))
    if page is None and not form.is_bound:
        raise Http404
    context = {
        "page_title": "ページへのご意見",
        "form": form,
        "page": page,
        "days_kept": FEEDBACK_KEPT.days,
    }
    return render(request, "contact/feedback.html", context, status=_refused(form))


@require_safe
@never_cache
def feedback_sent(request: HttpRequest) -> HttpResponse:
    page = page_at(request.GET.get("page", ""))
    if page is None:
        raise Http404
    return render(request, "contact/feedback_sent.html", {"page_title": "ご意見をありがとうございました", "page": page})
