"""The back office pages of municipalities, ties, agreements and memberships."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse

from municipalities.models import (
    AgreementMember,
    Company,
    CompanyAgreement,
    CooperationAgreement,
    Membership,
    Municipality,
    MunicipalitySuccession,
    PartnerBody,
    Prefecture,
    Ward,
    WardStaff,
    WardTie,
)
from portal.core.admin.base import LastDayColumn, RecordAdmin, RowInline, SourceNoteInline
from portal.core.admin.publishing import PublishableAdmin
from portal.core.admin.spreadsheets.tables import WardSheet
from portal.core.admin.spreadsheets.workbooks import WardWorkbook
from portal.core.audit.actions import note
from portal.core.audit.models import AuditAction
from portal.core.downloads import download
from portal.core.importing.pages import ImportPage
from portal.core.spreadsheets import XLSX


class PlaceAdmin(RecordAdmin):
    """Places are known by their codes for good: what the code says does not change, and none is deleted."""

    fixed: tuple[str, ...] = ("code",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Prefecture | Municipality | None = None
    ) -> tuple[str, ...]:
        return self.fixed if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Prefecture | Municipality | None = None) -> bool:
        return False


@admin.register(Prefecture)
class PrefectureAdmin(PlaceAdmin):
    fields = ("code", "name", "name_kana", "name_en", "region", "tile_column", "tile_row")
    list_display = ("code", "name", "name_kana", "region")
    list_filter = ("region",)
    search_fields = ("code", "name", "name_kana", "name_en")


class SuccessionInline(RowInline):
    model = MunicipalitySuccession
    fk_name = "predecessor"
    verbose_name_plural = "廃止後に引き継いだ自治体"
    fields = autocomplete_fields = ("successor",)
    select_related = ("predecessor", "successor__prefecture")


@admin.register(Municipality)
class MunicipalityAdmin(PlaceAdmin):
    fixed = ("code", "prefecture", "kind")
    fields = (
        "code",
        "prefecture",
        "kind",
        "name",
        "name_kana",
        "name_en",
        ("latitude", "longitude"),
        "official_site",
        "contact",
        "dissolved_on",
    )
    list_display = ("code", "prefecture", "name", "name_kana", "kind")
    list_filter: ClassVar[tuple[str, ...]] = ("kind", "prefecture")
    list_select_related = ("prefecture", "contact")
    search_fields = ("code", "name", "name_kana", "name_en")
    autocomplete_fields = ("prefecture", "contact")
    inlines: ClassVar[tuple] = (SuccessionInline,)

    def label(self, record: Municipality) -> str:
        """Several towns share a name (府中市, 池田町)."""
        return f"{record.prefecture.name}{record.name}"


@admin.register(Ward)
class WardAdmin(MunicipalityAdmin):
    inlines: ClassVar[tuple] = ()
    list_filter: ClassVar[tuple[str, ...]] = ()

    def label(self, record: Municipality) -> str:
        return record.name

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There are 23."""
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<str:code>/workbook/", view(self.workbook), name="municipalities_ward_workbook"),
            path("<str:code>/workbook/import/", view(self.import_workbook), name="municipalities_ward_workbook_import"),
            *super().get_urls(),
        ]

    def _workbook_of(self, request: HttpRequest, code: str) -> WardWorkbook:
        """The workbook of a ward for which the person works, or who reads all. Raises Http404 and PermissionDenied."""
        ward: Any = self.get_object(request, code)
        if ward is None or not self._has_workbook(request, code):
            raise Http404
        if not self.has_view_permission(request, ward):
            raise PermissionDenied
        return WardWorkbook(self.admin_site, request, ward)

    def _has_workbook(self, request: HttpRequest, code: str) -> bool:
        access = self.access(request)
        return access.reads_all or code in access.wards

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        original = context["original"]
        context["has_workbook"] = original is not None and self._has_workbook(request, original.pk)
        return super().render_change_form(request, context, *args, **options)

    def workbook(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """What is on record of a ward, to correct and to continue."""
        workbook = self._workbook_of(request, code)
        return download(workbook.content(), XLSX, workbook.title, "xlsx")

    def import_workbook(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """Reads the workbook of a ward in again."""
        workbook = self._workbook_of(request, code)
        if not workbook.is_writable():
            raise PermissionDenied
        address = reverse("admin:municipalities_ward_change", args=[code])
        context = {
            **self.admin_site.each_context(request),
            "title": f"{workbook.ward}の表を取り込む",
            "opts": self.opts,
            "back_url": address,
            "back_label": str(workbook.ward),
            "workbook_url": reverse("admin:municipalities_ward_workbook", args=[code]),
        }
        return ImportPage(request, workbook.read, done=address, context=context).answer()


@admin.register(WardTie)
class WardTieAdmin(LastDayColumn, RecordAdmin):
    period_end = "ends_on"
    fields = ("ward", "municipality", "kind", "title", "starts_on", "ends_on", "evidence")
    list_display = ("ward", "municipality", "kind", "title", "starts_on", "period_last_day")
    list_filter = ("kind", "ward")
    list_select_related = ("ward", "municipality__prefecture")
    search_fields = ("title", "ward__name", "municipality__name", "municipality__name_kana", "municipality__code")
    autocomplete_fields = ("ward", "municipality")
    natural_key = ("ward", "municipality", "kind", "starts_on")
    ward_sheet = WardSheet("ward", "交流", place=1)
    inlines = (SourceNoteInline,)


@admin.register(WardStaff)
class WardStaffAdmin(LastDayColumn, RecordAdmin):
    """Who works for which ward. Rights follow from it: every change is written down."""

    period_end = "ends_on"
    fields = ("user", "ward", "role", "is_substitute", "starts_on", "ends_on", "predecessor")
    list_display = ("ward", "role", "substitute", "user", "starts_on", "period_last_day")
    list_display_links = ("user",)
    list_filter = ("role", "is_substitute", "ward")
    list_select_related = ("user", "ward", "predecessor")
    search_fields = ("user__name", "user__email", "ward__name")
    autocomplete_fields = ("user", "ward", "predecessor")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(request, {"title": self.opts.verbose_name_plural} | (extra_context or {}))

    @admin.display(description="代理", ordering="is_substitute")
    def substitute(self, post: WardStaff) -> str:
        return "代理" if post.is_substitute else ""

    def written(self, request: HttpRequest, record: WardStaff, kind: Any) -> None:
        super().written(request, record, kind)
        note(AuditAction.ROLE, by=request.user, record=record, detail=record.in_words)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[WardStaff]) -> Any:
        for post in queryset:
            note(AuditAction.ROLE, by=request.user, record=post, detail=f"削除：{post.in_words}")
        return super().log_deletions(request, queryset)


@admin.register(PartnerBody)
class PartnerBodyAdmin(RecordAdmin):
    fields = ("name", "prefecture", "kind", "official_site")
    list_display = ("name", "prefecture", "kind")
    list_filter = ("kind",)
    list_select_related = ("prefecture",)
    search_fields = ("name", "prefecture__name")
    autocomplete_fields = ("prefecture",)
    inlines = (SourceNoteInline,)


@admin.register(CooperationAgreement)
class CooperationAgreementAdmin(LastDayColumn, PublishableAdmin):
    """Its members, up to 144, have a list of their own, linked above the form."""

    period_end = "ends_on"
    fields = ("bodies", "signed_on", "ends_on", "renews_annually", "summary", "listing_order")
    list_display = ("title", "signed_on", "period_last_day")
    search_fields = ("bodies__name",)
    date_hierarchy = "signed_on"
    autocomplete_fields = ("bodies",)
    inlines = (SourceNoteInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CooperationAgreement]:
        return super().get_queryset(request).prefetch_related("bodies")

    def label(self, record: CooperationAgreement) -> str:
        return f"{record.title}（{record.signed_on.isoformat()}）"

    @admin.display(description="締結団体")
    def title(self, record: CooperationAgreement) -> str:
        return record.title


@admin.register(AgreementMember)
class AgreementMemberAdmin(LastDayColumn, RecordAdmin):
    period_end = "left_on"
    fields = ("agreement", "municipality", "joined_on", "left_on")
    list_display = ("municipality", "prefecture", "bodies", "joined_on", "period_last_day")
    list_filter = ("agreement__bodies",)
    list_select_related = ("agreement", "municipality__prefecture")
    search_fields = ("municipality__name", "municipality__name_kana", "municipality__code")
    autocomplete_fields = ("agreement", "municipality")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AgreementMember]:
        return super().get_queryset(request).prefetch_related("agreement__bodies")

    @admin.display(description="都道府県", ordering="municipality__prefecture")
    def prefecture(self, member: AgreementMember) -> str:
        return member.municipality.prefecture.name

    @admin.display(description="締結団体", ordering="agreement")
    def bodies(self, member: AgreementMember) -> str:
        return member.agreement.title


