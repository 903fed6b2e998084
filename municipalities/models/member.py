"""What a member municipality has on the portal: its people, its profile, its posts, its yearly confirmation."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from municipalities.choices import PostKind
from municipalities.constraints import ward_code
from municipalities.models.place import Municipality, Ward
from municipalities.models.relation import Membership
from municipalities.querysets import InForceQuerySet
from portal.core.constraints import NoOverlap, in_order, one_of
from portal.core.fields import DayField, PeriodEndField, person_field
from portal.core.models import Attachment, Image
from portal.core.publishing import Publishable, PublishableQuerySet
from portal.core.rich_text import RichTextField


class MemberStaffQuerySet(InForceQuerySet):
    """Posts at member municipalities: whoever holds one on a day writes for the municipality on that day."""

    def of(self, user: Any, on: date | None = None) -> Self:
        """The post of a person on a day (today unless given)."""
        return self.in_force(on).filter(user=user).select_related("user", "municipality__prefecture")

    def reachable(self, on: date | None = None) -> Self:
        """Everybody who works for a member on a day and can sign in."""
        held = self.in_force(on).filter(user__is_active=True)
        return held.select_related("user").order_by("municipality", "starts_on", "pk")

    def at(self, municipality: Any, on: date | None = None) -> Self:
        """Who writes for a municipality on a day and can sign in, the longest there first."""
        return self.reachable(on).filter(municipality=municipality)

    def without(self, post: "MemberStaff") -> Self:
        return self.exclude(pk=post.pk)

    def lasting(self, municipality: Any, day: date) -> Self:
        """The posts at a municipality that are not over by a day, those to begin after it too."""
        held = self.filter(municipality=municipality).exclude(ends_on__lte=day)
        return held.select_related("user", "municipality")

    def ending_on(self, municipality: Any, day: date) -> Self:
        return self.filter(municipality=municipality, ends_on=day).select_related("user", "municipality")

    def over_by(self, day: date) -> Self:
        """The posts that are over by a day, the last ended first."""
        return self.filter(ends_on__lte=day).select_related("user", "municipality").order_by("-ends_on", "pk")

    def for_list(self) -> Self:
        return self.select_related("user", "municipality__prefecture", "predecessor")


class MemberStaff(models.Model):
    """A person's post at a member municipality. What they may do there follows from it, on every day of its period."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="member_posts", verbose_name="利用者"
    )
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="people", verbose_name="自治体")
    department = models.CharField("所属", max_length=100)
    phone = models.CharField("電話番号", max_length=30, blank=True)
    starts_on = DayField("担当の開始日")
    ends_on = PeriodEndField(
        "担当の終了日", null=True, blank=True, help_text="担当する最後の日。決まっていなければ空欄。"
    )
    predecessor = person_field("前任者")

    objects = MemberStaffQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会員自治体の担当者"
        ordering = ["municipality", "starts_on", "pk"]
        constraints = [
            # Somebody may leave on the day they came: then the post held on no day.
            in_order("starts_on", "ends_on", "終了日は開始日より前にできません。", may_be_equal=True),
            models.CheckConstraint(
                name="municipalities_memberstaff_follows_another",
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=F("user")),
                violation_error_message="前任者は、本人とは別の人です。",
            ),
            NoOverlap(
                name="municipalities_memberstaff_no_overlap",
                same=("user",),
                starts="starts_on",
                ends="ends_on",
                violation_error_message="この利用者は、同じ期間にすでに会員自治体の担当者です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.department}"


class MembershipConfirmationQuerySet(models.QuerySet):
    def of_year(self, fiscal_year: int) -> Self:
        return self.filter(fiscal_year=fiscal_year)

    def unanswered(self) -> Self:
        return self.filter(confirmed_at__isnull=True)

    def asked_between(self, first: datetime, last: datetime) -> Self:
        return self.filter(asked_at__gt=first, asked_at__lte=last)

    def of_members(self, on: date) -> Self:
        """Those of memberships in force on a day."""
        members = Membership.objects.in_force(on)
        return self.filter(membership__in=members).select_related("membership__municipality").order_by("pk")

    def open_for(self, membership: Any, fiscal_year: int) -> Any:
        """What a member was asked in a year and has not answered yet; None where there is nothing."""
        return self.unanswered().of_year(fiscal_year).filter(membership=membership).first() if membership else None


class MembershipConfirmation(models.Model):
    """That a member was asked, in a fiscal year, whether all is still right, and when somebody said so."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="confirmations", verbose_name="会員登録")
    fiscal_year = models.PositiveSmallIntegerField("年度")
    asked_at = models.DateTimeField("尋ねた日時", default=timezone.now)
    confirmed_at = models.DateTimeField("確認した日時", null=True, blank=True)

    objects = MembershipConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度の登録確認"
        ordering = ["-fiscal_year", "membership"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "fiscal_year"],
                name="municipalities_membershipconfirmation_once_a_year",
                violation_error_message="この会員のこの年度の登録確認はすでにあります。",
            ),
            models.CheckConstraint(
                name="municipalities_membershipconfirmation_confirmed_later",
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("asked_at")),
                violation_error_message="確認の日時は、尋ねた日時より後です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.fiscal_year}年度"


def _shown_images(at: datetime | None) -> Prefetch:
    return Prefetch("images", Image.objects.may_be_shown(at))


class MunicipalityProfileQuerySet(PublishableQuerySet):
    def of(self, municipality: Any) -> Self:
        return self.filter(municipality=municipality)

    def with_picture_count(self) -> Self:
        return self.annotate(picture_count=Count("images"))

    def shown_of(self, municipality: Any, at: datetime | None = None) -> Any:
        """The public profile of a municipality with the pictures that may be shown; None where it has none."""
        return self.published(at).filter(municipality=municipality).prefetch_related(_shown_images(at)).first()


class MunicipalityProfile(Publishable):
    """How a member municipality presents itself, on its own page."""

    municipality = models.OneToOneField(Municipality, models.PROTECT, related_name="profile", verbose_name="自治体")
    introduction = RichTextField("紹介文", blank=True, first_heading=3)
    name_kana = models.CharField("読み", max_length=60, blank=True, help_text="空欄なら、公式の自治体一覧の読みです。")
    name_en = models.CharField(
        "英語名", max_length=60, blank=True, help_text="空欄なら、公式の自治体一覧の英語名です。"
    )
    official_site = models.URLField("公式サイト", blank=True)
    furusato_url = models.URLField("ふるさと納税のページ", blank=True)
    antenna_shop_url = models.URLField("アンテナショップのページ", blank=True)
    strengths = models.TextField("得意なこと", blank=True, max_length=1000)
    wishes = models.TextField("求めている連携", blank=True, max_length=1000)
    images = models.ManyToManyField(Image, blank=True, related_name="profiles", verbose_name="写真")

    objects = MunicipalityProfileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "自治体の紹介"
        ordering = ["municipality"]
        constraints = [*Publishable.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.municipality}の紹介"

    def get_absolute_url(self) -> str:
        return reverse("municipality_detail", args=[self.municipality_id])


class MemberPostQuerySet(PublishableQuerySet):
    def of(self, municipality: Any) -> Self:
        return self.filter(owner=municipality)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def in_prefecture(self, code: str) -> Self:
        return self.filter(owner__prefecture=code)

    def received_by(self, ward: Any) -> Self:
        """Those addressed to a ward."""
        return self.filter(addressed_to=ward)

    def owners(self) -> list[tuple[str, str]]:
        """Code and name of each municipality that wrote one of these, in the official order, for a form."""
        owners = Municipality.objects.filter(pk__in=self.order_by().values("owner")).for_list().order_by("code")
        return [(owner.pk, f"{owner.prefecture.name}{owner.name}") for owner in owners]

    def latest_written_first(self) -> Self:
        """For those who write them."""
        return self.select_related("addressed_to").order_by("-updated_at", "-pk")

    def latest_first(self) -> Self:
        """For the public; each with the place it comes from."""
        return self.select_related("owner__prefecture").order_by(F("publish_at").desc(nulls_last=True), "-pk")

    def for_detail(self, at: datetime | None = None) -> Self:
        places = self.select_related("owner__prefecture", "addressed_to")
        return places.prefetch_related(_shown_images(at), "attachments", "source_notes")


class MemberPost(Publishable):
    """What a member municipality tells beside its events: a notice, a local product, a programme for people tied to it.

    ``addressed_to``: the ward whose approver decides on it; without one it is the secretariat. When wards and members
    are matched one day, the match goes here.
    """

    owner = models.ForeignKey(Municipality, models.PROTECT, related_name="posts", verbose_name="自治体")
    addressed_to = models.ForeignKey(
        Ward,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts_received",
        verbose_name="宛先の区",
        help_text="特定の区に向けた内容のときに選びます。空欄なら、23区すべてに向けた内容です。",
    )
    kind = models.CharField("種別", max_length=10, choices=PostKind.choices)
    title = models.CharField("題名", max_length=200)
    summary = models.CharField("要約", max_length=200, blank=True, help_text="一覧に表示します。")
    body = RichTextField("本文", blank=True, first_heading=2)
    first_day = DayField("期間の初日", null=True, blank=True, help_text="受付や販売の期間があるとき。")
    last_day = DayField("期間の最終日", null=True, blank=True)
    url = models.URLField("くわしいページ", blank=True)
    contact = models.CharField("問い合わせ先", max_length=200, blank=True, help_text="部署名と電話番号など。")
    images = models.ManyToManyField(Image, blank=True, related_name="member_posts", verbose_name="写真")
    attachments = models.ManyToManyField(Attachment, blank=True, related_name="member_posts", verbose_name="資料")

    objects = MemberPostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会員自治体の投稿"
        ordering = [F("publish_at").desc(nulls_last=True), "-pk"]
        indexes = [models.Index(fields=["owner", "kind"], name="municipalities_memberpost_of")]
        constraints = [
            *Publishable.Meta.constraints,
            one_of("kind", PostKind, "種別は決められた中から選んでください。"),
            in_order("first_day", "last_day", "最終日は初日より前にできません。", may_be_equal=True),
            ward_code("addressed_to", "宛先は特別区です。"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("member_post_detail", args=[self.pk])
