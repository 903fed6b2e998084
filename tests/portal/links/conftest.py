import pytest

from tests.portal.links.site import running_site


@pytest.fixture
def site():
    with running_site() as running:
        yield running
