"""What following a person's trends needs to remember."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import OwnedModel, OwnedQuerySet, User
from tracker.vocabulary import SENSITIVITIES


class TrendCourse(models.Model):
    """
    How a person's trends are followed: one row each, made by the first entry.

    `pending_from`: days from here on were written but not evaluated yet. `told`: a trend was ever told to them.
    """

    owner = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    sensitivity = models.CharField(max_length=8, default="standard")
    pending_from = models.DateField(null=True, blank=True)
    sessions_read_at = models.DateTimeField(null=True, blank=True)
    told = models.BooleanField(default=False)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="course_known_sensitivity", condition=Q(sensitivity__in=SENSITIVITIES)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["pending_from"], name="course_pending", condition=Q(pending_from__isnull=False)),
        ]


class TrendCheckpoint(OwnedModel):
    """The detectors' states after all days before `day`, by stream: where an evaluation can begin."""

    day = models.DateField()
    states = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "day"], name="one_checkpoint_a_day"),
        ]


class TrendSweep(models.Model):
    """An evaluation of everybody, in the order of their ids: how far it has come. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    started_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    last_owner = models.UUIDField(null=True, blank=True)

    objects: ClassVar = models.Manager()
