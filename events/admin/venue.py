"""The back office pages of venues."""

from django.contrib import admin

from events.actions import venue_changed
from events.models import Venue
from portal.core.admin.base import RecordAdmin


@admin.register(Venue)
class VenueAdmin(RecordAdmin):
    fields = (
        "name",
        "municipality",
        ("postal_code", "address"),
        "address_detail",
        "access",
        ("parking", "bicycle_parking"),
        "barrier_free",
        "is_online",
        "url",
        ("latitude", "longitude"),
    )
    list_display = ("name", "municipality", "address")
    list_filter = ("is_online",)
    list_select_related = ("municipality__prefecture",)
    search_fields = ("name", "address", "municipality__name")
    autocomplete_fields = ("municipality",)

    def settle(self, record: Venue, former: Venue | None) -> None:
        venue_changed(record)
