"""What the pages have in common on which a table is chosen, looked at and confirmed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from portal.core.importing.file_types import MAX_BYTES
from portal.core.importing.remarks import Outcome, Report

CHANGED_SINCE = "確かめた後に、登録されている内容が変わりました。もう一度確かめてください。"
# More rows are only counted: nobody reads them, and a page must not grow without end.
MOST_SHOWN = 500


class FileForm(forms.Form):
    """The file with the tables."""

    file = forms.FileField(
        label="ファイル",
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text="CSV（UTF-8かシフトJIS）かxlsx、10MB・20,000行まで。はじめに内容を確かめるだけで、まだ書き込みません。",
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError("ファイルは10MBまでです。ファイルを分けてください。")
        return upload


def counted(reports: Sequence[Report]) -> dict[Outcome, int]:
    """How many rows of all tables come to what."""
    return {outcome: sum(report.count(outcome) for report in reports) for outcome in Outcome}


def told(reports: Sequence[Report]) -> str:
    counts = counted(reports)
    left_out = f"拒否した{counts[Outcome.REFUSED]:,}件は取り込んでいません。" if counts[Outcome.REFUSED] else ""
    return f"新規{counts[Outcome.NEW]:,}件、変更{counts[Outcome.CHANGED]:,}件を取り込みました。{left_out}"
