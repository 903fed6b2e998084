"""Notices of errors to whoever runs the site: by mail or webhook, of one place once an hour, naming nobody."""

import logging
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock, Thread
from typing import Any, NamedTuple

import urllib3
from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.core.signals import got_request_exception
from django.db import connections
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished

from portal.core.logs import kind_and_places, request_id

logger = logging.getLogger(__name__)

PAUSE = timedelta(hours=1)
# Seconds until a webhook has answered; it is another thread that waits.
PATIENCE = 5


class Notice(NamedTuple):
    """What is told of an error: in which work, of which kind, at which places in the code, for which request."""

    where: str
    error: str
    request: str

    @property
    def key(self) -> str:
        """The same for an error of a kind at a place, whatever led there: without its database, every page fails."""
        kind, *lines = self.error.splitlines()
        places = [line for line in lines if line.startswith("  File ")]
        return sha256("\n".join([kind, *places[-1:]]).encode()).hexdigest()

    def text(self, at: datetime, unspoken: int) -> str:
        since = f"\n前の知らせの後に、同じ場所でほかに{unspoken:,}回ありました。" if unspoken else ""
        return (
            f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S} エラーがありました。{since}\n"
            f"処理：{self.where}\n要求の番号：{self.request or '－'}\n\n{self.error}\n"
            "同じ場所のエラーは、1時間は知らせません。対応は docs/operations.md を見てください。"
        )


class Gate:
    """Lets a key pass once in a while, and counts what it held back."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._told: dict[str, datetime] = {}
        self._held: dict[str, int] = {}

    def admit(self, key: str, at: datetime) -> int | None:
        """How many were held back since the last that passed; None where this one is held back too."""
        with self._lock:
            if key in self._told and at - self._told[key] < PAUSE:
                self._held[key] = self._held.get(key, 0) + 1
                return None
            self._told[key] = at
            return self._held.pop(key, 0)

    def forget(self) -> None:
        with self._lock:
            self._told.clear()
            self._held.clear()


gate = Gate()


def tell(where: str, error: str) -> Thread | None:
    """Has an error told to whoever is to hear of it, by a thread of its own; None where nobody is, or was just told.

    ``error`` says kind and places, and nothing that may quote a record. Never raises, never waits.
    """
    ways: list[Callable[[str, str], object]] = []
    if settings.ERROR_MAIL:
        ways.append(_by_mail)
    if settings.ERROR_WEBHOOK:
        ways.append(_by_webhook)
    notice, now = Notice(where, error, request_id.get()), timezone.now()
    unspoken = gate.admit(notice.key, now) if ways else None
    if unspoken is None:
        return None
    thread = Thread(target=_send, args=(ways, notice, notice.text(now, unspoken)), daemon=True)
    thread.start()
    return thread


def _send(ways: list[Callable[[str, str], object]], notice: Notice, text: str) -> None:
    if _was_told_by_another_process(notice):
        return
    for way in ways:
        try:
            way(f"エラー：{notice.where}", text)
        except Exception as error:
            logger.warning("エラーを知らせられませんでした：%s", kind_and_places(error))
    connections.close_all()


def _was_told_by_another_process(notice: Notice) -> bool:
    try:
        # A little shorter than the pause of this process, which otherwise might be held back by itself.
        return not cache.add(f"notice:{notice.key}", 1, timeout=PAUSE.total_seconds() - 60)
    except Exception:
        # Where the cache is in the database, and that is what failed: better twice than not at all.
        return False


def _by_mail(subject: str, text: str) -> None:
    send_mail(f"{settings.EMAIL_SUBJECT_PREFIX}{subject}", text, settings.SERVER_EMAIL, settings.ERROR_MAIL)


def _by_webhook(subject: str, text: str) -> None:
    answer = urllib3.request(
        "POST",
        settings.ERROR_WEBHOOK,
        json={"text": f"{settings.EMAIL_SUBJECT_PREFIX}{subject}\n{text}"},
        timeout=PATIENCE,
        retries=False,
        redirect=False,
    )
    if answer.status >= 300:
        logger.warning("エラーの知らせ先（ERROR_WEBHOOK）が %d を返しました。", answer.status)


@receiver(got_request_exception)
def _of_request(request: HttpRequest | None = None, **kwargs: Any) -> None:
    error, match = sys.exception(), getattr(request, "resolver_match", None)
    if error:
        tell(match.view_name if match else "－", kind_and_places(error))


@receiver(task_finished)
def _of_task(task_result: Any, **kwargs: Any) -> None:
    if task_result.status == TaskResultStatus.FAILED:
        kinds = [error.exception_class_path for error in task_result.errors]
        tell(task_result.task.module_path, "\n".join(kinds))
