"""Mail about inquiries: to whoever wrote, and to those who answer. Neither repeats what was written."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from portal.contact.models import Inquiry
from portal.core.mail.actions import post
from portal.roles import people_of


def tell_office(*, inquiry: Inquiry, at: datetime | None = None) -> int:
    """Mails the people of the ward, without any the secretariat, that something came; how many people."""
    people = people_of(inquiry.ward, at)
    address = f"{settings.SITE_URL}{reverse('admin:portal_inquiry_change', args=[inquiry.pk])}"
    text = render_to_string("mail/contact/to_office.txt", {"inquiry": inquiry, "address": address})
    for person in people:
        # Once for each ward to which it goes.
        key = f"inquiry-{inquiry.reference}-{inquiry.ward_id or 'secretariat'}-{person.pk}"
        post(to=person.email, subject=f"お問い合わせが届きました（{inquiry.reference}）", text=text, key=key, at=at)
    return len(people)


def tell_sender(*, inquiry: Inquiry, at: datetime | None = None) -> None:
    """Mails the receipt. It holds no word of what was written: nobody can send theirs to strangers through us."""
    text = render_to_string("mail/contact/receipt.txt", {"inquiry": inquiry})
    key = f"inquiry-{inquiry.reference}-receipt"
    post(to=inquiry.email, subject="お問い合わせを受け付けました", text=text, key=key, at=at)
