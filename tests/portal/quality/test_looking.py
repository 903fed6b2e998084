"""What looking through notes down, closes and opens again; that it mends nothing; from how many queries."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event
from municipalities.models import AgreementMember
from portal.models import Finding, NewsItem
from portal.quality.looking import check_all, check_saved, is_still_found, look_through
from portal.quality.registry import CHECK_OF
from tests.factories.core import SourceNoteFactory, UserFactory
from tests.factories.events import EventFactory, ExhibitionFactory, TourStopFactory
from tests.factories.municipalities import AgreementMemberFactory, CooperationAgreementFactory, MunicipalityFactory
from tests.factories.portal import AimFactory, NewsItemFactory, PublishedFigureFactory
from tests.factories.quality import FindingFactory

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
SLIP = "「100円円」とありますが、「円」が重なっています。"


def one():
    (finding,) = Finding.objects.all()
    return finding


def test_what_is_found_is_noted_with_its_record_and_moment():
    item = NewsItemFactory(title="会費のお知らせ", body="100円円です。")

    assert check_all(MONDAY).found == 1

    finding = one()
    assert (finding.record, finding.subject, finding.code, finding.severity) == (
        item,
        "会費のお知らせ",
        "misprint",
        "error",
    )
    assert (finding.field, finding.message, finding.state, finding.found_at) == ("body", SLIP, "open", MONDAY)
    assert (finding.field_label, finding.rule_label) == ("本文", "単位の重なり・字の抜け")


def test_nothing_is_mended():
    item = NewsItemFactory(body="100円円です。")
    before = NewsItem.objects.values().get()

    check_all(MONDAY)

    assert NewsItem.objects.values().get(pk=item.pk) == before


def test_looking_again_changes_nothing():
    NewsItemFactory(body="100円円です。")
    check_all(MONDAY)

    again = check_all(TUESDAY)

    assert (again.found, again.closed, one().found_at) == (0, 0, MONDAY)


def test_what_was_put_right_is_closed_by_itself_and_opens_again():
    item = NewsItemFactory(body="100円円です。")
    check_all(MONDAY)
    NewsItem.objects.update(body="100円です。")

    assert check_all(TUESDAY).closed == 1
    assert (one().state, one().decided_at, one().decided_by) == ("corrected", TUESDAY, None)

    NewsItem.objects.update(body="100円円です。")
    later = datetime(2026, 11, 25, tzinfo=UTC)
    assert check_all(later).found == 1
    assert (one().record, one().state, one().decided_at, one().found_at) == (item, "open", None, later)


def test_another_message_is_another_finding():
    NewsItemFactory(body="100円円です。")
    check_all(MONDAY)
    NewsItem.objects.update(body="200円円です。")

    outcome = check_all(TUESDAY)

    assert (outcome.found, outcome.closed) == (1, 1)
    assert sorted(Finding.objects.values_list("message", "state")) == [
        (SLIP, "corrected"),
        (SLIP.replace("1", "2"), "open"),
    ]


def test_what_the_public_is_told_of_is_accepted():
    item = NewsItemFactory(body="100円円です。")
    SourceNoteFactory(record=item, reason="資料の「１００円円」は、「円」が重なっています。")

    check_all(MONDAY)

    assert (one().state, one().reason, one().decided_by, one().decided_at) == (
        "accepted",
        "資料の「１００円円」は、「円」が重なっています。",
        None,
        MONDAY,
    )


def test_what_is_open_is_accepted_once_a_note_explains_it_and_open_again_without_it():
    item = NewsItemFactory(body="100円円です。")
    check_all(MONDAY)
    note = SourceNoteFactory(record=item, reason="「100円円」は「円」の重なりです。")
    check_all(TUESDAY)
    assert one().state == "accepted"

    note.delete()
    check_all(TUESDAY)
    assert (one().state, one().reason) == ("open", "")


@pytest.mark.parametrize("reason", ["「200円円」と「円」", "別の注記です。", ""])
def test_a_note_about_something_else_explains_nothing(reason):
    SourceNoteFactory(record=NewsItemFactory(body="100円円です。"), reason=reason)

    check_all(MONDAY)

    assert one().state == "open"


def test_what_no_paper_prints_is_not_settled_by_a_note():
    exhibition = ExhibitionFactory(first_day=date(2020, 1, 7))
    SourceNoteFactory(record=exhibition, reason="資料には「予定」とも「開催」ともあります。")

    check_all(MONDAY)

    assert Finding.objects.get(code="still_planned").state == "open"


def test_a_note_of_another_record_explains_nothing():
    item = NewsItemFactory(body="100円円です。")
    SourceNoteFactory(record=AimFactory(pk=item.pk), reason="「100円円」は「円」の重なりです。")

    check_all(MONDAY)

    assert one().state == "open"


def test_a_decision_of_people_stays():
    item = NewsItemFactory(body="100円円です。")
    by = UserFactory()
    check_all(MONDAY)
    Finding.objects.update(state="dismissed", reason="引用です。", decided_by=by, decided_at=MONDAY)

    check_all(TUESDAY)

    assert (one().record, one().state, one().reason, one().decided_by) == (item, "dismissed", "引用です。", by)


def test_a_record_that_was_renamed_is_told_by_its_new_name():
    NewsItemFactory(title="旧名", body="100円円です。")
    check_all(MONDAY)
    NewsItem.objects.update(title="新名")

    check_all(TUESDAY)

    assert (one().subject, one().found_at) == ("新名", MONDAY)


def test_what_was_found_about_a_record_that_is_gone_is_closed():
    NewsItemFactory(body="100円円です。").delete()
    kept = NewsItemFactory(body="100円円です。")
    check_all(MONDAY)
    kept.delete()

    assert check_all(TUESDAY).closed == 1
    assert one().state == "corrected"


def test_codes_of_municipalities_are_kept_as_they_are():
    town = MunicipalityFactory(prefecture__code="01", code="012025", name_kana="")

    check_all(MONDAY)

    reading = Finding.objects.get(code="missing_reading")
    assert (reading.object_id, reading.record) == ("012025", town)


def test_a_saved_record_is_looked_through_alone():
    saved, other = NewsItemFactory(body="100円円です。"), NewsItemFactory(body="100円円です。")

    check_saved(saved, MONDAY)

    assert (one().record, other.pk != saved.pk) == (saved, True)


def test_a_fictional_or_foreign_record_is_left_alone():
    check_saved(NewsItemFactory(body="100円円です。", is_demo=True), MONDAY)
    check_saved(UserFactory(name="100円円"), MONDAY)
    check_saved(None, MONDAY)

    assert Finding.objects.count() == 0


def test_what_was_saved_as_a_note_is_about_its_record():
    item = NewsItemFactory()

    check_saved(SourceNoteFactory(record=item, as_printed="100円円"), MONDAY)

    assert (one().record, one().field, one().field_label) == (item, "source_notes", "資料の記載")


def test_members_are_looked_at_with_their_agreement():
    member = AgreementMemberFactory()
    member.agreement.signed_on = date(2017, 1, 1)
    member.agreement.save()

    check_saved(member.agreement, MONDAY)

    assert (one().record, one().code, one().field) == (member, "period", "joined_on")


def test_stops_are_looked_at_with_their_exhibition():
    stop = TourStopFactory(first_day=date(2026, 10, 1), last_day=date(2026, 10, 2))

    check_saved(stop.exhibition, MONDAY)

    assert ("period", stop) in [(finding.code, finding.record) for finding in Finding.objects.all()]


def test_a_total_is_looked_at_with_its_rows():
    total = PublishedFigureFactory(table="projects", row="total", value=3, is_total=True)
    part = PublishedFigureFactory(table="projects", value=4)

    check_saved(part, MONDAY)

    assert (one().record, one().message) == (total, "合計は3ですが、内訳を足すと4です。")


def test_whether_it_is_still_found():
    item = NewsItemFactory(body="100円円です。")
    check_all(MONDAY)
    assert is_still_found(one())

    item.body = "100円です。"
    item.save()
    assert not is_still_found(one())
    assert not is_still_found(FindingFactory(record=UserFactory()))


def queries_of(rows, make):
    made = [make() for _ in range(rows)]
    check = CHECK_OF[type(made[0])]
    look_through(check, list(check.rows()), MONDAY)
    with CaptureQueriesContext(connection) as asked:
        look_through(check, list(check.rows()), TUESDAY)
    return len(asked)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_many_records_need_as_many_queries_as_one(rows):
    agreement = CooperationAgreementFactory()
    hurried = {"agreement": agreement, "joined_on": date(2010, 1, 1)}

    assert queries_of(rows, lambda: AgreementMemberFactory(**hurried)) == 5
    assert Finding.objects.filter(code="period").count() == rows == AgreementMember.objects.count()


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_many_events_need_as_many_queries_as_one(rows):
    assert queries_of(rows, EventFactory) == 10
    assert Finding.objects.filter(code="missing_reading").count() == rows == Event.objects.count()


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_looking_through_everything_does_not_ask_for_each_row(rows):
    for _ in range(rows):
        NewsItemFactory(body="100円円です。")
        AimFactory()
    check_all(MONDAY)
    with CaptureQueriesContext(connection) as asked:
        check_all(TUESDAY)

    # For each model its rows and what was found about rows that are gone; for the two that have rows, four more.
    assert len(asked) == 2 * 25 + 2 * 4
