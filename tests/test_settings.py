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


@pytest.mark.parametrize("value", ["https://storage.example/bucket", "s3://", "bucket"])
def test_a_storage_that_is_none_is_told(value):
    environment = {**os.environ, "SECRET_KEY": "x" * 50, "MEDIA_STORAGE": value}
    command = [sys.executable, "-c", "import portal.settings"]

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert "MEDIA_STORAGE は「s3://バケット?endpoint=…&region=…」の形にしてください。" in done.stderr


LACKING = """
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name: None if name in ("redis", "storages") else found(name)
import portal.settings
"""


@pytest.mark.parametrize(
    ("name", "value", "extra"),
    [("CACHE_URL", "redis://127.0.0.1:6379/0", "redis"), ("MEDIA_STORAGE", "s3://bucket", "s3")],
)
def test_an_extra_that_is_lacking_is_named(name, value, extra):
    environment = {**os.environ, "SECRET_KEY": "x" * 50, name: value}

    done = subprocess.run([sys.executable, "-c", LACKING], cwd=ROOT, env=environment, capture_output=True, text=True)

    assert f"追加の部品 {extra}（pyproject.toml）が要ります。" in done.stderr
