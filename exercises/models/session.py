"""What was really done."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from accounts.fields import canonical_time
from accounts.models import DatedQuerySet, rating, within_scale
from accounts.zones import local_date
from exercises.adherence import Recorded
from exercises.models.exercise import Exercise
from exercises.models.items import DOSE_LATER, DocumentWithItems, DosedItem, known_later
from exercises.response import RatedSession
from exercises.stops import Followed, Part, Stop, standing_stops
from exercises.vocabulary import RATINGS, REASONS, STATUSES

# What came after the first release, as it was before anybody could say it (see `items.DOSE_LATER`).
SESSION_LATER: tuple[dict[str, Any], ...] = (
    {"prescription": None, "prescription_version": None},
    {"hurts": []},
    {"next_morning_declined": False},
)
SESSION_ITEM_LATER: tuple[dict[str, Any], ...] = ({"repetitions_done": 0}, {"eased_from": None})


class SessionQuerySet(DatedQuerySet):
    def recorded(self) -> list[Recorded]:
        """Each session as the arithmetic of adherence takes it."""
        counts: dict[str, Any] = {status: Count("items", filter=Q(items__status=status)) for status in STATUSES}
        counts["held"] = Coalesce(Sum("items__seconds_held"), 0)
        counts["replaced"], counts["replaced_done"] = count_replaced(), count_replaced(status="done")
        rows = self.present().annotate(**counts).order_by("local_date")
        return [Recorded(*row) for row in rows.values_list("local_date", "prescription", *counts)]

    def reason_counts(self) -> dict[str, int]:
        """
        How often each reason was given for an item that was left out, or left early.

        Why a session was stopped counts, once, where none of its items says anything.
        """
        given = self.present().filter(items__reason__isnull=False).values_list("items__reason")
        silent = self.present().exclude(
            Exists(SessionItem.objects.filter(session=OuterRef("pk"), reason__isnull=False))
        )
        stopped = silent.filter(stop_reason__isnull=False).values_list("stop_reason")
        counts = Counter(dict(given.order_by("items__reason").annotate(Count("items"))))
        counts.update(dict(stopped.order_by("stop_reason").annotate(Count("id"))))
        return dict(sorted(counts.items()))

    def stops(self) -> list[Stop]:
        """What was stopped for how it felt, and not done well since."""
        rows = self.present().filter(items__isnull=False).order_by("started_at", "id", "items__position")
        items = [f"items__{name}" for name in ("exercise_id", "status", "reason", "eased_from_id")]
        found: dict[UUID, tuple[Any, list[Part]]] = {}
        for id, day, stop_reason, hurts, *item in rows.values_list("id", "local_date", "stop_reason", "hurts", *items):
            found.setdefault(id, ((day, stop_reason, hurts), []))[1].append(Part(*item))
        return standing_stops(Followed(day, reason, parts, hurts) for (day, reason, hurts), parts in found.values())

    def rated(self) -> list[RatedSession]:
        """What each session rated, with the exercises that were done in it, wholly or partly; those without none."""
        rows = self.present().filter(items__status__in=("done", "partial"))
        found: dict[UUID, RatedSession] = {}
        for id, exercise, *ratings in rows.values_list("id", "items__exercise_id", *RATINGS):
            session = found.setdefault(id, RatedSession(set(), dict(zip(RATINGS, ratings, strict=True))))
            session.exercises.add(exercise)
        return list(found.values())


def count_replaced(**which: str) -> Count:
    """How many items of a session gave way to an easier form, the next item. Seen from that one, as there are few."""
    before = SessionItem.objects.filter(
        session=OuterRef("pk"),
        position=OuterRef("items__position") - 1,
        exercise=OuterRef("items__eased_from"),
        **which,
    )
    return Count("items", filter=Q(Exists(before), items__eased_from__isnull=False))


class Session(DocumentWithItems):
    """
    What was really done, item by item, with pain and numbness before, after and the next morning.

    `routine` and `prescription` are no foreign keys: a device may send the session before what it followed, that may
    be deleted later, and a starter routine is no row. `routine_name` says what was followed was called at the time;
    `prescription_version` is the version that was carried out, null when the server had not taken it yet.
    """

    kind = "session"

    routine = models.UUIDField(null=True, blank=True)
    routine_name = models.CharField(max_length=80, blank=True)
    prescription = models.UUIDField(null=True, blank=True)
    prescription_version = models.PositiveIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    utc_offset_minutes = models.SmallIntegerField(help_text="As the device had it at the start.")
    time_zone = models.CharField(max_length=64)
    local_date = models.DateField(help_text="Of the start.")
    ended = models.CharField(max_length=9)
    stop_reason = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001  null: not said
    pain_before = rating()
    numbness_before = rating()
    pain_after = rating()
    numbness_after = rating()
    pain_next_morning = rating()
    numbness_next_morning = rating()
    next_morning_declined = models.BooleanField(default=False)
    hurts = models.JSONField(default=list)
    note = models.TextField(blank=True)

    objects: ClassVar = SessionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="session_ratings_on_scale", condition=within_scale(*RATINGS)),
            models.CheckConstraint(name="session_ends_after_start", condition=Q(ended_at__gte=F("started_at"))),
            models.CheckConstraint(
                name="session_ending",
                condition=Q(ended="completed", stop_reason=None)
                | Q(Q(stop_reason=None) | Q(stop_reason__in=REASONS), ended="stopped"),
            ),
        ]
        indexes: ClassVar = [
            # The list: newest first, no count.
            models.Index(
                "owner", F("started_at").desc(), F("id").desc(), name="session_newest", condition=Q(deleted_at=None)
            ),
            models.Index(fields=["owner", "local_date", "deleted_at"], name="session_days"),
            models.Index(fields=["owner", "changed_at", "id"], name="session_changed"),
        ]

    def body(self) -> dict[str, Any]:
        zone = timezone(timedelta(minutes=self.utc_offset_minutes))
        return {
            "routine": str(self.routine) if self.routine else None,
            "routine_name": self.routine_name,
            "prescription": str(self.prescription) if self.prescription else None,
            "prescription_version": self.prescription_version,
            "started_at": canonical_time(self.started_at.astimezone(zone)),
            "ended_at": canonical_time(self.ended_at.astimezone(zone)),
            "time_zone": self.time_zone,
            "ended": self.ended,
            "stop_reason": self.stop_reason,
            "items": self.written_items,
            "hurts": self.hurts,
            **{name: getattr(self, name) for name in RATINGS},
            "next_morning_declined": self.next_morning_declined,
            "note": self.note,
        }

    def write(self, body: dict[str, Any]) -> None:
        moment = datetime.fromisoformat(body["started_at"])
        self.routine = body["routine"]
        self.routine_name = body["routine_name"]
        self.prescription = body["prescription"]
        self.prescription_version = body["prescription_version"]
        self.started_at = moment
        self.ended_at = datetime.fromisoformat(body["ended_at"])
        self.utc_offset_minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
        self.time_zone = body["time_zone"]
        self.local_date = local_date(moment, self.time_zone)
        self.ended = body["ended"]
        self.stop_reason = body["stop_reason"]
        self.hurts = body["hurts"]
        self.next_morning_declined = body["next_morning_declined"]
        self.note = body["note"]
        for name in RATINGS:
            setattr(self, name, body[name])
        self.save_with_items(body["items"])

    @classmethod
    def completed(cls, body: dict[str, Any], base: dict[str, Any] | None) -> dict[str, Any]:
        found = super().completed(body, base)
        for later in SESSION_LATER:
            found = {**known_later(later, body, base), **found}
        if base and "hurts" not in body:
            # They count the items: one that stands at another place now, or nowhere, hurt no more.
            names, before = ([item["exercise"] for item in one["items"]] for one in (body, base))
            found["hurts"] = [hurt for hurt in base["hurts"] if names[hurt["item"] :][:1] == before[hurt["item"] :][:1]]
        return found

    @staticmethod
    def fields_of(body: dict[str, Any]) -> dict[str, Any]:
        # A device that adds how the next morning felt and one that adds a note both keep theirs. What only makes
        # sense together stays together: the times, the routine with its name, how it ended with why, and the items
        # with what hurt, which counts them.
        fields = dict(body)
        fields["started_at"] = [fields["started_at"], fields.pop("ended_at"), fields.pop("time_zone")]
        fields["routine"] = [fields["routine"], fields.pop("routine_name")]
        fields["prescription"] = [fields["prescription"], fields.pop("prescription_version")]
        fields["items"] = [fields["items"], fields.pop("hurts"), fields.pop("ended"), fields.pop("stop_reason")]
        return fields

    @staticmethod
    def body_of(fields: dict[str, Any]) -> dict[str, Any]:
        body = dict(fields)
        body["started_at"], body["ended_at"], body["time_zone"] = fields["started_at"]
        body["routine"], body["routine_name"] = fields["routine"]
        body["prescription"], body["prescription_version"] = fields["prescription"]
        body["items"], body["hurts"], body["ended"], body["stop_reason"] = fields["items"]
        return body


class SessionItem(DosedItem):
    """One exercise of a session: the dose that was prescribed, and what was done of it."""

    # The place in the session is unique, and its index serves the key too.
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="items", db_index=False)
    status = models.CharField(max_length=7)
    reason = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001  null: nothing to say, or not said
    sets_done = models.PositiveSmallIntegerField()
    repetitions_done = models.PositiveSmallIntegerField(default=0)
    seconds_held = models.PositiveIntegerField()
    eased_from = models.ForeignKey(Exercise, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta(DosedItem.Meta):
        abstract = False
        constraints: ClassVar = [
            *DosedItem.Meta.constraints,
            models.UniqueConstraint(fields=["session", "position"], name="one_item_a_place_in_session"),
            models.CheckConstraint(
                name="sessionitem_status_with_reason",
                condition=Q(status="done", reason=None)
                | Q(Q(reason=None) | Q(reason__in=REASONS), status__in=["partial", "skipped"]),
            ),
        ]

    @classmethod
    def completed(cls, item: dict[str, Any], base: dict[str, Any] | None) -> dict[str, Any]:
        dose = item["prescribed"]
        found = {**item, "prescribed": {**known_later(DOSE_LATER, dose, base and base["prescribed"]), **dose}}
        for later in SESSION_ITEM_LATER:
            found = {**known_later(later, item, base), **found}
        return found

    def as_json(self) -> dict[str, Any]:
        return {
            "exercise": self.exercise_id,
            "prescribed": self.dose(),
            "status": self.status,
            "reason": self.reason,
            "sets_done": self.sets_done,
            "repetitions_done": self.repetitions_done,
            "seconds_held": self.seconds_held,
            "eased_from": self.eased_from_id,
        }
