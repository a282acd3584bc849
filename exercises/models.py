"""What to do, and what was done: the exercise catalogue, routines and sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from accounts.fields import canonical_time
from accounts.models import DatedQuerySet, Document, rating, within_scale
from accounts.zones import local_date
from exercises.vocabulary import DOSE, DOSE_RANGES, RATINGS, REASONS, SIDES, STATUSES


class ExerciseQuerySet(models.QuerySet):
    def unused(self) -> Self:
        """Named by no routine and no session, deleted ones included."""
        return self.exclude(Exists(RoutineItem.objects.filter(exercise=OuterRef("pk")))).exclude(
            Exists(SessionItem.objects.filter(exercise=OuterRef("pk")))
        )


class Exercise(models.Model):
    """A catalogue entry. `data` is the file as it stands, all languages; `retired` when the file is gone."""

    slug = models.SlugField(primary_key=True)
    data = models.JSONField()
    retired = models.BooleanField(default=False)

    objects: ClassVar = ExerciseQuerySet.as_manager()


class DosedItem(models.Model):
    """An exercise at its place in a list, with the dose that was set for it."""

    position = models.PositiveSmallIntegerField()
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    sets = models.PositiveSmallIntegerField()
    repetitions = models.PositiveSmallIntegerField()
    hold_seconds = models.PositiveSmallIntegerField()
    rest_seconds = models.PositiveSmallIntegerField()
    sides = models.CharField(max_length=5)

    objects: ClassVar = models.Manager()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                name="%(class)s_sound_dose",
                condition=Q(sides__in=SIDES, **{f"{name}__range": bounds for name, bounds in DOSE_RANGES.items()}),
            ),
        ]

    def dose(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in DOSE}


class DocumentWithItems(Document):
    """A document whose body lists exercises: item rows, in their order."""

    class Meta:
        abstract = True

    @cached_property
    def written_items(self) -> list[dict[str, Any]]:
        """The items as JSON values, in their order."""
        attach_items([self])
        return self.written_items

    def save_with_items(self, written: list[dict[str, Any]]) -> None:
        """Save this row, and put `written` in the place of the items it had."""
        items: Any = self._meta.get_field("items")
        new = self._state.adding
        self.save(force_insert=new)
        rows = items.related_model.objects
        if not new:
            rows.filter(**{items.field.name: self}).delete()
        rows.bulk_create(
            items.related_model(**{items.field.name: self}, position=position, **columns(item))
            for position, item in enumerate(written)
        )
        self.written_items = written


class Routine(DocumentWithItems):
    """A person's own list of exercises. The starter routines are no rows: the catalogue has them."""

    kind = "routine"

    name = models.CharField(max_length=80)

    class Meta:
        indexes: ClassVar = [
            # The list. By arrival, so that an edit moves nothing between two pages.
            models.Index(
                "owner", F("received_at").desc(), F("id").desc(), name="routine_newest", condition=Q(deleted_at=None)
            ),
            models.Index(fields=["owner", "changed_at", "id"], name="routine_changed"),
        ]

    def body(self) -> dict[str, Any]:
        return {"name": self.name, "items": self.written_items}

    def write(self, body: dict[str, Any]) -> None:
        self.name = body["name"]
        self.save_with_items(body["items"])


class RoutineItem(DosedItem):
    # The place in the routine is unique, and its index serves the key too.
    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, related_name="items", db_index=False)

    class Meta(DosedItem.Meta):
        constraints: ClassVar = [
            *DosedItem.Meta.constraints,
            models.UniqueConstraint(fields=["routine", "position"], name="one_item_a_place_in_routine"),
        ]

    def as_json(self) -> dict[str, Any]:
        return {"exercise": self.exercise_id, **self.dose()}


class SessionQuerySet(DatedQuerySet):
    def day_values(self) -> Any:
        """By local date: how many sessions, how many items of each status, and the seconds held."""
        statuses = {status: Count("items", filter=Q(items__status=status)) for status in STATUSES}
        return (
            self.present()
            .order_by("local_date")
            .values("local_date")
            .annotate(
                sessions=Count("id", distinct=True), **statuses, seconds_held=Coalesce(Sum("items__seconds_held"), 0)
            )
        )

    def reason_counts(self) -> dict[str, int]:
        """How often each reason was given for an item that was left out, or left early."""
        rows = self.present().filter(items__reason__isnull=False).order_by("items__reason").values_list("items__reason")
        return dict(rows.annotate(Count("items")))


