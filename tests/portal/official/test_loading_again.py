"""Loading the paper again, after work was done on its records, and with faults in its files."""

import shutil
from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from disaster_support.models import Disaster
from events.models import Event
from municipalities.models import CooperationAgreement
from portal.core.publishing import PublicationState
from portal.models import FoundingDocument
from portal.official.load import DATA
from portal.official.tables import TABLES
from tests.portal.official.records import named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official_data")]


@pytest.fixture
def folder(tmp_path):
    """A copy of the data to change."""
    return shutil.copytree(DATA, tmp_path / "data")


def load(**options):
    out = StringIO()
    call_command("load_official", stdout=out, **options)
    return out.getvalue().splitlines()


def changed(report):
    """The lines of a report about tables in which anything was created or updated."""
    return [line for line in report if "新規0件、更新0件" not in line]


def replace(path, old, new):
    content = path.read_bytes()
    old, new = (text if isinstance(text, bytes) else text.encode() for text in (old, new))
    assert content.count(old) == 1
    path.write_bytes(content.replace(old, new))


def test_loading_again_changes_nothing():
    report = load()

    assert changed(report) == []
    assert "協定の構成自治体：新規0件、更新0件、変更なし372件" in report
    assert len(report) == len(TABLES) + 1


def test_what_staff_corrected_stays_until_the_file_is_to_rule_again():
    event = named("promotion-2017-1")
    Event.objects.filter(pk=event.pk).update(
        title="直した名称", summary="職員が書いた概要", publication_state=PublicationState.WITHDRAWN
    )

    assert changed(load()) == []
    event.refresh_from_db()
    assert event.title == "直した名称"

    assert "イベント：新規0件、更新24件、変更なし0件" in load(overwrite=True)
    event.refresh_from_db()
    assert event.title == "第1回魅力発信イベント"
    assert (event.summary, event.publication_state) == ("職員が書いた概要", PublicationState.WITHDRAWN)


def test_a_member_that_left_stays_away_until_the_file_is_to_rule_again():
    agreement = named("agreement-gunma-cities")
    agreement.members.filter(municipality__name="前橋市").update(left_on=date(2026, 4, 1))

    assert changed(load()) == []
    assert agreement.members.in_force(date(2026, 4, 1)).count() == 11

    assert "協定の構成自治体：新規0件、更新1件、変更なし371件" in load(overwrite=True)
    assert agreement.members.in_force(date(2026, 4, 1)).count() == 12


def test_a_row_that_was_edited_updates_its_record_alone(folder):
    Event.objects.filter(pk=named("lecture-2017-2").pk).update(title="直した名称")
    replace(folder / "events.csv", "スポーツ,", "スポーツと健康,")

    assert changed(load(directory=folder)) == ["イベント：新規0件、更新1件、変更なし23件"]
    assert named("lecture-2017-1").theme == "スポーツと健康"
    assert named("lecture-2017-2").title == "直した名称"


def test_an_agreement_that_was_edited_has_its_members_derived_anew(folder):
    replace(folder / "cooperation_agreements.csv", "2018-05-01", "2018-05-02")

    assert changed(load(directory=folder)) == [
        "広域連携協定：新規0件、更新1件、変更なし10件",
        "協定の構成自治体：新規0件、更新23件、変更なし349件",
    ]
    assert CooperationAgreement.objects.member_total(date(2018, 5, 1)) == 298


def test_a_record_that_was_deleted_is_made_again():
    stops = named("exhibition-2020").stops
    stops.all().delete()
    named("aim-3").delete()

    assert changed(load()) == ["目的：新規1件、更新0件、変更なし2件", "巡回展示：新規1件、更新0件、変更なし20件"]
    assert stops.get() == named("stop-2020-1")
    assert named("aim-3").title == "信頼関係・絆の強化"


def test_a_new_row_becomes_a_public_record(folder):
    with (folder / "disasters.csv").open("a", encoding="utf-8") as file:
        file.write("disaster-new,新しい災害,10,600,◆「新しい災害」被災地への支援,,\n")

    assert changed(load(directory=folder)) == ["災害：新規1件、更新0件、変更なし9件"]
    assert named("disaster-new") in Disaster.objects.published(datetime(2026, 11, 1, tzinfo=ZoneInfo("Asia/Tokyo")))


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("aims.csv", "aim-1,1,", "aim-1,一,", "2行目「number」列：半角数字の整数で、15桁以内で書いてください（一）。"),
        ("aims.csv", "aim-3,3,", "aim-3,2,", "6行目「number」列：この 番号 を持った 目的 が既に存在します。"),
        (
            "plan_items.csv",
            "plan-publicity,",
            "広報,",
            "3行目「key」列：“slug” には半角の英数字、アンダースコア、ハイフン以外は使用できません。",
        ),
        (
            "plan_items.csv",
            "plan-publicity,",
            "aim-1,",
            "3行目「key」列：この名前はほかの表で使われています（aim-1）。",
        ),
        (
            "tour_stops.csv",
            "stop-2020-1,exhibition-2020,",
            "stop-2020-1,exhibition-2222,",
            "21行目「exhibition」列：この名前の記録がありません（exhibition-2222）。"
            "自治体のコードなら、先に load_reference が必要です。",
        ),
        (
            "tour_stops.csv",
            "stop-2020-1,exhibition-2020,1,131091,",
            "stop-2020-1,exhibition-2020,1,,",
            "21行目：区が決まっていない間は、状態を「調整中」か「不明」にしてください。",
        ),
        (
            "cooperation_agreements.csv",
            "body-hokkaido-towns",
            "body-okinawa-towns",
            "2行目「bodies」列：この名前の記録がありません（body-okinawa-towns）。"
            "自治体のコードなら、先に load_reference が必要です。",
        ),
        (
            "disasters.csv",
            "熊本地震,2",
            b"\x8cF\x96{,2",
            "3行目「name」列：UTF-8として読めない文字があります。",
        ),
    ],
)
def test_a_broken_line_stops_everything_and_leaves_the_database_as_it_was(folder, file, old, new, message):
    replace(folder / "founding_documents.csv", "特別区長会,2014-09-16", "特別区長会,2014-09-17")
    replace(folder / file, old, new)

    with pytest.raises(CommandError) as caught:
        load(directory=folder)

    assert str(caught.value) == f"{file} {message}\n何も変更していません。"
    assert FoundingDocument.objects.get().issued_on == date(2014, 9, 16)
