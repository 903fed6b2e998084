"""Where somebody is signed in: which browsers, since when, and how to sign them out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.signals import password_changed, password_reset, user_logged_in
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_out
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from portal.core.models import User

# How exactly 「最後の利用」 is known; writing it down at every page would cost more than it tells.
SEEN_EVERY = timedelta(minutes=5)
# However busy it is, a session ends a day after its sign-in. A form that was opened in time is still taken.
LONGEST = timedelta(hours=24)
GRACE = timedelta(hours=1)
OVER = "サインインから24時間がたったため、サインアウトしました。"
_SEEN, _SIGNED_IN = "seen_at", "signed_in_at"
_NO_ADDRESS = "0.0.0.0"  # noqa: S104
# The mark of each browser and system in what browsers say of themselves. The first that is found counts: most browsers
# name others too. Every name holds its own mark, so that what was once put into words stays as it is.
_BROWSERS = {
    "Edg": "Microsoft Edge",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "ChromeOS": "ChromeOS",
    "Windows": "Windows",
    "Mac": "Mac",
    "Linux": "Linux",
}


def asked_by_itself(view: Callable) -> Callable:
    """Marks a view that an open page asks again and again: that a page lies open is no use of a session."""
    view.asked_by_itself = True  # type: ignore[attr-defined]
    return view


def browser_name(user_agent: str) -> str:
    """What somebody would call their browser: 「Chrome（Windows）」."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "ブラウザー")
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "種類は不明")
    return f"{browser}（{system}）"


def open_sessions(user: User, at: datetime | None = None) -> list[UserSession]:
    """The sessions in which somebody is signed in, the last used first. What has ended by itself is forgotten."""
    alive = Session.objects.filter(expire_date__gt=at or timezone.now()).values("session_key")
    UserSession.objects.filter(user=user).exclude(session_key__in=alive).delete()
    return list(UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk"))


def end_sessions(user: User, *, only: int | None = None, but: str | None = None) -> int:
    """Signs somebody out of one session, of all but the one with that key, or of all; how many there were."""
    ending = UserSession.objects.filter(user=user).exclude(session_key=but)
    if only is not None:
        ending = ending.filter(pk=only)
    with transaction.atomic():
        keys = list(ending.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        ending.delete()
    return len(keys)


def record_seen(request: HttpRequest, at: datetime | None = None) -> None:
    """Writes down that the session of a request is in use, at most once every ``SEEN_EVERY``."""
    now = at or timezone.now()
    if now.timestamp() - request.session.get(_SEEN, 0) < SEEN_EVERY.total_seconds():
        return
    request.session[_SEEN] = now.timestamp()
    key = request.session.session_key
    if not UserSession.objects.filter(user=request.user, session_key=key).update(last_seen_at=now):
        UserSession.objects.create_from_request(request)


def is_over(request: HttpRequest, at: datetime | None = None) -> bool:
    """Whether the session of a request has lasted as long as any may."""
    now = at or timezone.now()
    signed_in = request.session.setdefault(_SIGNED_IN, now.timestamp())
    allowed = LONGEST if request.method in ("GET", "HEAD") else LONGEST + GRACE
    return now.timestamp() - signed_in >= allowed.total_seconds()


@receiver(pre_save, sender=UserSession)
def _keep_little(instance: UserSession, **kwargs: Any) -> None:
    """No address, and of the browser only what its owner needs to know it again."""
    instance.ip = _NO_ADDRESS
    instance.user_agent = browser_name(instance.user_agent)


@receiver(user_logged_in)
def _just_seen(request: HttpRequest, **kwargs: Any) -> None:
    request.session[_SEEN] = request.session[_SIGNED_IN] = timezone.now().timestamp()


@receiver(user_logged_out)
def _forget(request: HttpRequest, **kwargs: Any) -> None:
    UserSession.objects.filter(session_key=request.session.session_key).delete()


@receiver(password_changed)
@receiver(password_reset)
def _end_others(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever signed in with the old password is out; this session allauth ends itself."""
    end_sessions(user, but=request.session.session_key)
