from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from exercises.loading import load_catalogue


class Command(BaseCommand):
    help = "Bring the exercise catalogue's rows in line with its files. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_catalogue()
        self.stdout.write(f"Exercise catalogue: {loaded.known} exercises, {loaded.retired} retired.")
