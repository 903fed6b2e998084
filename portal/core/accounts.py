"""Our choices on top of allauth: who may sign in, how, and what proves a second factor."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django_tasks import task

from portal.core.models import User


@task()
def send_message(subject: str, body: str, sender: str, recipients: list[str]) -> None:
    """Sends one plain mail; run by the worker, so that a slow mail server holds up no page."""
    EmailMultiAlternatives(subject, body, sender, recipients).send()


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "メールアドレスまたはパスワードが正しくありません。",
        "rate_limited": "操作の回数が多すぎます。しばらく待ってから、もう一度お試しください。",
        "too_many_login_attempts": (
            "サインインの失敗が続いたため、一時的に受付を止めています。5分ほど待ってから、もう一度お試しください。"
        ),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index") if request.user.is_staff else super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """A new password ends every session, this one too: the next step is to sign in with it."""
        return reverse("account_login")

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.EMAIL_SUBJECT_PREFIX}{subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context | {"email": email})
        send_message.enqueue(
            subject=message.subject, body=message.body, sender=message.from_email, recipients=list(message.to)
        )


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session has proved a second factor: a code of the app, or a recovery code."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_authenticator_app(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def forget_second_factor(user: User) -> None:
    """For somebody who lost both the app and the recovery codes: they set the second factor up anew."""
    Authenticator.objects.filter(user=user).delete()


def forget_other_addresses(user: User) -> None:
    """After a change of address: the old one opens nothing any more, and the new one is to be confirmed."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()


@receiver(authenticator_added)
def _count_activation_as_use(request: HttpRequest, authenticator: Authenticator, **kwargs: Any) -> None:
    """The code typed to activate the app proves it: this session need not be asked again."""
    if authenticator.type == Authenticator.Type.TOTP:
        post_authentication(request, authenticator)


@receiver(authenticator_removed)
def _forget_use(request: HttpRequest, authenticator: Authenticator, **kwargs: Any) -> None:
    """What a removed app once proved counts no longer."""
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [r for r in records if r.get("method") != "mfa"]
