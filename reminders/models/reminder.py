"""What a person wants to be reminded of, and when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Document, DocumentQuerySet
from reminders.timing import Due, Rule, moved, next_due
from reminders.vocabulary import FREQUENCIES, GRACE_RANGE, INTERVAL_RANGE, KINDS, QUIET

# What only makes sense together, and is merged together: half of one device's rule and half of another's may be none.
TOGETHER = {
    "kind": ("routine", "prescription", "text"),
    "times": ("frequency", "interval", "weekdays", "starts_on", "ends_on"),
    "time_zone": ("follow_device",),
}

# The shortest that the databases tell apart: what is due at an instant is due later than that before it.
MOMENT = timedelta(microseconds=1)


class ReminderQuerySet(DocumentQuerySet):
    def due(self, moment: datetime) -> Self:
        """The longest due first."""
        waits = Q(put_off_until=None) | Q(put_off_until__lte=moment)
        return self.filter(waits, next_due_at__lte=moment).order_by("next_due_at")

    def held(self) -> Self:
        """
        With their owners, both locked; without those that somebody else holds.

        The owner too: nobody is erased while rows of theirs are written. SQLite has one writer, and locks no rows.
        """
        return self.select_related("owner").select_for_update(skip_locked=True, no_key=True, of=("self", "owner"))


class Reminder(Document):
    """
    A rule of time (`timing.Rule`) and what it is about.

    `routine` and `prescription` are no foreign keys: they may be deleted later, and a starter routine is no row.
    `next_due_at` (UTC) is what the clock looks for: of everything due later than that nothing is a row yet. `zone` is
    the time zone in which it was found; of one that follows the device the person's own at that time.
    """

    kind = "reminder"

    what = models.CharField(max_length=12)
    routine = models.UUIDField(null=True, blank=True)
    prescription = models.UUIDField(null=True, blank=True)
    text = models.CharField(max_length=200, blank=True)
    times = models.JSONField(help_text='Local times of the day, "HH:MM", in order.')
    frequency = models.CharField(max_length=6)
    interval = models.PositiveSmallIntegerField()
    weekdays = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=64)
    follow_device = models.BooleanField()
    channels = models.JSONField()
    quiet = models.CharField(max_length=5)
    grace_minutes = models.PositiveSmallIntegerField()
    paused_from = models.DateField(null=True, blank=True)
    paused_to = models.DateField(null=True, blank=True)
    active = models.BooleanField()

    zone = models.CharField(max_length=64)
    next_due_at = models.DateTimeField(null=True, blank=True, help_text="Null: never again, as things stand.")
    put_off_until = models.DateTimeField(null=True, blank=True, help_text="After something broke: not before then.")
    travelled_at = models.DateTimeField(null=True, blank=True, help_text="When the person last took it elsewhere.")

    objects: ClassVar = ReminderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reminder_known_words",
                condition=Q(what__in=KINDS, frequency__in=FREQUENCIES, quiet__in=QUIET),
            ),
            models.CheckConstraint(
                name="reminder_sound_rule",
                condition=Q(Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), interval__range=INTERVAL_RANGE),
            ),
            models.CheckConstraint(name="reminder_grace", condition=Q(grace_minutes__range=GRACE_RANGE)),
            models.CheckConstraint(
                name="reminder_pause_whole",
                condition=Q(paused_from=None, paused_to=None)
                | Q(paused_from__isnull=False, paused_to__isnull=False, paused_to__gte=F("paused_from")),
            ),
            models.CheckConstraint(
                name="reminder_silent_when_off",
                condition=Q(active=True) | Q(next_due_at=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_due_at"], name="reminder_due", condition=Q(next_due_at__isnull=False)),
            models.Index(
                "owner", F("received_at").desc(), F("id").desc(), name="reminder_newest", condition=Q(deleted_at=None)
            ),
            models.Index(fields=["owner", "changed_at", "id"], name="reminder_changed"),
        ]

    def rule(self, zone: str = "") -> Rule:
        """In the time zone in which it was scheduled last, unless told."""
        return Rule(
            frequency=self.frequency,
            interval=self.interval,
            weekdays=self.weekdays,
            times=tuple(time.fromisoformat(at) for at in self.times),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            zone=zone or self.zone,
        )

    @property
    def own_zone(self) -> str:
        """By which wall it goes now."""
        return self.owner.time_zone if self.follow_device else self.time_zone

    @property
    def grace(self) -> timedelta:
        return timedelta(minutes=self.grace_minutes)

    def speaks_on(self, day: date) -> bool:
        """Whether the person lets it speak on that local date, whatever its rule says."""
        return self.active and self.deleted_at is None and not self.rests_on(day)

    def holds_at(self, day: date, wall: time) -> bool:
        """Whether its rule knows that date and time, on whichever wall."""
        return f"{wall:%H:%M}" in self.times and self.rule().holds_on(day)

    def rests_on(self, day: date) -> bool:
        """Whether the person has paused it for that local date."""
        return bool(self.paused_from and self.paused_to and self.paused_from <= day <= self.paused_to)

    def body(self) -> dict[str, Any]:
        pause = None
        if self.paused_from and self.paused_to:
            pause = {"from": self.paused_from.isoformat(), "to": self.paused_to.isoformat()}
        return {
            "kind": self.what,
            "routine": str(self.routine) if self.routine else None,
            "prescription": str(self.prescription) if self.prescription else None,
            "text": self.text,
            "times": self.times,
            "frequency": self.frequency,
            "interval": self.interval,
            "weekdays": self.weekdays,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "time_zone": self.time_zone,
            "follow_device": self.follow_device,
            "channels": self.channels,
            "quiet": self.quiet,
            "grace_minutes": self.grace_minutes,
            "pause": pause,
            "active": self.active,
        }

    def write(self, body: dict[str, Any]) -> None:
        self.take(body)
        self.schedule()
        self.save(force_insert=self._state.adding)

    def take(self, body: dict[str, Any]) -> None:
        """`body` into the columns, and nothing more."""
        same = ("text", "times", "frequency", "interval", "weekdays", "time_zone", "follow_device")
        for name in (*same, "channels", "quiet", "grace_minutes", "active"):
            setattr(self, name, body[name])
        self.what = body["kind"]
        self.routine = UUID(body["routine"]) if body["routine"] else None
        self.prescription = UUID(body["prescription"]) if body["prescription"] else None
        self.starts_on = date.fromisoformat(body["starts_on"])
        self.ends_on = date.fromisoformat(body["ends_on"]) if body["ends_on"] else None
        pause = body["pause"] or {"from": None, "to": None}
        self.paused_from = date.fromisoformat(pause["from"]) if pause["from"] else None
        self.paused_to = date.fromisoformat(pause["to"]) if pause["to"] else None
        self.zone = self.own_zone

    def schedule(self) -> None:
        """Find `next_due_at` anew. What is due now and has not been claimed yet is not passed over."""
        now = timezone.now()
        self.put_off_until = None
        if not self.active or self.deleted_at:
            self.next_due_at = None
            return
        after = min(now, self.next_due_at - MOMENT) if self.next_due_at else now
        due = next_due(self.rule(), after)
        self.next_due_at = due.due_at if due else None

    def travel(self) -> None:
        """
        On to the wall that it goes by now: what is due next stays that date and that time, at another instant.

        So whoever travels meets each date and time once. Eastwards it may have passed already.
        """
        zone, before = self.own_zone, self.zone
        if zone == before or not self.next_due_at:
            return
        coming = next_due(self.rule(), self.next_due_at - MOMENT)
        self.zone = zone
        self.next_due_at = moved(self.rule(), coming, zone) if coming else None

    def wall(self, due: Due) -> time:
        """The time of the day that `due` stands for."""
        return time.fromisoformat(self.times[due.slot])

    @staticmethod
    def fields_of(body: dict[str, Any]) -> dict[str, Any]:
        fields = dict(body)
        for name, others in TOGETHER.items():
            fields[name] = [fields[name], *(fields.pop(other) for other in others)]
        return fields

    @staticmethod
    def body_of(fields: dict[str, Any]) -> dict[str, Any]:
        body = dict(fields)
        for name, others in TOGETHER.items():
            body.update(zip((name, *others), fields[name], strict=True))
        return body


def rule_of(body: dict[str, Any], zone: str) -> Rule:
    """The rule of time that a reminder's body says."""
    return Rule(
        frequency=body["frequency"],
        interval=body["interval"],
        weekdays=body["weekdays"],
        times=tuple(time.fromisoformat(at) for at in body["times"]),
        starts_on=date.fromisoformat(body["starts_on"]),
        ends_on=date.fromisoformat(body["ends_on"]) if body["ends_on"] else None,
        zone=zone,
    )
