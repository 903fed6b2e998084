"""Who may sign up. Pure functions, no database."""

from datetime import date

from municipalities.models import Municipality


def why_not(municipality: Municipality, on: date) -> str:
    """Why nobody signs up for a municipality on a day; empty where somebody may."""
    if municipality.is_ward:
        return "特別区は、会員を迎える側です。区の職員の方の登録は、事務局が行います。"
    if municipality.dissolved_on is not None and municipality.dissolved_on <= on:
        return "廃止された自治体です。引き継いだ自治体でお申し込みください。"
    return ""
