"""Rows of events."""

from datetime import date

import factory

from events import models
from events.actions import refresh_places
from events.choices import DatePrecision, EventKind, EventRoleKind, ProjectField, Status, StopState
from portal.core.wareki import fiscal_year_of
from tests.factories.core import PublishedFactory
from tests.factories.municipalities import WardFactory


class VenueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Venue

    name = factory.Sequence(lambda n: f"第{n}会館")


class ScheduledFactory(PublishedFactory):
    """On one day unless ``last_day`` is given; ``first_day=None`` needs a ``fiscal_year``."""

    class Meta:
        abstract = True

    first_day = date(2026, 10, 10)
    last_day = factory.SelfAttribute("first_day")
    fiscal_year = factory.LazyAttribute(lambda o: fiscal_year_of(o.first_day))
    date_precision = factory.LazyAttribute(lambda o: DatePrecision.DAY if o.first_day else DatePrecision.UNKNOWN)
    status = Status.PLANNED


class EventFactory(ScheduledFactory):
    class Meta:
        model = models.Event
        skip_postgeneration_save = True

    kind = EventKind.LECTURE
    title = factory.Sequence(lambda n: f"第{n}の催し")
    venue = factory.SubFactory(VenueFactory)

    @factory.post_generation
    def places(self, create, extracted, **kwargs):
        if create:
            refresh_places(models.Event.objects.filter(pk=self.pk))


class EventRoleFactory(factory.django.DjangoModelFactory):
    """Held by a named organization unless a body, company or municipality is given with ``name=""``."""

    class Meta:
        model = models.EventRole
        skip_postgeneration_save = True

    event = factory.SubFactory(EventFactory)
    role = EventRoleKind.ORGANIZER
    name = "特別区長会"

    @factory.post_generation
    def places(self, create, extracted, **kwargs):
        if create:
            refresh_places(models.Event.objects.filter(pk=self.event_id))


class SpeakerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Speaker

    event = factory.SubFactory(EventFactory)
    name = factory.Sequence(lambda n: f"第{n}話者")


class FormerScheduleFactory(factory.django.DjangoModelFactory):
    """Of an event, on one day, unless an exhibition is given with ``event=None``."""

    class Meta:
        model = models.FormerSchedule

    event = factory.SubFactory(EventFactory)
    first_day = date(2026, 9, 9)
    last_day = factory.SelfAttribute("first_day")
    fiscal_year = factory.LazyAttribute(lambda o: fiscal_year_of(o.first_day))
    date_precision = factory.LazyAttribute(lambda o: DatePrecision.DAY if o.first_day else DatePrecision.UNKNOWN)


class ExhibitionFactory(ScheduledFactory):
    class Meta:
        model = models.Exhibition

    title = factory.Sequence(lambda n: f"第{n}の展示")
    venue = factory.SubFactory(VenueFactory)


class TourStopFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.TourStop

    exhibition = factory.SubFactory(ExhibitionFactory)
    ward = factory.SubFactory(WardFactory)
    state = StopState.HELD


class WardProjectFactory(PublishedFactory):
    class Meta:
        model = models.WardProject

    ward = factory.SubFactory(WardFactory)
    title = factory.Sequence(lambda n: f"第{n}の事業")
    field = ProjectField.TOURISM
    fiscal_year = 2026
