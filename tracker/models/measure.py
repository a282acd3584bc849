"""How much it gets in the way: asked for every week, and every two weeks by the activities that a person names."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.fields import canonical_time
from accounts.models import DatedQuerySet, Document
from accounts.zones import local_date
from tracker.vocabulary import MEASURES


class Measure(Document):
    """
    One answering of either kind (`subject`, of `MEASURES`): `interference` has a rating 0-10 or null by the names of
    `INTERFERENCE`, else it is null; `activities` has up to three `{"name", "rating"}`, else it is empty.
    """

    kind = "measure"

    subject = models.CharField(max_length=12)
    answered_at = models.DateTimeField()
    utc_offset_minutes = models.SmallIntegerField(help_text="As the device had it.")
    time_zone = models.CharField(max_length=64)
    local_date = models.DateField()
    interference = models.JSONField(null=True, blank=True)
    activities = models.JSONField(default=list)

    objects: ClassVar = DatedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="measure_known_subject", condition=Q(subject__in=MEASURES))
        ]
        indexes: ClassVar = [
            # The list: newest first, no count.
            models.Index(
                "owner", F("answered_at").desc(), F("id").desc(), name="measure_newest", condition=Q(deleted_at=None)
            ),
            models.Index(fields=["owner", "changed_at", "id"], name="measure_changed"),
        ]

    def body(self) -> dict[str, Any]:
        zone = timezone(timedelta(minutes=self.utc_offset_minutes))
        return {
            "kind": self.subject,
            "answered_at": canonical_time(self.answered_at.astimezone(zone)),
            "time_zone": self.time_zone,
            "interference": self.interference,
            "activities": self.activities,
        }

    def write(self, body: dict[str, Any]) -> None:
        moment = datetime.fromisoformat(body["answered_at"])
        self.subject = body["kind"]
        self.answered_at = moment
        self.utc_offset_minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
        self.time_zone = body["time_zone"]
        self.local_date = local_date(moment, self.time_zone)
        self.interference = body["interference"]
        self.activities = body["activities"]
        self.save(force_insert=self._state.adding)

    @staticmethod
    def fields_of(body: dict[str, Any]) -> dict[str, Any]:
        # What was asked and what was answered belong together; so do the time and the wall it was read from.
        return {
            "answered_at": [body["answered_at"], body["time_zone"]],
            "kind": [body["kind"], body["interference"], body["activities"]],
        }

    @staticmethod
    def body_of(fields: dict[str, Any]) -> dict[str, Any]:
        answered_at, time_zone = fields["answered_at"]
        kind, interference, activities = fields["kind"]
        return {
            "kind": kind,
            "answered_at": answered_at,
            "time_zone": time_zone,
            "interference": interference,
            "activities": activities,
        }
