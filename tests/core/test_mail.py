"""Mail: written down with what it is about, sent once, tried again for a day, and forgotten."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default as modern

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from portal.core.mail.actions import deliver, deliver_due, forget_old, post, try_again
from portal.core.mail.models import MailState
from portal.core.models import OutgoingMail
from tests.side_by_side import side_by_side

NOON = datetime(2026, 5, 1, 3, tzinfo=UTC)
TEXT = "申込みを受け付けました。\n\nhttps://portal.example/members/status/ で確かめられます。<b>"
pytestmark = pytest.mark.django_db


def written(town, number):
    return f"{town}の{number}件目です。" if number else None


def put(to="machi@town.example.lg.jp", **fields):
    return post(to=to, subject="受付のお知らせ", **({"text": TEXT} | fields))


def states():
    return list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))


def test_a_mail_says_the_same_as_text_and_as_html(mailoutbox):
    put()
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("【特別区全国連携プロジェクト】受付のお知らせ", ["machi@town.example.lg.jp"])
    assert mail.body == TEXT
    ((html, kind),) = mail.alternatives
    assert kind == "text/html"
    assert '<html lang="ja">' in html
    assert '<a href="https://portal.example/members/status/"' in html
    assert "&lt;b&gt;" in html


def test_what_was_sent_stays_written_down_without_its_text(mailoutbox):
    put()
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.text, mail.attempts, mail.recipient) == ("sent", "", 1, "machi@town.example.lg.jp")
    assert mail.sent_at is not None


def test_of_one_matter_there_is_one_mail(mailoutbox):
    assert put(key="report-1") is not None
    assert put(key="report-1") is None
    assert put(key="report-2") is not None
    assert len(mailoutbox) == 2


def test_a_text_can_be_written_in_the_moment_it_is_sent(mailoutbox, no_worker):
    put(text="", writer=written, about={"town": "川辺町", "number": 3})
    put(text="", writer=written, about={"town": "川辺町", "number": 0})
    assert [mail.text for mail in OutgoingMail.objects.all()] == ["", ""]
    assert deliver_due() == 2
    assert [mail.body for mail in mailoutbox] == ["川辺町の3件目です。"]
    assert states() == ["sent", "dropped"]


def test_what_is_undone_is_not_told(mailoutbox, no_worker):
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert deliver_due() == 0
    assert mailoutbox == []


def test_a_mail_server_that_is_down_is_tried_for_a_day_and_then_given_up(settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    tried = []
    with time_machine.travel(NOON, tick=False) as clock:
        put()
        while OutgoingMail.objects.get().state == MailState.WAITING:
            mail = OutgoingMail.objects.get()
            assert (mail.text, mail.error) == (TEXT, "ConnectionRefusedError")
            clock.move_to(mail.due_at - timedelta(seconds=1))
            assert deliver_due() == 0
            clock.move_to(mail.due_at)
            tried.append((mail.due_at - NOON).total_seconds() / 3600)
            assert deliver_due() == 1
        assert states() == ["failed"]
        assert OutgoingMail.objects.get().attempts == 8
        assert 20 < tried[-1] < 24
        clock.shift(timedelta(days=1))
        assert deliver_due() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert try_again(OutgoingMail.objects.get())
    assert [mail.body for mail in mailoutbox] == [TEXT]
    assert not try_again(OutgoingMail.objects.get())
    assert states() == ["sent"]


def test_what_a_worker_began_and_never_finished_is_sent_again_under_the_same_id(mailoutbox, no_worker):
    with time_machine.travel(NOON, tick=False) as clock:
        mail = put()
        OutgoingMail.objects.update(state="sending", tried_at=NOON, attempts=1)
        clock.shift(timedelta(minutes=9))
        assert deliver_due() == 0
        clock.shift(timedelta(minutes=1))
        assert deliver_due() == 1
    (sent,) = mailoutbox
    assert message_from_bytes(sent.message().as_bytes(), policy=modern)["Message-ID"] == f"<{mail.token}@localhost>"
    assert states() == ["sent"]


def test_what_kills_its_worker_again_and_again_is_given_up(mailoutbox, no_worker):
    with time_machine.travel(NOON, tick=False) as clock:
        put()
        for _ in range(8):
            assert deliver_due() == 1
            OutgoingMail.objects.update(state="sending", tried_at=timezone.now(), sent_at=None)
            clock.shift(timedelta(minutes=10))
        del mailoutbox[:]
        assert deliver_due() == 1
        assert (states(), mailoutbox) == (["failed"], [])


def test_what_is_over_is_forgotten_after_ninety_days(mailoutbox, no_worker):
    with time_machine.travel(NOON, tick=False) as clock:
        put(key="sent")
        deliver_due()
        put(key="waiting")
        clock.shift(timedelta(days=90))
        assert forget_old() == 0
        clock.shift(timedelta(seconds=1))
        assert forget_old() == 1
        assert [mail.key for mail in OutgoingMail.objects.all()] == ["waiting"]


@pytest.mark.django_db(transaction=True)
def test_ten_workers_send_one_mail(mailoutbox, no_worker):
    if connection.vendor == "sqlite":
        pytest.skip("needs transactions that run side by side")
    key = put().pk

    assert side_by_side([lambda: deliver.call(key)] * 10) == [None] * 10
    assert len(mailoutbox) == 1
    assert [(mail.state, mail.attempts) for mail in OutgoingMail.objects.all()] == [("sent", 1)]
