"""What the clock has done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Heartbeat(models.Model):
    """
    The last time a named job ran to its end, from whichever process. Liveness is the age of this row, not a process:
    workers that live but hear nothing have been seen.
    """

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    objects: ClassVar = models.Manager()

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at:%Y-%m-%d %H:%M:%S}"
