"""Writing fictional rows: found again by their names, moved to new days, and otherwise left as staff have them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, cast
from zlib import crc32

from django.core.exceptions import ValidationError
from django.db.models import Model

from municipalities.models import Municipality, Ward
from portal.core.loading import Tally
from portal.core.models import SourceNote
from portal.core.publishing import Publishable
from portal.demo.days import Days

SOURCE = "デモデータ（架空）"
KEY_PREFIX = "demo-"

AnyModel = TypeVar("AnyModel", bound=Model)


class DemoWriter:
    """Writes the rows of the demo data and counts what became of them, by model.

    What a row says (its text) is written once, and again only when the demo data itself says something else; what
    depends on today (its dates) is written whenever it differs. A row that breaks a rule, because staff have since
    entered a real one in its place or changed it otherwise, is left out and named in ``refused``.
    """

    def __init__(self, today: date):
        self.days = Days(today)
        self.refused: list[str] = []
        self._tallies: dict[type[Model], Tally] = {}
        notes = SourceNote.objects.filter(key__startswith=KEY_PREFIX).prefetch_related("record")
        self._notes = {note.key: note for note in notes if note.record is not None}
        self.wards = list(Ward.objects.order_by("code"))
        self._municipalities: dict[str, list[Municipality]] = {}
        for municipality in Municipality.objects.outside_the_wards().order_by("code"):
            self._municipalities.setdefault(municipality.prefecture_id, []).append(municipality)

    @property
    def prefecture_codes(self) -> list[str]:
        return sorted(self._municipalities)

    def ward(self, number: int) -> Ward:
        """A ward by its number in the official order, from 1."""
        return self.wards[number - 1]

    def municipality(self, prefecture_code: str, number: int) -> Municipality:
        """A municipality of a prefecture; numbers beyond the last begin again."""
        found = self._municipalities[prefecture_code]
        return found[number % len(found)]

    def sourced(
        self,
        key: str,
        model: type[AnyModel],
        *,
        dates: Mapping[str, Any] | None = None,
        links: Mapping[str, Sequence[Model]] | None = None,
        **text: Any,
    ) -> AnyModel:
        """A row that carries a source note, known by the note's key.

        ``links`` are its many-to-many rows, or rows of its own that are not yet saved.
        """
        dates, links, key = dates or {}, links or {}, KEY_PREFIX + key
        if issubclass(model, Publishable):
            text["internal_note"] = _memo(key, text.get("ward") or text.get("owner"))
        digest = _digest(text, links)
        note = self._notes.get(key)
        row = cast(AnyModel, note.record if note else model(is_demo=True))
        is_told = note is not None and note.row_digest == digest
        is_written = self._write(row, dates if is_told else {**text, **dates}, always=not is_told)
        if is_written and not is_told:
            for name, others in links.items():
                _link(row, name, others)
            values = {"record": row, "source": SOURCE, "row_digest": digest}
            SourceNote.objects.update_or_create(key=key, defaults=values)
        return row

    def named(
        self, model: type[AnyModel], by: Mapping[str, Any], *, dates: Mapping[str, Any] | None = None, **text: Any
    ) -> AnyModel:
        """A row without source notes, known by what ``by`` says of it."""
        row = model._default_manager.filter(**by).first()
        if row is None:
            mark = {"is_demo": True} if hasattr(model, "is_demo") else {}
            row = model(**by, **text, **mark)
        self._write(row, dates or {}, always=not row.pk)
        return row

    def count(self, model: type[Model], what: str) -> None:
        """Counts a row as created, updated or unchanged."""
        tally = self._tallies.setdefault(model, Tally(str(model._meta.verbose_name)))
        setattr(tally, what, getattr(tally, what) + 1)

    def take_tallies(self) -> list[Tally]:
        """What was counted since the last time this was asked."""
        taken, self._tallies = list(self._tallies.values()), {}
        return taken

    def _write(self, row: Model, values: Mapping[str, Any], *, always: bool) -> bool:
        changed = {name: value for name, value in values.items() if always or getattr(row, name) != value}
        if not changed and not always:
            self.count(type(row), "unchanged")
            return False
        for name, value in changed.items():
            setattr(row, name, value)
        try:
            row.validate_constraints()
        except ValidationError as error:
            self.refused.append(f"{row._meta.verbose_name}「{row}」：{' '.join(error.messages)}")
            return False
        is_new = row.pk is None
        row.save()
        self.count(type(row), "created" if is_new else "updated")
        return True


def canary(owner: Any, number: int) -> str:
    """The word by which a text that is nobody else's business is known wherever it turns up."""
    return f"CANARY-{owner.name_en.split('-')[0].split()[0].lower() if owner else 'secretariat'}-{number}"


def _memo(key: str, owner: Any) -> str:
    return f"{canary(owner, crc32(key.encode()))} 区の内部の覚え書きです（架空）。"


def _digest(text: Mapping[str, Any], links: Mapping[str, Sequence[Model]]) -> str:
    said = {name: value.pk if isinstance(value, Model) else str(value) for name, value in text.items()}
    linked = {name: [other.pk or str(other) for other in others] for name, others in links.items()}
    return hashlib.sha256(json.dumps([said, linked], sort_keys=True).encode()).hexdigest()


def _link(row: Model, name: str, others: Sequence[Model]) -> None:
    manager = getattr(row, name)
    if row._meta.get_field(name).one_to_many:
        manager.all().delete()
        manager.add(*others, bulk=False)
    else:
        manager.set(others)
