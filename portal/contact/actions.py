"""Taking in what visitors write, moving it on, and removing it in time."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from municipalities.models import Ward
from portal.contact.choices import InquiryState
from portal.contact.models import FEEDBACK_KEPT, KEPT_AFTER_CLOSING, KEPT_AT_MOST, Inquiry, PageFeedback
from portal.contact.pages import SeenPage
from portal.contact.telling import tell_office, tell_sender
from portal.core.references import new_reference


@transaction.atomic
def receive(
    *,
    submission: str,
    ward: Ward | None,
    topic: str,
    body: str,
    name: str = "",
    email: str = "",
    sends_receipt: bool = False,
    at: datetime | None = None,
) -> Inquiry:
    """Takes in what somebody wrote and tells the office it is for; sent twice, it is there once."""
    at = at or timezone.now()
    written = {"ward": ward, "topic": topic, "body": body, "name": name, "email": email, "created_at": at}
    inquiry, is_new = _once(Inquiry, submission, {"reference": new_reference(), **written})
    if is_new:
        tell_office(inquiry=inquiry, at=at)
        if sends_receipt:
            tell_sender(inquiry=inquiry, at=at)
    return inquiry


def give_feedback(
    *, submission: str, page: SeenPage, is_useful: bool, comment: str = "", at: datetime | None = None
) -> PageFeedback:
    """Takes in whether a page was of use; sent twice, it is there once."""
    told = {"path": page.path, "title": page.title[:300], "ward": page.ward, "is_useful": is_useful, "comment": comment}
    feedback, _ = _once(PageFeedback, submission, told | {"created_at": at or timezone.now()})
    return feedback


def _once(model: Any, submission: str, values: dict[str, Any]) -> tuple[Any, bool]:
    """The row of a form, and whether it is new."""
    try:
        with transaction.atomic():
            return model.objects.create(submission=submission, **values), True
    except IntegrityError:
        former = model.objects.filter(submission=submission).first()
        if former is None:
            raise
        return former, False


@transaction.atomic
def move_on(*, inquiry: Inquiry, by: Any, at: datetime | None = None) -> None:
    """Saves what was decided of an inquiry: who had it in hand last, and when it was closed."""
    inquiry.handled_by = by
    if inquiry.state != InquiryState.CLOSED:
        inquiry.closed_at = None
    elif inquiry.closed_at is None:
        inquiry.closed_at = at or timezone.now()
    inquiry.save()


def forget_old(at: datetime | None = None) -> int:
    """Removes what people wrote once its time is over, and closes what nobody closed; how many inquiries."""
    at = at or timezone.now()
    due = Inquiry.objects.to_forget(closed_by=at - KEPT_AFTER_CLOSING, came_by=at - KEPT_AT_MOST)
    words = dict.fromkeys(Inquiry.PERSONAL_FIELDS, "")
    with transaction.atomic():
        due.filter(closed_at__isnull=True).update(state=InquiryState.CLOSED, closed_at=at)
        # The digest of a form was made of the words, too.
        return due.update(**words, submission=F("reference"), forgotten_at=at)


def forget_old_feedback(at: datetime | None = None) -> int:
    """Removes what was said of pages more than a year ago; how much."""
    removed, _ = PageFeedback.objects.came_by((at or timezone.now()) - FEEDBACK_KEPT).delete()
    return removed
