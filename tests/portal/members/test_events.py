"""A member writes its events: what they become, what the rules say, who sees them, and where they are found."""

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from zeal import zeal_ignore

from events.choices import DatePrecision, EventKind
from events.models import Event, EventRole, Venue
from portal.core.approval.actions import approve, publish
from portal.core.models import ContactPoint, Image, Proposal, Version
from portal.core.publishing import PublicationState
from tests.factories.core import ContactPointFactory, small_picture
from tests.factories.events import EventFactory, VenueFactory
from tests.factories.municipalities import MunicipalityFactory, WardFactory
from tests.portal.members.writing_events import browser_of, draft_of, own_event, secretary, town, typed

pytestmark = pytest.mark.django_db


def add(browser, **values):
    return browser.post(reverse("member_event_add"), typed(**values))


def change(browser, event, **values):
    return browser.post(reverse("member_event_change", args=[event.pk]), typed(**values))


def test_what_is_typed_becomes_a_draft_of_the_municipality(browser, kakuda):
    response = add(browser)

    event = Event.objects.get()
    assert response["Location"] == reverse("member_event_change", args=[event.pk])
    assert (event.owner, event.kind, event.publication_state) == (kakuda, EventKind.MEMBER, PublicationState.DRAFT)
    assert (event.first_day, event.last_day) == (date(2027, 3, 6), date(2027, 3, 6))
    assert (event.start_time, event.end_time) == (time(10), time(15, 30))
    assert (event.fiscal_year, event.date_precision) == (2026, DatePrecision.DAY)
    assert (event.capacity, event.is_free) == (1200, True)
    assert (event.venue.name, event.venue.municipality) == ("市民センター", kakuda)
    assert (event.contact.organization, event.contact.department) == ("角田市", "商工観光課")
    assert [str(role) for role in event.roles.all()] == ["主催 角田市"]
    assert [place.name for place in event.places.all()] == ["角田市"]
    assert [prefecture.name for prefecture in event.prefectures.all()] == ["宮城県"]
    assert Proposal.objects.open_for(event).written_by == browser.person
    assert Version.objects.of(event).count() == 1


