"""How long what tells of people is kept: every line of it, and the function that ends it (docs/privacy.md)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connections, router
from django_tasks_db.models import DBTaskResult

from portal.contact.actions import forget_old, forget_old_feedback
from portal.core.mail.actions import forget_old as forget_old_mails
from portal.members.applications.actions import forget_ended, forget_unconfirmed
from portal.search.misses import forget_old_misses

# So long what became of a task can be looked up; what failed may quote a record in its traceback.
TASKS_KEPT = timedelta(days=30)


class Line(NamedTuple):
    """Something that is kept for a while. ``apply`` removes what is over at a moment, and tells how many."""

    name: str
    label: str
    kept: str
    apply: Callable[[datetime], int]


def _forget_sessions(at: datetime) -> int:
    removed, _ = Session.objects.filter(expire_date__lt=at).delete()
    return removed


def _forget_devices(at: datetime) -> int:
    alive = Session.objects.filter(expire_date__gte=at).values("session_key")
    removed, _ = UserSession.objects.exclude(session_key__in=alive).delete()
    return removed


def _forget_tasks(at: datetime) -> int:
    removed, _ = DBTaskResult.objects.finished().filter(finished_at__lt=at - TASKS_KEPT).delete()
    return removed


def _forget_counts(at: datetime) -> int:
    """A cache in the database removes what has expired only once it is full; any other forgets by itself."""
    if not settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
        return 0
    connection = connections[router.db_for_write(cache.cache_model_class)]  # type: ignore[attr-defined]
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        expired = connection.ops.adapt_datetimefield_value(at.replace(microsecond=0))
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [expired])  # noqa: S608
        return cursor.rowcount


LINES = (
    Line("sessions", "サインインの状態", "最後の利用から12時間", _forget_sessions),
    Line("devices", "サインイン中の端末", "サインインが終わるまで", _forget_devices),
    Line("counts", "回数の制限のための数", "長くても1日", _forget_counts),
    Line("unconfirmed", "確認されなかった会員登録の申込み", "24時間", forget_unconfirmed),
    Line("applications", "終わった会員登録の申込みの個人情報", "終わってから30日", forget_ended),
    Line("inquiries", "お問い合わせの内容", "対応済みから90日（遅くとも受付から1年）", forget_old),
    Line("feedback", "ページへの評価", "1年", forget_old_feedback),
    Line("misses", "見つからなかった検索の言葉", "1年", forget_old_misses),
    Line("mails", "送信メールの記録", "90日", forget_old_mails),
    Line("tasks", "終わった処理の記録", "30日", _forget_tasks),
)
