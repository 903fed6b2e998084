"""The official text of the prospectus, from a file."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories.portal import FoundingDocumentFactory

pytestmark = pytest.mark.django_db


def test_the_text_stands_beside_the_summary(client, tmp_path):
    document = FoundingDocumentFactory(summary="要約です。")
    file = tmp_path / "prospectus.txt"
    file.write_bytes("公式の第一段落。\r\n\r\n公式の第二段落。\n".encode("utf-8-sig"))

    call_command("load_official_text", "prospectus", str(file))

    document.refresh_from_db()
    assert document.official_text == "公式の第一段落。\n\n公式の第二段落。"
    page = client.get("/about/prospectus/").content.decode()
    assert "公式の第二段落。" in page
    assert "要約です。" in page


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文章がない"),
        (b"a\x00b", "使えない文字"),
        ("一行目\n".encode() + "二行目".encode("cp932"), "2行目はUTF-8ではありません"),
        (None, "を読めません"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(tmp_path, content, message):
    document = FoundingDocumentFactory(official_text="これまでの全文")
    file = tmp_path / "prospectus.txt"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError, match=message):
        call_command("load_official_text", "prospectus", str(file))

    document.refresh_from_db()
    assert document.official_text == "これまでの全文"


def test_a_document_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="「charter」という基本文書はありません"):
        call_command("load_official_text", "charter", str(tmp_path / "charter.txt"))
