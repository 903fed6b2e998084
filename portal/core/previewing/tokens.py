"""The secrets in the addresses of links, and by what they are known again."""

from hashlib import sha256
from secrets import token_urlsafe


def new_token() -> str:
    """A secret of 256 bits, fit for an address."""
    return token_urlsafe(32)


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
