"""Which proposals: of a record, waiting, due."""

from datetime import datetime
from typing import Any, Self

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Exists, Model, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone


class ProposalQuerySet(QuerySet):
    def open(self) -> Self:
        return self.filter(state__in=["draft", "in_review", "approved"])

    def of(self, record: Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=str(record.pk))

    def open_for(self, record: Model) -> Any:
        """The open proposal of a record, or None."""
        return self.of(record).open().select_related("written_by", "submitted_by", "decided_by", "holder").first()

    def open_states(self, model: type[Model]) -> dict[str, str]:
        """The state of each open proposal of records of a kind, by the key of the record as a text."""
        kind = ContentType.objects.get_for_model(model)
        return dict(self.filter(content_type=kind).open().values_list("object_id", "state"))

    def about(self, *kinds: QuerySet) -> Self:
        """Those of the records among these rows, of which each is of another kind."""
        types = ContentType.objects.get_for_models(*(rows.model for rows in kinds))
        found = Q(pk__in=[])
        for rows in kinds:
            keys = rows.order_by().values_list(Cast("pk", CharField()))
            found |= Q(content_type=types[rows.model], object_id__in=keys)
        return self.filter(found)

    def waiting(self) -> Self:
        """Those that somebody is to review, the longest waiting first."""
        people = ("content_type", "written_by", "submitted_by")
        return self.filter(state="in_review").select_related(*people).order_by("submitted_at", "pk")

    def not_written_by(self, user: Any) -> Self:
        """Those that somebody may approve as far as nobody approves their own: the twin of ``rules.authors_since``."""
        steps = apps.get_model("core", "ProposalStep").objects
        own = steps.filter(proposal=OuterRef("pk"), by=user, kind__in=["written", "submitted"])
        written = Q(written_by__isnull=False, written_by=user) | Q(submitted_by__isnull=False, submitted_by=user)
        return self.exclude(written).exclude(Exists(own))

    def with_answer(self) -> Self:
        """``answer``: the words with which each was last sent back, empty where it has moved on since."""
        steps = apps.get_model("core", "ProposalStep").objects.filter(proposal=OuterRef("pk"))
        last = steps.exclude(kind="written").order_by("-at", "-pk")
        words = Case(When(kind="remanded", then="comment"), default=Value(""), output_field=TextField())
        said = Subquery(last.annotate(words=words).values("words")[:1])
        return self.annotate(answer=Coalesce(said, Value(""), output_field=TextField()))

    def held_by(self, user: Any) -> Self:
        """What is open and whose next step is somebody's: drafts of theirs, remanded ones, approved ones to publish."""
        return self.open().exclude(state="in_review").filter(holder=user).select_related("content_type")

    def with_records(self) -> Self:
        """With the record of each, a query for each kind."""
        return self.select_related("holder", "content_type").prefetch_related("record")

    def due(self, at: datetime | None = None) -> Self:
        """Approved changes whose minute has come."""
        return self.filter(state="approved", publish_at__lte=at or timezone.now()).order_by("publish_at", "pk")
