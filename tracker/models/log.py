"""Symptom logs and their readings."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, F, Max, Q
from django.utils.functional import cached_property

from accounts.fields import canonical_time
from accounts.models import DatedQuerySet, Document, rating, within_scale
from accounts.zones import local_date
from tracker.vocabulary import MIDLINE_REGIONS, NEVER_TRENDED, REGIONS, SIDES, STREAMS


class SymptomLogQuerySet(DatedQuerySet):
    def day_values(self) -> Any:
        """By local date: the worst of each stream over the day's entries, and how many entries."""
        worst = {stream: Max(f"worst_{stream}") for stream in STREAMS}
        return self.present().order_by("local_date").values("local_date").annotate(**worst, entries=Count("id"))


class SymptomLog(Document):
    """
    One entry. No readings means "no symptoms", and counts as 0 in every stream.

    `worst_*` is the entry's worst rating of a stream over all regions but the saddle: a day's value is their maximum.
    """

    kind = "log"

    occurred_at = models.DateTimeField(help_text="When it was felt, whenever it arrived.")
    utc_offset_minutes = models.SmallIntegerField(help_text="As the device had it.")
    time_zone = models.CharField(max_length=64)
    local_date = models.DateField()
    sleep_quality = rating()
    triggers = models.JSONField(default=list)
    note = models.TextField(blank=True)
    self_care = models.JSONField(default=list)
    worst_numbness = rating()
    worst_tingling = rating()
    worst_pain = rating()
    worst_weakness = rating()

    objects: ClassVar = SymptomLogQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="log_ratings_on_scale",
                condition=within_scale("sleep_quality", *(f"worst_{stream}" for stream in STREAMS)),
            ),
        ]
        indexes: ClassVar = [
            # The list: newest first, no count.
            models.Index(
                "owner", F("occurred_at").desc(), F("id").desc(), name="log_newest", condition=Q(deleted_at=None)
            ),
            # The day values, read from the index alone.
            models.Index(
                fields=["owner", "local_date", "deleted_at", *(f"worst_{stream}" for stream in STREAMS)],
                name="log_days",
            ),
            models.Index(fields=["owner", "changed_at", "id"], name="log_changed"),
        ]

    @cached_property
    def written_readings(self) -> list[dict[str, Any]]:
        """The readings as JSON values, in their order."""
        attach_readings([self])
        return self.written_readings

    def body(self) -> dict[str, Any]:
        zone = timezone(timedelta(minutes=self.utc_offset_minutes))
        return {
            "occurred_at": canonical_time(self.occurred_at.astimezone(zone)),
            "time_zone": self.time_zone,
            "readings": self.written_readings,
            "sleep_quality": self.sleep_quality,
            "triggers": self.triggers,
            "note": self.note,
            "self_care": self.self_care,
        }

    def write(self, body: dict[str, Any]) -> None:
        moment = datetime.fromisoformat(body["occurred_at"])
        self.occurred_at = moment
        self.utc_offset_minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
        self.time_zone = body["time_zone"]
        self.local_date = local_date(moment, self.time_zone)
        self.sleep_quality = body["sleep_quality"]
        self.triggers = body["triggers"]
        self.note = body["note"]
        self.self_care = body["self_care"]
        for stream in STREAMS:
            setattr(self, f"worst_{stream}", worst_of(stream, body["readings"]))
        new = self._state.adding
        self.save(force_insert=new)
        if not new:
            self.readings.all().delete()
        Reading.objects.bulk_create(
            Reading(log=self, position=position, **reading) for position, reading in enumerate(body["readings"])
        )
        self.written_readings = body["readings"]

    @staticmethod
    def fields_of(body: dict[str, Any]) -> dict[str, Any]:
        # Two devices that rate two regions of one entry both keep what they rated.
        fields = {name: value for name, value in body.items() if name != "readings"}
        for reading in body["readings"]:
            fields[f"readings.{reading['region']}.{reading['side']}"] = reading
        # When it was felt and where the wall clock hung belong together.
        fields["occurred_at"] = [fields["occurred_at"], fields.pop("time_zone")]
        return fields

    @staticmethod
    def body_of(fields: dict[str, Any]) -> dict[str, Any]:
        body = {name: value for name, value in fields.items() if not name.startswith("readings.")}
        body["occurred_at"], body["time_zone"] = fields["occurred_at"]
        body["readings"] = in_order([value for name, value in fields.items() if name.startswith("readings.")])
        return body

    @staticmethod
    def keeps_current(name: str, current: Any, incoming: Any) -> bool:
        """A mark on the saddle asks for a check: who took it out did not know what the other device wrote there."""
        return name.startswith("readings.saddle.") and incoming is None


class ReadingQuerySet(models.QuerySet):
    def felt(self) -> Self:
        """Where there was a symptom; never the saddle, which is asked for red flags only."""
        anything = Q(*(Q(**{f"{stream}__gt": 0}) for stream in STREAMS), _connector=Q.OR)
        return self.filter(anything, log__deleted_at=None).exclude(region__in=NEVER_TRENDED)


class Reading(models.Model):
    """Ratings 0-10 of one region and side in one entry; null where a stream was not asked."""

    log = models.ForeignKey(SymptomLog, on_delete=models.CASCADE, related_name="readings")
    position = models.PositiveSmallIntegerField()
    region = models.CharField(max_length=20)
    side = models.CharField(max_length=8)
    numbness = rating()
    tingling = rating()
    pain = rating()
    weakness = rating()
    qualities = models.JSONField(default=list)

    objects: ClassVar = ReadingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["log", "region", "side"], name="one_reading_a_place"),
            models.CheckConstraint(name="reading_ratings_on_scale", condition=within_scale(*STREAMS)),
            models.CheckConstraint(
                name="reading_known_place",
                condition=Q(region__in=MIDLINE_REGIONS, side="midline")
                | Q(region__in=[r for r in REGIONS if r not in MIDLINE_REGIONS], side__in=["left", "right"]),
            ),
        ]


def attach_readings(logs: list[SymptomLog]) -> None:
    """The readings of `logs` in one query. By hand: a prefetch makes a queryset for each row, half of a list's time."""
    found: dict[UUID, list[dict[str, Any]]] = {log.pk: [] for log in logs}
    columns = ("region", "side", *STREAMS, "qualities")
    rows = Reading.objects.filter(log__in=list(found)).order_by("position").values_list("log_id", *columns)
    for log_id, *values in rows:
        found[log_id].append(dict(zip(columns, values, strict=True)))
    for log in logs:
        log.written_readings = found[log.pk]


def worst_of(stream: str, readings: list[dict[str, Any]]) -> int | None:
    """The entry's worst rating of a stream; 0 for an entry without readings, None where nobody was asked."""
    if not readings:
        return 0
    ratings = [reading[stream] for reading in readings if reading["region"] not in NEVER_TRENDED]
    return max((value for value in ratings if value is not None), default=None)


def in_order(readings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """From the back down to the toes, left before right: the canonical order of an entry's readings."""
    return sorted(readings, key=lambda reading: (REGIONS.index(reading["region"]), SIDES.index(reading["side"])))
