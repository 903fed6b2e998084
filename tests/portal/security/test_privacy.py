"""What tells of people is listed, is kept as long as the list and the public page say, and then it is gone."""

import logging
import re
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import connection, models
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal import retention
from portal.core.mail.models import OutgoingMail
from portal.models import Inquiry, PageFeedback, SearchMiss
from portal.retention import LINES
from portal.serving.changes import public_models
from tests.factories.contact import InquiryFactory, PageFeedbackFactory
from tests.factories.core import UserFactory
from tests.factories.municipalities import MembershipApplicationFactory
from tests.test_repository import read

SOMEBODY = "yamada@example.jp"
NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
PAPER = read("docs/privacy.md")
PERSONAL, OTHERS = PAPER.split("## 個人情報を入れない欄")
# What a field of a public table is called that could hold how to reach somebody.
LIKE_A_PERSON = re.compile("名前|氏名|電話|内線|メール|住所|所在地|担当|講師|登壇|撮影|連絡|問い?合わせ|IP")
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField)


def named(text):
    """The fields that the rows of a table name, as 「core.User.email」."""
    rows = re.findall(r"^\| `([\w.]+)` \| ((?:`\w+` ?)+)\|", text, re.MULTILINE)
    return [f"{model}.{field}" for model, fields in rows for field in re.findall(r"\w+", fields)]


def may_be_personal(field, *, is_public):
    if field.is_relation:
        return field.related_model._meta.label == "core.User"
    if isinstance(field, models.EmailField | models.GenericIPAddressField):
        return True
    return (
        isinstance(field, TEXTS) and not field.choices and (not is_public or LIKE_A_PERSON.search(field.verbose_name))
    )


def fields_of_people():
    public = set(public_models())
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for field in model._meta.local_concrete_fields:
                if may_be_personal(field, is_public=model in public):
                    yield f"{model._meta.label}.{field.name}"


def test_every_field_that_could_tell_of_somebody_is_named_once():
    assert sorted(chain(named(PERSONAL), named(OTHERS))) == sorted(fields_of_people())


def test_an_address_and_a_person_are_found_whatever_they_are_called():
    user = models.ForeignKey(UserFactory._meta.model, models.CASCADE)
    user.set_attributes_from_name("x")
    assert may_be_personal(user, is_public=True)
    assert may_be_personal(models.EmailField("返信先"), is_public=True)
    assert may_be_personal(models.CharField("担当者"), is_public=True)
    assert not may_be_personal(models.CharField("題名"), is_public=True)
    assert may_be_personal(models.CharField("題名"), is_public=False)


def test_every_line_is_in_the_paper_with_its_time():
    endings = re.findall(r"\| ([^|]+) \| ((?:`\w+` ?)+)\|$", PERSONAL, re.MULTILINE)
    told = {name: kept for kept, names in endings for name in re.findall(r"`(\w+)`", names)}
    told |= dict.fromkeys(re.findall(r"長くても1日。`(\w+)`", PERSONAL), PERSONAL)

    assert told.keys() == {line.name for line in LINES}
    assert [line.name for line in LINES if line.kept not in told[line.name]] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("sessions", "ブラウザを閉じるまで（使わなければ12時間、使い続けても24時間）"),
        ("devices", "サインインが終わると、毎日の整理で消します"),
        ("counts", "長くても1日の間だけ数えます"),
        ("unconfirmed", "24時間が過ぎた申込みは、使えなくなり、毎日の整理ですべて消します"),
        ("applications", "30日が過ぎると、毎日の整理で消します"),
        ("inquiries", "対応が済んでから90日後（遅くとも受付の1年後）に消します"),
        ("feedback", "ページのアドレス、答え、ご意見を1年後に消します"),
        ("misses", "ことば、日、回数だけを1年間残します"),
        ("mails", "送れたかどうかを、90日間残します"),
        ("tasks", "送る処理の記録は、30日間残します"),
    ],
)
def test_the_public_page_says_the_same(client, name, sentence):
    assert name in {line.name for line in LINES}
    assert sentence in client.get("/privacy/").content.decode()


