"""The page on which an event is written."""

import copy
from typing import Any

from django.db import transaction

from municipalities.models import Municipality
from portal.core.approval.writing import Written
from portal.members.posting.writing import Sheet


class EventSheet(Sheet):
    """Saves the venue and the office that an event names before the event, which may be no more than proposed."""

    def _written(self, data: Any) -> Written | None:
        with transaction.atomic():
            # Held until the end: a form that is sent twice in the same moment finds its first self.
            event: Any = self.record
            Municipality.objects.select_for_update().get(pk=event.owner_id)
            trial: Any = self.make_form(copy.copy(self.record), data)
            if trial.is_valid():
                trial.keep_shared()
            return super()._written(data)
