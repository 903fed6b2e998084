"""Numbers under which people ask for what they sent."""

import secrets

# No letters and digits that are taken for one another.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_reference() -> str:
    """A number that people can read out and nobody guesses: 「7KX-M2P-QRA」, one of 2**45."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(3)) for _ in range(3))
