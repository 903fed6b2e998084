"""Public at a moment: the same answer from the database and from the row, and the right one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404

from portal.core.publishing import PublicationState, Withdrawn
from portal.models import NewsItem
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CASES = [
    ("published at noon", {"publish_at": NOON}, NOON, True),
    ("a second before noon", {"publish_at": NOON}, NOON - SECOND, False),
    ("until noon, a second before", {"publish_at": NOON - SECOND * 9, "unpublish_at": NOON}, NOON - SECOND, True),
    ("until noon, at noon", {"publish_at": NOON - SECOND * 9, "unpublish_at": NOON}, NOON, False),
    ("a draft", {"publication_state": PublicationState.DRAFT, "publish_at": NOON}, NOON, False),
    ("a draft without a moment", {"publication_state": PublicationState.DRAFT, "publish_at": None}, NOON, False),
    ("in review", {"publication_state": PublicationState.IN_REVIEW, "publish_at": NOON}, NOON, False),
    ("approved", {"publication_state": PublicationState.APPROVED, "publish_at": NOON}, NOON, False),
    ("withdrawn", {"publication_state": PublicationState.WITHDRAWN, "publish_at": NOON}, NOON, False),
]


@pytest.mark.parametrize(("fields", "at", "public"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_row_and_database_agree_on_what_is_public(fields, at, public):
    item = NewsItemFactory(**fields)

    assert item.is_public(at) is public
    assert list(NewsItem.objects.published(at)) == ([item] if public else [])


@pytest.mark.parametrize(("fields", "at", "_public"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_row_and_database_agree_on_what_was_public_once(fields, at, _public):
    item = NewsItemFactory(**fields)

    assert list(NewsItem.objects.once_public(at)) == ([item] if item.was_public(at) else [])


@pytest.mark.parametrize(
    ("fields", "at", "changed"),
    [
        ({"publish_at": NOON}, NOON + SECOND * 9, NOON),
        ({"publish_at": NOON, "unpublish_at": NOON + SECOND * 5}, NOON + SECOND * 9, NOON + SECOND * 5),
        ({"publish_at": NOON, "unpublish_at": NOON + SECOND * 9}, NOON + SECOND * 5, NOON),
    ],
    ids=["appeared", "disappeared", "will disappear"],
)
def test_what_appears_or_disappears_is_a_change(fields, at, changed):
    item = NewsItemFactory(**fields)
    NewsItem.objects.update(updated_at=NOON - SECOND * 99)

    told = NewsItem.objects.once_public(at).aggregate(changed=NewsItem.objects.last_change_expression(at))

    assert told == {"changed": changed}
    assert item.was_public(at)


def test_a_public_row_is_given_out():
    item = NewsItemFactory(publish_at=NOON)

    assert NewsItem.objects.get_public(NOON, pk=item.pk) == item


@pytest.mark.parametrize("fields", [{"publication_state": "withdrawn"}, {"unpublish_at": NOON - SECOND}])
def test_what_was_public_once_says_that_it_was_withdrawn(fields):
    item = NewsItemFactory(publish_at=NOON - SECOND * 9, **fields)

    with pytest.raises(Withdrawn) as withdrawn:
        NewsItem.objects.get_public(NOON, pk=item.pk)

    assert withdrawn.value.row == item


@pytest.mark.parametrize(
    "fields",
    [
        {"publication_state": "draft", "publish_at": NOON - SECOND},
        {"publish_at": NOON + SECOND},
        {"publication_state": "withdrawn", "publish_at": None},
    ],
)
def test_what_never_was_public_does_not_exist(fields):
    item = NewsItemFactory(**fields)

    with pytest.raises(Http404):
        NewsItem.objects.get_public(NOON, pk=item.pk)


def test_an_unknown_row_does_not_exist():
    with pytest.raises(Http404):
        NewsItem.objects.get_public(NOON, pk=1)
