"""What an event or exhibition is called where people read nothing but its title: in calendars and feeds."""

from events.choices import Status
from events.rules import AS_ANNOUNCED

DEMO = "【デモ】"


def mark_of(status: str) -> str:
    """「中止」, 「延期」 and the like; nothing for what takes place as announced."""
    return "" if status in AS_ANNOUNCED else str(Status(status).label)


def marked_title(title: str, *, mark: str = "", is_demo: bool = False) -> str:
    """「【中止】全国連携講演会」; what is fictional says so, too, unless its title does."""
    known = f"【{mark}】" if mark else ""
    fictional = DEMO if is_demo and DEMO not in title else ""
    return f"{known}{fictional}{title}"