@admin.register(Company)
class CompanyAdmin(RecordAdmin):
    fields = ("name", "official_site")
    list_display = ("name", "official_site")
    search_fields = ("name",)


@admin.register(CompanyAgreement)
class CompanyAgreementAdmin(LastDayColumn, PublishableAdmin):
    period_end = "ends_on"
    fields = ("company", "title", "signed_on", "ends_on", "fields_of_cooperation", "summary")
    list_display = ("title", "company", "signed_on", "period_last_day")
    list_select_related = ("company",)
    search_fields = ("title", "company__name")
    date_hierarchy = "signed_on"
    autocomplete_fields = ("company",)
    inlines = (SourceNoteInline,)


@admin.register(Membership)
class MembershipAdmin(LastDayColumn, RecordAdmin):
    period_end = "withdrawn_on"
    fields = ("municipality", "registered_on", "withdrawn_on", "ended_by_suspension")
    list_display = ("municipality", "prefecture", "registered_on", "period_last_day", "end_of_period")
    list_filter = ("municipality__prefecture",)
    list_select_related = ("municipality__prefecture",)
    search_fields = ("municipality__name", "municipality__name_kana", "municipality__code")
    date_hierarchy = "registered_on"
    autocomplete_fields = ("municipality",)
    natural_key = ("municipality", "registered_on")
    inlines = (SourceNoteInline,)

    @admin.display(description="終わり方", ordering="ended_by_suspension")
    def end_of_period(self, membership: Membership) -> str:
        if membership.withdrawn_on is None:
            return ""
        return "休止" if membership.ended_by_suspension else "退会"

    @admin.display(description="都道府県", ordering="municipality__prefecture")
    def prefecture(self, membership: Membership) -> str:
        return membership.municipality.prefecture.name
