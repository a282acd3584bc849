"""The catalogue's entries."""

from __future__ import annotations

from typing import ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef


class ExerciseQuerySet(models.QuerySet):
    def unused(self) -> Self:
        """Named by no routine, no prescription and no session, deleted ones included."""
        found = self
        # By name: the items' models import this one.
        for model, column in (
            ("RoutineItem", "exercise"),
            ("PrescriptionItem", "exercise"),
            ("SessionItem", "exercise"),
            ("SessionItem", "eased_from"),
        ):
            rows = apps.get_model("exercises", model)._default_manager
            found = found.exclude(Exists(rows.filter(**{column: OuterRef("pk")})))
        return found


class Exercise(models.Model):
    """A catalogue entry. `data` is the file as it stands, all languages; `retired` when the file is gone."""

    slug = models.SlugField(primary_key=True)
    data = models.JSONField()
    retired = models.BooleanField(default=False)

    objects: ClassVar = ExerciseQuerySet.as_manager()
