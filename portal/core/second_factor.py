"""The forms that take a code of the second factor: no code is taken twice while any clock would still show it."""

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from django.core.cache import cache


class OneTimeCode:
    """allauth forgets a used code after one step, but with tolerance a code lives for several."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        lifetime = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not cache.add(f"second-factor-used:{self.user.pk}:{code}", True, timeout=lifetime):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OneTimeCode, forms.AuthenticateForm):
    pass


class ReauthenticateForm(OneTimeCode, forms.ReauthenticateForm):
    pass
