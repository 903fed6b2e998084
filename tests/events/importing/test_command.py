"""`manage.py import_events`: tells first, writes when asked, and says in its exit code whether all was taken."""

import pytest
from django.core.management import CommandError, call_command

from events.models import Event
from events.profiles import RECOMMENDED
from tests.core.importing.files import csv_file
from tests.factories.events import EventFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory

pytestmark = pytest.mark.django_db

CODE = "都道府県コード又は市区町村コード"
GOOD = {CODE: "042081", "NO": "7", "イベント名": "架空の梅まつり", "開始日": "2027-03-06", "定員": "先着50名"}
BAD = {CODE: "042081", "NO": "8", "イベント名": "架空の市", "開始日": "3月6日"}


@pytest.fixture(autouse=True)
def town():
    return MunicipalityFactory(code="042081", name="角田市", prefecture=PrefectureFactory(code="04", name="宮城県"))


@pytest.fixture
def run(tmp_path, capsys):
    def run(*rows, header=RECOMMENDED.headers, **options):
        path = tmp_path / "events.csv"
        path.write_bytes(csv_file(header, *rows).getvalue())
        call_command("import_events", path, **options)
        return capsys.readouterr().out

    return run


def test_the_table_says_new_changed_same_and_the_reasons(run, town, capsys):
    EventFactory(owner=town, number="9", title="架空の旧い名称")
    EventFactory(owner=town, number="10", title="架空の同じ催し")
    rows = [
        ["042081", "9", "", "架空の新しい名称", ""],
        ["042081", "10", "", "架空の同じ催し", ""],
        ["042081", "10", "", "架空の同じ催し", ""],
    ]

    with pytest.raises(CommandError) as failed:
        run(*rows, header=[CODE, "NO", "都道府県名", "イベント名", "メモ"])

    assert str(failed.value) == "1行を拒否しました。"
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == [
        "events.csv（CSV・UTF-8（BOM付き））：推奨データセット「イベント一覧」形式",
        "取り込まない列：メモ",
    ]
    assert told[2].startswith("ファイルにない列（変えません）：市区町村名、イベント名_カナ")
    assert told[3:] == [
        "     2行目　変更　042081/9　架空の新しい名称",
        "　　　　　　　　「イベント名」：架空の旧い名称 → 架空の新しい名称",
        "     3行目　同じ　042081/10　架空の同じ催し",
        "     4行目　拒否　042081/10　架空の同じ催し",
        "　　　　　　　　「NO」列：3行目と同じ団体コードと番号です。",
        "新規0件、変更1件、同じ1件、拒否1件",
        "確かめただけで、書き込んでいません（--apply で書き込みます）。",
    ]
    assert Event.objects.filter(title="架空の新しい名称").count() == 0


def test_it_writes_when_it_is_told_to(run):
    told = run(GOOD, apply=True)

    assert told.splitlines()[-5:] == [
        "     2行目　新規　042081/7　架空の梅まつり",
        "　　　　　　　　※「定員」列：「先着50名」は「参加申込方法」に残します。",
        "　　　　　　　　※種別は「会員自治体の催し」とします。",
        "新規1件、変更0件、同じ0件、拒否0件",
        "書き込みました。",
    ]
    assert Event.objects.get().publication_state == "draft"


def test_it_publishes_when_it_is_told_to(run):
    run(GOOD, apply=True, publish=True)

    assert Event.objects.published().count() == 1


def test_refused_rows_are_left_out_and_make_it_fail(run):
    with pytest.raises(CommandError, match="1行を拒否しました。"):
        run(GOOD, BAD, apply=True)

    assert [event.number for event in Event.objects.all()] == ["7"]


def test_strictly_nothing_is_written(run, capsys):
    with pytest.raises(CommandError):
        run(GOOD, BAD, apply=True, strict=True)

    assert "拒否する行があるため、何も書き込みませんでした。" in capsys.readouterr().out
    assert Event.objects.count() == 0


def test_rows_of_others_are_refused(run):
    MunicipalityFactory(code="042064", name="白石市", prefecture=PrefectureFactory(code="04", name="宮城県"))

    with pytest.raises(CommandError, match="1行を拒否しました。"):
        run(GOOD, owner="042064")


def test_a_profile_may_be_demanded(run):
    with pytest.raises(CommandError, match="ベース・レジストリ「イベント」形式として読むには"):
        run(GOOD, profile="base-registry")


def test_a_file_that_is_none_is_refused_by_name(tmp_path):
    path = tmp_path / "events.pdf"
    path.write_bytes(b"%PDF-1.7")

    with pytest.raises(CommandError, match=r"events\.pdf：PDFのようです。"):
        call_command("import_events", path)
    with pytest.raises(CommandError, match="ファイルを開けません。"):
        call_command("import_events", tmp_path / "none.csv")


def test_the_help_says_what_blank_and_absent_mean(capsys):
    with pytest.raises(SystemExit):
        call_command("import_events", "--help")

    told = "".join(capsys.readouterr().out.split())
    assert "空欄のセルはその項目を空にし、ファイルにない列の項目は変えません。" in told
