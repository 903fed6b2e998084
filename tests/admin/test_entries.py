"""Dates, times, money and numbers in the back office: typed as officials write them, said back beside the field."""

import importlib
import pkgutil
from datetime import date, datetime
from zoneinfo import ZoneInfo

import html5lib
import pytest
from django import forms
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

import disaster_support
import events
import municipalities
import portal
from disaster_support.models import Disaster, SupportRecord
from events.models import Event, EventReport
from portal.core.entries import FiscalYearEntry, TimeEntry, WholeNumberEntry, YenEntry
from portal.core.fields import JapaneseDateField, MomentEntry
from tests.admin.filling_in import errors_of, send
from tests.factories.disaster_support import SupportRecordFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

PLAIN = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField, forms.TimeField, forms.IntegerField)
OURS = (JapaneseDateField, MomentEntry, TimeEntry, YenEntry, WholeNumberEntry, FiscalYearEntry)
# What Django itself puts into every set of rows, out of sight.
MANAGEMENT = "django.forms.formsets"


def forms_of_the_back_office(administrator):
    request = RequestFactory().get("/admin/")
    request.user = administrator
    for model, model_admin in admin.site._registry.items():
        yield model.__name__, model_admin.get_form(request)
        for inline in model_admin.get_inline_instances(request):
            yield f"{model.__name__}.{type(inline).__name__}", inline.get_formset(request).form


def forms_in_the_code():
    for package in (portal, municipalities, events, disaster_support):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name and "wsgi" not in module.name:
                importlib.import_module(module.name)
    waiting = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.split(".")[0] in ("portal", "municipalities", "events", "disaster_support"):
            yield f"{form.__module__}.{form.__name__}", form


def plain_fields(named_forms):
    return [
        f"{name}.{field_name}"
        for name, form in named_forms
        for field_name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, PLAIN) and not isinstance(field, OURS)
        # Degrees of latitude are no amount: they are typed as instruments give them.
        if not isinstance(field, forms.DecimalField)
    ]


def test_every_field_of_the_back_office_takes_what_officials_write(administrator):
    found = list(forms_of_the_back_office(administrator))

    assert len(found) > 40
    assert plain_fields(found) == []


def test_every_other_form_takes_what_officials_write():
    found = list(forms_in_the_code())

    assert len(found) > 10
    assert plain_fields(found) == []


def shown_beside(response, name):
    """What stands beside a field."""
    document = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    for parent in document.iter():
        for element, following in zip(parent, list(parent)[1:], strict=False):
            if element.get("name") == name:
                return (element.get("value"), "".join(following.itertext()))
    raise AssertionError(name)


def change(record, model=None):
    options = (model or type(record))._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])


@pytest.fixture
def event():
    return EventFactory(
        publication_state="draft",
        first_day=date(2021, 2, 10),
        last_day=date(2021, 2, 10),
        publish_at=datetime(2021, 1, 5, 14, 30, 15, tzinfo=ZoneInfo("Asia/Tokyo")),
    )


def test_what_is_kept_stands_beside_its_field_as_officials_print_it(office, event):
    page = office.get(change(event))

    assert shown_beside(page, "first_day") == ("2021-02-10", "令和3年2月10日（水）")
    assert shown_beside(page, "fiscal_year") == ("2020", "令和2年度")
    assert shown_beside(page, "publish_at_0") == ("2021-01-05", "令和3年1月5日（火）")
    assert shown_beside(page, "publish_at_1") == ("14:30:15", "午後2時30分")


def test_an_event_is_typed_as_officials_write(office, event):
    typed = {
        "fiscal_year": "令和元年度",
        "first_day": "平31.4.30",
        "last_day": "令和元年5月1日（水）",
        "start_time": "午前10時半",
        "capacity": "１，２００人",
        "publish_at_0": "Ｒ１．４．１",
        "publish_at_1": "９時",
    }

    assert send(office, change(event), **typed).status_code == 302
    kept = Event.objects.get()
    assert (kept.fiscal_year, kept.first_day, kept.last_day) == (2019, date(2019, 4, 30), date(2019, 5, 1))
    assert (kept.start_time.isoformat(), kept.capacity) == ("10:30:00", 1200)
    assert kept.publish_at == datetime(2019, 4, 1, 9, tzinfo=ZoneInfo("Asia/Tokyo"))


def test_what_nobody_touched_stays_to_the_second(office, event):
    assert send(office, change(event), title="名を改める").status_code == 302
    assert Event.objects.get().publish_at == event.publish_at


def test_what_cannot_be_read_stays_as_typed(office, event):
    refused = send(office, change(event), first_day="2/10", publish_at_1="昼", capacity="約百人")

    assert sorted(errors_of(refused)) == [
        "何年かが分かりません。西暦4桁か元号を付けてください。例：2021-02-10、令和3年2月10日",
        "整数として読めません。例：1200、1,200人",
        "時刻として読めません（昼）。例：10:00、午後1時30分",
    ]
    assert shown_beside(refused, "first_day") == ("2/10", "")
    assert shown_beside(refused, "publish_at_1") == ("昼", "")
    assert shown_beside(refused, "capacity") == ("約百人", "")


def test_money_is_typed_in_units_and_said_back_both_ways(office):
    record = SupportRecordFactory(kind="reconstruction", amount_yen=1, people=None, description="")

    assert send(office, change(record), amount_yen="３７４，０２５万円").status_code == 302
    assert SupportRecord.objects.get().amount_yen == 3_740_250_000
    assert shown_beside(office.get(change(record)), "amount_yen") == (
        "3,740,250,000",
        "37億4,025万円（3,740,250,000円）",
    )


def test_money_within_a_disaster_is_typed_the_same_way(office):
    record = SupportRecordFactory(kind="reconstruction", amount_yen=1, people=None, description="")
    Disaster.objects.update(publication_state="draft")

    assert send(office, change(record.disaster), support_records____0____amount_yen="1千万円").status_code == 302
    assert SupportRecord.objects.get().amount_yen == 10_000_000


def test_an_amount_too_great_for_any_record_is_refused(office):
    record = SupportRecordFactory(kind="reconstruction", amount_yen=1, people=None, description="")

    assert errors_of(send(office, change(record), amount_yen="9999999兆円")) == [
        "この値は 9223372036854775807 以下でなければなりません。"
    ]


def test_visitors_are_typed_with_their_counter(office, event):
    assert send(office, change(event, EventReport), visitors="１２，３４５人").status_code == 302
    assert Event.objects.get().visitors == 12_345


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"kind": "date", "text": "R3.2.10"}, "令和3年2月10日（水）"),
        ({"kind": "yen", "text": "1.5億"}, "1億5,000万円（150,000,000円）"),
        ({"kind": "yen", "text": "<b>"}, ""),
        ({"kind": "nothing"}, ""),
        ({}, ""),
    ],
)
def test_a_page_asks_what_is_being_typed(office, query, said):
    answer = office.get(reverse("read_back"), query)

    assert (answer.status_code, answer.content.decode()) == (200, said)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_only_staff_is_answered(client):
    assert client.get(reverse("read_back"), {"kind": "date", "text": "R3.2.10"}).status_code == 302
