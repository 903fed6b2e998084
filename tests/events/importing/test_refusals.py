"""Rows that cannot be kept are refused, each with its reasons, and do not keep the others out."""

import pytest

from events.models import Event, Venue
from portal.core.importing.refusal import FileRefused
from portal.core.importing.remarks import Outcome
from tests.events.importing.bringing import CODE, bring, outcomes, problems, row

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({CODE: "042080"}, f"「{CODE}」列：団体コードの検査数字（6桁目）が合いません（042080）。"),
        ({CODE: "042099"}, f"「{CODE}」列：この団体コードの市区町村はありません（042099）。"),
        ({CODE: "角田市"}, f"「{CODE}」列：団体コードは半角数字6桁です（角田市）。"),
        ({CODE: ""}, f"「{CODE}」列：団体コードは半角数字6桁です（）。"),
        ({"NO": "－"}, "「NO」列：空欄にはできません。次に取り込むときの目印になります。"),
        ({"NO": "1" * 31}, "「NO」列：30文字までです（31文字あります）。"),
        ({"市区町村名": "白石市"}, "「市区町村名」列：団体コードの自治体（宮城県角田市）と合いません。"),
        ({"イベント名": ""}, "「イベント名」列：空欄にはできません。"),
        ({"イベント名": "あ" * 201}, "「イベント名」列：200文字までです（201文字あります）。"),
        ({"終了日": "2027-03-05"}, "「終了日」列：終了日が開始日より前です。"),
        (
            {"終了日": "", "開始時間": "10:00", "終了時間": "9:00"},
            "「終了時間」列：終了時刻が開始時刻より後ではありません。日付をまたぐときは終了日も書いてください。",
        ),
        (
            {"参加申込終了時間": "17:00"},
            "「参加申込終了時間」列：申込期限の時刻には、申込期限の日も入れてください。",
        ),
        ({"場所名称": "園", "緯度": "38"}, "「経度」列：緯度と経度は両方を入れてください。"),
        ({"場所名称": "園", "緯度": "140", "経度": "38"}, "「緯度」列：緯度と経度が逆のようです。"),
        ({"場所名称": "園", "緯度": "0", "経度": "0"}, "「緯度」列：緯度・経度が日本の範囲にありません。"),
        ({"場所名称": "園" * 101}, "「場所名称」列：100文字までです（101文字あります）。"),
        ({"連絡先名称": "課" * 101}, "「連絡先名称」列：100文字までです（101文字あります）。"),
        ({"主催者": "会" * 101}, "「主催者」列：団体の名称は100文字までです。"),
        ({"開始日": "1900-01-01", "終了日": ""}, "「開始日」列：年度は1947から2200までです。"),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_and_the_others_are_written(town, cells, problem):
    report = bring(row(**cells), row(NO="100"))

    assert (outcomes(report), problems(report)) == ([Outcome.REFUSED, Outcome.NEW], [problem])
    assert [event.number for event in Event.objects.all()] == ["100"]


def test_all_that_is_wrong_with_a_row_is_told_at_once(town):
    report = bring(row(開始日="5月1日", 定員="99999999999", URL="なんとなく"))

    assert [problem.split("：")[0] for problem in problems(report)] == ["「開始日」列", "「定員」列", "「URL」列"]


def test_the_same_number_twice_names_both_rows(town):
    report = bring(row(), row(イベント名="別の催し"))

    assert [(result.number, result.outcome) for result in report.results] == [
        (2, Outcome.NEW),
        (3, Outcome.REFUSED),
    ]
    assert problems(report) == ["「NO」列：2行目と同じ団体コードと番号です。"]


def test_rows_of_others_are_refused_where_the_file_is_somebodys(town, ward):
    report = bring(row(), row(**{CODE: "131041", "都道府県名": "", "市区町村名": ""}), owner="042081")

    assert outcomes(report) == [Outcome.NEW, Outcome.REFUSED]
    assert problems(report) == [f"「{CODE}」列：角田市の行ではありません（131041）。ほかの自治体の行は取り込めません。"]


def test_a_file_of_nobody_we_know_is_refused(town):
    with pytest.raises(FileRefused, match="検査数字"):
        bring(row(), owner="042080")


def test_strictly_one_refused_row_keeps_everything_out(town):
    report = bring(row(開始日="x"), row(NO="8", 場所名称="架空公園"), is_strict=True)

    assert (outcomes(report), report.is_applied) == ([Outcome.REFUSED, Outcome.NEW], False)
    assert (Event.objects.count(), Venue.objects.count()) == (0, 0)


def test_strictly_a_good_file_is_written(town):
    assert bring(row(), is_strict=True).is_applied
    assert Event.objects.count() == 1