def test_an_event_whose_day_is_not_known_belongs_to_this_fiscal_year(browser):
    add(browser, first_day=None, date_note="3月ごろ")

    event = Event.objects.get()
    assert (event.first_day, event.date_precision, event.date_note) == (None, DatePrecision.UNKNOWN, "3月ごろ")
    assert event.fiscal_year >= 2026


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"title": ""}, "title", "このフィールドは必須です。"),
        ({"last_day": date(2027, 3, 5)}, "last_day", "最終日は初日より前にできません。"),
        ({"first_day": None, "last_day": date(2027, 3, 5)}, "first_day", "最終日だけでなく、初日も入れてください。"),
        ({"end_time": "9時"}, "end_time", "終了時刻は開始時刻より後にしてください。"),
        ({"start_time": "25時"}, "start_time", "時刻"),
        ({"first_day": date(1900, 1, 1)}, "first_day", "年度は西暦4桁で入れてください。"),
        ({"application_deadline_time": "17時"}, "application_deadline", "申込期限の日も入れてください。"),
        ({"capacity": "たくさん"}, "capacity", "整数として読めません。"),
        ({"capacity": "99999999999"}, "capacity", "以下"),
        ({"url": "javascript:alert(1)"}, "url", "http:// か https:// で始まるアドレスを入れてください。"),
        ({"venue_name": ""}, "venue_name", "会場の名称も入れてください。"),
        ({"department": ""}, "department", "問い合わせ先の部署名を入れてください。"),
        ({"addressed_to": "042081"}, "addressed_to", "正しく選択してください。"),
        ({"publish_at_0": "昨日", "publish_at_1": "1時"}, "publish_at", "日付として読めません。"),
        ({"publish_at_0": "2020-01-01", "publish_at_1": "1時"}, "publish_at", "これから先の日時を入れてください。"),
        ({"is_free": "maybe"}, "is_free", "正しく選択してください。"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(browser, values, field, message):
    response = add(browser, **values)

    form = response.context["sheet"].form
    assert list(form.errors) == [field]
    assert message in form.errors[field][0]
    assert form["summary"].value() == "梅の花の下で、町の味を楽しめます。"
    assert (Event.objects.count(), Venue.objects.count(), ContactPoint.objects.count()) == (0, 0, 0)


def test_a_form_that_is_sent_twice_makes_one_event(browser):
    add(browser)
    response = add(browser)

    assert Event.objects.count() == 1
    assert response.context["sheet"].form.errors["title"] == ["同じ名称、同じ日時の催しが、すでに登録されています。"]


def test_a_venue_that_is_there_is_chosen_by_its_name(browser, kakuda):
    hall = VenueFactory(name="市民センター", municipality=kakuda, address="角田字大坊41")

    add(browser, venue_address="")

    assert Event.objects.get().venue == hall
    assert Venue.objects.count() == 1


def test_a_hall_of_the_same_name_elsewhere_is_another_one(browser, kakuda):
    VenueFactory(name="市民センター", municipality=MunicipalityFactory(name="よその町"), address="よその町1")

    add(browser)

    assert Event.objects.get().venue.name == "市民センター（角田市）"


def test_an_address_mistyped_can_be_corrected_until_it_is_public(browser, kakuda):
    add(browser, venue_address="宮城県角田市角田1")
    event = Event.objects.get()

    change(browser, event, venue_address="宮城県角田市角田2")

    assert [(venue.name, venue.address) for venue in Venue.objects.all()] == [("市民センター", "宮城県角田市角田2")]


def test_an_office_of_others_keeps_its_number(browser, kakuda):
    office = ContactPointFactory(organization="角田市", department="商工観光課", phone="0224-99-9999")
    own_event(kakuda, contact=office)

    response = add(browser)

    office.refresh_from_db()
    assert (office.phone, response.status_code) == ("0224-99-9999", 302)
    assert Event.objects.latest("pk").contact.organization == "宮城県角田市"


def test_the_form_shows_what_was_written(browser):
    add(browser, addressed_to=WardFactory().pk, publish_at_0="2099-04-01", publish_at_1="10:00")

    form = browser.get(reverse("member_event_change", args=[Event.objects.get().pk])).context["sheet"].form

    assert form["venue_name"].value() == "市民センター"
    assert (form["department"].value(), form["phone"].value()) == ("商工観光課", "0224-00-0000")
    assert form["first_day"].value() == date(2027, 3, 6)


def test_a_draft_can_be_written_again_and_be_sent_to_review(browser):
    add(browser)
    event = Event.objects.get()

    change(browser, event, title="改めた名称", submit="1")

    event.refresh_from_db()
    assert (event.title, event.publication_state) == ("改めた名称", PublicationState.IN_REVIEW)
    assert EventRole.objects.count() == 1


def test_under_review_nothing_is_written(browser):
    add(browser, submit="1")
    event = Event.objects.get()

    response = change(browser, event, title="こっそり直す")

    event.refresh_from_db()
    assert event.title == "架空の梅まつり"
    assert "その間に手続きが進んだため" in response.content.decode()


def test_a_public_event_changes_only_once_it_is_approved(browser, client, kakuda):
    event = own_event(kakuda)
    page = browser.get(reverse("member_event_change", args=[event.pk]))
    mark = page.context["sheet"].mark

    change(browser, event, title="改めた名称", venue_name="新しい会場", mark=mark, submit="1")

    event.refresh_from_db()
    assert (event.title, event.venue.name) == ("架空の梅まつり", event.venue.name)
    assert "新しい会場" not in client.get(event.get_absolute_url()).content.decode()
    proposal = Proposal.objects.open_for(event)
    approve(proposal=proposal, by=secretary())
    publish(proposal=proposal, by=secretary())
    event.refresh_from_db()
    assert (event.title, event.venue.name, event.first_day) == ("改めた名称", "新しい会場", date(2026, 10, 10))
    assert sorted(place.name for place in event.places.all()) == ["角田市"]


def test_the_days_of_a_public_event_are_no_part_of_its_form(browser, kakuda):
    event = own_event(kakuda)

    change(browser, event, first_day=date(2030, 1, 1))

    changes = Proposal.objects.open_for(event).changes
    assert "first_day" not in changes["fields"]


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(browser, kakuda):
    event = draft_of(kakuda)
    mark = browser.get(reverse("member_event_change", args=[event.pk])).context["sheet"].mark
    change(browser_of(kakuda, "同僚"), event, title="同僚の名称")

    response = change(browser, event, title="わたしの名称", mark=mark)

    event.refresh_from_db()
    assert event.title == "同僚の名称"
    assert response.context["sheet"].form["title"].value() == "わたしの名称"


def test_the_event_is_found_under_its_municipality_once_it_is_public(browser, client, kakuda):
    add(browser, submit="1")
    proposal = Proposal.objects.open_for(Event.objects.get())
    address = reverse("municipality_detail", args=[kakuda.code])
    assert "架空の梅まつり" not in client.get(address).content.decode()

    approve(proposal=proposal, by=secretary())
    publish(proposal=proposal, by=secretary())

    assert "架空の梅まつり" in client.get(address).content.decode()


def test_pictures_are_stored_and_chosen(browser):
    picture = SimpleUploadedFile("ume.png", small_picture(60, 40), "image/png")

    add(browser, **{"picture-1-file": picture, "picture-1-alt_text": "梅の花"})

    assert [image.alt_text for image in Event.objects.get().images.all()] == ["梅の花"]
    assert Image.objects.get().uploaded_by == browser.person


def test_the_preview_shows_a_draft_and_is_kept_by_nobody(browser, client, kakuda):
    event = draft_of(kakuda, title="まだ秘密の催し")

    response = browser.get(reverse("member_event_preview", args=[event.pk]))

    assert "まだ秘密の催し" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert client.get(event.get_absolute_url()).status_code == 404


def test_a_draft_is_deleted_after_a_question(browser, kakuda):
    event = draft_of(kakuda)
    address = reverse("member_event_delete", args=[event.pk])

    assert "元には戻せません" in browser.get(address).content.decode()
    browser.post(address)

    assert not Event.objects.filter(pk=event.pk).exists()


def test_what_was_public_is_not_deleted(browser, kakuda):
    event = own_event(kakuda)

    browser.post(reverse("member_event_delete", args=[event.pk]))

    assert Event.objects.filter(pk=event.pk).exists()


@pytest.mark.parametrize("show", ["under_way", "ahead", "over", "", "まちがい"])
def test_the_list_shows_own_events_by_where_they_stand(browser, kakuda, show):
    draft_of(kakuda, title="これは下書き")
    own_event(kakuda, title="これは公開中", first_day=date(2090, 4, 1))
    own_event(kakuda, title="これは終わった", first_day=date(2020, 4, 1))
    own_event(town("よその町", "042064"), title="これはよその催し", first_day=date(2090, 4, 1))
    EventFactory(title="これは23区の催し", first_day=date(2090, 4, 1))
    shown = {"ahead": ["これは公開中"], "over": ["これは終わった"]}.get(show, ["これは下書き"])

    page = browser.get(reverse("member_events"), {"show": show})

    assert [str(way.record) for way in page.context["ways"]] == shown


@pytest.mark.parametrize("number", ["0", "9", "x"])
def test_a_page_that_is_not_there_is_none(browser, number):
    assert browser.get(reverse("member_events"), {"page": number}).status_code == 404


def test_several_drafts_are_sent_to_review_at_once(browser, kakuda):
    add(browser)
    add(browser, title="もう一つ")
    other = draft_of(town("よその町", "042064"))
    keys = [*Event.objects.values_list("pk", flat=True), "x", "9" * 30]

    # Each goes its way by itself, under a lock of its own.
    with zeal_ignore():
        browser.post(reverse("member_events_submit"), {"event": keys})

    other.refresh_from_db()
    own = Event.objects.filter(owner=kakuda).values_list("publication_state", flat=True)
    assert list(own) == ["in_review", "in_review"]
    assert other.publication_state == "draft"


ROUTES = ("change", "step", "preview", "delete", "announce", "report")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_events_of_others_do_not_exist(browser, kakuda, route, method):
    other = own_event(town("よその町", "042064"), first_day=date(2020, 4, 1))
    public = EventFactory(first_day=date(2020, 4, 1))

    for event in (other, public):
        answer = getattr(browser, method)(reverse(f"member_event_{route}", args=[event.pk]))
        assert answer.status_code == (405 if (route, method) == ("step", "get") else 404)


@pytest.mark.parametrize("name", ["member_events", "member_event_add", "member_event_import"])
def test_a_page_takes_few_queries_and_is_kept_by_nobody(browser, kakuda, name, django_assert_max_num_queries):
    for number in range(20):
        draft_of(kakuda, title=f"下書き{number}")

    with django_assert_max_num_queries(15):
        response = browser.get(reverse(name))

    assert response["Cache-Control"] == "private, no-store"


def test_the_page_of_one_event_takes_few_queries(browser, kakuda, django_assert_max_num_queries):
    address = reverse("member_event_change", args=[own_event(kakuda).pk])
    # What kinds of records there are is asked for once in the life of a process.
    browser.get(address)

    with django_assert_max_num_queries(15):
        response = browser.get(address)

    assert response.context["sheet"].form["title"].value() == "架空の梅まつり"
