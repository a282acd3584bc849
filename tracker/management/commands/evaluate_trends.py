from __future__ import annotations

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.sweeping import CHUNK, diarists, sweep_trends


class Command(BaseCommand):
    help = "Evaluate the trends of every diary anew. One that was broken off goes on where it was. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--chunk", type=int, default=CHUNK, help="People between two marks of progress.")

    def handle(self, *args: Any, **options: Any) -> None:
        total, began, before = diarists().count(), monotonic(), None
        done = 0
        for sweep in sweep_trends(chunk=options["chunk"]):
            before = sweep.done - options["chunk"] if before is None else before
            done = sweep.done
            rate = (done - max(0, before)) / max(monotonic() - began, 0.001)
            bar = "#" * (30 * min(done, total) // max(total, 1))
            self.stdout.write(f"\r[{bar:<30}] {done} of {total} people, {rate:.0f} a second", ending="")
            self.stdout.flush()
        self.stdout.write(f"\nTrends: {done} people evaluated." if done else "Trends: nobody to evaluate.")
