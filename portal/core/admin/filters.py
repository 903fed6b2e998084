"""Filters above lists of the back office that several of them share."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Choices, QuerySet
from django.http import HttpRequest

ALL = "all"


class StateFilter(admin.SimpleListFilter):
    """Without a choice the list holds what somebody is to do something about, and not everything.

    ``states`` are the states in words, ``opening`` is the one with which the list opens, ``lookup`` leads to it.
    """

    title = "状態"
    parameter_name = "state"
    states: ClassVar[type[Choices]]
    opening: ClassVar[Any]
    lookup: ClassVar[str] = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*self.states.choices, (ALL, "すべて")]

    def choices(self, changelist: Any) -> Any:
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == self._chosen, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset if self._chosen == ALL else queryset.filter(**{self.lookup: self._chosen})

    @property
    def _chosen(self) -> Any:
        return self.value() or self.opening
