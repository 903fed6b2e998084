"""The command that looks everything through each night."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.models import Finding
from portal.quality.rules import RULES
from tests.factories.core import SourceNoteFactory
from tests.factories.events import VenueFactory
from tests.factories.portal import NewsItemFactory

pytestmark = pytest.mark.django_db


def told(**options):
    out = StringIO()
    call_command("check_data", stdout=out, **options)
    return out.getvalue().splitlines()


def test_without_records_nothing_is_found():
    lines = told(fail_on_errors=True)

    assert len(lines) == len(RULES) + 1
    assert lines[0] == "［誤り］曜日と日付の食い違い：未対応0件、注記済み0件、見送り0件、解消0件"
    assert lines[-1] == "新たに見つかったもの0件、解消したもの0件"


def test_each_rule_has_its_line_in_which_its_findings_are_counted():
    NewsItemFactory(body="100円円")
    explained = NewsItemFactory(body="200円円")
    SourceNoteFactory(record=explained, reason="「200円円」は「円」の重なりです。")
    VenueFactory()

    lines = told()

    assert "［誤り］単位の重なり・字の抜け：未対応1件、注記済み1件、見送り0件、解消0件" in lines
    assert "［未記入］緯度・経度の未記入：未対応1件、注記済み0件、見送り0件、解消0件" in lines
    assert lines[-1] == "新たに見つかったもの3件、解消したもの0件"


def test_what_is_closed_is_told():
    item = NewsItemFactory(body="100円円")
    told()
    item.delete()

    lines = told()

    assert "［誤り］単位の重なり・字の抜け：未対応0件、注記済み0件、見送り0件、解消1件" in lines
    assert lines[-1] == "新たに見つかったもの0件、解消したもの1件"


def test_open_errors_fail_only_where_that_is_asked_for():
    NewsItemFactory(body="100円円")
    assert told()[-1] == "新たに見つかったもの1件、解消したもの0件"

    with pytest.raises(CommandError, match="未対応の「誤り」が1件あります。") as failed:
        told(fail_on_errors=True)
    assert failed.value.returncode == 1


def test_what_is_only_not_known_does_not_fail():
    VenueFactory()

    told(fail_on_errors=True)

    assert Finding.objects.open().count() == 1
