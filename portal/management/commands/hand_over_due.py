"""Gives what is under way to those whose posts have begun."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.handover.actions import hand_over_due
from portal.members.area.actions import hand_over_due as hand_over_due_at_members


class Command(BaseCommand):
    help = "担当の始まった後任者に、前任者の手続き中の起案を引き継ぎます。毎日0時過ぎの実行に向きます。"

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{hand_over_due() + hand_over_due_at_members()}件の起案を引き継ぎました。")
