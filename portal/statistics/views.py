"""The numbers: as they were printed, and as the records give them on a day."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from municipalities.models import CooperationAgreement
from portal.choices import FigureTable
from portal.core import charts
from portal.core.forms import AsOfForm
from portal.core.pagination import page_of
from portal.core.wareki import fiscal_year_of
from portal.models import PublishedFigure
from portal.sources import notes_of
from portal.statistics import rules
from portal.statistics.counts import joint_events, joint_exhibitions
from portal.statistics.definitions import BY_ID, DEFINITIONS
from portal.statistics.forms import PartnersForm
from portal.statistics.partners import partners_on
from portal.statistics.projects import project_lines
from portal.statistics.reconciliation import bodies_on_one_side, reconcile
from portal.statistics.tables import agreement_table, bodies_in_force, comparison

# The day that the newest printed tables are stated for.
AS_PRINTED = date(2021, 1, 1)


def statistics(request: HttpRequest) -> HttpResponse:
    form = AsOfForm.of(request)
    figures = list(PublishedFigure.objects.official().printed().in_printed_order().with_sources())
    printed = {table: [figure for figure in figures if figure.table == table] for table in FigureTable.values}
    official = CooperationAgreement.objects.published().official()
    signings = official.signings()
    changes = rules.changes(official.member_periods())
    return render(
        request,
        "portal/statistics/statistics.html",
        {
            "page_title": "数字で見る",
            "form": form,
            "day": form.day,
            "partners": comparison(printed[FigureTable.PARTNERS]),
            "projects": comparison(printed[FigureTable.PROJECTS]),
            "agreements": agreement_table(printed[FigureTable.AGREEMENTS], signings),
            "partners_on_day": partners_on(form.day),
            "project_lines": project_lines(form.day, printed[FigureTable.PROJECTS]),
            "fiscal_year": fiscal_year_of(form.day),
            "printed_day": AS_PRINTED,
            "body_total": bodies_in_force(signings, form.day),
            "member_total": rules.total_on(changes, form.day),
            "changes": changes,
            "steps": charts.step_chart([(change.day, change.total) for change in changes], form.day),
            "source_notes": notes_of(figures),
        },
    )


def joint_project_list(request: HttpRequest) -> HttpResponse:
    """What makes the number of joint projects of a fiscal year: as many events and exhibitions as it says."""
    form = AsOfForm.of(request)
    fiscal_year = fiscal_year_of(form.day)
    rows = (rows.in_fiscal_year(fiscal_year) for rows in (joint_events(), joint_exhibitions()))
    context = {
        "page_title": "23区一体事業の一覧",
        "form": form,
        "day": form.day,
        "fiscal_year": fiscal_year,
        "definition": BY_ID["projects.joint"],
        "projects": [project for found in rows for project in found.by_fiscal_year().for_list()],
    }
    return render(request, "portal/statistics/joint_project_list.html", context)


def partner_list(request: HttpRequest) -> HttpResponse:
    """The municipalities that make a number of partners: as many as the number says."""
    form = PartnersForm.of(request)
    page = page_of(request, form.found().for_list().with_links(form.day))
    context = {
        "page_title": "連携自治体の一覧",
        "form": form,
        "day": form.day,
        "chosen": form.chosen,
        "page": page,
    }
    return render(request, "portal/statistics/partner_list.html", context)


def reconciliation(request: HttpRequest) -> HttpResponse:
    """What was printed beside what the records give, and what was fixed from the records since."""
    rows = PublishedFigure.objects.official().printed().in_printed_order().with_explanations()
    # As the paper has its tables.
    figures = sorted(rows, key=lambda figure: FigureTable.values.index(figure.table))
    context = {
        "page_title": "公表値と記録の照合",
        "rows": reconcile(figures),
        "one_sided": bodies_on_one_side(figures),
        "counted": PublishedFigure.objects.official().counted(),
        "may_explain": request.user.has_perm("portal.change_publishedfigure"),
    }
    return render(request, "portal/statistics/reconciliation.html", context)


def method(request: HttpRequest) -> HttpResponse:
    """What each number counts and how: the definitions."""
    context = {"page_title": "算出方法", "definitions": DEFINITIONS}
    return render(request, "portal/statistics/method.html", context)
