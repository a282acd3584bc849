from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tracker.sweeping import raise_flags_of_old_entries


class Command(BaseCommand):
    help = "Raise the flags of entries that were written before there were flags. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Flags: {raise_flags_of_old_entries()} entries with a sign were read again.")
