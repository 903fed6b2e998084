"""Typesetting: what happens without WeasyPrint, while it is busy, and how a page becomes a document."""

import os
import subprocess
import sys

import pytest

from portal.statistics import pdf
from tests.portal.statistics.pdf_readers import need_pdf, plain_objects, read
from tests.test_architecture import ROOT

PAGE = """<!doctype html><html lang="ja"><head><title>資料</title>
<meta name="dcterms.created" content="2021-01-01"></head><body><h1>題</h1><h2>節</h2>
<p>連携自治体は1,035です。<a href="/agreements/">協定</a></p>{}</body></html>"""
SITE = "https://portal.example"


@pytest.fixture
def typesetter():
    """Sought anew before the test and after it."""
    pdf.typesetter.cache_clear()
    yield
    pdf.typesetter.cache_clear()


@pytest.fixture
def without_weasyprint(typesetter, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)


def test_without_the_extra_nothing_is_typeset(without_weasyprint):
    with pytest.raises(pdf.Unavailable):
        pdf.typeset(PAGE, SITE)


@pytest.mark.django_db
def test_without_the_extra_a_page_leads_to_the_edition_for_browsers(client, without_weasyprint):
    response = client.get("/statistics/overview.pdf?as_of=2021-01-01")

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/html")
    html = response.content.decode()
    assert "このサイトでは、PDFを作る機能を使っていません。" in html
    assert 'href="/statistics/overview/?as_of=2021-01-01"' in html


def test_the_style_sheet_holds_what_the_document_is_drawn_with():
    sheet = pdf.style_sheet()

    assert sheet.index("@layer tokens, base") < sheet.index(".data-table") < sheet.index(".edition__section")


@pytest.mark.slow
def test_a_page_becomes_a_tagged_document_with_its_fonts(tmp_path):
    need_pdf()
    content = pdf.typeset(PAGE.format(""), SITE)

    said = read("pdfinfo", "-rawdates", "FILE", content=content, folder=tmp_path)
    assert "Tagged:          yes" in said
    assert "Title:           資料" in said
    assert "CreationDate:    D:20210101" in said
    fonts = read("pdffonts", "FILE", content=content, folder=tmp_path).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5:-3] == ["yes", "yes"] for line in fonts)
    assert "1,035" in read("pdftotext", "FILE", "-", content=content, folder=tmp_path)


@pytest.mark.slow
def test_links_lead_to_the_site(tmp_path):
    need_pdf()

    assert f"{SITE}/agreements/" in plain_objects(pdf.typeset(PAGE.format(""), SITE), tmp_path)


@pytest.mark.slow
def test_nothing_is_fetched_while_it_is_typeset(tmp_path):
    need_pdf()
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密の文書")
    tags = '<img src="{0}" alt="画像"><link rel="attachment" href="{0}"><object data="{0}">代わり</object>'
    page = PAGE.format(tags.format(secret.as_uri()))

    content = pdf.typeset(page, SITE)
    assert "秘密" not in read("pdftotext", "FILE", "-", content=content, folder=tmp_path)
    assert "EmbeddedFile" not in plain_objects(content, tmp_path)


@pytest.mark.slow
def test_a_document_is_typeset_once():
    need_pdf()
    first = pdf.typeset(PAGE.format("一"), SITE)
    with pdf._typesetting:
        assert pdf.typeset(PAGE.format("一"), SITE) == first


@pytest.mark.slow
@pytest.mark.django_db
def test_who_comes_while_another_document_is_typeset_is_told_to_wait(client, monkeypatch):
    need_pdf()
    monkeypatch.setattr(pdf, "PATIENCE", 0.01)
    with pdf._typesetting:
        with pytest.raises(pdf.Busy):
            pdf.typeset(PAGE.format("二"), SITE)
        response = client.get("/statistics/overview.pdf?as_of=2021-01-01")

    assert response.status_code == 503
    assert "少し待ってから、もう一度開いてください。" in response.content.decode()


@pytest.mark.slow
def test_another_process_gives_the_same_bytes():
    need_pdf()
    script = (
        "import sys, django; django.setup(); from portal.statistics import pdf; "
        f"sys.stdout.buffer.write(pdf.typeset({PAGE.format('')!r}, {SITE!r}))"
    )

    def made(seed):
        environment = os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True
        )
        return done.stdout

    first = made("1")
    assert first.startswith(b"%PDF-1.7")
    assert made("2") == first
