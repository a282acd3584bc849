"""What needs checking, and what became of it."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

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

    `stream` and `snoozed_until` are for trends; of a red flag they are empty. `evidence["signs"]` holds the entries and
    checks that speak for a red flag: `{"source", "id", "answer", "level", "at", "withdrawn"}`; a withdrawn one was
    corrected, or said more precisely by another. What happened to the flag is in `FlagChange`.
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


class FlagChange(models.Model):
    """One step in the life of a flag, as it was after it; `by` None: the rules themselves. Kept for good."""

    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8)
    level = models.CharField(max_length=1)
    reason = models.CharField(max_length=12, blank=True)

    objects: ClassVar = models.Manager()


def changes_of_each(flags: list[Flag]) -> dict[uuid.UUID, list[FlagChange]]:
    """The life of each of `flags`, in the order of the server, in one query."""
    found: dict[uuid.UUID, list[FlagChange]] = {flag.pk: [] for flag in flags}
    for change in FlagChange.objects.filter(flag__in=list(found)).order_by("id"):
        found[change.flag_id].append(change)
    return found
