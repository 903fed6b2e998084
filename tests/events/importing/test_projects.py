"""Tables of ward projects become projects: found again by number, else by ward, year and title."""

import io

import pytest
from django.core.management import CommandError, call_command

from events.choices import ProjectField, Status
from events.importing.projects import import_projects
from events.models import WardProject
from events.spreadsheets.columns import PROJECTS
from events.spreadsheets.writing import csv_lines, project_row, projects_workbook
from portal.core.importing.refusal import FileRefused
from portal.core.importing.remarks import Outcome
from tests.core.importing.files import csv_file, workbook
from tests.factories.events import WardProjectFactory
from tests.factories.municipalities import MunicipalityFactory, PrefectureFactory, WardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    WardFactory(code="131041", name="新宿区")
    MunicipalityFactory(code="042081", name="角田市", prefecture=PrefectureFactory(code="04", name="宮城県"))
    MunicipalityFactory(code="132063", name="府中市", prefecture=PrefectureFactory(code="13", name="東京都"))
    MunicipalityFactory(code="342084", name="府中市", prefecture=PrefectureFactory(code="34", name="広島県"))


def row(**cells):
    return {
        "区": "新宿区",
        "年度": "令和2年度",
        "事業名": "架空の森の教室",
        "分野": "環境・森林",
        "連携自治体": "角田市",
        **cells,
    }


def bring(*rows, header=PROJECTS.headers, make=csv_file, apply=True, **options):
    return import_projects(make(header, *rows), apply=apply, **options)


def outcomes(report):
    return [result.outcome for result in report.results]


def problems(report):
    return [str(problem) for result in report.results for problem in result.problems]


def changes(report):
    return [str(change) for result in report.results for change in result.changes]


def exported(encoding):
    projects = WardProject.objects.for_table()
    if encoding == "xlsx":
        return io.BytesIO(projects_workbook(projects))
    lines = csv_lines(map(project_row, projects), in_shift_jis=encoding == "sjis")
    return io.BytesIO(b"".join(lines))


@pytest.mark.parametrize("make", [csv_file, workbook])
def test_a_new_project_is_a_draft_with_all_that_its_row_says(make):
    report = bring(row(概要="森を訪ねます。", URL="www.example.jp", 実施状況="開催"), make=make)

    assert outcomes(report) == [Outcome.NEW]
    project = WardProject.objects.get()
    assert (project.ward_id, project.fiscal_year, project.title) == ("131041", 2020, "架空の森の教室")
    assert (project.field, project.status) == (ProjectField.ENVIRONMENT, Status.HELD)
    assert [town.code for town in project.municipalities.all()] == ["042081"]
    assert (project.summary, project.url) == ("森を訪ねます。", "https://www.example.jp")
    assert (project.publication_state, project.publish_at) == ("draft", None)


def test_nothing_is_written_unless_it_is_asked_for():
    report = bring(row(), apply=False)

    assert (outcomes(report), report.is_applied) == ([Outcome.NEW], False)
    assert WardProject.objects.count() == 0


