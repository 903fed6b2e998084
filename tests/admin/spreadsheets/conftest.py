"""What the tables speak of, and where files wait."""

import pytest
from zeal import zeal_ignore

from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def _each_record_is_kept_whole():
    """Every record that a table writes is kept as a version of its own, read anew."""
    with zeal_ignore():
        yield


@pytest.fixture
def ward():
    return WardFactory(code="131041", name="新宿区")


@pytest.fixture
def town():
    return MunicipalityFactory(code="042081", name="角田市", prefecture=PrefectureFactory(code="04", name="宮城県"))
