"""The forms in which members write their profile and their posts."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from municipalities.choices import PostKind
from municipalities.models import MemberPost, Municipality, MunicipalityProfile, Ward
from portal.core.fields import JapaneseDateField, MomentEntry
from portal.core.rich_text import from_plain, plain_text
from portal.core.widgets import JapaneseDateWidget
from portal.members.posting.writing import SUBMIT, choose_from_library


class ProseEntry(forms.CharField):
    """A text that is kept as HTML and typed plainly: what is no more than paragraphs is shown as plain text."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        plain = plain_text(value)
        return plain if from_plain(plain) == value else value


class WebAddressEntry(forms.URLField):
    """An address that a browser opens for everybody."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {"invalid": "http:// か https:// で始まるアドレスを入れてください。"}

    def __init__(self, **options: Any):
        super().__init__(assume_scheme="https", **options)


class MomentWidget(forms.SplitDateTimeWidget):
    """A day and a time, each typed."""

    def __init__(self, label: str):
        super().__init__(
            date_attrs={"aria-label": f"{label}（日付）", "placeholder": "令和9年4月1日"},
            time_attrs={"aria-label": f"{label}（時刻）", "placeholder": "10:00"},
        )


def moment_entry(label: str, help_text: str) -> MomentEntry:
    """A day and a time of day, which may be left empty."""
    return MomentEntry(label=label, required=False, help_text=help_text, widget=MomentWidget(label))


def wished_moment() -> MomentEntry:
    """When what is written is to become public."""
    return moment_entry("公開を希望する日時", "空欄なら、承認された後すぐに公開します。")


class MemberForm(forms.ModelForm):
    """Asks for more where the record goes to review than for a draft, and holds it against every rule."""

    # What a record cannot be without in public, with what is said of it.
    needed: dict[str, str] = {}

    def __init__(self, *args: Any, municipality: Municipality, at: datetime | None = None, **options: Any):
        super().__init__(*args, **{"label_suffix": "", **options})
        self.municipality, self.at = municipality, at or timezone.now()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if SUBMIT in self.data:
            for name, message in self.needed.items():
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, message)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """The moment of publication counts where it is not asked for, too."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions if "publish_at" in self.errors else exclusions - {"publish_at"}

    def _yet_to_come(self, name: str) -> datetime | None:
        moment: datetime | None = self.cleaned_data[name]
        if moment is not None and moment <= self.at and name in self.changed_data:
            raise ValidationError("これから先の日時を入れてください。")
        return moment


class MunicipalityProfileForm(MemberForm):
    needed = {"introduction": "確認に出すには、紹介文を書いてください。"}

    introduction = ProseEntry(
        label="紹介文",
        required=False,
        help_text="空の行で段落を分けます。書いたアドレスはリンクになります。",
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    class Meta:
        model = MunicipalityProfile
        fields = (
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
        field_classes = dict.fromkeys(("official_site", "furusato_url", "antenna_shop_url"), WebAddressEntry)
        help_texts = {
            "strengths": "教えられること、案内できること、誇れるものなど。",
            "wishes": "23区の住民や区と、してみたいこと。",
        }

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        choose_from_library(self, self.municipality, pictures="images")


class MemberPostForm(MemberForm):
    needed = {"body": "確認に出すには、本文を書いてください。"}

    kind = forms.ChoiceField(label="種別", choices=PostKind.choices, widget=forms.RadioSelect)
    body = ProseEntry(
        label="本文",
        required=False,
        help_text="空の行で段落を分けます。書いたアドレスはリンクになります。",
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    first_day = JapaneseDateField(
        label="期間の初日",
        required=False,
        help_text="受付や販売の期間があるとき。",
        widget=JapaneseDateWidget,
    )
    last_day = JapaneseDateField(label="期間の最終日", required=False, widget=JapaneseDateWidget)
    addressed_to = forms.ModelChoiceField(
        label="宛先の区",
        queryset=Ward.objects.order_by("code"),
        required=False,
        empty_label="23区すべて",
        help_text="特定の区に向けた内容のときに選びます。その区の承認者が確認します。",
    )
    publish_at = wished_moment()
    unpublish_at = moment_entry("公開を終える日時", "決まっているときだけ入れます。")

    class Meta:
        model = MemberPost
        fields = (
            "kind",
            "title",
            "summary",
            "body",
            "first_day",
            "last_day",
            "url",
            "contact",
            "addressed_to",
            "images",
            "attachments",
            "publish_at",
            "unpublish_at",
        )
        field_classes = {"url": WebAddressEntry}

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        if self.instance.was_public(self.at):
            del self.fields["publish_at"]
        choose_from_library(self, self.municipality, pictures="images", papers="attachments")

    def clean_publish_at(self) -> datetime | None:
        return self._yet_to_come("publish_at")

    def clean_unpublish_at(self) -> datetime | None:
        return self._yet_to_come("unpublish_at")
