"""The owners of the files."""

import pytest

from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory


@pytest.fixture
def town(db):
    return MunicipalityFactory(code="042081", name="角田市", prefecture=PrefectureFactory(code="04", name="宮城県"))


@pytest.fixture
def ward(db):
    return WardFactory(code="131041", name="新宿区")
