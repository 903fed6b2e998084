"""Settings that cannot be right stop the site before it starts."""

import os
import subprocess
import sys

import pytest

from tests.test_architecture import ROOT


@pytest.mark.parametrize(("value", "starts"), [("keep", True), ("cancel", True), ("drop", False), ("", False)])
def test_how_cancellations_are_told_is_one_of_two_words(value, starts):
    environment = {**os.environ, "SECRET_KEY": "x" * 50, "ICAL_SUBSCRIPTION_CANCELLED": value}
    command = [sys.executable, "-c", "import portal.settings"]

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert (done.returncode == 0) is starts
    assert ("ICAL_SUBSCRIPTION_CANCELLED は keep か cancel にしてください。" in done.stderr) is not starts
