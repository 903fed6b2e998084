"""What must not be read in the logs."""

import logging
import re
import traceback

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