@pytest.mark.parametrize("cell", ["2020", "２０２０", "2020年度", "令和2年度", "令和２年", "R2"])
def test_years_as_people_write_them(cell):
    if cell == "R2":
        assert problems(bring(row(年度=cell))) == ["「年度」列：年度として読めません（R2）。例：2020、令和2年度"]
        return
    bring(row(年度=cell))

    assert WardProject.objects.get().fiscal_year == 2020


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("角田市、広島県府中市", ["042081", "342084"]),
        ("042081 角田市", ["042081"]),
        ("０４２０８１，342084", ["042081", "342084"]),
        ("132063 東京都府中市", ["132063"]),
        ("", []),
    ],
)
def test_partners_by_code_name_or_both(cell, codes):
    bring(row(連携自治体=cell))

    assert [town.code for town in WardProject.objects.get().municipalities.all()] == codes


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"区": "角田市"}, "「区」列：特別区の名称か団体コードを書いてください（角田市）。"),
        ({"区": ""}, "「区」列：空欄にはできません。"),
        ({"年度": "昔"}, "「年度」列：年度として読めません（昔）。例：2020、令和2年度"),
        ({"年度": "1900"}, "「年度」列：年度として読めません（1900）。例：2020、令和2年度"),
        ({"事業名": ""}, "「事業名」列：空欄にはできません。"),
        ({"事業名": "あ" * 201}, "「事業名」列：200文字までです（201文字あります）。"),
        (
            {"分野": "歌"},
            "「分野」列：「歌」はありません。次のいずれかを書いてください：観光・物産、産業・雇用、教育・子ども、"
            "文化・スポーツ、環境・森林、防災、福祉・健康、職員交流、その他",
        ),
        (
            {"連携自治体": "府中市"},
            "「連携自治体」列：「府中市」は二つ以上あります。団体コードで書いてください："
            "132063 東京都府中市、342084 広島県府中市",
        ),
        ({"連携自治体": "ない市"}, "「連携自治体」列：この名称の自治体はありません（ない市）。"),
        ({"連携自治体": "042081 白石市"}, "「連携自治体」列：団体コードと名称が合いません（042081 白石市）。"),
        ({"連携自治体": "042080"}, "「連携自治体」列：団体コードの検査数字（6桁目）が合いません（042080）。"),
        ({"連携自治体": "130001"}, "「連携自治体」列：団体コードと名称が合いません（130001）。"),
        ({"連携自治体": "新宿区"}, "「連携自治体」列：実施する区自身は書けません。"),
        ({"番号": "99"}, "「番号」列：この番号の事業はありません（99）。"),
        ({"番号": "甲"}, "「番号」列：整数として読めません（甲）。"),
        ({"URL": "なし？"}, "「URL」列：アドレス（URL）として読めません（なし？）。一つだけを書いてください。"),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_and_the_others_are_written(cells, problem):
    report = bring(row(**cells), row(事業名="架空の市"))

    assert (outcomes(report), problems(report)) == ([Outcome.REFUSED, Outcome.NEW], [problem])
    assert [project.title for project in WardProject.objects.all()] == ["架空の市"]


def test_a_new_project_needs_a_field():
    assert problems(bring(row(分野="")))[0].startswith("「分野」列：次のいずれかを書いてください：")
    assert WardProject.objects.count() == 0


def test_strictly_one_refused_row_keeps_everything_out():
    assert not bring(row(), row(年度="昔"), is_strict=True).is_applied
    assert WardProject.objects.count() == 0


def test_what_is_known_by_its_number_changes_and_stays_public():
    project = WardProjectFactory(ward=WardFactory(code="131041"), title="旧い名", fiscal_year=2019, summary="概要")

    report = bring(row(番号=str(project.pk)))

    assert changes(report) == [
        *("「年度」：2019 → 2020", "「事業名」：旧い名 → 架空の森の教室", "「分野」：観光・物産 → 環境・森林"),
        *("「概要」：概要 → （空欄）", "「連携自治体」：（空欄） → 042081 角田市"),
    ]
    project.refresh_from_db()
    assert (project.title, project.fiscal_year, project.summary) == ("架空の森の教室", 2020, "")
    assert (project.publication_state, project.revision) == ("published", 1)


def test_what_has_no_number_is_known_by_ward_year_and_title():
    project = WardProjectFactory(ward=WardFactory(code="131041"), title="架空の森の教室", fiscal_year=2020)

    bring(row(概要="新しい概要"))

    assert [row.pk for row in WardProject.objects.all()] == [project.pk]
    project.refresh_from_db()
    assert project.summary == "新しい概要"


