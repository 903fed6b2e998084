"""What the forms of the back office take and refuse, in Japanese, and that a refusal changes nothing."""

from datetime import date

import pytest
from django.urls import reverse

from disaster_support.models import SupportRecord
from municipalities.models import AgreementMember, Membership, Municipality, WardTie
from portal.models import Milestone
from tests.admin.filling_in import errors_of, fields_of, send
from tests.factories.core import SourceNoteFactory
from tests.factories.disaster_support import DisasterFactory
from tests.factories.events import EventFactory, EventRoleFactory, ExhibitionFactory
from tests.factories.municipalities import (
    AgreementMemberFactory,
    CooperationAgreementFactory,
    MembershipFactory,
    MunicipalityFactory,
    PrefectureFactory,
    WardFactory,
    WardTieFactory,
)
from tests.factories.portal import AimFactory

pytestmark = pytest.mark.django_db


def test_a_town_with_a_wrong_check_digit_is_refused(office):
    PrefectureFactory(code="14", name="神奈川県")
    town = {"prefecture": "14", "kind": "town", "name": "町", "name_kana": "まち", "name_en": "Machi"}
    address = reverse("admin:municipalities_municipality_add")
    assert errors_of(send(office, address, code="142019", **town)) == ["団体コードの検査数字（6桁目）が合いません。"]
    assert Municipality.objects.count() == 0
    assert send(office, address, code="142018", **town).status_code == 302


def test_what_the_code_of_a_place_says_is_fixed(office):
    town = MunicipalityFactory()
    address = reverse("admin:municipalities_municipality_change", args=[town.code])
    assert not {"code", "prefecture", "kind"} & set(fields_of(office.get(address)))
    send(office, address, name="新町", code="131016", kind="special_ward")
    town = Municipality.objects.get(code=town.code)
    assert (town.name, town.kind) == ("新町", "town")
    prefecture = reverse("admin:municipalities_prefecture_change", args=["14"])
    assert "code" not in fields_of(office.get(prefecture))


def test_ties_of_one_kind_do_not_overlap(office):
    tie = WardTieFactory(starts_on=date(2010, 4, 1), ends_on=date(2015, 4, 1))
    same = {"ward": tie.ward_id, "municipality": tie.municipality_id, "kind": tie.kind}
    address = reverse("admin:municipalities_wardtie_add")
    refused = send(office, address, **same, starts_on="平成27年3月31日")
    assert errors_of(refused) == ["同じ区と自治体の間に、同じ種別で期間の重なる交流があります。"]
    assert WardTie.objects.count() == 1
    assert send(office, address, **same, starts_on="平成27年4月1日").status_code == 302


def test_a_period_does_not_end_before_it_starts(office):
    tie = {"ward": WardFactory().pk, "municipality": MunicipalityFactory().pk, "kind": "sister"}
    address = reverse("admin:municipalities_wardtie_add")
    refused = send(office, address, **tie, starts_on="2020-04-02", ends_on="2020-04-01")
    assert errors_of(refused) == ["終了日は開始日より前にできません。"]
    assert WardTie.objects.count() == 0
    send(office, address, **tie, starts_on="2020-04-02", ends_on="2020-04-02")
    assert WardTie.objects.get().ends_on == date(2020, 4, 3)


def test_the_last_day_of_a_period_is_shown_and_taken_as_people_say_it(office):
    membership = MembershipFactory(withdrawn_on=date(2021, 4, 1))
    address = reverse("admin:municipalities_membership_change", args=[membership.pk])
    assert fields_of(office.get(address))["withdrawn_on"] == "2021-03-31"
    send(office, address)
    assert Membership.objects.get().withdrawn_on == date(2021, 4, 1)
    send(office, address, withdrawn_on="令和4年3月31日")
    assert Membership.objects.get().withdrawn_on == date(2022, 4, 1)
    html = office.get(reverse("admin:municipalities_membership_changelist")).content.decode()
    assert "2022年3月31日" in html
    assert "2022年4月1日" not in html


def test_a_town_belongs_to_an_agreement_once_at_a_time(office):
    member = AgreementMemberFactory()
    refused = send(
        office,
        reverse("admin:municipalities_agreementmember_add"),
        agreement=member.agreement_id,
        municipality=member.municipality_id,
        joined_on="2020-04-01",
    )
    assert errors_of(refused) == ["この自治体は、同じ期間にすでにこの協定に入っています。"]
    assert AgreementMember.objects.count() == 1


