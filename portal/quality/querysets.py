"""Which findings, and how many."""

from collections.abc import Iterable
from typing import Any, NamedTuple, Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Count, QuerySet, When
from django.db.models.functions import Cast

from portal.quality.choices import FindingState, Severity


class FindingCount(NamedTuple):
    """How many findings a rule has in a state."""

    code: str
    state: str
    total: int


class FindingQuerySet(QuerySet):
    def open(self) -> Self:
        """What nobody has decided on yet."""
        return self.filter(state=FindingState.OPEN)

    def errors(self) -> Self:
        return self.filter(severity=Severity.ERROR)

    def of_kind(self, kind: int) -> Self:
        """What was found about the records of a kind, known by its key."""
        return self.filter(content_type=kind)

    def about(self, kind: ContentType, keys: Iterable[Any]) -> Self:
        """What was found about the records of a kind that have these keys."""
        return self.filter(content_type=kind, object_id__in=[str(key) for key in keys])

    def of_lost_records(self, kind: ContentType, records: QuerySet) -> Self:
        """What was found about records of a kind that are not among these any more, and is not closed."""
        keys = records.order_by().values_list(Cast("pk", CharField()))
        return self.filter(content_type=kind).exclude(object_id__in=keys).exclude(state=FindingState.CORRECTED)

    def kinds(self) -> QuerySet[ContentType]:
        """The kinds of records that these findings are about."""
        return ContentType.objects.filter(pk__in=self.order_by().values("content_type")).order_by("app_label", "model")

    def counts(self) -> list[FindingCount]:
        """How many findings each rule has in each state."""
        counted = self.order_by().values_list("code", "state").annotate(total=Count("pk"))
        return [FindingCount(*row) for row in counted]

    def open_by_severity(self) -> dict[str, int]:
        """How many open findings there are of each severity; none: no entry."""
        return dict(self.open().order_by().values_list("severity").annotate(total=Count("pk")))


def urgency() -> tuple[Any, ...]:
    """Open ones first, errors before the rest, the newest first."""
    states = Case(*(When(state=state, then=rank) for rank, state in enumerate(FindingState.values)))
    severities = Case(*(When(severity=severity, then=rank) for rank, severity in enumerate(Severity.values)))
    return states, severities, "-found_at", "pk"
