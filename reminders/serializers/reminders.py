"""The shape of a reminder, and of the times that its editor shows. Validation never writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from accounts.fields import (
    DocumentAnswerSerializer,
    DocumentSerializer,
    InstantField,
    StrictSerializer,
    TimeZoneField,
    WholeNumberField,
)
from accounts.problems import server_fields
from exercises.serializers.prescriptions import LATEST, DayField
from reminders.foreseeing import next_told
from reminders.models import Reminder
from reminders.models.reminder import rule_of
from reminders.timing import WEEKDAYS, NeverDue, refuse_never_due
from reminders.vocabulary import (
    CHANNELS,
    FREQUENCIES,
    GRACE_MINUTES,
    GRACE_RANGE,
    INTERVAL_RANGE,
    KINDS,
    QUIET,
    TIMES_A_DAY,
)

PREVIEW_COUNT = 10


class PauseSerializer(StrictSerializer):
    """Local dates, both included."""

    to = DayField()

    def get_fields(self) -> Any:
        return {"from": DayField(), **super().get_fields()}

    def validate(self, pause: dict[str, Any]) -> dict[str, Any]:
        if pause["to"] < pause["from"]:
            raise serializers.ValidationError({"to": ["Must not lie before `from`."]}, code="before_from")
        return pause


class ReminderSerializer(DocumentSerializer):
    echoed = DocumentSerializer.echoed | {"next_due_at", "next_told_at", "next_done"}

    kind = serializers.ChoiceField(choices=KINDS)
    routine = serializers.UUIDField(allow_null=True, default=None, help_text="Of a routine's reminder: which.")
    prescription = serializers.UUIDField(
        allow_null=True,
        default=None,
        help_text="Of a prescription's: which. It is due only on the days that the prescription asks for.",
    )
    text = serializers.CharField(
        max_length=200, allow_blank=True, default="", help_text="The person's own words; shown in the app only."
    )
    times = serializers.ListField(
        child=serializers.RegexField(r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
        min_length=1,
        max_length=TIMES_A_DAY,
        help_text="Local times of the day, HH:MM. Kept in order, each once.",
    )
    frequency = serializers.ChoiceField(choices=FREQUENCIES)
    interval = WholeNumberField(
        min_value=INTERVAL_RANGE[0],
        max_value=INTERVAL_RANGE[1],
        default=1,
        help_text="Every so many days or weeks, counted from `starts_on`; weeks begin on Monday.",
    )
    weekdays = serializers.ListField(
        child=serializers.ChoiceField(choices=WEEKDAYS),
        max_length=len(WEEKDAYS),
        default=list,
        help_text="Of a daily one: only these, empty for all. Of a weekly one: these, empty for that of `starts_on`.",
    )
    starts_on = DayField()
    ends_on = DayField(allow_null=True, default=None, help_text="The last day; null: no end.")
    time_zone = TimeZoneField()
    follow_device = serializers.BooleanField(
        default=False, help_text="Goes by the profile's time zone, which the device keeps, instead of `time_zone`."
    )
    channels = serializers.ListField(
        child=serializers.ChoiceField(choices=CHANNELS),
        max_length=len(CHANNELS),
        default=list,
        help_text="Beside the list in the app.",
    )
    quiet = serializers.ChoiceField(choices=QUIET, default="defer", help_text="What quiet hours do to it.")
    grace_minutes = WholeNumberField(
        min_value=GRACE_RANGE[0],
        max_value=GRACE_RANGE[1],
        default=GRACE_MINUTES,
        help_text="How late it may still be told.",
    )
    pause = PauseSerializer(allow_null=True, default=None, help_text="For a holiday: not due on these local dates.")
    active = serializers.BooleanField(default=True)

    def validate_times(self, times: list[str]) -> list[str]:
        return sorted(set(times))

    def validate_weekdays(self, weekdays: list[str]) -> list[str]:
        return [day for day in WEEKDAYS if day in weekdays]

    def validate_channels(self, channels: list[str]) -> list[str]:
        return [channel for channel in CHANNELS if channel in channels]

    def validate(self, reminder: dict[str, Any]) -> dict[str, Any]:
        for name in ("routine", "prescription"):
            if (reminder["kind"] == name) != (reminder[name] is not None):
                wanted = "Say which." if reminder["kind"] == name else "Must be null for this kind."
                raise serializers.ValidationError({name: [wanted]}, code="wrong_for_kind")
        if reminder["kind"] == "custom" and not reminder["text"]:
            raise serializers.ValidationError({"text": ["Say of what to remind."]}, code="blank")
        if reminder["ends_on"] and reminder["ends_on"] < reminder["starts_on"]:
            raise serializers.ValidationError({"ends_on": ["Must not lie before the start."]}, code="ends_before_start")
        try:
            refuse_never_due(rule_of(as_body(reminder), reminder["time_zone"]))
        except NeverDue:
            raise serializers.ValidationError(
                {"frequency": ["No date fits: the weekdays, the interval and the dates never meet."]}, code="never_due"
            ) from None
        return reminder

    def canonical_body(self) -> dict[str, Any]:
        """The validated body as `Reminder.body()` spells it."""
        return as_body(self.validated_data)


class ReminderAnswerSerializer(DocumentAnswerSerializer, ReminderSerializer):
    base_version = None  # type: ignore[assignment]  # DRF takes a field away by None; the stubs expect a field
    next_due_at = serializers.DateTimeField(allow_null=True, help_text="UTC; null: never again, as things stand.")
    next_told_at = serializers.DateTimeField(
        allow_null=True,
        help_text="UTC: when it says something next, after quiet hours, and without the days of its pause, days of rest"
        " and what is done already. Null: not in sight.",
    )
    next_done = serializers.BooleanField(
        help_text="At `next_due_at` it stays silent: what it asks for is done already."
    )


class PreviewSerializer(ReminderSerializer):
    base_version = None  # type: ignore[assignment]  # DRF takes a field away by None; the stubs expect a field
    after = InstantField(ahead=True, required=False, help_text="Now unless told.")
    count = WholeNumberField(min_value=1, max_value=50, default=PREVIEW_COUNT)

    def canonical_body(self) -> dict[str, Any]:
        asked = {name: value for name, value in self.validated_data.items() if name not in ("after", "count")}
        return as_body(asked)

    def validate_after(self, after: datetime) -> datetime:
        if after.date() > LATEST:
            raise serializers.ValidationError("Must not be after the year 2100.", code="too_late")
        return after


class DueSerializer(serializers.Serializer):
    local_date = serializers.DateField()
    slot = serializers.IntegerField(help_text="Counts the day's times from 0.")
    due_at = serializers.DateTimeField(help_text="UTC.")
    done = serializers.BooleanField(help_text="Nothing is told then: what it asks for is done already.")


class PreviewAnswerSerializer(serializers.Serializer):
    due = DueSerializer(many=True)


def as_body(reminder: dict[str, Any]) -> dict[str, Any]:
    pause = reminder["pause"]
    return {
        **{name: value for name, value in reminder.items() if name != "base_version"},
        "routine": str(reminder["routine"]) if reminder["routine"] else None,
        "prescription": str(reminder["prescription"]) if reminder["prescription"] else None,
        "starts_on": reminder["starts_on"].isoformat(),
        "ends_on": reminder["ends_on"].isoformat() if reminder["ends_on"] else None,
        "pause": {name: pause[name].isoformat() for name in ("from", "to")} if pause else None,
    }


def represent_reminder(reminder: Reminder) -> dict[str, Any]:
    return represent_reminders([reminder])[0]


def represent_reminders(reminders: list[Reminder]) -> list[dict[str, Any]]:
    told = next_told(reminders, timezone.now())
    return [
        {
            **one.body(),
            **server_fields(one),
            "next_due_at": instant_or_none(one.next_due_at),
            "next_told_at": instant_or_none(told[one.pk].at),
            "next_done": told[one.pk].done,
        }
        for one in reminders
    ]


def instant_or_none(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
