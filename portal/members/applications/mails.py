"""The mails about an application. None names the person it goes to: an address may have been typed wrongly."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from municipalities.models import MembershipApplication, MemberStaff
from portal.core.mail.actions import post
from portal.roles import secretaries


def tell_received(application: MembershipApplication, site: str) -> None:
    """To the applicant, with the number; to those who decide, where the application is."""
    _tell_applicant(application, "received", "会員登録の申込みを受け付けました", site)
    if application.is_joining:
        _tell_colleagues(application, site)
    else:
        _tell_secretariat(application, site)


def tell_approved(application: MembershipApplication, site: str) -> None:
    _tell_applicant(application, "approved", "会員登録の申込みが承認されました", site)


def tell_refused(application: MembershipApplication, site: str) -> None:
    _tell_applicant(application, "refused", "会員登録の申込みについて", site)


def tell_expired(application: MembershipApplication) -> None:
    _tell_applicant(application, "expired", "会員登録の申込みの期限が過ぎました", settings.SITE_URL)


def _tell_applicant(application: MembershipApplication, what: str, subject: str, site: str) -> None:
    context = {"application": application, "link": f"{site}{reverse('member_status')}"}
    context |= {"sign_up": f"{site}{reverse('member_signup')}", "sign_in": f"{site}{reverse('account_login')}"}
    text = _text(what, context)
    post(to=application.email, subject=subject, text=text, key=f"application-{application.pk}-{what}")


def _tell_colleagues(application: MembershipApplication, site: str) -> None:
    link = f"{site}{reverse('member_application', args=[application.reference])}"
    text = _text("to_colleagues", {"application": application, "link": link})
    for held in MemberStaff.objects.at(application.municipality):
        key = f"application-{application.pk}-consent-{held.user_id}"
        post(to=held.user.email, subject="担当者の追加の申込みがあります", text=text, key=key)


def _tell_secretariat(application: MembershipApplication, site: str) -> None:
    link = f"{site}{reverse('admin:municipalities_membershipapplication_changelist')}"
    text = _text("to_secretariat", {"link": link})
    for person in secretaries():
        key = f"application-{application.pk}-review-{person.pk}"
        post(to=person.email, subject="会員登録の申込みがあります", text=text, key=key)


def _text(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"mail/members/{name}.txt", {"site_name": settings.SITE_NAME, **context})
