"""The numbers: as they were printed, and as the records give them on a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from municipalities.models import CooperationAgreement
from portal.choices import FigureTable
from portal.core import charts
from portal.core.forms import AsOfForm
from portal.models import PublishedFigure
from portal.sources import notes_of
from portal.statistics import rules
from portal.statistics.tables import agreement_table, comparison


def statistics(request: HttpRequest) -> HttpResponse:
    form = AsOfForm.of(request)
    figures = list(PublishedFigure.objects.official().in_printed_order().with_sources())
    printed = {table: [figure for figure in figures if figure.table == table] for table in FigureTable.values}
    agreements = CooperationAgreement.objects.published().official()
    changes = rules.changes(agreements.member_periods())
    return render(
        request,
        "portal/statistics/statistics.html",
        {
            "page_title": "数字で見る",
            "form": form,
            "day": form.day,
            "partners": comparison(printed[FigureTable.PARTNERS]),
            "projects": comparison(printed[FigureTable.PROJECTS]),
            "agreements": agreement_table(printed[FigureTable.AGREEMENTS], agreements.for_list()),
            "body_total": agreements.in_force(form.day).body_total(),
            "member_total": rules.total_on(changes, form.day),
            "changes": changes,
            "steps": charts.step_chart([(change.day, change.total) for change in changes], form.day),
            "source_notes": notes_of(figures),
        },
    )