def test_an_agreement_leads_to_the_list_of_its_members(office):
    agreement = CooperationAgreementFactory(members=MunicipalityFactory.create_batch(3))
    AgreementMemberFactory()
    html = office.get(reverse("admin:municipalities_cooperationagreement_change", args=[agreement.pk])).content.decode()
    address = f"{reverse('admin:municipalities_agreementmember_changelist')}?agreement__id__exact={agreement.pk}"
    assert f'<a href="{address}">構成自治体</a>' in html
    assert office.get(address).context["cl"].result_count == 3


def test_support_is_measured_in_one_way(office):
    disaster = DisasterFactory()
    address = reverse("admin:disaster_support_supportrecord_add")
    refused = send(office, address, disaster=disaster.pk, kind="donation", amount_yen="100", people="3")
    assert "金額・人数・数量・内容のうち、一つだけを入れてください。" in errors_of(refused)
    assert SupportRecord.objects.count() == 0


def test_support_is_listed_as_people_read_it(office):
    disaster = DisasterFactory()
    SupportRecord.objects.create(disaster=disaster, kind="donation", amount_yen=3_740_250_000)
    SupportRecord.objects.create(disaster=disaster, kind="staff", people=1234)
    SupportRecord.objects.create(disaster=disaster, kind="goods", description="毛布")
    html = office.get(reverse("admin:disaster_support_supportrecord_changelist")).content.decode()
    for text in ("37億4,025万円", "1,234人", "毛布"):
        assert f">{text}</td>" in html


def test_a_stop_of_a_tour_needs_a_ward_once_it_is_planned(office):
    exhibition = ExhibitionFactory(publication_state="draft")
    address = reverse("admin:events_exhibition_change", args=[exhibition.pk])
    stop = {"stops____TOTAL_FORMS": "1", "stops____0____state": "planned", "stops____0____listing_order": "1"}
    refused = send(office, address, **stop)
    assert errors_of(refused) == ["区が決まっていない間は、状態を「調整中」か「不明」にしてください。"]
    assert exhibition.stops.count() == 0
    assert send(office, address, **stop, stops____0____ward=WardFactory().pk).status_code == 302
    assert exhibition.stops.count() == 1


def test_a_role_is_held_by_one(office):
    role = EventRoleFactory()
    address = reverse("admin:events_event_change", args=[role.event_id])
    refused = send(office, address, roles____0____municipality=MunicipalityFactory().pk)
    assert errors_of(refused) == ["団体・企業・自治体・その他の団体のうち、一つだけを入れてください。"]
    role.refresh_from_db()
    assert role.municipality is None


def test_an_unreadable_date_is_explained(office):
    address = reverse("admin:portal_milestone_add")
    refused = send(office, address, title="発足", happened_on="令和99年99月")
    assert errors_of(refused) == ["日付として読めません。例：2021-02-10、令和3年2月10日"]
    assert Milestone.objects.count() == 0


def test_a_source_is_written_on_the_page_of_its_record(office):
    aim = AimFactory()
    prefix = "core____sourcenote____content_type____object_id____"
    note = {f"{prefix}TOTAL_FORMS": "1", f"{prefix}0____source": "概要資料", f"{prefix}0____line": "12"}
    address = reverse("admin:portal_aim_change", args=[aim.pk])
    refused = send(office, address, **note, **{f"{prefix}0____corrected": "正しい記載"})
    assert errors_of(refused) == ["訂正案には注記が必要です。"]
    assert aim.source_notes.count() == 0
    send(office, address, **note)
    assert str(aim.source_notes.get()) == "概要資料 12行目"


def test_fictional_rows_are_marked_in_lists(office):
    AimFactory(title="本物の目的")
    AimFactory(title="架空の目的", is_demo=True)
    html = office.get(reverse("admin:portal_aim_changelist")).content.decode()
    assert html.count(">デモ</td>") == 1
    html = office.get(reverse("admin:portal_aim_changelist", query={"is_demo__exact": "1"})).content.decode()
    assert ("架空の目的" in html, "本物の目的" in html) == (True, False)


def test_notes_are_listed_with_what_they_belong_to(office):
    SourceNoteFactory(record=EventFactory())
    html = office.get(reverse("admin:core_sourcenote_changelist")).content.decode()
    assert "イベントと展示 | イベント" in html
