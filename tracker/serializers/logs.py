"""The shape of a symptom log, and of the days they make."""

from __future__ import annotations

from typing import Any

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
from tracker.models import SymptomLog, attach_readings, in_order
from tracker.redflags import evaluate
from tracker.vocabulary import LEVELS, MIDLINE_REGIONS, QUALITIES, REGIONS, SELF_CARE, SIDES


class ReadingSerializer(StrictSerializer):
    region = serializers.ChoiceField(choices=REGIONS)
    side = serializers.ChoiceField(choices=SIDES)
    numbness = RatingField()
    tingling = RatingField()
    pain = RatingField()
    weakness = RatingField()
    qualities = serializers.ListField(
        child=serializers.ChoiceField(choices=QUALITIES), max_length=len(QUALITIES), default=list
    )

    def validate_qualities(self, qualities: list[str]) -> list[str]:
        return sorted(set(qualities))

    def validate(self, reading: dict[str, Any]) -> dict[str, Any]:
        if (reading["region"] in MIDLINE_REGIONS) != (reading["side"] == "midline"):
            expected = "midline" if reading["region"] in MIDLINE_REGIONS else "left or right"
            raise serializers.ValidationError({"side": [f"This region needs the side {expected}."]}, code="wrong_side")
        return reading


class SelfCareSerializer(StrictSerializer):
    kind = serializers.ChoiceField(choices=SELF_CARE)
    minutes = WholeNumberField(min_value=0, max_value=1440, allow_null=True, required=False)
    name = serializers.CharField(max_length=80, allow_blank=True, required=False)
    dose = serializers.CharField(max_length=80, allow_blank=True, required=False)


class LogSerializer(DocumentSerializer):
    occurred_at = InstantField(help_text="When it was felt.")
    time_zone = TimeZoneField()
    readings = ReadingSerializer(many=True, max_length=40, help_text="Empty: no symptoms, 0 in every stream.")  # type: ignore[call-arg]  # the stubs know no ListSerializer options
    sleep_quality = RatingField()
    triggers = serializers.ListField(child=serializers.CharField(max_length=40), max_length=20, default=list)
    note = serializers.CharField(max_length=2000, allow_blank=True, default="", trim_whitespace=False)
    self_care = SelfCareSerializer(many=True, max_length=20, default=list)  # type: ignore[call-arg]  # the stubs know no ListSerializer options

    def validate_readings(self, readings: list[dict[str, Any]]) -> list[dict[str, Any]]:
        places = [(reading["region"], reading["side"]) for reading in readings]
        if len(set(places)) != len(places):
            raise serializers.ValidationError("Each region and side may come once.", code="repeated_place")
        return in_order(readings)

    def canonical_body(self) -> dict[str, Any]:
        """The validated body as `SymptomLog.body()` spells it."""
        data = {name: value for name, value in self.validated_data.items() if name != "base_version"}
        return {
            **data,
            "occurred_at": canonical_time(data["occurred_at"]),
            "readings": [dict(reading) for reading in data["readings"]],
            "self_care": [dict(item) for item in data["self_care"]],
        }


class FlagSerializer(serializers.Serializer):
    rule = serializers.CharField()
    level = serializers.ChoiceField(choices=LEVELS, help_text="Now, same day, within days, next visit.")


class LogAnswerSerializer(DocumentAnswerSerializer, LogSerializer):
    """What the server answers: the body, and what the server adds."""

    base_version = None  # type: ignore[assignment]  # DRF takes a field away by None; the stubs expect a field
    local_date = serializers.DateField(help_text="The date on the person's wall when it was felt.")
    flags = FlagSerializer(many=True)


class DaySerializer(serializers.Serializer):
    date = serializers.DateField()
    numbness = serializers.IntegerField(allow_null=True)
    tingling = serializers.IntegerField(allow_null=True)
    pain = serializers.IntegerField(allow_null=True)
    weakness = serializers.IntegerField(allow_null=True)
    entries = serializers.IntegerField()


class SummarySerializer(serializers.Serializer):
    days = DaySerializer(many=True)


def represent(log: SymptomLog) -> dict[str, Any]:
    """The row as JSON values. By hand: a list of 20 costs a tenth of what nested serializers take."""
    body = log.body()
    return {
        **body,
        **server_fields(log),
        "local_date": log.local_date.isoformat(),
        "flags": [] if log.deleted_at else evaluate(body["readings"]),
    }


def represent_all(logs: list[SymptomLog]) -> list[dict[str, Any]]:
    attach_readings(logs)
    return [represent(log) for log in logs]
