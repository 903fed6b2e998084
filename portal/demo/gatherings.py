"""Fictional events and exhibitions: of every kind, in every state, around today."""

from typing import Any

from events.models import Event, EventRole, Exhibition, FormerSchedule, Speaker, TourStop
from municipalities.models import Municipality, Prefecture
from portal.demo.days import span
from portal.demo.plans import MARK, Plan, publication_dates, read, text_of
from portal.demo.props import Props
from portal.demo.writing import DemoWriter

FICTIONAL = "（これは架空の催しです。）"
ORGANIZER = "organizer 【デモ】ふるさと連携実行委員会（架空）"
SHARED_TEXT = ("status", "status_reason", "date_precision", "date_note", "ordinal")
EVENT_TEXT = (
    *SHARED_TEXT,
    *("kind", "theme", "start_time", "end_time", "programme", "audience", "capacity", "fee", "application"),
    *("title_kana", "title_en", "is_free", "fee_detail", "languages", "meeting_place", "is_also_online", "online_url"),
    *("url", "remarks", "results", "visitors", "participant_count"),
)
EXHIBITION_TEXT = (*SHARED_TEXT, "subtitle", "exhibitor", "tour_note")


def write(writer: DemoWriter, props: Props) -> None:
    for plan in read("events")["events"]:
        whole = _event(writer, props, plan)
        for order, part in enumerate(plan.get("parts", []), start=1):
            inherited = {name: plan[name] for name in ("kind", "venue", "announced") if name in plan}
            _event(writer, props, inherited | part, parent=whole, listing_order=order)
    for plan in read("exhibitions")["exhibitions"]:
        _exhibition(writer, props, plan)


def _event(writer: DemoWriter, props: Props, plan: Plan, **text: Any) -> Event:
    town = writer.municipality(*_town(plan["town"])) if "town" in plan else None
    deadline, decided = (plan.get(name) for name in ("deadline", "decided"))
    event = writer.sourced(
        f"event-{plan['key']}",
        Event,
        title=MARK + plan["title"].format(town=town),
        venue=props.venue_of(plan),
        contact=props.contact_of(plan),
        owner=writer.ward(plan["owner"]) if "owner" in plan else None,
        summary=plan.get("summary", "") + FICTIONAL,
        dates={
            **publication_dates(writer.days, plan),
            **span(writer.days, plan.get("when", [])),
            "application_deadline": None if deadline is None else writer.days.day(deadline),
            "status_changed_on": None if decided is None else writer.days.day(decided),
        },
        links={
            "prefectures": list(Prefecture.objects.in_bulk(plan.get("prefectures", [])).values()),
            "roles": [_role(writer, props, said, town) for said in plan.get("roles", [ORGANIZER])],
            "speakers": [Speaker(listing_order=n, **said) for n, said in enumerate(plan.get("speakers", []), start=1)],
            "participants": [writer.municipality(*_town(said)) for said in plan.get("participants", [])],
            **props.files_of(plan),
            **props.report_files_of(plan),
        },
        **text_of(plan, *EVENT_TEXT),
        **text,
    )
    if "former" in plan:
        former = span(writer.days, plan["former"]) | {"replaced_on": writer.days.day(plan["replaced"])}
        writer.named(FormerSchedule, {"event": event}, dates=former)
    return event


def _town(said: str) -> tuple[str, int]:
    prefecture, number = said.split()
    return prefecture, int(number)


def _role(writer: DemoWriter, props: Props, said: str, town: Municipality | None) -> EventRole:
    """A role as the plans write it: "organizer town", "sponsor company 1", "organizer ward 10", or with any name."""
    role, holder = said.split(" ", 1)
    match holder.split():
        case ["town"]:
            return EventRole(role=role, municipality=town)
        case ["ward", number]:
            return EventRole(role=role, municipality=writer.ward(int(number)))
        case ["company", number]:
            return EventRole(role=role, company=props.companies[int(number) - 1])
    return EventRole(role=role, name=holder)


def _exhibition(writer: DemoWriter, props: Props, plan: Plan) -> None:
    exhibition = writer.sourced(
        f"exhibition-{plan['key']}",
        Exhibition,
        title=MARK + plan["title"],
        prefecture_id=plan.get("prefecture"),
        venue=props.venue_of(plan),
        contact=props.contact_of(plan),
        summary=plan["summary"] + FICTIONAL,
        dates={**publication_dates(writer.days, plan), **span(writer.days, plan["when"])},
        links=props.files_of(plan),
        **text_of(plan, *EXHIBITION_TEXT),
    )
    for order, stop in enumerate(plan["stops"], start=1):
        days = span(writer.days, stop.get("when", []))
        writer.named(
            TourStop,
            {"exhibition": exhibition, "listing_order": order},
            ward=writer.ward(stop["ward"]) if "ward" in stop else None,
            venue=props.venue_of(stop),
            state=stop["state"],
            note=stop.get("note", ""),
            dates={"first_day": days["first_day"], "last_day": days["last_day"]},
        )
