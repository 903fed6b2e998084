"""Fills a demo site with fictional data around today."""

import base64
import binascii
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from events.actions import refresh_places
from events.models import Event
from municipalities.models import Prefecture, Ward
from portal.core.changes import gathered
from portal.core.wareki import parse_date
from portal.demo import gatherings, member_people, member_posts, notices, partners, people, projects, props, under_way
from portal.demo.writing import DemoWriter


class Command(BaseCommand):
    help = "デモ用のサイトに、架空のデータを入れます。何度実行しても重なりません。日付は今日に合わせて動きます。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", help="今日とみなす日（例：2026-11-23）。指定がなければ実際の今日です。")
        parser.add_argument("--accounts", action="store_true", help="デモ用アカウントの一覧だけを表示します。")

    def handle(self, *, today: str | None, accounts: bool, **options: Any) -> None:
        if not settings.DEMO_SITE:
            raise CommandError("デモデータを入れられるのは、DEMO_SITE=true のサイトだけです。何も変更していません。")
        if accounts:
            self._print_accounts()
            return
        day = _day(today) if today else timezone.localdate()
        _check_secret(settings.DEMO_TOTP_SECRET)
        if Prefecture.objects.count() != 47 or Ward.objects.count() != 23:
            raise CommandError("都道府県と自治体がありません。先に manage.py load_reference を実行してください。")
        with gathered():
            table = self._seed(DemoWriter(day))
        people.keep(table)
        self._print_accounts()

    def _seed(self, writer: DemoWriter) -> str:
        shared = props.write(writer)
        self._report(writer)
        partners.write(writer, shared.companies)
        self._report(writer)
        gatherings.write(writer, shared)
        refresh_places(Event.objects.all())
        projects.write(writer)
        self._report(writer)
        notices.write(writer, shared)
        member_posts.write(writer, shared)
        table = people.write(writer)
        member_people.write(writer)
        under_way.write(writer)
        member_posts.write_under_way(writer)
        self._report(writer)
        for refused in writer.refused:
            self.stderr.write(f"入れませんでした：{refused}")
        return table

    def _report(self, writer: DemoWriter) -> None:
        for tally in writer.take_tallies():
            self.stdout.write(str(tally))

    def _print_accounts(self) -> None:
        path = people.accounts_file()
        if not path.exists():
            raise CommandError("デモ用アカウントはまだありません。manage.py seed_demo を実行してください。")
        self.stdout.write(f"デモ用アカウント（{path}）")
        self.stdout.write(path.read_text(encoding="utf-8"))


def _day(said: str) -> date:
    try:
        return parse_date(said)
    except ValueError as error:
        raise CommandError(f"--today を日付として読めません（{said}）。例：2026-11-23") from error


def _check_secret(secret: str) -> None:
    try:
        base64.b32decode(secret, casefold=True)
    except binascii.Error as error:
        raise CommandError("DEMO_TOTP_SECRET は、Base32（A〜Zと2〜7、8文字の倍数）で書いてください。") from error
