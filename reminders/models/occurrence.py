"""What came due, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Self
from uuid import UUID, uuid5

from django.db import models
from django.db.models import F, FilteredRelation, Q

from accounts.models import DatedQuerySet, OwnedModel, User
from reminders.models.reminder import Reminder
from reminders.vocabulary import ANSWERS, REASONS, STATES

# What came due before that is neither told again nor shown.
LATELY = timedelta(days=14)


class OccurrenceQuerySet(DatedQuerySet):
    def present(self) -> Self:
        """All: none is ever deleted but with its person."""
        return self

    def told(self, moment: datetime) -> Self:
        """Without what the quiet hours hold back for later."""
        return self.filter(send_at__lte=moment)

    def lately(self, reminders: Iterable[Reminder], moment: datetime) -> Self:
        """Of those reminders: once for each delivery that goes out later (`waiting`), or once without any."""
        later = Q(deliveries__state="pending", deliveries__send_at__gt=moment)
        rows = self.annotate(waiting=FilteredRelation("deliveries", condition=later))
        return rows.filter(reminder__in=list(reminders), due_at__gt=moment - LATELY)


class Occurrence(OwnedModel):
    """
    One time that a reminder was due: once for a local date and a time on the wall, wherever the person is by then.

    `wall` is that time: `slot`, its place among the day's times, changes its meaning when the person adds a time. A
    reminder's occurrence has the same id whoever makes it. `send_at` is when it is told: later than `due_at` after
    quiet hours. A snooze is an answer too, and `snoozed_until` when it is told again.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    # Both orders of reading begin with it.
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="occurrences", db_index=False)
    local_date = models.DateField()
    wall = models.TimeField()
    slot = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    send_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="due")
    reason = models.CharField(
        max_length=8, blank=True, help_text="Why nobody was told: quiet, late, changed or already (done)."
    )
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

    @property
    def stands(self) -> bool:
        """Whether its reminder, as the person has it now, asks for it. What they put off, they asked for by hand."""
        reminder = self.reminder
        return reminder.speaks_on(self.local_date) and (
            self.snoozes > 0 or reminder.holds_at(self.local_date, self.wall)
        )

    @property
    def is_called_off(self) -> bool:
        """Whether what waits of it will not come, as things stand. Reads its deliveries."""
        return not self.stands and any(
            one.turn == self.snoozes and one.state == "pending" for one in self.deliveries.all()
        )

    @property
    def is_withdrawn(self) -> bool:
        """Whether it is called off before anybody was told, also before it was put off. Reads its deliveries."""
        told = any(one.state == "accepted" and one.channel != "inbox" for one in self.deliveries.all())
        return self.is_called_off and not told

    @property
    def told_again_at(self) -> datetime:
        return self.snoozed_until or self.send_at

    def settle_as_done(self, now: datetime) -> None:
        """What it is about was done already: nobody has to say so."""
        self.state, self.reason, self.answer, self.answered_at = "answered", "already", "done", now
        self.snoozed_until, self.changed_at = None, now

    def settle_as_withdrawn(self, now: datetime) -> None:
        self.state, self.reason, self.answer, self.answered_at = "missed", "changed", "", None
        self.snoozed_until, self.changed_at = None, now


def occurrence_id(reminder: UUID, local_date: date, wall: time) -> UUID:
    return uuid5(reminder, f"{local_date.isoformat()}T{wall:%H:%M}")
