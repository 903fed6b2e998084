"""連携事業 of a fiscal year counted from the records, beside what was printed, each number with its list."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from portal.core.wareki import fiscal_year_of
from portal.models import PublishedFigure
from portal.statistics.counts import project_counts, projects_by_year
from portal.statistics.definitions import BY_ID, Definition


class ProjectLine(NamedTuple):
    """A number of projects: None where there are no records. ``url`` is its list; a sum has none of its own."""

    definition: Definition
    number: int | None
    url: str
    printed: PublishedFigure | None


def project_lines(day: date, printed: Iterable[PublishedFigure]) -> list[ProjectLine]:
    """The lines of the fiscal year of a day, beside the newest printed figures; one query."""
    year = fiscal_year_of(day)
    newest = {figure.row: figure for figure in sorted(printed, key=lambda figure: figure.fiscal_year)}
    urls = {
        "projects.ward": f"{reverse('project_list')}?{urlencode({'fiscal_year': year, 'counted': 'on'})}",
        "projects.joint": f"{reverse('joint_project_list')}?{urlencode({'as_of': day.isoformat()})}",
    }
    return [
        ProjectLine(BY_ID[name], number, urls.get(name, ""), newest.get(BY_ID[name].row))
        for name, number in project_counts(year, projects_by_year()).items()
    ]
