"""What the tables speak of, and where files wait."""

import pytest

from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def ward():
    return WardFactory(code="131041", name="新宿区")


@pytest.fixture
def town():
    return MunicipalityFactory(code="042081", name="角田市", prefecture=PrefectureFactory(code="04", name="宮城県"))
