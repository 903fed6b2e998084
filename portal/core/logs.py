"""What must not be read in the logs."""

import logging
import re

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
