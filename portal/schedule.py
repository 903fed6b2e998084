"""What is done at set times without anybody asking for it: the table of it, and what works through the table."""

import logging
import signal
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import connections

from portal.core.logs import kind_and_places
from portal.operations.notices import tell

logger = logging.getLogger(__name__)


class Job(NamedTuple):
    """A management command and when it is started: minute, hour, day, month and weekday (mon-sun), as in a crontab."""

    name: str
    label: str
    command: str | BaseCommand
    when: str

    @property
    def trigger(self) -> CronTrigger:
        """In Japan's time."""
        return CronTrigger.from_crontab(self.when, timezone=settings.TIME_ZONE)

    def next_time(self, at: datetime) -> datetime:
        """When it is next started, at a moment or after it."""
        return self.trigger.get_next_fire_time(None, at)


JOBS = (
    Job("beat", "動作している印", "beat", "* * * * *"),
    Job("hand_over_due", "担当の引き継ぎ", "hand_over_due", "5 0 * * *"),
    Job("tidy_applications", "会員登録の申込みの期限", "tidy_applications", "20 0 * * *"),
    Job("publish_due", "承認済みの変更の公開", "publish_due", "* * * * *"),
    Job("export_mirror", "公開サイトの控えの書き出し", "export_mirror", "* * * * *"),
    Job("tidy_changes", "公開内容の変更の印の整理", "tidy_changes", "50 3 * * *"),
    Job("send_mail_due", "送信待ちのメール", "send_mail_due", "* * * * *"),
    Job("check_data", "データの点検", "check_data", "30 2 * * *"),
    Job("check_links", "リンクの点検", "check_links", "0 3 * * *"),
    Job("rebuild_search", "検索の索引の作り直し", "rebuild_search", "30 4 * * *"),
    Job("ask_confirmations", "会員の年度の登録確認", "ask_confirmations", "0 10 * * *"),
    Job("apply_retention", "保存期間を過ぎた個人情報の削除", "apply_retention", "45 3 * * *"),
    Job("remind_approvers", "承認者への知らせ", "remind_approvers", "0 9 * * *"),
    Job("remind_reports", "開催報告のお願い", "remind_reports", "10 9 * * *"),
    # Without a folder there is nowhere to write one.
    *([Job("backup", "バックアップ", "backup", "30 1 * * *")] if settings.BACKUP_DIR else []),
)
# Seconds by which a job may begin late, where the machine was asleep or busy: then it is done once, and not once for
# each time that was missed.
LATE = 3600
# Seconds that a job has to end once the process is to end: fewer than a container is given.
FINISH = 8


def run(job: Job) -> bool:
    """Runs a job; whether it came to its end. None may stop the others, and none keeps a connection until the next."""
    logger.debug("始めます：%s（%s）", job.label, job.name)
    try:
        call_command(job.command)
    except (Exception, SystemExit) as error:
        logger.error("終わりませんでした：%s（%s）%s", job.label, job.name, kind_and_places(error))
        tell(f"{job.label}（{job.name}）", kind_and_places(error))
        return False
    finally:
        connections.close_all()
    logger.debug("終わりました：%s（%s）", job.label, job.name)
    return True


def scheduler(jobs: Iterable[Job] = JOBS) -> BackgroundScheduler:
    """With every job of the table in it, not started."""
    made = BackgroundScheduler(timezone=settings.TIME_ZONE)
    for job in jobs:
        made.add_job(
            run,
            job.trigger,
            args=[job],
            id=job.name,
            name=job.label,
            misfire_grace_time=LATE,
            coalesce=True,
            max_instances=1,
        )
    return made


def run_until_stopped() -> None:
    """Starts each job at its times, until the process is asked to end; what has begun may end first, but soon."""
    ends = {signal.SIGINT, signal.SIGTERM}
    # Waited for instead of handled: a handler would break in wherever the threads happen to be.
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    working = scheduler()
    working.start()
    logger.info("止められるまで、%d件の処理をそれぞれの時刻に始めます。", len(JOBS))
    signal.sigwait(ends)
    signal.alarm(FINISH)
    working.shutdown()
