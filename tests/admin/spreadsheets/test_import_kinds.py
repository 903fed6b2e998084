"""What is particular to each kind of record that is read in from a table."""

from datetime import date

import pytest
from django.contrib import admin

from disaster_support.models import SupportRecord
from events.models import Event, FormerSchedule, TourStop, WardProject
from events.profiles import RECOMMENDED
from municipalities.models import Membership
from portal.core.approval.actions import approve, publish, submit
from portal.core.importing.rights import NO_RIGHT
from portal.core.models import Proposal, Version
from tests.admin.spreadsheets.files import address, bring, changes, confirm, csv_rows, exported, outcomes, reasons, send
from tests.core.importing.files import csv_file
from tests.factories.core import UserFactory
from tests.factories.disaster_support import DisasterFactory
from tests.factories.events import EventFactory, ExhibitionFactory, VenueFactory, WardProjectFactory

pytestmark = pytest.mark.django_db


def test_new_projects_are_drafts_and_their_state_is_changed_on_their_page(office, ward, town):
    public = WardProjectFactory(ward=ward, title="公開中", fiscal_year=2020)
    (row,) = csv_rows(exported(office, WardProject))
    new = {**dict.fromkeys(row, ""), "特別区": "新宿区", "名称": "架空の森", "分野": "環境・森林", "年度": "令和7年度"}

    shown = bring(
        office, WardProject, {**row, "公開状態": "取下げ"}, {**new, "連携自治体": "角田市", "公開状態": "公開"}
    )

    assert outcomes(shown)["各区事業"] == ["同じ", "新規"]
    assert "公開の状態などは、この表では変えられません。" in shown.content.decode()
    confirm(office, shown, WardProject)
    made = WardProject.objects.get(title="架空の森")
    public.refresh_from_db()
    assert (made.publication_state, made.fiscal_year, made.status) == ("draft", 2025, "planned")
    assert [one.pk for one in made.municipalities.all()] == ["042081"]
    assert public.publication_state == "published"


def test_an_event_that_is_moved_waits_and_then_keeps_the_days_for_which_it_was_announced(office, administrator, ward):
    event = EventFactory(owner=ward, first_day=date(2026, 10, 10))
    (row,) = csv_rows(exported(office, Event))

    shown = bring(office, Event, {**row, "初日": "2026-11-03", "最終日": "2026-11-03"})
    assert changes(shown) == ["「初日」：2026-10-10 → 2026-11-03", "「最終日」：2026-10-10 → 2026-11-03"]
    assert FormerSchedule.objects.count() == 0
    confirm(office, shown, Event)

    event.refresh_from_db()
    proposal = Proposal.objects.open_for(event)
    assert event.first_day == date(2026, 10, 10)
    assert proposal.changes == {"fields": {"first_day": "2026-11-03", "last_day": "2026-11-03"}}
    submit(proposal=proposal, by=administrator)
    approve(proposal=proposal, by=UserFactory())
    publish(proposal=proposal, by=administrator)
    event.refresh_from_db()
    assert (event.first_day, FormerSchedule.objects.get().first_day) == (date(2026, 11, 3), date(2026, 10, 10))


def test_the_place_of_a_new_venue_is_noted_with_the_event(office, ward, town):
    EventFactory(owner=ward, publication_state="draft", publish_at=None)
    VenueFactory(name="架空会館", municipality=town)
    (row,) = csv_rows(exported(office, Event))

    confirm(office, bring(office, Event, {**row, "会場": "架空会館"}), Event)

    assert [place.pk for place in Event.objects.get().places.order_by("pk")] == ["042081", "131041"]


def test_public_formats_of_events_are_read_on_the_same_page(office, administrator, town):
    cells = {
        "都道府県コード又は市区町村コード": "042081",
        "NO": "7",
        "都道府県名": "宮城県",
        "市区町村名": "角田市",
        "イベント名": "架空の梅まつり",
        "開始日": "2027-03-06",
        "終了日": "2027-03-07",
    }
    file = csv_file(RECOMMENDED.headers, cells).getvalue()

    shown = send(office, address(Event, "import"), file)
    assert outcomes(shown) == {"推奨データセット「イベント一覧」形式": ["新規"]}
    confirm(office, shown, Event)

    event = Event.objects.get()
    assert (event.title, event.publication_state) == ("架空の梅まつり", "draft")
    assert Version.objects.get().object_id == str(event.pk)


def test_an_event_of_somebody_else_is_refused_in_a_public_format(office, town, monkeypatch):
    EventFactory(owner=town, number="7", title="秘密の準備", publication_state="draft", publish_at=None)
    monkeypatch.setattr(admin.site.get_model_admin(Event), "may_bring_in", lambda request, obj=None: obj is None)
    cells = {"都道府県コード又は市区町村コード": "042081", "NO": "7", "都道府県名": "宮城県", "イベント名": "架空"}

    shown = send(office, address(Event, "import"), csv_file(RECOMMENDED.headers, cells).getvalue())

    assert reasons(shown) == [NO_RIGHT]
    assert "秘密の準備" not in shown.content.decode()


def test_the_measure_of_support_is_judged_by_the_rule(office):
    disaster = DisasterFactory(name="架空台風")
    row = {"災害": "架空台風", "種類": "義援金", "支援した主体": "各区", "現在日": "2024-03-31"}
    # What tells one record of support from another is asked for, be it empty.
    row |= {"区": "", "品目": "", "職種・業務": ""}

    shown = bring(
        office,
        SupportRecord,
        {**row, "金額（円）": "３，７４０，０００", "人数": ""},
        {**row, "人数": "3", "金額（円）": ""},
    )
    assert outcomes(shown)["支援の記録"] == ["新規", "拒否"]
    assert "お金は金額、職員派遣は人数か内容、物資と車両は数量か内容を入れてください。" in reasons(shown)
    confirm(office, shown, SupportRecord)

    assert [(one.disaster, one.amount_yen) for one in SupportRecord.objects.all()] == [(disaster, 3_740_000)]


def test_a_member_is_registered_with_its_last_day_inclusive(office, town):
    row = {"自治体": "角田市", "登録日": "2020-04-01", "退会・休止の日": "2021-03-31"}

    confirm(office, bring(office, Membership, row), Membership)

    assert Membership.objects.get().withdrawn_on == date(2021, 4, 1)


def test_a_stop_of_a_tour_tells_its_exhibition(office, ward):
    exhibition = ExhibitionFactory(title="架空展")
    row = {"展示": "架空展", "特別区": "新宿区", "初日": "2021-01-11", "最終日": "2021-01-12", "状態": "実施"}

    confirm(office, bring(office, TourStop, row), TourStop)

    before = exhibition.revision
    exhibition.refresh_from_db()
    assert (TourStop.objects.get().exhibition, exhibition.revision) == (exhibition, before + 1)
