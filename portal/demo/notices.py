"""Fictional news, publications and one disaster with support of every kind, which no official number counts."""

from disaster_support.models import Disaster, SupportRecord
from portal.demo.plans import MARK, Plan, publication_dates, read, text_of
from portal.demo.props import Props
from portal.demo.writing import DemoWriter
from portal.models import NewsItem, Publication


def write(writer: DemoWriter, props: Props) -> None:
    plans = read("notices")
    for plan in plans["news"]:
        _news(writer, props, plan)
    for plan in plans["publications"]:
        _publication(writer, props, plan)
    for plan in plans["disasters"]:
        _disaster(writer, plan)


def _news(writer: DemoWriter, props: Props, plan: Plan) -> None:
    writer.sourced(
        f"news-{plan['key']}",
        NewsItem,
        title=MARK + plan["title"],
        dates=publication_dates(writer.days, plan),
        links=props.files_of(plan),
        **text_of(plan, "body"),
    )


def _publication(writer: DemoWriter, props: Props, plan: Plan) -> None:
    issued = plan["issued"]
    writer.sourced(
        f"publication-{plan['key']}",
        Publication,
        title=MARK + plan["title"],
        cover=props.images.get(plan.get("cover", "")),
        attachment=props.papers.get(plan.get("attachment", "")),
        dates={
            "issued_on": writer.days.day(issued),
            **publication_dates(writer.days, {"announced": issued, **plan}),
        },
        **text_of(plan, "kind", "summary"),
    )


def _disaster(writer: DemoWriter, plan: Plan) -> None:
    days = [writer.days.day(said) for said in plan.get("when", [])]
    disaster = writer.sourced(
        f"disaster-{plan['key']}",
        Disaster,
        name=MARK + plan["name"],
        dates={
            **publication_dates(writer.days, plan),
            **dict(zip(("first_day", "last_day"), days, strict=False)),
        },
        **text_of(plan, "summary"),
    )
    for order, record in enumerate(plan["records"], start=1):
        said = {name: value for name, value in record.items() if name != "as_of"}
        as_of = writer.days.day(record["as_of"]) if "as_of" in record else None
        writer.sourced(
            f"support-{plan['key']}-{order}",
            SupportRecord,
            disaster=disaster,
            listing_order=order,
            dates={"as_of": as_of},
            **said,
        )
