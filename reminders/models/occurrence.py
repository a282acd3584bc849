"""What came due, and what became of it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar, Self
from uuid import UUID, uuid5

from django.db import models
from django.db.models import F, Q

from accounts.models import DatedQuerySet, OwnedModel
from reminders.models.reminder import Reminder
from reminders.vocabulary import ANSWERS, REASONS, STATES


class OccurrenceQuerySet(DatedQuerySet):
    def present(self) -> Self:
        """All: none is ever deleted but with its person."""
        return self

    def told(self, moment: datetime) -> Self:
        """Without what the quiet hours hold back for later."""
        return self.filter(send_at__lte=moment)


class Occurrence(OwnedModel):
    """
    One time that a reminder was due: once for a local date and a time on the wall, wherever the person is by then.

    `wall` is that time: `slot`, its place among the day's times, changes its meaning when the person adds a time. A
    reminder's occurrence has the same id whoever makes it. `send_at` is when it is told: later than `due_at` after
    quiet hours. A snooze is an answer too, and `snoozed_until` when it is told again.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="occurrences", db_index=False)
    local_date = models.DateField()
    wall = models.TimeField()
    slot = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    send_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="due")
    reason = models.CharField(max_length=8, blank=True, help_text="Why nobody was told: quiet, late or already (done).")
    answer = models.CharField(max_length=6, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    snoozes = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects: ClassVar = OccurrenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reminder", "local_date", "wall"], name="occurrence_once"),
            models.CheckConstraint(
                name="occurrence_known_words", condition=Q(state__in=STATES, reason__in=["", *REASONS])
            ),
            models.CheckConstraint(
                name="occurrence_answered_whole",
                condition=Q(state="answered", answer__in=ANSWERS, answered_at__isnull=False)
                | Q(~Q(state="answered"), answer="", answered_at=None),
            ),
            models.CheckConstraint(
                name="occurrence_snoozed_until",
                condition=Q(answer="snooze", snoozed_until__isnull=False) | Q(~Q(answer="snooze"), snoozed_until=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index("owner", F("due_at").desc(), F("id").desc(), name="occurrence_newest"),
            models.Index(fields=["owner", "changed_at", "id"], name="occurrence_changed"),
        ]

    def settle_as_done(self, now: datetime) -> None:
        """What it is about was done already: nobody has to say so."""
        self.state, self.reason, self.answer, self.answered_at = "answered", "already", "done", now
        self.snoozed_until, self.changed_at = None, now


def occurrence_id(reminder: UUID, local_date: date, wall: time) -> UUID:
    return uuid5(reminder, f"{local_date.isoformat()}T{wall:%H:%M}")
