"""Passkeys: allauth's forms and pages, with our words, and proof against answers that no browser would give.

Every passkey checks who holds it (a fingerprint, a face, a PIN): something one has, and something one is or knows. So a
passkey alone is two factors, and signs in without the password.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn_forms
from allauth.mfa.webauthn import views
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login, remove_authenticator
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.contrib.messages.views import SuccessMessageMixin
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

LONGEST_NAME = 50
NOT_CONFIRMED = "パスキーを確認できませんでした。もう一度お試しください。"


@contextmanager
def told_as_not_confirmed() -> Iterator[None]:
    """A wrong answer of the browser is told in words about passkeys, and so is one that is malformed.

    The libraries raise many things for the latter. Raises ValidationError.
    """
    try:
        yield
    except ValidationError as error:
        if error.code != "incorrect_code":
            raise
        raise ValidationError(NOT_CONFIRMED) from error
    except (
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
        struct.error,
        InvalidSignature,
        UnsupportedAlgorithm,
    ) as error:
        raise ValidationError(NOT_CONFIRMED) from error


def _credential() -> forms.JSONField:
    """What the browser answers; without its script it stays empty."""
    messages = {"required": NOT_CONFIRMED, "invalid": NOT_CONFIRMED}
    return forms.JSONField(label="パスキー", widget=forms.HiddenInput, error_messages=messages)


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    # Every passkey is one that signs in alone: there is nothing to choose.
    passwordless = None
    name = forms.CharField(
        label="名前",
        required=False,
        max_length=LONGEST_NAME,
        help_text="「仕事のパソコン」のように、ほかのパスキーと見分けられる名前にします。",
    )
    credential = _credential()

    def clean(self) -> dict[str, Any]:
        with told_as_not_confirmed():
            return super().clean()


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    name = forms.CharField(label="名前", max_length=LONGEST_NAME)


class ProvesByPasskey(forms.Form):
    credential = _credential()

    def clean_credential(self) -> Authenticator:
        with told_as_not_confirmed():
            return super().clean_credential()  # type: ignore[misc]


class AuthenticateForm(ProvesByPasskey, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class ReauthenticateForm(ProvesByPasskey, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class LoginForm(ProvesByPasskey, webauthn_forms.LoginWebAuthnForm):
    pass


class AddPasskey(views.AddWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | kwargs
        return context | {"options": begin_registration(self.request.user, passwordless=True)}


class RenamePasskey(SuccessMessageMixin, views.EditWebAuthnView):
    success_url = reverse_lazy("mfa_index")
    success_message = "パスキーの名前を変更しました。"


class RemovePasskey(views.RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        remove_authenticator(self.request, self.object)
        return redirect(self.get_success_url())


class ReauthenticateByPasskey(views.ReauthenticateWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | kwargs
        return context | {"options": context["js_data"]["request_options"]}

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


@method_decorator(never_cache, name="dispatch")
class LogInByPasskey(views.LoginWebAuthnView):
    def form_valid(self, form: forms.Form) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        return perform_passwordless_login(self.request, authenticator, login)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Back to the page of signing in, which says what went wrong and still knows where to go on to."""
        response = super().form_invalid(form)
        following = get_next_redirect_url(self.request)
        if following:
            response["Location"] = reverse("account_login", query={"next": following})
        return response
