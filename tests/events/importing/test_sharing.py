"""Venues and contact points that files name are found, made or completed, and never altered."""

import pytest

from events.models import Event, Venue
from portal.core.importing.remarks import Outcome
from portal.core.models import ContactPoint
from tests.events.importing.bringing import bring, changes, notes, outcomes, problems, row
from tests.factories.core import ContactPointFactory
from tests.factories.events import EventFactory, VenueFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory

pytestmark = pytest.mark.django_db


def test_a_venue_is_found_by_name_and_address(town):
    venue = VenueFactory(name="架空公園", address="角田市角田字架空1-1", municipality=town)

    bring(row(場所名称="架空公園", 住所="宮城県角田市角田字架空１－１"))

    assert Event.objects.get().venue == venue
    assert Venue.objects.count() == 1


def test_a_hall_of_the_same_name_elsewhere_is_another(town):
    elsewhere = VenueFactory(name="市民会館", address="東京都新宿区新宿1-1")

    bring(row(場所名称="市民会館", 住所="宮城県角田市角田1-1"))

    venue = Event.objects.get().venue
    assert (venue.name, venue.municipality) == ("市民会館（角田市）", town)
    elsewhere.refresh_from_db()
    assert elsewhere.address == "東京都新宿区新宿1-1"
    assert outcomes(bring(row(場所名称="市民会館", 住所="宮城県角田市角田1-1"))) == [Outcome.SAME]


def test_a_third_of_that_name_is_refused(town):
    VenueFactory(name="市民会館", address="東京都新宿区新宿1-1")
    VenueFactory(name="市民会館（角田市）", address="宮城県角田市角田9-9")

    report = bring(row(場所名称="市民会館", 住所="宮城県角田市角田1-1"))

    assert problems(report) == ["「場所名称」列：会場「市民会館」は、別の住所で登録されています。"]


def test_two_rows_share_a_new_venue_and_contact(town):
    cells = {"場所名称": "架空公園", "連絡先名称": "商工観光課", "連絡先電話番号": "0224-00-0000"}

    bring(row(**cells), row(NO="8", **cells))

    assert (Venue.objects.count(), ContactPoint.objects.count(), Event.objects.count()) == (1, 1, 2)


def test_what_is_not_known_of_a_venue_is_filled_and_what_is_known_stays(town):
    venue = VenueFactory(name="架空公園", parking="30台")
    event = EventFactory(owner=town, number="7", venue=venue)

    report = bring(row(場所名称="架空公園", 駐車場情報="50台", アクセス方法="徒歩10分"))

    venue.refresh_from_db()
    assert (venue.parking, venue.access) == ("30台", "徒歩10分")
    assert "「アクセス方法」：（空欄） → 徒歩10分" in changes(report)
    assert notes(report) == [
        "「駐車場情報」列：「架空公園」には「30台」と登録されています。変えるときは、管理画面で直してください。"
    ]
    event.refresh_from_db()
    assert event.venue == venue


def test_an_address_that_is_corrected_does_not_move_the_event(town):
    venue = VenueFactory(name="架空公園", address="宮城県角田市角田1-1", municipality=town)
    event = EventFactory(owner=town, number="7", venue=venue)

    report = bring(row(場所名称="架空公園", 住所="宮城県角田市角田1-2"))

    event.refresh_from_db()
    assert event.venue == venue
    assert "宮城県角田市角田1-1" in notes(report)[0]


def test_an_address_alone_is_the_name_of_the_venue(town):
    bring(row(住所="宮城県角田市角田1-1"))

    assert Event.objects.get().venue.name == "宮城県角田市角田1-1"
    assert outcomes(bring(row(住所="宮城県角田市角田1-1"))) == [Outcome.SAME]


def test_online_is_no_place(town):
    bring(row(場所名称="オンライン"))

    assert Event.objects.get().is_online


def test_no_venue_any_more(town):
    event = EventFactory(owner=town, number="7", venue=VenueFactory(name="架空公園"))

    report = bring(row())

    event.refresh_from_db()
    assert event.venue is None
    assert "「場所名称」：架空公園 → （空欄）" in changes(report)


def test_a_contact_is_found_by_name_and_telephone(town):
    contact = ContactPointFactory(organization="角田市", department="商工観光課", phone="0224(00)0000")

    bring(row(連絡先名称="商工観光課", 連絡先電話番号="0224-00-0000"))
    bring(row(NO="8", 連絡先名称="角田市 商工観光課", 連絡先電話番号="0224-00-0000"))

    assert {event.contact for event in Event.objects.all()} == {contact}


def test_an_office_of_the_same_name_elsewhere_is_another(town):
    ContactPointFactory(organization="観光課", department="", phone="03-0000-0000")

    bring(row(連絡先名称="観光課", 連絡先電話番号="0224-00-0000"))

    contact = Event.objects.get().contact
    assert (contact.organization, contact.department, contact.phone) == ("角田市", "観光課", "0224-00-0000")
    assert outcomes(bring(row(連絡先名称="観光課", 連絡先電話番号="0224-00-0000"))) == [Outcome.SAME]


def test_a_third_office_of_that_name_is_refused(town):
    ContactPointFactory(organization="観光課", department="", phone="03-0000-0000")
    ContactPointFactory(organization="角田市", department="観光課", phone="0224-11-1111")

    report = bring(row(連絡先名称="観光課", 連絡先電話番号="0224-00-0000"))

    assert problems(report) == ["「連絡先電話番号」列：「観光課」は、別の電話番号で登録されています。"]


def test_a_telephone_of_nobody_is_not_kept(town):
    report = bring(row(連絡先電話番号="0224-00-0000"))

    assert Event.objects.get().contact is None
    assert "「連絡先電話番号」列：連絡先名称がないため、登録しません。" in notes(report)


def test_no_contact_any_more(town):
    event = EventFactory(owner=town, number="7", contact=ContactPointFactory(organization="観光課"))

    bring(row())

    event.refresh_from_db()
    assert event.contact is None


def test_a_name_that_two_towns_have_is_the_owners_or_a_mere_name(town):
    for prefecture in ("14", "15"):
        MunicipalityFactory(prefecture=PrefectureFactory(code=prefecture), name="池田町")
    same = MunicipalityFactory(name="角田市")

    bring(row(主催者="池田町、角田市"))

    roles = Event.objects.get().roles.order_by("pk")
    assert [role.holder for role in roles] == ["池田町", town]
    assert same != town
