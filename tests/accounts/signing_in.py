"""Signing in as people do: the password, then a code of the authenticator app."""

import time

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

PASSWORD = "correct horse battery"


def code_now(secret, steps=0):
    """What the app shows at this moment, or showed and will show ``steps`` half minutes from it."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def confirm_address(user):
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)


def set_up_app(user):
    """Gives somebody an authenticator app; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def give_password(client, user, password=PASSWORD, **query):
    return client.post(reverse("account_login", query=query), {"login": user.email, "password": password})


def give_code(client, secret):
    return client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})


def sign_in(client, user):
    """Signs somebody in with both factors."""
    confirm_address(user)
    secret = set_up_app(user)
    give_password(client, user)
    return give_code(client, secret)


def sign_in_again(client, user):
    """For somebody who has signed in before, as after the end of their session."""
    give_password(client, user)
    return give_code(client, Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])
