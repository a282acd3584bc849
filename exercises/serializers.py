"""The shapes of exercises, routines and sessions. Validation never writes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from rest_framework import serializers

from accounts.fields import (
    DocumentAnswerSerializer,
    DocumentSerializer,
    InstantField,
    RatingField,
    StrictSerializer,
    TimeZoneField,
    WholeNumberField,
    canonical_time,
)
from accounts.problems import server_fields
from exercises.catalogue import in_language
from exercises.models import Exercise, Routine, Session, attach_items
from exercises.vocabulary import DOSE, DOSE_RANGES, ENDINGS, POSITIONS, REASONS, REVIEWS, SIDES, STATUSES

LONGEST = timedelta(hours=24)


def dose_number(name: str) -> WholeNumberField:
    least, most = DOSE_RANGES[name]
    return WholeNumberField(min_value=least, max_value=most)


class DoseSerializer(StrictSerializer):
    sets = dose_number("sets")
    repetitions = dose_number("repetitions")
    hold_seconds = dose_number("hold_seconds")
    rest_seconds = dose_number("rest_seconds")
    sides = serializers.ChoiceField(choices=SIDES)


class ExerciseItemsField(serializers.ListSerializer):
    """Items that name exercises: each must be one that the catalogue has, or once had."""

    def to_internal_value(self, data: Any) -> list[Any]:
        items = super().to_internal_value(data)
        asked = {item["exercise"] for item in items}
        known = set(Exercise.objects.filter(pk__in=asked).values_list("pk", flat=True))
        if asked - known:
            unknown = serializers.ErrorDetail("There is no such exercise.", "unknown_exercise")
            raise serializers.ValidationError(
                [{} if item["exercise"] in known else {"exercise": [unknown]} for item in items]
            )
        return items


class RoutineItemSerializer(DoseSerializer):
    exercise = serializers.CharField(max_length=50, help_text="Its slug.")

    class Meta:
        list_serializer_class = ExerciseItemsField


class RoutineSerializer(DocumentSerializer):
    echoed = DocumentSerializer.echoed | {"description"}
    name = serializers.CharField(max_length=80)
    # The stubs do not know that many=True takes a ListSerializer's options.
    items = RoutineItemSerializer(many=True, min_length=1, max_length=30)  # type: ignore[call-arg]

    def canonical_body(self) -> dict[str, Any]:
        """The validated body as `Routine.body()` spells it."""
        data = self.validated_data
        return {"name": data["name"], "items": [dict(item) for item in data["items"]]}


class RoutineAnswerSerializer(DocumentAnswerSerializer, RoutineSerializer):
    base_version = None  # type: ignore[assignment]
    starter = serializers.BooleanField(help_text="Belongs to nobody and cannot be changed; a copy of it can.")
    description = serializers.CharField(help_text="Whom a starter suits, in the person's language; else empty.")


class SessionItemSerializer(StrictSerializer):
    exercise = serializers.CharField(max_length=50, help_text="Its slug.")
    prescribed = DoseSerializer()
    status = serializers.ChoiceField(choices=STATUSES)
    reason = serializers.ChoiceField(choices=REASONS, allow_null=True, required=False, default=None)
    sets_done = WholeNumberField(min_value=0, max_value=DOSE_RANGES["sets"][1])
    seconds_held = WholeNumberField(min_value=0, max_value=int(LONGEST.total_seconds()))

    class Meta:
        list_serializer_class = ExerciseItemsField

    def validate(self, item: dict[str, Any]) -> dict[str, Any]:
        if item["status"] == "done" and item["reason"] is not None:
            raise serializers.ValidationError({"reason": ["What was done has no reason."]}, code="needless_reason")
        return item


class SessionSerializer(DocumentSerializer):
    routine = serializers.UUIDField(
        allow_null=True,
        required=False,
        default=None,
        help_text="The routine that was followed. Kept as sent: the session may arrive before its routine.",
    )
    routine_name = serializers.CharField(max_length=80, allow_blank=True, default="", help_text="At that time.")
    started_at = InstantField()
    ended_at = InstantField(help_text="At most 24 h after the start. Kept in the offset of the start.")
    time_zone = TimeZoneField()
    ended = serializers.ChoiceField(choices=ENDINGS)
    stop_reason = serializers.ChoiceField(
        choices=REASONS, allow_null=True, required=False, default=None, help_text="Only when stopped; null: not said."
    )
    items = SessionItemSerializer(many=True, max_length=60)  # type: ignore[call-arg]
    pain_before = RatingField()
    numbness_before = RatingField()
    pain_after = RatingField()
    numbness_after = RatingField()
    pain_next_morning = RatingField()
    numbness_next_morning = RatingField()
    note = serializers.CharField(max_length=2000, allow_blank=True, default="", trim_whitespace=False)

    def validate(self, session: dict[str, Any]) -> dict[str, Any]:
        lasted = session["ended_at"] - session["started_at"]
        if lasted < timedelta():
            raise serializers.ValidationError({"ended_at": ["Must not lie before the start."]}, code="before_start")
        if lasted > LONGEST:
            raise serializers.ValidationError({"ended_at": ["At most 24 hours after the start."]}, code="too_long")
        if session["ended"] == "completed":
            refuse_unexplained(session)
        return session

    def canonical_body(self) -> dict[str, Any]:
        """The validated body as `Session.body()` spells it."""
        data = {name: value for name, value in self.validated_data.items() if name != "base_version"}
        offset = data["started_at"].tzinfo
        return {
            **data,
            "routine": str(data["routine"]) if data["routine"] else None,
            "started_at": canonical_time(data["started_at"]),
            "ended_at": canonical_time(data["ended_at"].astimezone(offset)),
            "items": [{**item, "prescribed": dict(item["prescribed"])} for item in data["items"]],
        }


def refuse_unexplained(session: dict[str, Any]) -> None:
    """
    A session gone through to its end was not stopped, and says why an exercise was left out.

    One that was stopped need not: whoever is in pain is not held up by a question, and the exercises that were never
    reached have no reason of their own.
    """
    if session["stop_reason"] is not None:
        raise serializers.ValidationError({"stop_reason": ["Only when stopped."]}, code="needless_reason")
    missing = serializers.ErrorDetail("Say why it was skipped.", "reason_required")
    silent = [item["status"] == "skipped" and item["reason"] is None for item in session["items"]]
    if any(silent):
        raise serializers.ValidationError({"items": [{"reason": [missing]} if one else {} for one in silent]})


class SessionAnswerSerializer(DocumentAnswerSerializer, SessionSerializer):
    base_version = None  # type: ignore[assignment]
    local_date = serializers.DateField(help_text="The date on the person's wall when it started.")


class CautionSerializer(serializers.Serializer):
    text = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # DRF has an attribute of that name


class ExerciseSerializer(DoseSerializer):
    """A catalogue entry in the person's language, English where that is missing."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    summary = serializers.CharField()
    position = serializers.ChoiceField(choices=POSITIONS)
    steps = serializers.ListField(child=serializers.CharField())
    cautions = CautionSerializer(many=True)
    easier = serializers.CharField()
    harder = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # DRF has an attribute of that name
    review = serializers.ChoiceField(choices=REVIEWS)
    figure = serializers.JSONField(help_text="Key poses, for the app's own drawing.")


