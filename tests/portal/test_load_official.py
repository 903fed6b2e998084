"""Loading the association's paper into a new site. What it then holds is told in the tests of ``official``."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.core.models import SourceNote
from portal.models import FoundingDocument

pytestmark = pytest.mark.django_db


def test_a_new_site_gets_every_record_and_a_line_for_each_table():
    out = StringIO()
    call_command("load_reference", stdout=StringIO())

    call_command("load_official", stdout=out)

    assert out.getvalue().splitlines() == [
        f"{table}：新規{count}件、更新0件、変更なし0件"
        for table, count in [
            ("基本文書", 1),
            ("目的", 3),
            ("経緯", 2),
            ("協定締結団体", 13),
            ("広域連携協定", 11),
            ("協定の構成自治体", 372),
            ("公表値", 26),
            ("会場", 8),
            ("イベント", 24),
            ("全国連携展示", 8),
            ("巡回展示", 21),
            ("災害", 9),
            ("支援の記録", 21),
            ("国の政策文書", 8),
            ("今後の展開", 10),
        ]
    ]
    assert SourceNote.objects.count() == 165


def test_without_the_municipalities_it_says_what_to_do_first():
    with pytest.raises(CommandError) as caught:
        call_command("load_official", stdout=StringIO())

    assert str(caught.value) == (
        "partner_bodies.csv 2行目「prefecture」列：この名前の記録がありません（01）。"
        "自治体のコードなら、先に load_reference が必要です。\n何も変更していません。"
    )
    assert not FoundingDocument.objects.exists()
