"""Projects of one ward."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from events.choices import ProjectField, Status
from events.querysets import WardProjectQuerySet
from municipalities.constraints import ward_code
from municipalities.models import Municipality, Ward
from portal.core.constraints import one_of
from portal.core.publishing import Publishable


class WardProject(Publishable):
    """A project that one ward carries out with other municipalities (各区事業)."""

    ward = models.ForeignKey(Ward, models.PROTECT, related_name="projects", verbose_name="特別区")
    title = models.CharField("名称", max_length=200)
    field = models.CharField("分野", max_length=12, choices=ProjectField.choices)
    municipalities = models.ManyToManyField(
        Municipality, blank=True, related_name="ward_projects", verbose_name="連携自治体"
    )
    fiscal_year = models.PositiveSmallIntegerField("年度")
    status = models.CharField("実施状況", max_length=10, choices=Status.choices, default=Status.PLANNED)
    summary = models.TextField("概要", blank=True)
    url = models.URLField("ホームページ", blank=True)

    objects = WardProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "各区事業"
        ordering = ["-fiscal_year", "ward", "title"]
        constraints = [
            *Publishable.Meta.constraints,
            one_of("field", ProjectField, "分野は決められた中から選んでください。"),
            one_of("status", Status, "実施状況は決められた中から選んでください。"),
            ward_code("ward", "実施する区は特別区です。"),
            models.CheckConstraint(
                name="events_wardproject_fiscal_year_range",
                condition=Q(fiscal_year__range=(1947, 2200)),
                violation_error_message="年度は西暦4桁で入れてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("project_detail", args=[self.pk])
