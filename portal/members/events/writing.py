"""The page on which an event is written."""

import copy
from typing import Any

from django.db import OperationalError, transaction

from municipalities.models import Municipality
from portal.core.approval.writing import Written
from portal.members.posting.writing import Sheet

# Nobody waits long for another: the database gives up soon.
HELD = "ほかの人が同じときに保存しています。少し待ってから、もう一度保存してください。"


class EventSheet(Sheet):
    """Saves the venue and the office that an event names before the event, which may be no more than proposed."""

    def _written(self, data: Any) -> Written | None:
        try:
            with transaction.atomic():
                # Held until the end: a form that is sent twice in the same moment finds its first self.
                event: Any = self.record
                Municipality.objects.select_for_update(no_key=True).get(pk=event.owner_id)
                trial: Any = self.make_form(copy.copy(self.record), data)
                if trial.is_valid():
                    trial.keep_shared()
                return super()._written(data)
        except OperationalError:
            self.form = self.make_form(self.record, data)
            self.form.add_error(None, HELD)
            return None
