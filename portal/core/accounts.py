"""Our choices on top of allauth: who may sign in, how, and what proves a second factor."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse

from portal.core.mail.actions import post
from portal.core.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "メールアドレスまたはパスワードが正しくありません。",
        "rate_limited": "操作の回数が多すぎます。1分ほど待ってから、もう一度お試しください。",
        "too_many_login_attempts": (
            "サインインの失敗が続いたため、一時的に受付を止めています。"
            f"{settings.LOCK_OUT_MINUTES}分ほど待ってから、もう一度お試しください。"
        ),
    }
    # How people prove once more who they are, by allauth's name of it.
    ways_to_reauthenticate: ClassVar[dict[str, str]] = {
        "reauthenticate": "パスワードで確認する",
        "mfa_reauthenticate": "認証アプリのコードか予備のコードで確認する",
        "mfa_reauthenticate:webauthn": "パスキーで確認する",
    }

    def get_reauthentication_methods(self, user: User) -> list[dict]:
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": self.ways_to_reauthenticate[method["id"]]} for method in methods]

    def is_safe_url(self, url: str | None) -> bool:
        """An address that cannot even be read leads nowhere."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index") if request.user.is_staff else super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """A new password ends every session, this one too: the next step is to sign in with it."""
        return reverse("account_login")

    def format_email_subject(self, subject: str) -> str:
        """The portal puts its name before the subject of every mail."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context | {"email": email})
        post(to=email, subject=message.subject, text=message.body)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "unverified_email": "メールアドレスの確認が済むまで、二要素認証は設定できません。",
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return f"パスキー{Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.SITE_NAME}


class ForgottenPasswordForm(ResetPasswordForm):
    """Only for people who have a password: the first one is chosen with an invitation, which expires."""

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users: list[User] = [user for user in self.users if user.has_usable_password()]
        return email


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session has proved a second factor: a passkey, a code of the app, or a recovery code."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def page_to_prove_second_factor(user: User) -> str | None:
    """The name of the page where somebody proves a second factor that they have set up; None without one."""
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    if Authenticator.Type.WEBAUTHN in types:
        return "mfa_reauthenticate_webauthn"
    return "mfa_reauthenticate" if Authenticator.Type.TOTP in types else None


def forget_second_factor(user: User) -> None:
    """For somebody who lost the app, the passkeys and the recovery codes: they set the second factor up anew."""
    Authenticator.objects.filter(user=user).delete()


def forget_other_addresses(user: User) -> None:
    """After a change of address: the old one opens nothing any more, and the new one is to be confirmed."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()


@receiver(authenticator_added)
def _count_activation_as_use(request: HttpRequest, authenticator: Authenticator, **kwargs: Any) -> None:
    """What sets up the app or a passkey proves it as well: this session need not be asked again."""
    if authenticator.type in (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN):
        post_authentication(request, authenticator)


@receiver(authenticator_removed)
def _forget_use(request: HttpRequest, authenticator: Authenticator, **kwargs: Any) -> None:
    """What a removed app or passkey once proved counts no longer."""
    left = set(Authenticator.objects.filter(user=request.user).values_list("pk", flat=True))
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record for record in records if record.get("method") != "mfa" or record.get("id") in left
    ]