class AdherenceDaySerializer(serializers.Serializer):
    date = serializers.DateField()
    sessions = serializers.IntegerField()
    done = serializers.IntegerField(help_text="Items.")
    partial = serializers.IntegerField(help_text="Items.")  # type: ignore[assignment]  # DRF has an attribute of that name
    skipped = serializers.IntegerField(help_text="Items.")
    seconds_held = serializers.IntegerField()


class AdherenceSerializer(serializers.Serializer):
    days = AdherenceDaySerializer(many=True, help_text="Days with a session, oldest first; the others are left blank.")
    reasons = serializers.DictField(
        child=serializers.IntegerField(), help_text="How often each reason stands with an item not done, or not wholly."
    )


def represent_exercise(exercise: Exercise, language: str) -> dict[str, Any]:
    data = exercise.data
    plain = ("slug", "position", *DOSE, "source", "review", "figure")
    return {
        **{name: data[name] for name in plain},
        **in_language(data["text"], language),
        "cautions": [
            {"text": in_language(caution["text"], language), "source": caution["source"]}
            for caution in data["cautions"]
        ],
    }


def represent_routine(routine: Routine) -> dict[str, Any]:
    return {**routine.body(), **server_fields(routine), "starter": False, "description": ""}


def represent_routines(routines: list[Routine]) -> list[dict[str, Any]]:
    attach_items(routines)
    return [represent_routine(routine) for routine in routines]


def represent_starter(starter: dict[str, Any], language: str) -> dict[str, Any]:
    # It arrived nowhere. Its UUIDv7 begins with the milliseconds of its making.
    made = datetime.fromtimestamp((UUID(starter["id"]).int >> 80) / 1000, UTC).isoformat()
    text = in_language(starter["text"], language)
    return {
        "name": text["name"],
        "description": text["description"],
        "items": starter["items"],
        "id": starter["id"],
        "version": 1,
        "received_at": made,
        "changed_at": made,
        "deleted_at": None,
        "starter": True,
    }


def represent_session(session: Session) -> dict[str, Any]:
    return {**session.body(), **server_fields(session), "local_date": session.local_date.isoformat()}


def represent_sessions(sessions: list[Session]) -> list[dict[str, Any]]:
    attach_items(sessions)
    return [represent_session(session) for session in sessions]
