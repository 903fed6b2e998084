"""The link that confirms an address: signed, and never kept."""

import secrets

from django.core.signing import BadSignature, Signer

# No letters and digits that are taken for one another.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SIGNER = Signer(salt="portal.members.sign_up")


def new_reference() -> str:
    """A number that people can read out and nobody guesses: 「7KX-M2P-QRA」, one of 2**45."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(3)) for _ in range(3))


def link_token(reference: str) -> str:
    return _SIGNER.sign(reference)


def read_token(token: str) -> str | None:
    """The reference that a link is for; None where we never sent it so."""
    try:
        return _SIGNER.unsign(token)
    except BadSignature:
        return None
