"""Prefectures, municipalities and the 23 wards, and what ties them to one another."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import Exact
from django.urls import reverse

from municipalities.choices import BodyKind, MunicipalityKind, TieKind
from municipalities.constraints import ward_code
from municipalities.querysets import (
    AgreementMemberQuerySet,
    CompanyAgreementQuerySet,
    CooperationAgreementQuerySet,
    MembershipQuerySet,
    MunicipalityQuerySet,
    PrefectureQuerySet,
    WardManager,
    WardTieQuerySet,
)
from municipalities.rules import CHECK_DIGIT_WEIGHTS, FIRST_WARD_CODE, LAST_WARD_CODE
from portal.core.constraints import NoOverlap, in_order, one_of, point_in_japan
from portal.core.fields import DayField, PeriodEndField
from portal.core.models import ContactPoint, Sourced
from portal.core.publishing import Publishable


def _digit(position: int) -> Cast:
    return Cast(Substr("code", position, 1), IntegerField())


_WEIGHTED_SUM = sum(
    (_digit(position) * weight for position, weight in enumerate(CHECK_DIGIT_WEIGHTS, start=1)), start=Value(0)
)
# How far the sixth digit is from the right one; what is not six digits cannot be reckoned with and has its own rule.
_CHECK_DIGIT_ERROR = Case(
    When(code__regex=r"^[0-9]{6}$", then=(Value(11) - _WEIGHTED_SUM % 11) % 10 - _digit(6)), default=Value(0)
)


class Prefecture(models.Model):
    """One of the 47 prefectures, with its place on our tile map of Japan."""

    code = models.CharField("都道府県コード", max_length=2, primary_key=True)
    name = models.CharField("名称", max_length=10, unique=True)
    name_kana = models.CharField("読み", max_length=20)
    name_en = models.CharField("英語名", max_length=30)
    region = models.CharField("地方", max_length=10)
    tile_column = models.PositiveSmallIntegerField("地図の列")
    tile_row = models.PositiveSmallIntegerField("地図の行")

    objects = PrefectureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "都道府県"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="municipalities_prefecture_code",
                condition=Q(code__gte="01", code__lte="47", code__regex=r"^[0-9]{2}$"),
                violation_error_message="都道府県コードは01から47までです。",
            ),
            models.UniqueConstraint(
                fields=["tile_column", "tile_row"],
                name="municipalities_prefecture_tile",
                violation_error_message="地図のこの位置には、ほかの都道府県があります。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("prefecture_detail", args=[self.code])


class Municipality(models.Model):
    """A city, town, village or special ward, known by its six-digit local-government code for good."""

    code = models.CharField("団体コード", max_length=6, primary_key=True)
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, related_name="municipalities", verbose_name="都道府県")
    kind = models.CharField("種別", max_length=12, choices=MunicipalityKind.choices)
    name = models.CharField("名称", max_length=30)
    name_kana = models.CharField("読み", max_length=60)
    name_en = models.CharField("英語名", max_length=60, help_text="自治体自身の表記があれば、それに直してください。")
    latitude = models.DecimalField(
        "緯度",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(20), MaxValueValidator(46)],
    )
    longitude = models.DecimalField(
        "経度",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(122), MaxValueValidator(154)],
    )
    official_site = models.URLField("公式サイト", blank=True)
    contact = models.ForeignKey(
        ContactPoint, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="問い合わせ先"
    )
    dissolved_on = PeriodEndField(
        "廃止日", null=True, blank=True, help_text="合併などで廃止されたとき、存在した最後の日。続いていれば空欄。"
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "自治体"
        ordering = ["code"]
        indexes = [
            models.Index(fields=["name"], name="municipality_name"),
            models.Index(fields=["kind", "code"], name="municipality_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="municipalities_municipality_code_digits",
                condition=Q(code__regex=r"^[0-9]{6}$"),
                violation_error_message="団体コードは半角数字6桁です。",
            ),
            models.CheckConstraint(
                name="municipalities_municipality_check_digit",
                condition=Exact(_CHECK_DIGIT_ERROR, 0),
                violation_error_message="団体コードの検査数字（6桁目）が合いません。",
            ),
            models.CheckConstraint(
                name="municipalities_municipality_code_in_prefecture",
                condition=Q(prefecture_id=Substr("code", 1, 2)),
                violation_error_message="団体コードの先頭2桁が都道府県コードと合いません。",
            ),
            one_of("kind", MunicipalityKind, "種別は市・町・村・特別区から選んでください。"),
            models.CheckConstraint(
                name="municipalities_municipality_ward_code",
                condition=Q(kind=MunicipalityKind.SPECIAL_WARD, code__gte=FIRST_WARD_CODE, code__lte=LAST_WARD_CODE)
                | (~Q(kind=MunicipalityKind.SPECIAL_WARD) & ~Q(code__gte=FIRST_WARD_CODE, code__lte=LAST_WARD_CODE)),
                violation_error_message="特別区の団体コードは131016から131237までです。",
            ),
            point_in_japan(),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ward(self) -> bool:
        return self.kind == MunicipalityKind.SPECIAL_WARD

    def get_absolute_url(self) -> str:
        name = "ward_detail" if self.is_ward else "municipality_detail"
        return reverse(name, args=[self.code])


class MunicipalitySuccession(models.Model):
    """What became of a municipality that was dissolved: it was merged into another, or renamed as one."""

    predecessor = models.ForeignKey(
        Municipality, models.CASCADE, related_name="successions", verbose_name="廃止された自治体"
    )
    successor = models.ForeignKey(
        Municipality, models.PROTECT, related_name="predecessions", verbose_name="引き継いだ自治体"
    )

    class Meta:
        verbose_name = verbose_name_plural = "自治体の合併・改称"
        ordering = ["predecessor", "successor"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="municipalities_municipalitysuccession_once",
                violation_error_message="この合併・改称はすでにあります。",
            ),
            models.CheckConstraint(
                name="municipalities_municipalitysuccession_two_places",
                condition=~Q(predecessor=F("successor")),
                violation_error_message="廃止された自治体と引き継いだ自治体は、別の自治体です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor}→{self.successor}"


class Ward(Municipality):
    """One of the 23 special wards. Their codes run in the official order of the wards."""

    objects = WardManager()  # type: ignore[misc]

    class Meta:
        proxy = True
        ordering = ["code"]
        verbose_name = verbose_name_plural = "特別区"


class WardTie(Sourced):
    """A ward's tie with a municipality (各区の交流), for a period; an unknown beginning stays empty."""

    ward = models.ForeignKey(Ward, models.PROTECT, related_name="ties", verbose_name="特別区")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="ward_ties", verbose_name="交流自治体")
    kind = models.CharField("種別", max_length=12, choices=TieKind.choices)
    title = models.CharField("名称", max_length=200, blank=True, help_text="協定名など。")
    starts_on = DayField("開始日", null=True, blank=True)
    ends_on = PeriodEndField("終了日", null=True, blank=True, help_text="交流の最後の日。続いていれば空欄。")
    evidence = models.CharField("根拠", max_length=500, blank=True, help_text="協定書、公式サイトのアドレスなど。")

    objects = WardTieQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "各区の交流"
        ordering = ["ward", "municipality", "kind", "starts_on"]
        # All that the numbers ask of a tie: they are counted from the index alone.
        indexes = [
            models.Index(
                fields=["municipality", "ends_on", "starts_on", "is_demo"], name="municipalities_wardtie_periods"
            )
        ]
        constraints = [
            one_of("kind", TieKind, "交流の種別は決められた中から選んでください。"),
            in_order("starts_on", "ends_on", "終了日は開始日より前にできません。", may_be_equal=False),
            ward_code("ward", "交流の主体は特別区です。"),
            models.CheckConstraint(
                name="municipalities_wardtie_two_places",
                condition=~Q(ward=F("municipality")),
                violation_error_message="特別区とその区自身の交流は登録できません。",
            ),
            NoOverlap(
                name="municipalities_wardtie_no_overlap",
                same=("ward", "municipality", "kind"),
                starts="starts_on",
                ends="ends_on",
                violation_error_message="同じ区と自治体の間に、同じ種別で期間の重なる交流があります。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ward}・{self.municipality}（{self.get_kind_display()}）"


class PartnerBody(Sourced):
    """A prefecture's association of city mayors or of towns and villages (協定締結団体)."""

    name = models.CharField("名称", max_length=50, unique=True)
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, related_name="bodies", verbose_name="都道府県")
    kind = models.CharField("種別", max_length=20, choices=BodyKind.choices)
    official_site = models.URLField("公式サイト", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "協定締結団体"
        ordering = ["prefecture", "kind"]
        constraints = [one_of("kind", BodyKind, "団体の種別は市長会か町村会です。")]

    def __str__(self) -> str:
        return self.name


class CooperationAgreement(Publishable):
    """An agreement of the wards' association with one or two bodies, and so with their members (広域連携協定)."""

    bodies = models.ManyToManyField(PartnerBody, related_name="agreements", verbose_name="締結団体")
    signed_on = DayField("締結日")
    ends_on = PeriodEndField("終了日", null=True, blank=True, help_text="効力の最後の日。続いていれば空欄。")
    renews_annually = models.BooleanField("1年ごとの更新", null=True, blank=True, help_text="分からなければ「不明」。")
    summary = models.TextField("概要", blank=True)
    listing_order = models.PositiveSmallIntegerField("並び順", default=0)

    objects = CooperationAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "広域連携協定"
        ordering = ["signed_on", "listing_order", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            in_order("signed_on", "ends_on", "終了日は締結日より前にできません。", may_be_equal=False),
        ]

    def __str__(self) -> str:
        return f"広域連携協定 {self.pk}（{self.signed_on.isoformat()}）"

    @property
    def title(self) -> str:
        """The names of its bodies. Read it from rows whose bodies were prefetched."""
        return "・".join(body.name for body in self.bodies.all())

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on a day: the twin of ``CooperationAgreementQuerySet.in_force``."""
        return self.signed_on <= on and (self.ends_on is None or on < self.ends_on)

    def get_absolute_url(self) -> str:
        return reverse("agreement_detail", args=[self.pk])


class AgreementMember(models.Model):
    """A municipality that belongs to an agreement, for a period."""

    agreement = models.ForeignKey(CooperationAgreement, models.CASCADE, related_name="members", verbose_name="協定")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="agreement_memberships", verbose_name="自治体"
    )
    joined_on = DayField("参加日")
    left_on = PeriodEndField("離脱日", null=True, blank=True, help_text="参加していた最後の日。続いていれば空欄。")

    objects = AgreementMemberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "協定の構成自治体"
        ordering = ["agreement", "municipality", "joined_on"]
        constraints = [
            in_order("joined_on", "left_on", "離脱日は参加日より前にできません。", may_be_equal=False),
            NoOverlap(
                name="municipalities_agreementmember_no_overlap",
                same=("agreement", "municipality"),
                starts="joined_on",
                ends="left_on",
                violation_error_message="この自治体は、同じ期間にすでにこの協定に入っています。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality)


class Company(models.Model):
    """A company that the wards work with."""

    name = models.CharField("名称", max_length=100, unique=True)
    official_site = models.URLField("公式サイト", blank=True)
    is_demo = models.BooleanField("デモデータ", default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "企業"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CompanyAgreement(Publishable):
    """A comprehensive agreement with a company (企業との包括連携協定)."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="agreements", verbose_name="企業")
    title = models.CharField("名称", max_length=200)
    signed_on = DayField("締結日")
    ends_on = PeriodEndField("終了日", null=True, blank=True, help_text="効力の最後の日。続いていれば空欄。")
    fields_of_cooperation = models.TextField("連携分野", blank=True, help_text="1行に一つずつ書きます。")
    summary = models.TextField("概要", blank=True)

    objects = CompanyAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "企業との包括連携協定"
        ordering = ["-signed_on", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            in_order("signed_on", "ends_on", "終了日は締結日より前にできません。", may_be_equal=False),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("company_agreement_detail", args=[self.pk])


class Membership(Sourced):
    """A municipality's registration on the portal (会員登録), for a period."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="memberships", verbose_name="自治体")
    registered_on = DayField("登録日")
    withdrawn_on = PeriodEndField("退会日", null=True, blank=True, help_text="会員だった最後の日。続いていれば空欄。")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会員登録"
        ordering = ["municipality", "registered_on"]
        constraints = [
            in_order("registered_on", "withdrawn_on", "退会日は登録日より前にできません。", may_be_equal=False),
            NoOverlap(
                name="municipalities_membership_no_overlap",
                same=("municipality",),
                starts="registered_on",
                ends="withdrawn_on",
                violation_error_message="この自治体は、同じ期間にすでに会員です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}（会員）"