def task(finished_at):
    return DBTaskResult.objects.create(
        status=TaskResultStatus.FAILED,
        finished_at=finished_at,
        args_kwargs={},
        task_path="portal.operations.heartbeat.answer",
        run_after=NOW,
        backend_name="default",
        traceback=SOMEBODY,
    )


@pytest.fixture
def old_and_young(time_machine):
    """Of everything with a line: one whose time is over by a second, and one whose time is not."""
    time_machine.move_to(NOW, tick=False)
    second, day, person = timedelta(seconds=1), timedelta(days=1), UserFactory()
    for age, key in ((second, "old"), (-second, "young")):
        Session.objects.create(session_key=key, session_data="", expire_date=NOW - age)
        UserSession.objects.create(user=person, session_key=key, ip="192.0.2.1", user_agent="x")
        task(NOW - 30 * day - age)
        OutgoingMail.objects.create(recipient=f"{key}@example.jp", state="failed", created_at=NOW - 90 * day - age)
        MembershipApplicationFactory(state="unconfirmed", confirmed_at=None, requested_at=NOW - day - age)
        MembershipApplicationFactory(state="cancelled", ended_at=NOW - 30 * day - age)
        InquiryFactory(state="closed", closed_at=NOW - 90 * day - age, created_at=NOW - 90 * day - age)
        PageFeedbackFactory(created_at=NOW - 365 * day - age)
    for days in (367, 365):
        SearchMiss.objects.create(words="温泉まつり", day=(NOW - days * day).date(), found=0)


def told(capsys):
    said = capsys.readouterr().out.splitlines()
    return {line.name: said[number].partition("：")[2] for number, line in enumerate(LINES)}


def left():
    return [
        Session.objects.count(),
        UserSession.objects.count(),
        DBTaskResult.objects.count(),
        OutgoingMail.objects.count(),
        apps.get_model("municipalities.MembershipApplication").objects.exclude(email="").count(),
        Inquiry.objects.exclude(email="").count(),
        PageFeedback.objects.count(),
        SearchMiss.objects.count(),
    ]


@pytest.mark.django_db
def test_what_is_over_is_gone_and_what_is_not_stays(old_and_young, capsys):
    before = left()
    call_command("apply_retention")

    assert left() == [number - 1 for number in before[:4]] + [before[4] - 2] + [number - 1 for number in before[5:]]
    expected = dict.fromkeys([line.name for line in LINES], "1件を消しました。") | {"counts": "0件を消しました。"}
    assert told(capsys) == expected
    assert list(Session.objects.values_list("session_key", flat=True)) == ["young"]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["young"]

    call_command("apply_retention")
    assert set(told(capsys).values()) == {"0件を消しました。"}


@pytest.mark.django_db
def test_a_trial_tells_the_same_and_removes_nothing(old_and_young, capsys, mailoutbox):
    before = left()
    call_command("apply_retention", dry_run=True)

    assert left() == before
    assert told(capsys)["inquiries"] == "1件を消します（まだ消していません）。"
    assert mailoutbox == []


@pytest.mark.django_db
def test_a_line_that_fails_does_not_keep_the_others(old_and_young, monkeypatch, caplog):
    def fail(at):
        raise ValueError(SOMEBODY)

    broken = [line._replace(apply=fail) if line.name == "mails" else line for line in LINES]
    monkeypatch.setattr("portal.management.commands.apply_retention.LINES", broken)
    before = left()

    with pytest.raises(CommandError, match="終わらなかったものがあります：送信メールの記録"):
        call_command("apply_retention")
    assert [number - after for number, after in zip(before, left(), strict=True)] == [1, 1, 1, 0, 2, 1, 1, 1]
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "ValueError" in record.getMessage()
    assert SOMEBODY not in caplog.text


@pytest.mark.django_db
def test_counts_that_have_ended_leave_a_cache_in_the_database(settings, time_machine):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "counts_of_a_test"}
    }
    call_command("createcachetable", verbosity=0)
    time_machine.move_to(NOW, tick=False)
    caches["default"].set("192.0.2.1", 1, timeout=60)
    caches["default"].set("192.0.2.2", 1, timeout=600)
    (line,) = [line for line in retention.LINES if line.name == "counts"]

    assert line.apply(NOW + timedelta(minutes=2)) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM counts_of_a_test")
        assert cursor.fetchall() == [(":1:192.0.2.2",)]
