"""Pages of the support for struck municipalities."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from disaster_support.choices import SupportKind
from disaster_support.models import Disaster, SupportRecord
from disaster_support.rules import totals_by_kind, yen_by_disaster
from portal.core import charts


def disaster_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    disasters = Disaster.objects.published(at).for_list()
    amounts = yen_by_disaster(disasters, SupportKind.RECONSTRUCTION)
    context = {
        "page_title": "被災地支援",
        "totals": totals_by_kind(SupportRecord.objects.counted(at).current().totals()),
        "disasters": disasters,
        "amounts": amounts,
        "chart": charts.bar_chart([(disaster.name, yen) for disaster, yen in amounts]),
    }
    return render(request, "disaster_support/disaster_list.html", context)


def disaster_detail(request: HttpRequest, pk: int) -> HttpResponse:
    disaster = Disaster.objects.for_detail().get_public(pk=pk)
    records = disaster.support_records.all()
    current = [record for record in records if not record.is_superseded]
    notes = [*disaster.source_notes.all(), *(note for record in records for note in record.source_notes.all())]
    context = {
        "page_title": disaster.name,
        "disaster": disaster,
        "records": current,
        "former": [record for record in records if record.is_superseded],
        "notes": notes,
    }
    return render(request, "disaster_support/disaster_detail.html", context)
