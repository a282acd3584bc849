"""What needs checking, and what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, F, Max, Min, Q, Window
from django.db.models.functions import Least, RowNumber

from accounts.models import DocumentQuerySet, OwnedModel, User
from tracker.vocabulary import FLAG_REASONS, FLAG_STATES, LEVELS


class FlagQuerySet(DocumentQuerySet):
    def present(self) -> Self:
        """All: no flag is ever deleted."""
        return self

    def standing(self) -> Self:
        return self.exclude(state="resolved")


class Flag(OwnedModel):
    """
    A sign that needs checking, raised once for an episode: of one rule (and stream) only one stands at a time.

    `stream` and `snoozed_until` are for trends; of a red flag they are empty. What speaks for a red flag is in
    `FlagSign`: `evidence` shows the latest of it (`SHOWN`), and the `count` of all. What happened to the flag is in
    `FlagChange`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.CharField(max_length=40)
    stream = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=1)
    state = models.CharField(max_length=8, default="open")
    evidence = models.JSONField(default=dict)
    opened_at = models.DateTimeField(help_text="When the sign was first noted.")
    raised_at = models.DateTimeField(help_text="When the server heard of it.")
    changed_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When it was last confirmed as read.")
    resolved_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=12, blank=True, help_text="Why it was resolved.")
    snoozed_until = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = FlagQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "rule", "stream"], name="one_standing_flag_a_rule", condition=~Q(state="resolved")
            ),
            models.CheckConstraint(name="flag_known_level", condition=Q(level__in=LEVELS)),
            models.CheckConstraint(name="flag_known_state", condition=Q(state__in=FLAG_STATES)),
            models.CheckConstraint(
                name="flag_resolved_with_reason",
                condition=Q(state="resolved", resolved_at__isnull=False, reason__in=FLAG_REASONS)
                | Q(~Q(state="resolved"), resolved_at=None, reason=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index("owner", F("opened_at").desc(), F("id").desc(), name="flag_newest"),
            models.Index(fields=["owner", "changed_at", "id"], name="flag_changed"),
        ]

    @property
    def stands(self) -> bool:
        return self.state != "resolved"


class FlagSignQuerySet(models.QuerySet):
    def active(self) -> Self:
        """Those that still speak for their flag."""
        return self.filter(withdrawn=False)


class FlagSign(models.Model):
    """
    An entry or a check that speaks for a red flag; `answer` None: a mark. `at`: as the person dated it.

    A withdrawn one was corrected or deleted, or is said more precisely by another. It stays to be read.
    """

    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="signs")
    source = models.CharField(max_length=5)
    source_id = models.UUIDField()
    answer = models.CharField(max_length=20, null=True)  # noqa: DJ001  # none is not an empty answer
    since = models.DateField(null=True)
    level = models.CharField(max_length=1)
    at = models.DateTimeField()
    heard_at = models.DateTimeField(help_text="When the server first heard it say so.")
    withdrawn = models.BooleanField(default=False)

    objects: ClassVar = FlagSignQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["flag", "source", "source_id"], name="one_sign_of_a_source"),
            models.CheckConstraint(name="sign_known_level", condition=Q(level__in=LEVELS)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source_id"], name="sign_of_source"),
            models.Index(fields=["flag", "at"], name="sign_newest"),
        ]

    @property
    def key(self) -> tuple[str, uuid.UUID]:
        return self.source, self.source_id

    def says(self) -> tuple[Any, ...]:
        return self.answer, self.since, self.level, self.at, self.withdrawn

    def shown(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "id": str(self.source_id),
            "answer": self.answer,
            "level": self.level,
            "at": self.at.astimezone(UTC).isoformat(),
            "withdrawn": self.withdrawn,
        }


# How many signs a flag shows, the latest: somebody may mark the same area for years.
SHOWN = 50


@dataclass(frozen=True)
class Spoken:
    """
    What a flag's active signs come to. Without any: level, first, last and heard are None.

    `told`: when the worst of it was first noted, or last that it got worse, and `heard`: the latest moment by which a
    sign had been noted, were its clock right. `news`: the first sign but "unchanged".
    """

    count: int
    level: str | None
    first: datetime | None
    last: datetime | None
    told: datetime | None
    news: datetime | None
    heard: datetime | None


def spoken_for(flags: Sequence[Flag]) -> dict[uuid.UUID, Spoken]:
    """Of each of `flags`, in one query, however many signs there are."""
    active, noted = Q(withdrawn=False), Least("at", "heard_at")
    rows = (
        FlagSign.objects.filter(flag__in=flags)
        .order_by()
        .values("flag")
        .annotate(
            count=Count("id"),
            first=Min("at", filter=active),
            last=Max("at", filter=active),
            news=Min("at", filter=active & (Q(answer=None) | ~Q(answer="unchanged"))),
            worse=Max(noted, filter=active & Q(answer="worse")),
            heard=Max(noted, filter=active),
            **{f"first_{level}": Min(noted, filter=active & Q(level=level)) for level in LEVELS},
        )
    )
    return {flag.pk: Spoken(0, None, None, None, None, None, None) for flag in flags} | {
        row["flag"]: spoken(dict(row)) for row in rows
    }


def spoken(row: dict[str, Any]) -> Spoken:
    level = next((level for level in LEVELS if row[f"first_{level}"]), None)
    told = max(moment for moment in (row[f"first_{level}"], row["worse"]) if moment) if level else None
    return Spoken(row["count"], level, row["first"], row["last"], told, row["news"], row["heard"])


def show_signs(flags: Sequence[Flag], found: dict[uuid.UUID, Spoken]) -> None:
    """Write the latest signs of each of `flags` into its evidence, in one query. Does not save the flags."""
    place = Window(RowNumber(), partition_by=F("flag"), order_by=[F("at").desc(), F("source_id").desc()])
    rows = FlagSign.objects.filter(flag__in=flags).annotate(place=place).filter(place__lte=SHOWN)
    signs: dict[uuid.UUID, list[dict[str, Any]]] = {flag.pk: [] for flag in flags}
    for sign in rows.order_by("at", "source_id"):
        signs[sign.flag_id].append(sign.shown())
    for flag in flags:
        flag.evidence = {"signs": signs[flag.pk], "count": found[flag.pk].count}


class FlagChange(models.Model):
    """One step in the life of a flag, as it was after it; `by` None: the rules themselves. Kept for good."""

    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8)
    level = models.CharField(max_length=1)
    reason = models.CharField(max_length=12, blank=True)

    objects: ClassVar = models.Manager()

    class Meta:
        indexes: ClassVar = [
            # What the rules did lately.
            models.Index(fields=["by", "at"], name="flag_change_by_rules"),
        ]


def changes_of_each(flags: list[Flag]) -> dict[uuid.UUID, list[FlagChange]]:
    """The life of each of `flags`, in the order of the server, in one query."""
    found: dict[uuid.UUID, list[FlagChange]] = {flag.pk: [] for flag in flags}
    for change in FlagChange.objects.filter(flag__in=list(found)).order_by("id"):
        found[change.flag_id].append(change)
    return found
