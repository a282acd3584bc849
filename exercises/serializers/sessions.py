"""The shape of a session. Validation never writes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rest_framework import serializers

from accounts.fields import (
    LATEST_BASE,
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
from exercises.models import DOSE_LATER, SESSION_ITEM_LATER, SESSION_LATER, Session, attach_items
from exercises.serializers.doses import DoseSerializer, ExerciseItemsField, as_sent
from exercises.vocabulary import DOSE_RANGES, ENDINGS, REASONS, STATUSES, VERDICTS

LONGEST = timedelta(hours=24)
# More than anybody does of one exercise in a session: 20 sets of 100 on both sides.
MOST_REPETITIONS = 4000


class SessionItemSerializer(StrictSerializer):
    exercise = serializers.CharField(max_length=50, help_text="Its slug.")
    prescribed = DoseSerializer()
    status = serializers.ChoiceField(choices=STATUSES)
    reason = serializers.ChoiceField(choices=REASONS, allow_null=True, required=False, default=None)
    sets_done = WholeNumberField(min_value=0, max_value=DOSE_RANGES["sets"][1])
    repetitions_done = WholeNumberField(min_value=0, max_value=MOST_REPETITIONS, required=False, default=0)
    seconds_held = WholeNumberField(min_value=0, max_value=int(LONGEST.total_seconds()))
    eased_from = serializers.CharField(
        max_length=50,
        allow_null=True,
        required=False,
        default=None,
        help_text="The slug of the form that was planned, when an easier one was done in its place.",
    )

    class Meta:
        list_serializer_class = ExerciseItemsField

    def validate(self, item: dict[str, Any]) -> dict[str, Any]:
        if item["status"] == "done" and item["reason"] is not None:
            raise serializers.ValidationError({"reason": ["What was done has no reason."]}, code="needless_reason")
        return item


class HurtSerializer(StrictSerializer):
    """ "This hurts", said in the middle of an exercise, and what the pain rule made of it."""

    item = WholeNumberField(min_value=0, help_text="Counts the session's items from 0.")
    at = InstantField(help_text="Kept in the offset of the start.")
    pain = RatingField()
    numbness = RatingField()
    further_down = serializers.BooleanField(required=False, default=False, help_text="It moved further down the leg.")
    weakness = serializers.BooleanField(required=False, default=False, help_text="There was new weakness.")
    verdict = serializers.ChoiceField(choices=VERDICTS)


class SessionSerializer(DocumentSerializer):
    routine = serializers.UUIDField(
        allow_null=True,
        required=False,
        default=None,
        help_text="The routine that was followed. Kept as sent: the session may arrive before its routine.",
    )
    routine_name = serializers.CharField(max_length=80, allow_blank=True, default="", help_text="At that time.")
    prescription = serializers.UUIDField(
        allow_null=True,
        required=False,
        default=None,
        help_text="The prescription that was carried out. Kept as sent: the session may arrive before it.",
    )
    prescription_version = WholeNumberField(
        min_value=1,
        max_value=LATEST_BASE,
        allow_null=True,
        required=False,
        default=None,
        help_text="Its version at that time; null when the server had not taken it yet.",
    )
    started_at = InstantField()
    ended_at = InstantField(help_text="At most 24 h after the start. Kept in the offset of the start.")
    time_zone = TimeZoneField()
    ended = serializers.ChoiceField(choices=ENDINGS)
    stop_reason = serializers.ChoiceField(
        choices=REASONS, allow_null=True, required=False, default=None, help_text="Only when stopped; null: not said."
    )
    items = SessionItemSerializer(many=True, max_length=60)  # type: ignore[call-arg]  # the stubs know no ListSerializer options
    hurts = HurtSerializer(many=True, max_length=100, required=False, default=list)  # type: ignore[call-arg]  # the stubs know no ListSerializer options
    pain_before = RatingField()
    numbness_before = RatingField()
    pain_after = RatingField()
    numbness_after = RatingField()
    pain_next_morning = RatingField()
    numbness_next_morning = RatingField()
    next_morning_declined = serializers.BooleanField(
        required=False, default=False, help_text="Asked about the next morning, the person did not want to say."
    )
    note = serializers.CharField(max_length=2000, allow_blank=True, default="", trim_whitespace=False)

    def validate(self, session: dict[str, Any]) -> dict[str, Any]:
        lasted = session["ended_at"] - session["started_at"]
        if lasted < timedelta():
            raise serializers.ValidationError({"ended_at": ["Must not lie before the start."]}, code="before_start")
        if lasted > LONGEST:
            raise serializers.ValidationError({"ended_at": ["At most 24 hours after the start."]}, code="too_long")
        refuse_hurts_outside(session)
        if session["ended"] == "completed":
            refuse_unexplained(session)
        return session

    def canonical_body(self) -> dict[str, Any]:
        """The validated body as `Session.body()` spells it, but for what an older app does not say."""
        data = {name: value for name, value in self.validated_data.items() if name != "base_version"}
        offset = data["started_at"].tzinfo
        body = {
            **data,
            "routine": str(data["routine"]) if data["routine"] else None,
            "prescription": str(data["prescription"]) if data["prescription"] else None,
            "started_at": canonical_time(data["started_at"]),
            "ended_at": canonical_time(data["ended_at"].astimezone(offset)),
            "items": [item_as_sent(*pair) for pair in zip(data["items"], self.initial_data["items"], strict=True)],
            "hurts": [{**hurt, "at": canonical_time(hurt["at"].astimezone(offset))} for hurt in data["hurts"]],
        }
        return as_sent(body, self.initial_data, *SESSION_LATER)


def item_as_sent(item: dict[str, Any], sent: dict[str, Any]) -> dict[str, Any]:
    prescribed = as_sent(item["prescribed"], sent["prescribed"], DOSE_LATER)
    return as_sent({**item, "prescribed": prescribed}, sent, *SESSION_ITEM_LATER)


def refuse_hurts_outside(session: dict[str, Any]) -> None:
    outside = [hurt["item"] >= len(session["items"]) for hurt in session["hurts"]]
    if any(outside):
        unknown = serializers.ErrorDetail("The session has no such item.", "unknown_item")
        raise serializers.ValidationError({"hurts": [{"item": [unknown]} if one else {} for one in outside]})


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
    base_version = None  # type: ignore[assignment]  # DRF takes a field away by None; the stubs expect a field
    local_date = serializers.DateField(help_text="The date on the person's wall when it started.")


def represent_session(session: Session) -> dict[str, Any]:
    return {**session.body(), **server_fields(session), "local_date": session.local_date.isoformat()}


def represent_sessions(sessions: list[Session]) -> list[dict[str, Any]]:
    attach_items(sessions)
    return [represent_session(session) for session in sessions]
