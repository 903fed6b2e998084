"""What becomes public within a week, and what ends soon."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from disaster_support.models import Disaster
from events.models import Event, Exhibition, WardProject
from municipalities.models import CompanyAgreement, CooperationAgreement, Membership, WardTie
from portal.core.models import Image, Proposal
from portal.core.periods import last_day
from portal.core.publishing import PublicationState
from portal.core.wareki import weekday
from portal.desk.legs import Leg
from portal.models import NewsItem, Publication
from portal.roles import Access

PUBLISHED_KINDS: tuple[type[Any], ...] = (
    Event,
    Exhibition,
    WardProject,
    NewsItem,
    Publication,
    CooperationAgreement,
    CompanyAgreement,
    Disaster,
)
# How many days ahead each end is told.
WEEK, UNPUBLISHED_WITHIN, ENDING_WITHIN, RIGHTS_WITHIN = (timedelta(days=days) for days in (7, 14, 60, 30))


def short_day(day: date) -> str:
    """「12月1日（火）」."""
    return f"{day.month}月{day.day}日（{weekday(day)}）"


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{short_day(local.date())} {local:%H:%M}"


def _scheduled(model: type[Any]) -> Leg:
    def rows(access: Access, at: datetime) -> QuerySet:
        coming = model.objects.filter(publish_at__gt=at, publish_at__lte=at + WEEK)
        return access.visible(coming.filter(publication_state=PublicationState.PUBLISHED))

    return Leg(model, rows, "publish_at", lambda moment: f"{_moment(moment)}に公開")


def _changes(access: Access, at: datetime) -> QuerySet:
    """Approved changes of what is public, whose minute is decided."""
    return access.visible(Proposal.objects.filter(state="approved", publish_at__gt=at, publish_at__lte=at + WEEK))


COMING = (
    *(_scheduled(model) for model in PUBLISHED_KINDS),
    Leg(Proposal, _changes, "publish_at", lambda moment: f"{_moment(moment)}に変更を反映"),
)


def _disappearing(model: type[Any]) -> Leg:
    def rows(access: Access, at: datetime) -> QuerySet:
        shown = model.objects.published(at).filter(unpublish_at__lte=at + UNPUBLISHED_WITHIN)
        return access.kept(shown)

    return Leg(model, rows, TruncDate("unpublish_at"), lambda day: f"{short_day(day)}に公開を終了")


def _ending(model: type[Model], column: str) -> Leg:
    def rows(access: Access, at: datetime) -> QuerySet:
        today = timezone.localdate(at)
        # The column holds the first day after the period.
        ending = {f"{column}__gt": today, f"{column}__lte": today + ENDING_WITHIN + timedelta(days=1)}
        return access.kept(model._default_manager.filter(**ending))

    return Leg(model, rows, column, lambda day: f"最終日は{short_day(last_day(day) or day)}")


def _running_out(access: Access, at: datetime) -> QuerySet:
    """All pictures are everybody's to see; a ward looks to those of its own events."""
    today = timezone.localdate(at)
    images = Image.objects.filter(rights_until__gte=today, rights_until__lte=today + RIGHTS_WITHIN)
    if access.reads_all:
        return images
    return images.filter(pk__in=access.kept(Event.objects.filter(images__isnull=False)).order_by().values("images"))


ENDING = (
    *(_disappearing(model) for model in PUBLISHED_KINDS),
    _ending(WardTie, "ends_on"),
    _ending(CooperationAgreement, "ends_on"),
    _ending(CompanyAgreement, "ends_on"),
    _ending(Membership, "withdrawn_on"),
    Leg(Image, _running_out, "rights_until", lambda day: f"使用期限は{short_day(day)}"),
)
