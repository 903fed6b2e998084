"""What the project says of itself: papers, aims, plan, policy, printed figures, news, publications."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.choices import FigureOrigin, FigureState, FigureTable, PublicationKind
from portal.contact.models import Inquiry as Inquiry
from portal.contact.models import PageFeedback as PageFeedback
from portal.core.constraints import Frozen, one_of
from portal.core.fields import DayField
from portal.core.models import Attachment, Image, Sourced, User
from portal.core.publishing import Publishable
from portal.core.rich_text import RichTextField
from portal.core.wareki import era_month
from portal.links.models import LinkCheck as LinkCheck
from portal.links.models import LinkUse as LinkUse
from portal.quality.models import Finding as Finding
from portal.querysets import (
    NewsItemQuerySet,
    PolicyDocumentQuerySet,
    PublicationQuerySet,
    PublishedFigureQuerySet,
)
from portal.search.models import SearchEntry as SearchEntry
from portal.search.models import SearchMiss as SearchMiss
from portal.serving.models import PublicChange as PublicChange


class NewsItem(Publishable):
    """A notice to everybody."""

    title = models.CharField("題名", max_length=200)
    body = RichTextField("本文", help_text="改行や空行は段落になります。見出し・箇条書き・リンク・表も使えます。")
    images = models.ManyToManyField(Image, blank=True, related_name="news_items", verbose_name="写真")
    attachments = models.ManyToManyField(Attachment, blank=True, related_name="news_items", verbose_name="資料")

    objects = NewsItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "お知らせ"
        ordering = ["-publish_at", "-pk"]
        indexes = [models.Index(fields=["publication_state", "publish_at"], name="portal_newsitem_published")]
        constraints = [*Publishable.Meta.constraints]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("news_detail", args=[self.pk])


class Publication(Publishable):
    """An issue of 東京23区全国連携NEWS, a pamphlet, a poster."""

    kind = models.CharField("種別", max_length=12, choices=PublicationKind.choices)
    title = models.CharField("名称", max_length=200)
    issued_on = DayField("発行日")
    summary = models.TextField("内容", blank=True)
    cover = models.ForeignKey(
        Image, models.PROTECT, null=True, blank=True, related_name="publications", verbose_name="表紙"
    )
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="publications", verbose_name="ファイル"
    )

    objects = PublicationQuerySet.as_manager()

    def get_absolute_url(self) -> str:
        """Publications stand together on one page."""
        return reverse("publication_list")

    class Meta:
        verbose_name = verbose_name_plural = "刊行物"
        ordering = ["-issued_on", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            one_of("kind", PublicationKind, "刊行物の種別は決められた中から選んでください。"),
        ]

    def __str__(self) -> str:
        return self.title


class FoundingDocument(Sourced):
    """A paper the project rests on, such as its prospectus: in our own words, and in full once that is entered."""

    slug = models.SlugField("名前（英字）", unique=True)
    title = models.CharField("名称", max_length=100)
    issuer = models.CharField("発出者", max_length=100)
    issued_on = DayField("発出日")
    tagline = models.CharField("ひとことで言うと", max_length=200, blank=True)
    summary = models.TextField("要約", help_text="公式の文ではなく、私たちの言葉で書きます。")
    official_text = models.TextField(
        "公式の全文", blank=True, help_text="正本から写してください。空欄なら要約だけを表示します。"
    )

    class Meta:
        verbose_name = verbose_name_plural = "基本文書"
        ordering = ["issued_on"]

    def __str__(self) -> str:
        return self.title


class Aim(Sourced):
    """One of the aims of the project."""

    number = models.PositiveSmallIntegerField("番号", unique=True)
    title = models.CharField("名称", max_length=100)
    summary = models.TextField("説明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "目的"
        ordering = ["number"]

    def __str__(self) -> str:
        return self.title


class Milestone(Sourced):
    """A step in the project's history that no other record tells, with the precision the paper gives."""

    title = models.CharField("できごと", max_length=200)
    happened_on = DayField("日付", null=True, blank=True)
    fiscal_year = models.PositiveSmallIntegerField(
        "年度", null=True, blank=True, help_text="日付が分からず、年度だけが分かるとき。"
    )
    detail = models.TextField("説明", blank=True)
    listing_order = models.PositiveSmallIntegerField("並び順", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "経緯"
        ordering = ["listing_order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="portal_milestone_dated_one_way",
                condition=Q(happened_on__isnull=True) | Q(fiscal_year__isnull=True),
                violation_error_message="日付か年度の、どちらか一方だけを入れてください。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class PlanItem(Sourced):
    """Something the project intends to do (今後の展開), under its heading."""

    heading = models.CharField("区分", max_length=100)
    title = models.CharField("名称", max_length=100)
    summary = models.TextField("説明", blank=True)
    listing_order = models.PositiveSmallIntegerField("並び順", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "今後の展開"
        ordering = ["listing_order", "pk"]

    def __str__(self) -> str:
        return self.title


class PolicyDocument(Sourced):
    """A national policy paper in which the project has its place (国の総合戦略への位置づけ), known to the month."""

    name = models.CharField("名称", max_length=200, unique=True)
    decided_year = models.PositiveSmallIntegerField(
        "閣議決定の年", validators=[MinValueValidator(2014), MaxValueValidator(2200)]
    )
    decided_month = models.PositiveSmallIntegerField(
        "閣議決定の月", validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    location = models.TextField(
        "位置づけられた箇所", blank=True, help_text="章・節を上から順に、1行に一つずつ書きます。"
    )
    summary = models.TextField("内容の要約", blank=True)
    ministries = models.CharField("担当府省", max_length=200, blank=True)

    objects = PolicyDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "国の政策文書"
        ordering = ["decided_year", "decided_month", "pk"]
        constraints = [
            models.CheckConstraint(
                name="portal_policydocument_month",
                condition=Q(decided_month__range=(1, 12), decided_year__range=(2014, 2200)),
                violation_error_message="閣議決定の年月を正しく入れてください。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def decided_in(self) -> str:
        """「平成29年12月」: the paper gives no day, so none is shown."""
        return era_month(date(self.decided_year, self.decided_month, 1))


class PublishedFigure(Sourced):
    """A figure as it was officially printed, or as it was fixed from the records of a day: one cell of one table.

    A frozen figure is never changed any more, nor deleted.
    """

    origin = models.CharField(
        "由来", max_length=8, choices=FigureOrigin.choices, default=FigureOrigin.PRINTED, editable=False
    )
    table = models.CharField("表", max_length=12, choices=FigureTable.choices)
    row = models.SlugField("行の名前（英字）", max_length=60)
    label = models.CharField("行の見出し", max_length=100, help_text="資料の見出しのとおり。")
    unit = models.CharField("単位", max_length=10)
    fiscal_year = models.PositiveSmallIntegerField("年度")
    as_of = DayField("現在日", null=True, blank=True, help_text="いつ現在の数か。資料に記載がなければ空欄。")
    state = models.CharField("区分", max_length=14, choices=FigureState.choices, default=FigureState.STATED)
    value = models.PositiveIntegerField("数", null=True, blank=True)
    is_total = models.BooleanField("合計の行", default=False)
    listing_order = models.PositiveSmallIntegerField("並び順", default=0)
    frozen_at = models.DateTimeField("確定日時", null=True, blank=True, editable=False)
    frozen_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="確定した人"
    )

    objects = PublishedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公表値"
        ordering = ["table", "listing_order", "fiscal_year"]
        constraints = [
            one_of("table", FigureTable, "表は決められた中から選んでください。"),
            one_of("state", FigureState, "区分は決められた中から選んでください。"),
            one_of("origin", FigureOrigin, "由来は決められた中から選んでください。"),
            models.UniqueConstraint(
                fields=["table", "row", "fiscal_year"],
                condition=Q(origin=FigureOrigin.PRINTED),
                name="portal_publishedfigure_cell",
                violation_error_message="この表のこの欄の公表値はすでにあります。",
            ),
            models.UniqueConstraint(
                fields=["table", "row", "as_of"],
                condition=Q(origin=FigureOrigin.COUNTED),
                name="portal_publishedfigure_counted_once",
                violation_error_message="この日の数はすでに確定しています。",
            ),
            models.CheckConstraint(
                name="portal_publishedfigure_counted_is_frozen",
                condition=Q(origin=FigureOrigin.PRINTED) | Q(as_of__isnull=False, frozen_at__isnull=False),
                violation_error_message="記録から確定した数には、現在日と確定日時が必要です。",
            ),
            models.CheckConstraint(
                name="portal_publishedfigure_value_when_stated",
                condition=Q(state=FigureState.STATED, value__isnull=False, value__gte=0)
                | Q(state=FigureState.DID_NOT_EXIST, value__isnull=True),
                violation_error_message="数を入れるか、区分を「–」にしてください（「–」は0ではありません）。",
            ),
            models.CheckConstraint(
                name="portal_publishedfigure_frozen_by_somebody",
                condition=Q(frozen_at__isnull=True, frozen_by__isnull=True)
                | Q(frozen_at__isnull=False, frozen_by__isnull=False),
                violation_error_message="確定には、日時と確定した人の両方が必要です。",
            ),
            Frozen(
                name="portal_publishedfigure_frozen",
                column="frozen_at",
                violation_error_message="確定した公表値は変えられません。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_table_display()} {self.label} {self.fiscal_year}年度"


class FigureExplanation(models.Model):
    """Why a printed figure and the records differ, as the public reads it beside them."""

    figure = models.OneToOneField(PublishedFigure, models.CASCADE, related_name="explanation", verbose_name="公表値")
    text = models.TextField("差異の説明")
    written_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="書いた人"
    )
    written_at = models.DateTimeField("書いた日時", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "公表値との差異の説明"
        ordering = ["figure"]

    def __str__(self) -> str:
        return f"{self.figure}の説明"
