"""The lines of the logs: what must not be read in them, and what must."""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.utils import timezone

# The request that is being answered; empty where none is.
request_id: ContextVar[str] = ContextVar("request_id", default="")

# The addresses that mails and previews lead to: whoever reads one could use it as long as it is good.
_SECRET = re.compile(
    r"(/(?:preview|members/signup/confirm|accounts/(?:invitation|confirm-email|password/reset/key))/)[^/\s?\"]+"
)


class HideSecrets(logging.Filter):
    """Takes the secret part out of such an address, whatever the line it stands in."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        if _SECRET.search(line):
            record.msg, record.args = _SECRET.sub(r"\1…", line), None
        return True


def kind_and_places(error: BaseException) -> str:
    """What kind of error it was, and where. Its message is left out: it may quote what a record says of a person."""
    places = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__module__}.{type(error).__qualname__}\n{places}"


class AddRequestId(logging.Filter):
    """Lets every line say which request it was written for."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get() or "-"
        return True


class JsonLines(logging.Formatter):
    """Each line an object: what programs read. Of an exception it says kind and place, never the message."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, timezone.get_default_timezone())
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", "-"),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = kind_and_places(record.exc_info[1])
        return json.dumps(line | getattr(record, "fields", {}), ensure_ascii=False)
