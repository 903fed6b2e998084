"""Who may see and keep which records: asked of the site, which knows the roles."""

from collections.abc import Collection
from typing import Any, Protocol

from django.db.models import Model, QuerySet
from django.http import HttpRequest


class Access(Protocol):
    """What one person may see and do."""

    @property
    def roles(self) -> list[str]:
        """The roles of the person in words."""

    @property
    def reads_all(self) -> bool:
        """Whether the person sees every record."""

    @property
    def wards(self) -> Collection[str]:
        """The codes of the wards the person works for."""

    @property
    def answers_for_all(self) -> bool:
        """Whether every record is the person's to keep."""

    def visible(self, rows: QuerySet) -> QuerySet:
        """The rows that the person may see."""

    def knows(self, record: Model) -> bool:
        """Whether the person may see what is not for everybody: how a record came about, and what is said of it."""

    def holds(self, record: Model) -> bool:
        """Whether a record, saved or not, is the person's to keep."""

    def approves(self, record: Model) -> bool:
        """Whether the person may approve changes of a record, be they anybody's but their own."""

    def substitutes_for(self, record: Model) -> bool:
        """Whether the person approves a record in the place of another."""


class AsksTheSite:
    """For admins and inlines: what the site says of the person who asks."""

    admin_site: Any

    def access(self, request: HttpRequest) -> Access:
        access: Access = self.admin_site.access(request)
        return access
