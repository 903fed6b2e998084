"""The link that confirms an address: signed, and never kept."""

from django.core.signing import BadSignature, Signer

_SIGNER = Signer(salt="portal.members.sign_up")


def link_token(reference: str) -> str:
    return _SIGNER.sign(reference)


def read_token(token: str) -> str | None:
    """The reference that a link is for; None where we never sent it so."""
    try:
        return _SIGNER.unsign(token)
    except BadSignature:
        return None