class Session(DocumentWithItems):
    """
    What was really done, item by item, with pain and numbness before, after and the next morning.

    `routine` is no foreign key: a device may send the session before the routine it followed, the routine may be
    deleted later, and a starter routine is no row. Nothing is ever looked up by it; `routine_name` says what the
    routine was called at the time.
    """

    kind = "session"

    routine = models.UUIDField(null=True, blank=True)
    routine_name = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    utc_offset_minutes = models.SmallIntegerField(help_text="As the device had it at the start.")
    time_zone = models.CharField(max_length=64)
    local_date = models.DateField(help_text="Of the start.")
    ended = models.CharField(max_length=9)
    stop_reason = models.CharField(max_length=10, null=True, blank=True)  # noqa: DJ001  null: not said
    pain_before = rating()
    numbness_before = rating()
    pain_after = rating()
    numbness_after = rating()
    pain_next_morning = rating()
    numbness_next_morning = rating()
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
            "started_at": canonical_time(self.started_at.astimezone(zone)),
            "ended_at": canonical_time(self.ended_at.astimezone(zone)),
            "time_zone": self.time_zone,
            "ended": self.ended,
            "stop_reason": self.stop_reason,
            "items": self.written_items,
            **{name: getattr(self, name) for name in RATINGS},
            "note": self.note,
        }

    def write(self, body: dict[str, Any]) -> None:
        moment = datetime.fromisoformat(body["started_at"])
        self.routine = body["routine"]
        self.routine_name = body["routine_name"]
        self.started_at = moment
        self.ended_at = datetime.fromisoformat(body["ended_at"])
        self.utc_offset_minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
        self.time_zone = body["time_zone"]
        self.local_date = local_date(moment, self.time_zone)
        self.ended = body["ended"]
        self.stop_reason = body["stop_reason"]
        self.note = body["note"]
        for name in RATINGS:
            setattr(self, name, body[name])
        self.save_with_items(body["items"])

    @staticmethod
    def fields_of(body: dict[str, Any]) -> dict[str, Any]:
        # A device that adds how the next morning felt and one that adds a note both keep theirs. What only makes
        # sense together stays together: the times, the routine with its name, how it ended with why.
        fields = dict(body)
        fields["started_at"] = [fields["started_at"], fields.pop("ended_at"), fields.pop("time_zone")]
        fields["routine"] = [fields["routine"], fields.pop("routine_name")]
        fields["items"] = [fields["items"], fields.pop("ended"), fields.pop("stop_reason")]
        return fields

    @staticmethod
    def body_of(fields: dict[str, Any]) -> dict[str, Any]:
        body = dict(fields)
        body["started_at"], body["ended_at"], body["time_zone"] = fields["started_at"]
        body["routine"], body["routine_name"] = fields["routine"]
        body["items"], body["ended"], body["stop_reason"] = fields["items"]
        return body


class SessionItem(DosedItem):
    """One exercise of a session: the dose that was prescribed, and what was done of it."""

    # The place in the session is unique, and its index serves the key too.
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="items", db_index=False)
    status = models.CharField(max_length=7)
    reason = models.CharField(max_length=10, null=True, blank=True)  # noqa: DJ001  null: nothing to say, or not said
    sets_done = models.PositiveSmallIntegerField()
    seconds_held = models.PositiveIntegerField()

    class Meta(DosedItem.Meta):
        constraints: ClassVar = [
            *DosedItem.Meta.constraints,
            models.UniqueConstraint(fields=["session", "position"], name="one_item_a_place_in_session"),
            models.CheckConstraint(
                name="sessionitem_status_with_reason",
                condition=Q(status="done", reason=None)
                | Q(Q(reason=None) | Q(reason__in=REASONS), status__in=["partial", "skipped"]),
            ),
        ]

    def as_json(self) -> dict[str, Any]:
        return {
            "exercise": self.exercise_id,
            "prescribed": self.dose(),
            "status": self.status,
            "reason": self.reason,
            "sets_done": self.sets_done,
            "seconds_held": self.seconds_held,
        }


def columns(item: dict[str, Any]) -> dict[str, Any]:
    """An item of a body as an item row's columns."""
    rest = {name: value for name, value in item.items() if name not in ("exercise", "prescribed")}
    return {"exercise_id": item["exercise"], **rest, **item.get("prescribed", {})}


def attach_items(documents: Sequence[DocumentWithItems]) -> None:
    """The items of `documents`, all of one model, in one query. By hand: a prefetch makes a queryset for each row."""
    if not documents:
        return
    found: dict[UUID, list[dict[str, Any]]] = {document.pk: [] for document in documents}
    model: Any = type(documents[0])
    items = model._meta.get_field("items")
    for item in items.related_model.objects.filter(**{f"{items.field.name}__in": list(found)}).order_by("position"):
        found[getattr(item, items.field.attname)].append(item.as_json())
    for document in documents:
        document.written_items = found[document.pk]
