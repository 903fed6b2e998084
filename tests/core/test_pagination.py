"""Long lists in pages."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from municipalities.models import Prefecture
from portal.core.pagination import page_of
from tests.factories.municipalities import PrefectureFactory

pytestmark = pytest.mark.django_db


def asked(page: str = ""):
    return RequestFactory().get("/", {"page": page} if page else {})


@pytest.fixture
def rows(db):
    PrefectureFactory.create_batch(5)
    return Prefecture.objects.all()


def test_a_page_has_so_many_rows_and_the_last_one_the_rest(rows):
    assert len(page_of(asked(), rows, 2)) == 2
    assert len(page_of(asked("3"), rows, 2)) == 1


@pytest.mark.parametrize("page", ["0", "4", "-1", "x"])
def test_a_page_that_is_not_there_is_not_found(rows, page):
    with pytest.raises(Http404):
        page_of(asked(page), rows, 2)


def test_what_is_known_is_not_counted_again(rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = page_of(asked(), rows, 2, count=5)
        assert (len(list(page)), page.paginator.num_pages) == (2, 3)
