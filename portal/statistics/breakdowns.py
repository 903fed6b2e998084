"""The pages on which the numbers are broken down: by ward and prefecture, by prefecture, by fiscal year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal import tile_map
from portal.core.forms import AsOfForm
from portal.statistics import coverage, matrix
from portal.statistics.coverage import coverage_on
from portal.statistics.matrix import matrix_on
from portal.statistics.years import chart_of, years_until


def partner_matrix(request: HttpRequest) -> HttpResponse:
    """Which ward is tied with how many municipalities of which prefecture."""
    form = AsOfForm.of(request)
    context = {
        "page_title": "区と都道府県の組合せ",
        "form": form,
        "day": form.day,
        "matrix": matrix_on(form.day),
        "steps": tile_map.legend(matrix.LEAST),
    }
    return render(request, "portal/statistics/partner_matrix.html", context)


def partner_coverage(request: HttpRequest) -> HttpResponse:
    """How many municipalities of each prefecture are partners."""
    form = AsOfForm.of(request)
    context = {
        "page_title": "都道府県別の連携自治体",
        "form": form,
        "day": form.day,
        "coverage": coverage_on(form.day),
        "steps": tile_map.legend(coverage.LEAST, coverage.TENTH),
    }
    return render(request, "portal/statistics/partner_coverage.html", context)


def partner_years(request: HttpRequest) -> HttpResponse:
    """How the number of partners grew from fiscal year to fiscal year."""
    form = AsOfForm.of(request)
    years = years_until(form.day)
    context = {
        "page_title": "年度ごとの連携自治体",
        "form": form,
        "day": form.day,
        "years": years,
        "chart": chart_of(years),
    }
    return render(request, "portal/statistics/partner_years.html", context)
