"""A town's own file of events: looked at, confirmed, brought in as drafts, and sent to review together."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from zeal import zeal_ignore

from events.choices import EventKind
from events.models import Event, Venue
from events.profiles import BASE_REGISTRY, RECOMMENDED
from portal.core.approval.actions import draft, submit
from portal.core.importing.remarks import Outcome
from portal.core.models import AuditEntry, ContactPoint, Proposal, Version
from tests.core.importing.files import csv_file, workbook
from tests.events.importing.bringing import CODE, row
from tests.factories.events import EventFactory, VenueFactory
from tests.portal.members.writing_events import browser_of, own_event, town

pytestmark = pytest.mark.django_db

ADDRESS = "/members/events/import/"
OWNER = (CODE, "都道府県名", "市区町村名")
WITHOUT_OWNER = [header for header in RECOMMENDED.headers if header not in OWNER]


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def _each_record_is_kept_whole():
    """Every record that a table writes is kept as a version of its own, read anew."""
    with zeal_ignore():
        yield


def look(browser, *rows, header=RECOMMENDED.headers, file=csv_file, name="events.csv", **options):
    source = file(header, *rows, **options)
    return browser.post(ADDRESS, {"file": SimpleUploadedFile(name, source.read())})


def bring(browser, *rows, **options):
    """Looks at a file and confirms it."""
    return browser.post(ADDRESS, {"ticket": look(browser, *rows, **options).context["ticket"]})


def results(response):
    ((report, _),) = response.context["reports"]
    return [(result.outcome, [str(problem) for problem in result.problems]) for result in report.results]


def test_a_file_is_only_looked_at_until_it_is_confirmed(browser, kakuda):
    response = look(browser, row())

    assert results(response) == [(Outcome.NEW, [])]
    assert Event.objects.count() == 0


def test_what_is_confirmed_becomes_drafts_of_the_municipality(browser, kakuda):
    bring(browser, row(), row(NO="8", イベント名="架空の桜まつり"))

    events = Event.objects.order_by("number")
    assert [(event.number, event.owner, event.kind) for event in events] == [
        ("7", kakuda, EventKind.MEMBER),
        ("8", kakuda, EventKind.MEMBER),
    ]
    assert {event.publication_state for event in events} == {"draft"}
    assert [Proposal.objects.open_for(event).written_by for event in events] == [browser.person] * 2
    assert [Version.objects.of(event).count() for event in events] == [1, 1]
    assert AuditEntry.objects.get(action="import").detail == "新規2件、変更0件"


@pytest.mark.parametrize("code", ["", "042081", "42081", "角田市", "宮城県角田市"])
def test_whose_a_row_is_need_not_be_said_as_a_code(browser, code):
    assert results(look(browser, row(**{CODE: code}))) == [(Outcome.NEW, [])]


@pytest.mark.parametrize(
    "options",
    [{"encoding": "cp932"}, {"delimiter": "\t"}, {"above": [["令和8年度 イベント一覧"]]}, {"file": workbook}],
)
def test_a_file_without_the_columns_of_the_owner_goes_in_as_it_is(browser, options):
    assert results(look(browser, row(), header=WITHOUT_OWNER, **options)) == [(Outcome.NEW, [])]


def test_rows_of_other_municipalities_are_refused_with_the_reason(browser):
    town("新宿町", "042064")

    refused = results(
        look(
            browser,
            row(NO="1", **{CODE: "042064"}),
            row(NO="2", **{CODE: "新宿町"}),
            row(NO="3", **{CODE: "130001"}),
            row(NO="4", **{CODE: "", "市区町村名": "新宿町"}),
            row(NO="5"),
        )
    )

    assert refused == [
        (Outcome.REFUSED, [f"「{CODE}」列：角田市の行ではありません（042064）。ほかの自治体の行は取り込めません。"]),
        (Outcome.REFUSED, [f"「{CODE}」列：角田市の行ではありません（新宿町）。ほかの自治体の行は取り込めません。"]),
        (Outcome.REFUSED, [f"「{CODE}」列：角田市の行ではありません（130001）。ほかの自治体の行は取り込めません。"]),
        (Outcome.REFUSED, ["「市区町村名」列：団体コードの自治体（宮城県角田市）と合いません。"]),
        (Outcome.NEW, []),
    ]


def test_the_row_and_the_column_of_what_is_wrong_are_told(browser):
    page = look(browser, row(開始日="いつか"), row(NO="8", 定員="たくさん")).content.decode()

    assert "2行目" in page
    assert "「開始日」列：" in page
    assert "「定員」列：" in page


def test_no_file_makes_an_event_of_all_wards(browser):
    cells = row() | {"名称": "架空の梅まつり", "イベント種類": "講演会・シンポジウム・セミナー"}
    bring(browser, cells, header=BASE_REGISTRY.headers)

    assert [event.kind for event in Event.objects.all()] == [EventKind.MEMBER]


def test_what_is_sent_again_is_the_same(browser):
    bring(browser, row())

    assert [outcome for outcome, _ in results(look(browser, row()))] == [Outcome.SAME]


def test_a_public_event_stays_as_it_is_until_its_change_is_approved(browser, client, kakuda):
    there = own_event(kakuda, number="7", title="架空の桃まつり", first_day=date(2027, 3, 6))
    town("よその町", "042064")

    bring(browser, row(場所名称="よその会館", 住所="宮城県よその町1"))

    there.refresh_from_db()
    changes = Proposal.objects.open_for(there).changes["fields"]
    assert (there.title, there.last_day) == ("架空の桃まつり", date(2027, 3, 6))
    assert (changes["title"], changes["last_day"]) == ("架空の梅まつり", "2027-03-07")
    assert [place.name for place in there.places.all()] == ["角田市"]
    assert not there.former_schedules.exists()


def test_what_is_under_review_is_not_written_over(browser, kakuda):
    bring(browser, row())
    submit(proposal=Proposal.objects.get(), by=browser.person)

    assert [outcome for outcome, _ in results(look(browser, row(イベント名="改めた名称")))] == [Outcome.REFUSED]


def test_what_is_proposed_of_a_public_event_is_not_written_over(browser, kakuda):
    there = own_event(kakuda, number="7", first_day=date(2027, 3, 6))
    draft(record=there, by=browser.person, changes={"fields": {"summary": "改めた概要"}})

    assert [outcome for outcome, _ in results(look(browser, row(イベント名="改めた名称")))] == [Outcome.REFUSED]


def test_events_of_others_with_the_same_number_stay_theirs(browser):
    other = own_event(town("よその町", "042064"), number="7")
    common = EventFactory(number="7", title="23区の催し")

    bring(browser, row())

    for event in (other, common):
        title = event.title
        event.refresh_from_db()
        assert (event.title, Proposal.objects.open_for(event)) == (title, None)


def test_what_others_know_of_a_venue_stays_as_it_is(browser):
    hall = VenueFactory(name="区政会館", parking="", address="東京都千代田区飯田橋3-5-1")

    response = look(browser, row(場所名称="区政会館", 駐車場情報="あり"))
    browser.post(ADDRESS, {"ticket": response.context["ticket"]})

    hall.refresh_from_db()
    assert (hall.parking, Venue.objects.count(), ContactPoint.objects.count()) == ("", 1, 0)
    assert Event.objects.get().venue == hall
    assert "事務局へご連絡ください。" in response.content.decode()


def test_what_changed_since_the_preview_is_looked_at_again(browser, kakuda):
    ticket = look(browser, row()).context["ticket"]
    own_event(kakuda, number="7", title="同僚が先に載せた")

    response = browser.post(ADDRESS, {"ticket": ticket})

    assert Event.objects.get().title == "同僚が先に載せた"
    assert "登録されている内容が変わりました" in response.content.decode()


def test_the_ticket_of_a_colleague_opens_nothing(browser, kakuda):
    ticket = look(browser, row()).context["ticket"]

    browser_of(kakuda, "同僚").post(ADDRESS, {"ticket": ticket})

    assert Event.objects.count() == 0


def test_a_file_is_brought_in_once(browser):
    ticket = look(browser, row()).context["ticket"]
    browser.post(ADDRESS, {"ticket": ticket})

    response = browser.post(ADDRESS, {"ticket": ticket}, follow=True)

    assert Event.objects.count() == 1
    assert "もう一度ファイルを選んでください。" in response.content.decode()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "空"),
        (b"%PDF-1.7", "PDFのようです。"),
        (b"<svg onload=alert(1)>", "HTMLかXMLのようです。"),
        ("名前,年齢\n花子,3\n".encode(), "見出しの行が見つかりません"),
        (b"\x00\x01\x02", ""),
    ],
)
def test_what_is_no_table_of_events_is_refused_with_a_reason(browser, content, message):
    response = browser.post(ADDRESS, {"file": SimpleUploadedFile("events.csv", content)})

    assert message in response.context["form"].errors["file"][0]
    assert Event.objects.count() == 0


@pytest.mark.parametrize("sent", [{}, {"ticket": "x"}, {"ticket": ""}, {"file": "text"}])
def test_nothing_sent_is_told(browser, sent):
    assert browser.post(ADDRESS, sent, follow=True).status_code == 200


def test_refused_rows_are_given_as_a_file(browser):
    ticket = look(browser, row(開始日="いつか")).context["ticket"]

    response = browser.post(ADDRESS, {"ticket": ticket, "refused": "1"})

    assert response["Content-Type"].startswith("text/csv")
    assert "開始日" in response.content.decode("utf-8-sig")


def test_drafts_brought_in_go_to_review_together(browser):
    bring(browser, row(), row(NO="8", イベント名="架空の桜まつり"))

    browser.post(reverse("member_events_submit"), {"event": list(Event.objects.values_list("pk", flat=True))})

    assert set(Event.objects.values_list("publication_state", flat=True)) == {"in_review"}
