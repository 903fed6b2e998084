"""What every test may use."""

import pytest
from django.conf import settings
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache():
    """Counters of the rate limits must not reach the next test."""
    cache.clear()


@pytest.fixture(autouse=True)
def _own_media_folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def on_postgresql() -> bool:
    return "postgresql" in settings.DATABASES["default"]["ENGINE"]
