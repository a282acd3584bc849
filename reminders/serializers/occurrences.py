"""The shape of what came due, and of an answer to it. Validation never writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rest_framework import serializers

from accounts.fields import InstantField, StrictSerializer, WholeNumberField
from reminders.models import Delivery, Occurrence
from reminders.vocabulary import ANSWERS, DELIVERY_STATES, KINDS, REASONS, SNOOZE_MINUTES, STATES, WAYS


class AnswerSerializer(StrictSerializer):
    answer = serializers.ChoiceField(choices=ANSWERS)
    minutes = WholeNumberField(
        allow_null=True, default=None, help_text="Of a snooze: 10, 30 or 60. Counted from `answered_at`."
    )
    until = serializers.ChoiceField(
        choices=["evening"], allow_null=True, default=None, help_text="Of a snooze, instead of minutes: until 19:00."
    )
    answered_at = InstantField(required=False, help_text="When the button was pressed, offline too; now unless told.")

    def validate_minutes(self, minutes: int | None) -> int | None:
        if minutes is not None and minutes not in SNOOZE_MINUTES:
            raise serializers.ValidationError("Must be 10, 30 or 60.", code="invalid_choice")
        return minutes

    def validate(self, answer: dict[str, Any]) -> dict[str, Any]:
        if answer["answer"] != "snooze":
            for name in ("minutes", "until"):
                if answer[name] is not None:
                    raise serializers.ValidationError({name: ["Only of a snooze."]}, code="only_of_snooze")
        elif (answer["minutes"] is None) == (answer["until"] is None):
            raise serializers.ValidationError({"minutes": ["Say the minutes, or until evening."]}, code="required")
        return answer


class ToldSerializer(serializers.Serializer):
    channel = serializers.ChoiceField(choices=WAYS)
    state = serializers.ChoiceField(choices=DELIVERY_STATES)
    at = serializers.DateTimeField(help_text="When it was taken by the channel or given up; else when it goes out.")


class OccurrenceSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    reminder = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=KINDS)
    routine = serializers.UUIDField(allow_null=True)
    prescription = serializers.UUIDField(allow_null=True)
    text = serializers.CharField()
    local_date = serializers.DateField()
    slot = serializers.IntegerField(help_text="Counted the day's times from 0 when it came due.")
    due_at = serializers.DateTimeField()
    send_at = serializers.DateTimeField(help_text="When it is told: later than `due_at` after quiet hours.")
    state = serializers.ChoiceField(choices=STATES)
    reason = serializers.ChoiceField(
        choices=REASONS,
        allow_null=True,
        help_text="Why nobody was told: dropped by quiet hours, later than its grace, its reminder changed, paused,"
        " switched off or deleted before, or already done.",
    )
    answer = serializers.ChoiceField(choices=ANSWERS, allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    snoozed_until = serializers.DateTimeField(allow_null=True)
    changed_at = serializers.DateTimeField()
    deliveries = ToldSerializer(many=True)


def represent_occurrences(occurrences: list[Occurrence]) -> list[dict[str, Any]]:
    """Of rows with their reminder selected and their deliveries prefetched."""
    return [represent_occurrence(one) for one in occurrences]


def represent_occurrence(one: Occurrence) -> dict[str, Any]:
    about = one.reminder.body()
    if one.is_withdrawn:
        # The clock writes it down at its time: until then the person may think again.
        one.settle_as_withdrawn(one.changed_at)
    elif one.snoozed_until and one.is_called_off:
        # It does not come again. Who was told of it is still asked, as where it was not put off.
        one.snoozed_until = min(one.snoozed_until, one.changed_at)
    return {
        "id": str(one.pk),
        "reminder": str(one.reminder_id),
        **{name: about[name] for name in ("kind", "routine", "prescription", "text")},
        "local_date": one.local_date.isoformat(),
        "slot": one.slot,
        "due_at": one.due_at.isoformat(),
        "send_at": one.send_at.isoformat(),
        "state": one.state,
        "reason": one.reason or None,
        "answer": one.answer or None,
        "answered_at": written(one.answered_at),
        "snoozed_until": written(one.snoozed_until),
        "changed_at": one.changed_at.isoformat(),
        "deliveries": [told(row) for row in one.deliveries.all()],
    }


def told(row: Delivery) -> dict[str, str]:
    return {"channel": row.channel, "state": row.state, "at": (row.ended_at or row.send_at).isoformat()}


def written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
