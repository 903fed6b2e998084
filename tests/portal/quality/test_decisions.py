"""What people decide on a finding, and what the public sees of it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from portal.models import Finding, NewsItem
from portal.quality.decisions import NotDecidable, accept_as_printed, confirm_corrected, dismiss, notes_behind
from portal.quality.looking import check_all
from tests.factories.core import SourceNoteFactory, UserFactory
from tests.factories.portal import AimFactory, NewsItemFactory
from tests.factories.quality import FindingFactory

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
NOTE = "資料の記載のとおりです。金額は100円と考えられます。"


@pytest.fixture
def official(db):
    return UserFactory(name="事務局の職員", is_staff=True)


@pytest.fixture
def item():
    return NewsItemFactory(body="100円円です。")


@pytest.fixture
def finding(item):
    check_all(MONDAY)
    return Finding.objects.get()


def test_accepted_as_printed_stands_beside_the_record_as_a_public_note(client, item, finding, official):
    note = SourceNoteFactory(record=item, as_printed="100円円")

    accept_as_printed(finding=finding, by=official, note=NOTE, at=TUESDAY)

    note.refresh_from_db()
    finding.refresh_from_db()
    assert (note.reason, note.as_printed) == (NOTE, "100円円")
    assert (finding.state, finding.reason, finding.decided_by, finding.decided_at) == (
        "accepted",
        NOTE,
        official,
        TUESDAY,
    )
    assert f"※ {NOTE}" in client.get(reverse("news_detail", args=[item.pk])).content.decode()


def test_accepting_leaves_the_words_and_marks_the_record_as_changed(item, finding, official):
    SourceNoteFactory(record=item)
    revision = NewsItem.objects.get().revision

    accept_as_printed(finding=finding, by=official, note=NOTE)

    assert (NewsItem.objects.get().body, NewsItem.objects.get().revision) == ("<p>100円円です。</p>", revision + 1)


def test_what_is_accepted_stays_accepted_though_its_note_quotes_nothing(item, finding, official):
    SourceNoteFactory(record=item)
    accept_as_printed(finding=finding, by=official, note=NOTE, at=MONDAY)

    check_all(TUESDAY)

    finding.refresh_from_db()
    assert (finding.state, finding.decided_by, finding.decided_at) == ("accepted", official, MONDAY)


def test_the_note_goes_to_the_place_where_the_paper_says_it(item, finding, official):
    other = SourceNoteFactory(record=item, as_printed="開催のお知らせ", line=1)
    right = SourceNoteFactory(record=item, as_printed="会費は１００円円です。", line=2)
    SourceNoteFactory(record=item, as_printed="", line=3)
    SourceNoteFactory(record=AimFactory(pk=item.pk), as_printed="100円円")

    assert notes_behind(finding) == [right, other]
    accept_as_printed(finding=finding, by=official, note=NOTE)

    right.refresh_from_db()
    other.refresh_from_db()
    assert (right.reason, other.reason) == (NOTE, "")


def test_what_comes_from_no_paper_cannot_be_accepted_as_printed(finding, official):
    with pytest.raises(NotDecidable, match="出典の記載がないため"):
        accept_as_printed(finding=finding, by=official, note=NOTE)

    finding.refresh_from_db()
    assert finding.state == "open"


def test_dismissed_with_a_reason_it_stays_dismissed(finding, official):
    dismiss(finding=finding, by=official, reason="商品名です。", at=MONDAY)

    check_all(TUESDAY)

    finding.refresh_from_db()
    assert (finding.state, finding.reason, finding.decided_by, finding.decided_at) == (
        "dismissed",
        "商品名です。",
        official,
        MONDAY,
    )


def test_corrected_is_closed_by_whoever_corrected_it(item, finding, official):
    item.body = "100円です。"
    item.save()

    confirm_corrected(finding=finding, by=official, at=TUESDAY)

    finding.refresh_from_db()
    assert (finding.state, finding.decided_by, finding.decided_at) == ("corrected", official, TUESDAY)


def test_what_is_still_found_is_not_corrected(finding, official):
    with pytest.raises(NotDecidable, match="まだ同じ内容が見つかります"):
        confirm_corrected(finding=finding, by=official)

    finding.refresh_from_db()
    assert (finding.state, finding.decided_by) == ("open", None)


def test_what_was_put_in_the_place_of_a_slip_is_looked_through_too(item, finding, official):
    item.body = "200円円です。"
    item.save()

    confirm_corrected(finding=finding, by=official)

    assert Finding.objects.open().get().message == "「200円円」とありますが、「円」が重なっています。"


def test_a_record_that_is_gone_needs_no_correction(item, finding, official):
    item.delete()

    confirm_corrected(finding=finding, by=official)

    finding.refresh_from_db()
    assert (finding.state, finding.decided_by, finding.record) == ("corrected", official, None)


def test_codes_that_are_numbers_find_no_notes_of_others():
    assert notes_behind(FindingFactory()) == []
