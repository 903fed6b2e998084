"""What a member types of an event: the event itself, that it does not take place as announced, how it was."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import TextChoices
from django.utils import timezone

from events.choices import DatePrecision, EventKind, EventRoleKind, Status
from events.importing.sharing import CannotPlan
from events.models import Event, EventRole
from municipalities.models import Ward
from portal.core.entries import TimeEntry, WholeNumberEntry
from portal.core.fields import JapaneseDateField
from portal.core.wareki import fiscal_year_of
from portal.core.widgets import JapaneseDateWidget, PlainSelect
from portal.members.events.sharing import keep, office_named, venue_named
from portal.members.posting.forms import MemberForm, ProseEntry, WebAddressEntry, wished_moment
from portal.members.posting.writing import choose_from_library

# When an event takes place: once it is public, this is changed by an announcement, at once.
SCHEDULE = ("first_day", "last_day", "start_time", "end_time")
# The largest number that both databases hold.
_LARGEST = 2_147_483_647
# The fields at which the rules of the database show their messages.
_FIELD_OF_RULE = {
    "events_event_last_day_after_first_day": "last_day",
    "events_event_days_as_precise": "first_day",
    "events_event_fiscal_year_range": "first_day",
    "events_event_times_in_order": "end_time",
    "events_event_deadline_time_has_day": "application_deadline",
    "events_event_addressed_by_a_member": "addressed_to",
    "events_event_publish_before_unpublish": "publish_at",
}
# What the form works out, so that the rules about it are held as well.
_DERIVED = {"fiscal_year", "date_precision", "kind", "owner", "publish_at", "unpublish_at", "status"}


def day_field(label: str, *, required: bool = False, help_text: str = "") -> JapaneseDateField:
    return JapaneseDateField(label=label, required=required, widget=JapaneseDateWidget, help_text=help_text)


def time_field(label: str, help_text: str = "") -> TimeEntry:
    example = forms.TextInput({"placeholder": "例：13:30", "autocomplete": "off"})
    return TimeEntry(label=label, required=False, help_text=help_text, widget=example)


class RecordForm(MemberForm):
    """A form of an event whose rules show their messages where something can be done about them."""

    def _get_validation_exclusions(self) -> set[str]:
        exclusions = super()._get_validation_exclusions()
        return exclusions if set(SCHEDULE) & self.errors.keys() else exclusions - _DERIVED

    def _update_errors(self, errors: ValidationError) -> None:
        """Leads the messages of rules to the fields they are about."""
        if hasattr(errors, "error_dict") and NON_FIELD_ERRORS in errors.error_dict:
            fields = {
                rule.get_violation_error_message(): _FIELD_OF_RULE[rule.name]
                for rule in Event._meta.constraints
                if rule.name in _FIELD_OF_RULE
            }
            for error in errors.error_dict.pop(NON_FIELD_ERRORS):
                field = fields.get(error.messages[0])
                errors.error_dict.setdefault(field if field in self.fields else NON_FIELD_ERRORS, []).append(error)
        super()._update_errors(errors)  # type: ignore[misc]


class EventForm(RecordForm):
    """Everything that is said of an event before it takes place."""

    needed = {"summary": "確認に出すには、概要を書いてください。"}

    first_day = day_field("初日", help_text="まだ決まっていなければ空欄のままにします。")
    last_day = day_field("最終日", help_text="1日だけなら空欄でかまいません。")
    start_time = time_field("開始時刻")
    end_time = time_field("終了時刻")
    venue_name = forms.CharField(
        label="会場", required=False, max_length=100, help_text="入力すると、登録されている会場から選べます。"
    )
    venue_address = forms.CharField(
        label="会場の住所", required=False, max_length=200, help_text="新しい会場のときだけ、都道府県から書きます。"
    )
    capacity = WholeNumberEntry(
        label="定員（人）", required=False, max_value=_LARGEST, help_text="定員がなければ空欄。"
    )
    is_free = forms.TypedChoiceField(
        label="参加費",
        required=False,
        choices=[("", "決まっていない・分からない"), ("True", "無料"), ("False", "有料")],
        coerce=lambda chosen: chosen == "True",
        empty_value=None,
        widget=PlainSelect,
    )
    application_deadline = day_field("申込期限")
    application_deadline_time = time_field("申込期限の時刻")
    department = forms.CharField(label="部署", required=False, max_length=100, help_text="例：商工観光課")
    phone = forms.CharField(label="電話番号", required=False, max_length=20, widget=forms.TextInput({"type": "tel"}))
    email = forms.EmailField(label="メールアドレス", required=False)
    addressed_to = forms.ModelChoiceField(
        label="宛先の区",
        queryset=Ward.objects.all(),
        required=False,
        empty_label="23区すべて",
        help_text="特定の区に向けた催しのときに選びます。その区の職員が内容を確認します。",
    )
    publish_at = wished_moment()

    class Meta:
        model = Event
        fields = (
            *("title", "summary", *SCHEDULE, "date_note", "is_also_online", "online_url", "meeting_place"),
            *("programme", "audience", "capacity", "is_free", "fee", "application"),
            *("application_deadline", "application_deadline_time", "url", "addressed_to", "publish_at"),
            *("images", "attachments"),
        )
        field_classes = {"url": WebAddressEntry, "online_url": WebAddressEntry}
        widgets = {
            "summary": forms.Textarea({"rows": 4}),
            "programme": forms.Textarea({"rows": 6}),
            "application": forms.Textarea({"rows": 4}),
        }
        labels = {"title": "催しの名称", "date_note": "日程の補足", "fee": "料金", "application": "申込方法"}
        help_texts = {
            "summary": "どんな催しか、2、3文で。一覧にも表示します。",
            "date_note": "「雨天中止」「9月上旬の予定」など。",
            "fee": "例：大人500円、中学生以下は無料",
            "url": "町の公式サイトなどの、くわしいページ。",
        }

    groups = (
        ("何を", "title", "summary"),
        ("いつ", *SCHEDULE, "date_note"),
        ("どこで", "venue_name", "venue_address", "meeting_place", "is_also_online", "online_url"),
        ("内容", "programme", "audience", "capacity", "is_free", "fee"),
        ("申込み", "application", "application_deadline", "application_deadline_time"),
        ("問い合わせ先", "department", "phone", "email", "url"),
        ("宛先と公開", "addressed_to", "publish_at"),
    )

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        if self.instance.was_public(self.at):
            for name in (*SCHEDULE, "publish_at"):
                del self.fields[name]
        self.fields["venue_name"].widget.attrs |= {"list": "venues", "autocomplete": "off"}
        self.initial.update(_typed(self.instance))
        choose_from_library(self, self.municipality, pictures="images", papers="attachments")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._clean_days(cleaned)
        self._find_shared(cleaned)
        self._refuse_twice(cleaned)
        return cleaned

    def _clean_days(self, cleaned: dict[str, Any]) -> None:
        if "first_day" not in self.fields:
            return
        event, first, last = self.instance, cleaned.get("first_day"), cleaned.get("last_day")
        if first is None and last is not None and "first_day" not in self.errors:
            self.add_error("first_day", "最終日だけでなく、初日も入れてください。")
        cleaned["last_day"] = last = last or first
        is_as_before = (first, last) == (event.first_day, event.last_day)
        if is_as_before and event.fiscal_year:
            return
        event.date_precision = DatePrecision.DAY if first else DatePrecision.UNKNOWN
        event.fiscal_year = fiscal_year_of(first or timezone.localdate(self.at))

    def clean_publish_at(self) -> datetime | None:
        return self._yet_to_come("publish_at")

    def _find_shared(self, cleaned: dict[str, Any]) -> None:
        """The venue and the office that are named; new ones are saved by ``keep_shared``."""
        event = self.instance
        said = {name: cleaned.get(name, "") for name in ("department", "phone", "email")}
        try:
            name, address = (cleaned.get(key, "").strip() for key in ("venue_name", "venue_address"))
            if address and not name:
                self.add_error("venue_name", "会場の名称も入れてください。")
            event.venue = venue_named(name, address, event.owner, event.venue)
        except CannotPlan as error:
            self.add_error("venue_address" if error.field == "address" else "venue_name", str(error))
        try:
            event.contact = office_named(said, event.owner, event.contact)
        except CannotPlan as error:
            self.add_error(error.field if error.field in self.fields else "department", str(error))

    def _refuse_twice(self, cleaned: dict[str, Any]) -> None:
        """A form that was sent twice makes one event."""
        if self.instance.pk is None and Event.objects.owned_by(self.instance.owner).with_values(
            {name: cleaned.get(name) for name in ("title", "first_day", "start_time")}
        ):
            self.add_error("title", "同じ名称、同じ日時の催しが、すでに登録されています。")

    def keep_shared(self) -> None:
        """Saves the venue and the office: what is only proposed of a public event needs them to be there."""
        for row in (self.instance.venue, self.instance.contact):
            keep(row)

    def save(self, commit: bool = True) -> Event:
        """A new event is held by its owner, and is about its prefecture."""
        is_new = self.instance.pk is None
        event = cast(Event, super().save(commit))
        if is_new:
            EventRole.objects.create(event=event, role=EventRoleKind.ORGANIZER, municipality=event.owner)
            event.prefectures.add(event.owner.prefecture)  # type: ignore[union-attr]
        return event


def _typed(event: Event) -> Mapping[str, Any]:
    """What the form asks for in other words than the record."""
    contact = event.contact
    return {
        "venue_name": event.venue.name if event.venue else "",
        "department": contact.department or contact.organization if contact else "",
        "phone": contact.phone if contact else "",
        "email": contact.email if contact else "",
    }


def new_event(owner: Any) -> Event:
    return Event(kind=EventKind.MEMBER, owner=owner, status=Status.PLANNED)


class ReportForm(RecordForm):
    """How an event was, told once it is over."""

    results = ProseEntry(
        label="どんな催しだったか",
        required=False,
        help_text="当日の様子や反響を。氏名などの個人情報は書かないでください。",
        widget=forms.Textarea({"rows": 8}),
    )
    visitors = WholeNumberEntry(label="来場者数（人）", required=False, max_value=_LARGEST)
    participant_count = WholeNumberEntry(
        label="参加した自治体の数", required=False, max_value=_LARGEST, help_text="ほかの自治体も参加したとき。"
    )

    class Meta:
        model = Event
        fields = ("results", "visitors", "participant_count", "report_images", "report_attachments")

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        choose_from_library(self, self.municipality, pictures="report_images", papers="report_attachments")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        told = (cleaned.get(name) for name in ("results", "visitors", "participant_count"))
        if not self.errors and all(value in (None, "") for value in told):
            self.add_error("results", "様子、来場者数、参加した自治体の数のどれかを入れてください。")
        return cleaned


class News(TextChoices):
    """What is told at once of an event that is public."""

    CANCELLED = Status.CANCELLED.value, "中止します"
    POSTPONED = Status.POSTPONED.value, "延期します（新しい日は決まっていません）"
    CHANGED = Status.CHANGED.value, "日時を変えて開催します"
    PLANNED = Status.PLANNED.value, "予定どおり開催します（前のお知らせを取り消します）"


class AnnouncementForm(forms.Form):
    """That a public event does not take place as announced."""

    status = forms.ChoiceField(label="お知らせの内容", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="公開のページに表示します。例：大雨警報のため",
    )
    first_day = day_field("新しい初日", help_text="「日時を変えて開催します」のときだけ、次の四つを入れます。")
    last_day = day_field("新しい最終日", help_text="1日だけなら空欄でかまいません。")
    start_time = time_field("新しい開始時刻")
    end_time = time_field("新しい終了時刻")

    def __init__(self, *args: Any, event: Event, at: datetime | None = None, **kwargs: Any):
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.event, self.at = event, at or timezone.now()
        offered = [choice for choice in News.choices if choice[0] != event.status or choice[0] == News.CHANGED]
        cast(forms.ChoiceField, self.fields["status"]).choices = offered
        self.initial.update({name: getattr(event, name) for name in SCHEDULE})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("status") == News.CHANGED:
            self._clean_days(cleaned)
        return cleaned

    def _clean_days(self, cleaned: dict[str, Any]) -> None:
        first = cleaned.get("first_day")
        last = cleaned["last_day"] = cleaned.get("last_day") or first
        if set(SCHEDULE) & self.errors.keys():
            return
        if first is None or last is None:
            self.add_error("first_day", "新しい初日を入れてください。")
        elif last < first:
            self.add_error("last_day", "最終日は初日より前にできません。")
        elif last < timezone.localdate(self.at):
            self.add_error("first_day", "新しい日は、今日より後にしてください。")
        elif all(cleaned[name] == getattr(self.event, name) for name in SCHEDULE):
            self.add_error("first_day", "いまの日時と同じです。新しい日時を入れてください。")

    @property
    def schedule(self) -> dict[str, Any]:
        """The new days and times; empty where they stay."""
        is_moved = self.cleaned_data["status"] == News.CHANGED
        return {name: self.cleaned_data[name] for name in SCHEDULE} if is_moved else {}
