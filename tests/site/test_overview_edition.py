"""概要資料 of the official data: the page and the PDF hold what the paper holds."""

import gzip
import os
import re
import subprocess
import sys

import pytest

from portal.statistics import pdf
from portal.statistics.downloads import overview_page
from portal.statistics.overview import overview_on
from portal.statistics.views import AS_PRINTED
from tests.portal.statistics.pdf_readers import need_pdf, plain_objects, read
from tests.test_architecture import ROOT

pytestmark = pytest.mark.django_db

URL = "/statistics/overview/"
FACTS = [
    *("共存共栄による日本の元気創造", "相互補完による地域課題の克服", "信頼関係・絆の強化"),
    *("574", "149", "660", "732", "269", "372", "1,035", "約1.5倍", "+375", "552", "553", "739", "747", "約1.3倍"),
    *("732＋269＋372＝1,373", "差の338は", "574＋149＝723", "差の63は", "552＋1＝553", "739＋8＝747"),
    *("北海道町村会", "京都府市長会・京都府町村会", "13団体", "平成31年1月11日（金）", "森林環境税から考える"),
    *("「Nipponのシルクと光」", "KITTE", "東北六魂祭2015秋田への協賛", "ぐんま鉄たび湯たび歩きたび"),
    *("港区（実施）", "葛飾区（予定）", "37億4,025万円", "7,174人（累積）", "2億8,300万円", "１００万円円"),
    *("まち・ひと・しごと創生総合戦略（２０１７改訂版）", "平成29年12月", "企業との包括連携協定の締結"),
]
MEMBERS = [
    ("2016-04-25", 0),
    ("2016-04-26", 170),
    ("2016-06-25", 210),
    ("2017-01-19", 227),
    ("2017-01-27", 236),
    ("2018-02-21", 263),
    ("2018-04-16", 298),
    ("2018-05-01", 321),
    ("2019-10-25", 321),
    ("2019-10-26", 372),
]


def folded(text):
    return re.sub(r"\s+", "", text)


def text_of(response):
    return folded(re.sub(r"<[^>]+>", "", response.content.decode()))


def test_the_page_holds_what_the_paper_holds(client):
    text = text_of(client.get(URL, {"as_of": "2026-11-25"}))

    assert [fact for fact in FACTS if fact not in text] == []


@pytest.mark.parametrize(("day", "members"), MEMBERS)
def test_the_agreements_of_every_day_add_up(client, day, members):
    agreements = client.get(URL, {"as_of": day}).context["edition"].agreements

    assert agreements.member_total == members
    assert sum(line.agreement.member_count for line in agreements.lines) == members


def test_printed_and_computed_members_are_the_same_for_every_body(client):
    agreements = overview_on(AS_PRINTED).agreements

    assert agreements.body_total == 13
    assert [line.printed for line in agreements.lines] == [line.agreement.member_count for line in agreements.lines]
    assert (agreements.printed_total.value, agreements.member_total) == (372, 372)


@pytest.mark.parametrize(("day", "documents"), [("2021-01-01", 7), ("2021-06-01", 8), ("2026-11-25", 8)])
def test_the_policy_papers_are_those_of_the_day(client, day, documents):
    assert len(client.get(URL, {"as_of": day}).context["edition"].policy) == documents


def test_every_joint_project_of_the_paper_is_in_it():
    edition = overview_on(AS_PRINTED.replace(year=2022))

    assert [(kind.label, sum(len(shown) for _, shown in kind.years)) for kind in edition.joint] == [
        ("講演会・シンポジウム・セミナー", 7),
        ("魅力発信イベント", 8),
        ("協賛・特別協力", 7),
    ]
    assert len(edition.exhibitions) == 8
    assert len(edition.support) == 9
    assert sum(len(items) for items in edition.plan.values()) == 10
    assert [remark.subject for remark in edition.remarks["exhibitions"]] == [
        "第2回全国連携展示（千葉県町村）「食べておいしいちばの味」",
        "第1回全国連携展示（北海道町村）「ぐんま鉄たび湯たび 歩きたび」",
    ]


def test_the_page_keeps_its_budget(client):
    assert len(gzip.compress(client.get(URL, {"as_of": "2026-11-25"}).content)) < 14 * 1024


@pytest.fixture(scope="module")
def document(django_db_setup, django_db_blocker):
    """The PDF of a day, made once: it takes seconds."""
    need_pdf()
    with django_db_blocker.unblock():
        return pdf.typeset(overview_page(AS_PRINTED.replace(year=2026)), "https://portal.example")


@pytest.mark.slow
def test_the_address_gives_the_document(client, document):
    response = client.get("/statistics/overview.pdf?as_of=2026-01-01")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("inline; ")
    assert response.content.startswith(b"%PDF-1.7")
    assert 100_000 < len(response.content) < 2_000_000


@pytest.mark.slow
def test_two_readers_open_it_without_a_warning(document, tmp_path):
    said = read("pdfinfo", "FILE", content=document, folder=tmp_path)
    assert "Title:           特別区全国連携プロジェクト 概要資料（令和8年1月1日現在）" in said
    assert "Tagged:          yes" in said
    assert "A4" in said
    assert 9 <= int(re.search(r"Pages:\s+(\d+)", said)[1]) <= 16
    assert "rror" not in said
    checked = read("qpdf", "--check", "FILE", content=document, folder=tmp_path)
    assert "No syntax or stream encoding errors found" in checked
    assert "WARNING" not in checked


@pytest.mark.slow
def test_its_text_can_be_taken_out_and_holds_the_numbers(document, tmp_path):
    text = folded(read("pdftotext", "-layout", "FILE", "-", content=document, folder=tmp_path))

    numbers = ["1,035", "747", "372", "660", "553", "37億4,025万円", "2億8,300万円", "7,174人（累積）", "+375", "1,373"]
    assert [number for number in numbers if number not in text] == []
    assert text.count("特別区全国連携プロジェクト概要資料令和8年1月1日現在") >= 9
    (pages,) = re.findall(r"Pages:\s+(\d+)", read("pdfinfo", "FILE", content=document, folder=tmp_path))
    assert f"2/{pages}" in text
    assert f"{pages}/{pages}" in text


@pytest.mark.slow
def test_its_fonts_are_in_it_and_it_has_bookmarks_and_a_language(document, tmp_path):
    fonts = read("pdffonts", "FILE", content=document, folder=tmp_path).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5:-3] == ["yes", "yes"] for line in fonts)
    plain = plain_objects(document, tmp_path)
    assert "/Lang (ja)" in plain
    assert plain.count("/Title ") >= 10
    assert "/Outlines" in plain
    assert "/DisplayDocTitle true" in plain


@pytest.mark.slow
def test_the_same_data_and_day_give_the_same_bytes_in_another_process(document):
    page = overview_page(AS_PRINTED.replace(year=2026))
    script = (
        "import sys, django; django.setup(); from portal.statistics import pdf; "
        "sys.stdout.buffer.write(pdf.typeset(sys.stdin.read(), 'https://portal.example'))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONUTF8": "1", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", script], input=page.encode(), cwd=ROOT, env=environment, capture_output=True, check=True
    )

    assert done.stdout == document
