"""What the checks find in the official data: exactly the known errors of the paper, all explained to the public."""

from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from portal.core.models import SourceNote
from portal.models import Finding
from portal.quality.looking import check_all
from tests.portal.official.records import named, note_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official_data")]

AT = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Tokyo"))


def found(severity):
    check_all(AT)
    rows = Finding.objects.filter(severity=severity).order_by("code", "object_id")
    return sorted((row.code, row.state, row.field, row.subject, row.message) for row in rows)


def test_the_errors_are_the_four_of_the_paper():
    assert found("error") == [
        (
            "contradiction",
            "accepted",
            "subtitle",
            "第1回全国連携展示（北海道町村）「ぐんま鉄たび湯たび 歩きたび」",
            "題名には「北海道」、その内容には「ぐんま」とあります。どちらかが誤りではありませんか。",
        ),
        (
            "misprint",
            "accepted",
            "heading",
            "自治体間連携シンポジウム等の開催",
            "「２３一体事業」とありますが、「２３区一体事業」の「区」が抜けたものと思われます。",
        ),
        (
            "misprint",
            "accepted",
            "source_notes",
            "福島県沖を震源とする地震：復興支援金",
            "「１００万円円」とありますが、「円」が重なっています。",
        ),
        (
            "weekday",
            "accepted",
            "source_notes",
            "第2回全国連携展示（千葉県町村）「食べておいしいちばの味」",
            "「12月26日（金）」とありますが、平成29年12月26日は火曜日です。",
        ),
    ]


@pytest.mark.parametrize(
    "key",
    [
        "exhibition-2017-2",
        "exhibition-2019-1",
        "support-fukushima-offshore-earthquake-1",
        "plan-symposiums",
    ],
)
def test_each_error_is_accepted_with_the_note_that_the_public_reads(key):
    check_all(AT)

    record = named(key)
    findings = Finding.objects.errors().filter(subject=str(record))
    assert [finding.reason for finding in findings] == [note_of(key).reason]
    assert findings[0].reason


def test_what_somebody_should_look_at():
    tour = "巡回の時期は過ぎていますが、「予定」のままです。"
    hokkaido = "第1回全国連携展示（北海道町村）「あそぼう！十勝の空の下」"
    saitama = "第1回全国連携展示（埼玉県町村）「ぷらっと埼玉～ちかくて楽しいプチ旅行～」"
    gunma = "第1回全国連携展示（北海道町村）「ぐんま鉄たび湯たび 歩きたび」"

    assert found("review") == sorted(
        [
            ("prefecture", "accepted", "title", gunma, not_linked("北海道", "北海道")),
            ("prefecture", "accepted", "subtitle", gunma, not_linked("ぐんま", "群馬県")),
            (
                "still_planned",
                "open",
                "status",
                saitama,
                "日程は終わっていますが、「予定」のままです。「開催」などに改めてください。",
            ),
            *(
                ("stop_still_planned", "open", "state", f"{hokkaido}：{ward}", tour)
                for ward in ("台東区", "墨田区", "品川区", "目黒区", "葛飾区")
            ),
            ("stop_still_planned", "open", "state", f"{saitama}：調整中", tour.replace("予定", "調整中")),
        ]
    )


def not_linked(word, prefecture):
    return f"「{word}」とありますが、{prefecture}は関係する都道府県に入っていません。"


def test_what_the_paper_does_not_say():
    missing = found("missing")

    assert {(code, state) for code, state, *_ in missing} == {
        ("missing_coordinates", "open"),
        ("missing_place", "open"),
        ("missing_reading", "open"),
    }
    assert [subject for code, _, _, subject, _ in missing if code == "missing_coordinates"] == [
        "KITTE",
        "大井競馬場 ウマイルスクエア",
        "大井競馬場1号スタンド（L-WING）",
        "東京区政会館",
        "東京区政会館 公開空地ほか",
        "東京区政会館1階ホール",
        "浅草「まるごとにっぽん」",
    ]
    assert [subject for code, _, _, subject, _ in missing if code == "missing_place"] == [
        "東京 新虎まつりへの特別協力",
        "東北六魂祭2015秋田への協賛",
        "東北六魂祭2016青森への協賛",
        "東北絆まつり2017仙台への協賛",
        "東北絆まつり2018盛岡への協賛",
        "東北絆まつり2019福島への協賛",
    ]
    assert len([code for code, *_ in missing if code == "missing_reading"]) == 24


def test_a_new_site_has_no_open_error():
    out = StringIO()

    call_command("check_data", stdout=out, fail_on_errors=True)

    assert "［誤り］曜日と日付の食い違い：未対応0件、注記済み1件、見送り0件、解消0件" in out.getvalue()


def test_without_its_note_the_error_is_open():
    SourceNote.objects.filter(key="exhibition-2017-2").update(reason="", corrected="")

    assert [row[:2] for row in found("error") if row[1] == "open"] == [("weekday", "open")]
