"""What keeps machines from forms that anybody may send, without a puzzle, a script or a cookie.

Three things: a field that no person sees, the time a person needs, and so many times in a while. Whatever is refused
is said, and what was typed stays.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import NON_FIELD_ERRORS, ImproperlyConfigured, PermissionDenied, ValidationError
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

# Nobody reads a form, fills it in and sends it in less time; nobody leaves it open for longer without noticing.
FASTEST, SLOWEST = timedelta(seconds=3), timedelta(days=1)
_NOTHING_LOST = "入力した内容は残っています。"
TOO_MANY = f"短い時間に送信が続いたため、受付を止めています。{_NOTHING_LOST}しばらく待って、もう一度送信してください。"
_TOO_FAST = f"画面を開いてから送信までの時間が短すぎます。{_NOTHING_LOST}数秒待ってから、もう一度送信してください。"
_TOO_OLD = f"画面を開いてから時間がたっています。{_NOTHING_LOST}もう一度送信してください。"
_FILLED = (
    "画面に表示しない欄に文字が入っていたため、送信しませんでした。ブラウザーの自動入力によることがあります。"
    "入力した内容は残り、表示しない欄は空にしました。もう一度送信してください。"
)
_signer = Signer(salt="portal.core.guard")


def stamp(at: datetime | None = None) -> str:
    """The moment at which a form is opened, in whole seconds, signed."""
    return _signer.sign(str(int((at or timezone.now()).timestamp())))


def _age(value: Any, at: datetime) -> timedelta | None:
    """How long ago a form was opened; None where the stamp is not ours."""
    try:
        opened = int(_signer.unsign(str(value)))
    except (BadSignature, ValueError):
        return None
    return timedelta(seconds=int(at.timestamp()) - opened)


class Trap(forms.TextInput):
    """A field for machines: it is not shown, not read out, and no key leads to it."""

    is_hidden = True
    template_name = "dads/widgets/trap.html"

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        """By the site's own templates, where the rest of the form pack lies."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class TrapField(forms.CharField):
    widget = Trap

    def bound_data(self, data: Any, initial: Any) -> str:
        """It is empty again, so that whoever has it filled by their browser may simply send once more."""
        return ""

    def validate(self, value: str) -> None:
        if value:
            raise ValidationError(_FILLED, code="filled")


class StampField(forms.CharField):
    """When the form was opened; ``at`` is now."""

    widget = forms.HiddenInput
    at: datetime | None = None

    @property
    def now(self) -> datetime:
        return self.at or timezone.now()

    def bound_data(self, data: Any, initial: Any) -> Any:
        """The form is as old as it is, unless it is to be opened anew."""
        age = _age(data, self.now)
        return stamp(self.now) if age is None or not timedelta() <= age < SLOWEST else data

    def validate(self, value: str) -> None:
        age = _age(value, self.now)
        if age is None or not timedelta() <= age < SLOWEST:
            raise ValidationError(_TOO_OLD, code="old")
        if age < FASTEST:
            raise ValidationError(_TOO_FAST, code="fast")


class GuardedForm(forms.Form):
    """A form that anybody may send. Its page is never to be kept by a cache: it says when it was opened.

    ``cleaned_data`` holds nothing of the guard.
    """

    homepage = TrapField(label="この欄は空のままにしてください", required=False)
    opened = StampField()

    def __init__(self, *args: Any, at: datetime | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["opened"].at = at  # type: ignore[attr-defined]
        self.fields["opened"].initial = stamp(at)

    def clean(self) -> dict[str, Any]:
        super().clean()
        return {name: value for name, value in self.cleaned_data.items() if name not in ("homepage", "opened")}

    def refuse_too_many(self) -> None:
        """Says that too many were sent: for a view that asked ``within_rate``."""
        self.add_error(None, ValidationError(TOO_MANY, code="too_many"))

    @property
    def is_too_many(self) -> bool:
        return self.has_error(NON_FIELD_ERRORS, "too_many")

    @property
    def submission(self) -> str:
        """What is the same for a form that is sent twice as it was opened and filled in; nobody can read it back."""
        sent = repr([(name, self[name].data) for name in self.fields])
        return salted_hmac("portal.core.guard.submission", sent, algorithm="sha256").hexdigest()


def within_rate(request: HttpRequest, *, what: str, limit: int, per: timedelta, whose: str = "") -> bool:
    """Whether this is one of at most ``limit`` of a kind within ``per``, counted for all workers together.

    Counted for the address it comes from, or for ``whose``: an e-mail address, say. Of both nothing is kept but a
    keyed hash, until ``per`` has passed. Without a cache there is no limit: the site goes on, and the log says so.
    """
    if not settings.RATE_LIMITS:
        return True
    secret = salted_hmac("portal.core.guard", whose or _address_of(request), algorithm="sha256").hexdigest()
    try:
        # There are so many places, each taken by one for a while. To take one is the single step that is atomic in
        # every cache: to count up is not in one that is kept in the database.
        return any(cache.add(f"rate:{what}:{secret}:{place}", 1, per.total_seconds()) for place in range(limit))
    except Exception as error:
        # Every cache has errors of its own.
        logger.warning("回数の制限が働いていません：%s（%s）", what, type(error).__name__)
        return True


def _address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the proxies in front say; those of whom it is not known count together."""
    try:
        return get_ip(request)
    except (PermissionDenied, ImproperlyConfigured):
        return ""
