"""From the catalogue's files to rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from exercises.catalogue import FILES, read_exercises
from exercises.models import Exercise


@dataclass(frozen=True)
class Loaded:
    known: int
    retired: int


@transaction.atomic
def load_catalogue(folder: Path = FILES) -> Loaded:
    """
    Bring the rows in line with the files. Safe to repeat.

    An exercise that left the files stays, marked as retired: what was done once is not rewritten, and a phone that was
    offline may still bring a session with it.
    """
    found = read_exercises(folder)
    Exercise.objects.bulk_create(
        [Exercise(slug=data["slug"], data=data) for data in found],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["data", "retired"],
    )
    left = Exercise.objects.exclude(slug__in=[data["slug"] for data in found])
    return Loaded(known=len(found), retired=left.update(retired=True))
