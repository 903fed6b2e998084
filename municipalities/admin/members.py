"""The back office pages of what member municipalities write: staff review it, and write none of it anew."""

from django.contrib import admin
from django.http import HttpRequest

from municipalities.models import MemberPost, MunicipalityProfile
from portal.core.admin.base import SourceNoteInline
from portal.core.admin.publishing import PublishableAdmin


class WrittenByMembers(PublishableAdmin):
    inlines = (SourceNoteInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(MunicipalityProfile)
class MunicipalityProfileAdmin(WrittenByMembers):
    fields = (
        "municipality",
        "introduction",
        "strengths",
        "wishes",
        "name_kana",
        "name_en",
        "official_site",
        "furusato_url",
        "antenna_shop_url",
        "images",
    )
    readonly_fields = ("municipality",)
    list_display = ("municipality", "prefecture")
    list_filter = ("municipality__prefecture",)
    list_select_related = ("municipality__prefecture",)
    search_fields = ("municipality__name", "municipality__name_kana", "municipality__code")
    autocomplete_fields = ("images",)

    @admin.display(description="都道府県", ordering="municipality__prefecture")
    def prefecture(self, profile: MunicipalityProfile) -> str:
        return profile.municipality.prefecture.name


@admin.register(MemberPost)
class MemberPostAdmin(WrittenByMembers):
    fields = (
        "owner",
        "addressed_to",
        "kind",
        "title",
        "summary",
        "body",
        ("first_day", "last_day"),
        "url",
        "contact",
        "images",
        "attachments",
    )
    readonly_fields = ("owner",)
    list_display = ("title", "owner", "kind", "addressed_to")
    list_filter = ("kind", "addressed_to")
    list_select_related = ("owner__prefecture", "addressed_to")
    search_fields = ("title", "summary", "owner__name", "owner__name_kana")
    date_hierarchy = "publish_at"
    autocomplete_fields = ("addressed_to", "images", "attachments")
