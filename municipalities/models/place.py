"""Prefectures, municipalities and the 23 wards, and who followed whom after a merger."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import Exact
from django.urls import reverse

from municipalities.choices import MunicipalityKind
from municipalities.querysets import MunicipalityQuerySet, PrefectureQuerySet, WardManager
from municipalities.rules import CHECK_DIGIT_WEIGHTS, FIRST_WARD_CODE, LAST_WARD_CODE
from portal.core.constraints import one_of, point_in_japan
from portal.core.fields import PeriodEndField
from portal.core.models import ContactPoint


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
