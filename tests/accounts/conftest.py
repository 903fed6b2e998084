"""What the tests of signing in have in common."""

import pytest


@pytest.fixture(autouse=True)
def _patient_codes(settings):
    """The code may turn between reading and sending it: the one before counts too."""
    settings.MFA_TOTP_TOLERANCE = 1
