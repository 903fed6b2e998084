"""A municipality asks to become a member, or a person of one that is a member asks to join it."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from municipalities.choices import AddressKind, ApplicationState
from municipalities.models.place import Municipality
from portal.core.constraints import one_of
from portal.core.fields import person_field

# The link that confirms the address is good for so long.
CONFIRMATION_LIFETIME = timedelta(hours=24)
# What nobody decides in this time expires.
DECISION_LIFETIME = timedelta(days=90)
# So long after the end of an application what it says of a person is kept.
PERSONAL_DATA_KEPT = timedelta(days=30)

OPEN_STATES = (ApplicationState.AWAITING_CONSENT, ApplicationState.IN_REVIEW)
ENDED_STATES = (
    ApplicationState.APPROVED,
    ApplicationState.REFUSED,
    ApplicationState.CANCELLED,
    ApplicationState.EXPIRED,
)
PERSONAL_FIELDS = ("name", "phone", "email", "department")


class MembershipApplicationQuerySet(models.QuerySet):
    def for_detail(self) -> Self:
        return self.select_related("municipality__prefecture", "municipality__contact", "decided_by")

    def received(self) -> Self:
        """What somebody confirmed by mail: nobody looks at the rest."""
        return self.exclude(state=ApplicationState.UNCONFIRMED)

    def from_address(self, email: str) -> Self:
        return self.filter(email=email)

    def of(self, email: str, municipality: Any) -> Self:
        """What was asked from an address for a municipality."""
        return self.from_address(email).filter(municipality=municipality)

    def known_by(self, reference: str, email: str) -> Self:
        """The one that somebody knows who knows its number and where its mail goes."""
        return self.received().from_address(email).filter(reference=reference)

    def with_reference(self, reference: str) -> Any:
        """The application of a number, if there is one."""
        return self.filter(reference=reference).first()

    def to_join(self, municipality: Any, reference: str) -> Any:
        """The one of a reference by which somebody asks the people of a municipality to take them in."""
        asked = self.received().filter(municipality=municipality, is_joining=True, forgotten_at__isnull=True)
        return asked.with_reference(reference)

    def to_consent(self, municipality: Any) -> Self:
        """What waits for the consent of the people of a municipality."""
        return self.filter(state=ApplicationState.AWAITING_CONSENT, municipality=municipality).order_by("confirmed_at")

    def open(self) -> Self:
        """What waits for a decision."""
        return self.filter(state__in=OPEN_STATES)

    def confirmable(self, at: datetime | None = None) -> Self:
        """What waits for its address to be confirmed, while the link is good."""
        since = (at or timezone.now()) - CONFIRMATION_LIFETIME
        return self.filter(state=ApplicationState.UNCONFIRMED, requested_at__gt=since)

    def never_confirmed(self, at: datetime | None = None) -> Self:
        """What nobody confirmed while the link was good."""
        since = (at or timezone.now()) - CONFIRMATION_LIFETIME
        return self.filter(state=ApplicationState.UNCONFIRMED, requested_at__lte=since)

    def overdue(self, at: datetime | None = None) -> Self:
        """What waits for a decision for longer than an application lasts."""
        return self.open().filter(confirmed_at__lte=(at or timezone.now()) - DECISION_LIFETIME)

    def to_forget(self, at: datetime | None = None) -> Self:
        """What ended so long ago that what it says of a person is to be removed."""
        since = (at or timezone.now()) - PERSONAL_DATA_KEPT
        return self.filter(state__in=ENDED_STATES, ended_at__lte=since, forgotten_at__isnull=True)


class MembershipApplication(models.Model):
    """What somebody of a municipality wrote to become a member; after its end only what tells of no person is kept.

    ``is_joining``: the municipality has people here already; one of them consents, and nobody else need decide.
    """

    reference = models.CharField("受付番号", max_length=12, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="applications", verbose_name="自治体")
    department = models.CharField("所属", max_length=100, blank=True)
    name = models.CharField("氏名", max_length=100, blank=True)
    phone = models.CharField("電話番号", max_length=30, blank=True)
    email = models.EmailField("メールアドレス", blank=True)
    address_kind = models.CharField("メールアドレスの種類", max_length=16, choices=AddressKind.choices)
    is_joining = models.BooleanField("登録済みの自治体への追加", default=False)
    state = models.CharField(
        "状態", max_length=16, choices=ApplicationState.choices, default=ApplicationState.UNCONFIRMED
    )
    requested_at = models.DateTimeField("申込日時", default=timezone.now)
    confirmed_at = models.DateTimeField("メールを確認した日時", null=True, blank=True)
    ended_at = models.DateTimeField("手続きの終わった日時", null=True, blank=True)
    forgotten_at = models.DateTimeField("個人情報を消した日時", null=True, blank=True)
    has_checked_address = models.BooleanField(
        "メールアドレスを確かめた", default=False, help_text="自治体のドメインであるか、自治体に確かめました。"
    )
    has_called_office = models.BooleanField(
        "公表されている電話番号で確かめた", default=False, help_text="申込書の番号ではなく、自治体が公表する番号です。"
    )
    has_seen_document = models.BooleanField("公文書で確かめた", default=False)
    decided_by = person_field("決めた人")
    explanation = models.TextField(
        "申込者への説明", blank=True, max_length=1000, help_text="見送るときは必ず書いてください。メールで送ります。"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="利用者"
    )

    # Whatever is told of a person here is removed in time, so no history may hold it.
    kept_out = PERSONAL_FIELDS

    objects = MembershipApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会員登録の申込み"
        ordering = ["confirmed_at", "pk"]
        indexes = [models.Index(fields=["state", "confirmed_at"], name="municipalities_application_due")]
        constraints = [
            one_of("address_kind", AddressKind, "メールアドレスの種類は決められた中から選んでください。"),
            one_of("state", ApplicationState, "状態は決められた中から選んでください。"),
            models.CheckConstraint(
                name="municipalities_membershipapplication_confirmed_later",
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("requested_at")),
                violation_error_message="確認の日時は申込みより後です。",
            ),
            models.CheckConstraint(
                name="municipalities_membershipapplication_timed",
                condition=Q(state=ApplicationState.UNCONFIRMED, ended_at__isnull=True)
                | Q(state__in=OPEN_STATES, confirmed_at__isnull=False, ended_at__isnull=True)
                | Q(state__in=ENDED_STATES, ended_at__isnull=False),
                violation_error_message="状態に必要な日時がありません。",
            ),
            models.CheckConstraint(
                name="municipalities_membershipapplication_person_until_forgotten",
                condition=(Q(forgotten_at__isnull=True) & ~Q(email="") & ~Q(name="") & ~Q(department=""))
                | Q(forgotten_at__isnull=False, email="", name="", phone="", department="", state__in=ENDED_STATES),
                violation_error_message="申込者の氏名・所属・メールアドレスが必要です。",
            ),
            models.CheckConstraint(
                name="municipalities_membershipapplication_approved_for_a_reason",
                condition=~Q(state=ApplicationState.APPROVED)
                | (
                    Q(decided_by__isnull=False)
                    & (
                        Q(is_joining=True)
                        | Q(has_checked_address=True)
                        | Q(has_called_office=True)
                        | Q(has_seen_document=True)
                    )
                ),
                violation_error_message="承認するには、何で確かめたかを一つ以上選んでください。",
            ),
            models.CheckConstraint(
                name="municipalities_membershipapplication_refused_for_a_reason",
                condition=~Q(state=ApplicationState.REFUSED) | (Q(decided_by__isnull=False) & ~Q(explanation="")),
                violation_error_message="見送るときは、申込者への説明を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}（{self.reference}）"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def has_been_confirmed(self) -> bool:
        return self.state != ApplicationState.UNCONFIRMED

    def is_confirmable(self, at: datetime | None = None) -> bool:
        """Whether its link is good."""
        is_late = (at or timezone.now()) >= self.requested_at + CONFIRMATION_LIFETIME
        return not self.has_been_confirmed and not is_late

    @property
    def expires_at(self) -> datetime | None:
        """When its link, or what is confirmed and nobody decides, is good no longer."""
        if self.state == ApplicationState.UNCONFIRMED:
            return self.requested_at + CONFIRMATION_LIFETIME
        return self.confirmed_at + DECISION_LIFETIME if self.is_open and self.confirmed_at else None
