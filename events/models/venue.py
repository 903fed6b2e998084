"""Where things are held."""

from django.db import models
from django.db.models import Q

from events.querysets import VenueQuerySet
from municipalities.models import Municipality
from portal.core.constraints import point_in_japan


class Venue(models.Model):
    """A place where things are held; what is not known of it stays empty."""

    name = models.CharField("名称", max_length=100, unique=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="venues", verbose_name="所在する自治体"
    )
    postal_code = models.CharField("郵便番号", max_length=8, blank=True, help_text="例：102-0072")
    address = models.CharField("住所", max_length=200, blank=True)
    address_detail = models.CharField("方書", max_length=100, blank=True, help_text="建物名、階、部屋など。")
    access = models.TextField("交通案内", blank=True)
    parking = models.CharField("駐車場", max_length=200, blank=True)
    bicycle_parking = models.CharField("駐輪場", max_length=200, blank=True)
    barrier_free = models.TextField("バリアフリー", blank=True)
    is_online = models.BooleanField("オンライン", default=False)
    url = models.URLField("ホームページ", blank=True)
    latitude = models.DecimalField("緯度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("経度", max_digits=9, decimal_places=6, null=True, blank=True)
    is_demo = models.BooleanField("デモデータ", default=False, editable=False)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会場"
        ordering = ["name"]
        constraints = [
            point_in_japan(),
            models.CheckConstraint(
                name="events_venue_postal_code",
                condition=Q(postal_code="") | Q(postal_code__regex=r"^[0-9]{3}-[0-9]{4}$"),
                violation_error_message="郵便番号は「102-0072」の形で入れてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
