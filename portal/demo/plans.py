"""The texts of the demo data, kept in TOML files, and what every published record takes from them."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.core.publishing import PublicationState
from portal.demo.days import Days

MARK = "【デモ】"
ANNOUNCED = -20
PUBLICATION = ("publication_state", "change_note", "withdrawal_note")

Plan = dict[str, Any]


def read(name: str) -> dict[str, Any]:
    """The plans of one file: its kinds of record, and the attachments they name."""
    return tomllib.loads((Path(__file__).parent / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def text_of(plan: Plan, *names: str) -> Plan:
    """What a plan says under these names, and on its publication."""
    said = {name: plan[name] for name in (*names, *PUBLICATION) if name in plan}
    return {"publication_state": PublicationState.PUBLISHED} | said


def publication_dates(days: Days, plan: Plan) -> dict[str, datetime | None]:
    """The moments between which a plan's record is public."""
    unpublished = plan.get("unpublished")
    return {
        "publish_at": days.moment(plan.get("announced", ANNOUNCED)),
        "unpublish_at": None if unpublished is None else days.moment(unpublished),
    }