def test_two_of_the_same_name_need_a_number():
    WardProjectFactory.create_batch(2, ward=WardFactory(code="131041"), title="架空の森の教室", fiscal_year=2020)

    assert problems(bring(row())) == [
        "「番号」列：区・年度・事業名が同じ事業が二つ以上あります。番号で指定してください。"
    ]


def test_a_blank_word_and_an_absent_column_leave_what_is_there():
    project = WardProjectFactory(
        ward=WardFactory(code="131041"), title="架空の森の教室", fiscal_year=2020, status=Status.HELD, summary="概要"
    )
    project.municipalities.set(["042081"])

    report = bring(["新宿区", "2020", "架空の森の教室", "", ""], header=["区", "年度", "事業名", "分野", "実施状況"])

    assert outcomes(report) == [Outcome.SAME]
    project.refresh_from_db()
    assert (project.status, project.summary, project.municipalities.count()) == (Status.HELD, "概要", 1)


def test_the_same_project_twice_names_both_rows():
    project = WardProjectFactory(ward=WardFactory(code="131041"), title="旧い名", fiscal_year=2019)

    report = bring(row(), row(), row(番号=str(project.pk), 事業名="甲"), row(番号=str(project.pk), 事業名="乙"))

    assert [(result.number, [str(problem) for problem in result.problems]) for result in report.results] == [
        (2, []),
        (3, ["2行目と同じ事業です。"]),
        (4, []),
        (5, ["4行目と同じ事業です。"]),
    ]


@pytest.mark.parametrize("encoding", ["xlsx", "utf-8", "sjis"])
def test_our_own_table_changes_nothing(encoding):
    ward = WardFactory(code="131041")
    full = WardProjectFactory(
        ward=ward,
        title="=架空の〜教室𠮷",
        summary="一行目\n'=二行目",
        url="https://a.example.jp/",
        status=Status.CANCELLED,
    )
    full.municipalities.set(["342084", "132063"])
    WardProjectFactory(ward=ward, publication_state="draft", publish_at=None)
    before = list(WardProject.objects.values_list("pk", "updated_at", "revision"))

    report = import_projects(exported(encoding), apply=True)

    assert {(result.outcome, result.changes) for result in report.results} == {(Outcome.SAME, ())}
    assert list(WardProject.objects.values_list("pk", "updated_at", "revision")) == before


def test_another_table_is_refused():
    with pytest.raises(FileRefused, match="見出しの行が見つかりません"):
        import_projects(csv_file(["甲", "乙"], ["1", "2"]), apply=True)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_looking_takes_the_same_queries_for_any_number_of_rows(rows, django_assert_num_queries):
    for number in range(rows):
        WardProjectFactory(ward=WardFactory(code="131041"), title=f"架空{number}", fiscal_year=2020)

    with django_assert_num_queries(3):
        report = bring(*(row(事業名=f"架空{number}") for number in range(rows)), apply=False)

    assert report.count(Outcome.CHANGED) == rows


def test_the_command_tells_first_and_writes_when_told_to(tmp_path, capsys):
    path = tmp_path / "projects.csv"
    path.write_bytes(csv_file(PROJECTS.headers, row(), row(年度="昔")).getvalue())

    with pytest.raises(CommandError, match="1行を拒否しました。"):
        call_command("import_projects", path)

    assert capsys.readouterr().out.splitlines() == [
        "projects.csv（CSV・UTF-8（BOM付き））：各区事業の表",
        "     2行目　新規　架空の森の教室",
        "     3行目　拒否　架空の森の教室",
        "　　　　　　　　「年度」列：年度として読めません（昔）。例：2020、令和2年度",
        "新規1件、変更0件、同じ0件、拒否1件",
        "確かめただけで、書き込んでいません（--apply で書き込みます）。",
    ]
    assert WardProject.objects.count() == 0
    with pytest.raises(CommandError, match="1行を拒否しました。"):
        call_command("import_projects", path, apply=True)
    assert WardProject.objects.count() == 1
