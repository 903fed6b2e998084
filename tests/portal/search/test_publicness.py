"""Nothing unpublished is ever found, and publishing needs no job for the search to follow it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from portal.core.publishing import PublicationState
from portal.search.models import SearchEntry
from tests.portal.search.conftest import APPROVED, DRAFT, IN_REVIEW, PUBLISHABLE, PUBLISHED, WITHDRAWN, WORD

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HIDDEN = {
    "draft": {"publication_state": DRAFT, "publish_at": None},
    "draft with a day": {"publication_state": DRAFT, "publish_at": NOW - HOUR},
    "in review": {"publication_state": IN_REVIEW, "publish_at": NOW - HOUR},
    "approved": {"publication_state": APPROVED, "publish_at": NOW - HOUR},
    "scheduled": {"publication_state": PUBLISHED, "publish_at": NOW + HOUR},
    "expired": {"publication_state": PUBLISHED, "publish_at": NOW - 2 * HOUR, "unpublish_at": NOW},
    "withdrawn": {"publication_state": WITHDRAWN, "publish_at": NOW - HOUR},
}


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW, tick=False)


def suggested(client):
    return client.get(f"/search/suggestions/?q={WORD}").json()["suggestions"]


@pytest.mark.parametrize("kind", PUBLISHABLE)
def test_what_is_published_is_found(ask, client, kind):
    record = PUBLISHABLE[kind](publish_at=NOW)

    assert [url.partition("#")[0] for url in ask(WORD).urls] == [record.get_absolute_url()]
    if kind != "municipalityprofile":
        assert [WORD in named["title"] for named in suggested(client)] == [True]


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("kind", PUBLISHABLE)
def test_what_is_not_public_is_not_found(ask, client, kind, state):
    PUBLISHABLE[kind](**HIDDEN[state])
    answer = ask(WORD)

    assert (answer.urls, answer.total, answer.counts) == ([], 0, {})
    assert suggested(client) == []
    assert WORD not in client.get("/search/").content.decode()


def test_it_appears_and_goes_at_its_minutes_by_itself(ask, time_machine):
    news = PUBLISHABLE["newsitem"](publish_at=NOW + HOUR, unpublish_at=NOW + 2 * HOUR)
    found = []
    for moment in (NOW, NOW + HOUR, NOW + 2 * HOUR - timedelta(seconds=1), NOW + 2 * HOUR):
        time_machine.move_to(moment, tick=False)
        found.append(ask(WORD).urls)

    assert found == [[], [news.get_absolute_url()], [news.get_absolute_url()], []]


@pytest.mark.parametrize("kind", PUBLISHABLE)
def test_what_is_withdrawn_or_deleted_is_gone_at_once(ask, kind):
    record = PUBLISHABLE[kind](publish_at=NOW)
    record.publication_state = PublicationState.WITHDRAWN
    record.save()

    assert ask(WORD).urls == []

    record.publication_state = PublicationState.PUBLISHED
    record.save()
    assert ask(WORD).total == 1

    record.delete()
    assert not SearchEntry.objects.filter(title__contains=WORD).exists()


def test_what_is_for_the_office_only_is_not_searched(ask):
    PUBLISHABLE["newsitem"](publish_at=NOW, internal_note="内密瑪瑙", withdrawal_note="取下瑪瑙")
    PUBLISHABLE["event"](publish_at=NOW, internal_note="内密瑪瑙", number="瑪瑙")

    assert ask("瑪瑙").urls == []


def test_an_entry_is_public_exactly_while_its_record_is():
    """The condition of the search is the twin of the one of every other page."""
    moments = [None, NOW - HOUR, NOW, NOW + HOUR]
    records = [
        PUBLISHABLE["newsitem"](publication_state=state, publish_at=begins, unpublish_at=ends)
        for state in PublicationState
        for begins in moments
        for ends in moments
        if not (state == PUBLISHED and begins is None) and not (begins and ends and ends <= begins)
    ]

    public = set(SearchEntry.objects.public(timezone.now()).values_list("record", flat=True))

    assert public == {f"newsitem:{record.pk}" for record in records if record.is_public(NOW)}
    assert len(public) == 4
