"""The shape of what was done against what was prescribed."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from exercises.adherence import Week


class TallySerializer(serializers.Serializer):
    sessions = serializers.IntegerField(help_text='Without those of which everything was skipped ("not today").')
    done = serializers.IntegerField(help_text="Items.")
    partial = serializers.IntegerField(help_text="Items.")  # type: ignore[assignment]  # DRF has an attribute of that name
    skipped = serializers.IntegerField(help_text="Items.")
    prescribed = serializers.IntegerField(
        help_text="Times that were due, by the versions that held then; of today, and of the day on which they were "
        "first asked for, only those that have a session."
    )
    prescribed_done = serializers.IntegerField(
        help_text="Times that were carried out: sessions of the prescription in which at least half of the exercises "
        "have the status `done`. An item and the next one, when that is `eased_from` it, are one exercise, and done "
        "when the easier form is. At most `prescribed`."
    )
    prescribed_begun = serializers.IntegerField(
        help_text="Times that were begun, and not carried out: at least one item has the status `done` or `partial`. "
        "With `prescribed_done`, which goes first, at most `prescribed`."
    )


class AdherenceDaySerializer(TallySerializer):
    date = serializers.DateField()
    seconds_held = serializers.IntegerField()


class AdherenceWeekSerializer(TallySerializer):
    week = serializers.CharField(help_text="ISO 8601: `2026-W47`.")
    to = serializers.DateField(help_text="Its Sunday.")

    def get_fields(self) -> Any:
        # `from` is a Python keyword.
        return {"from": serializers.DateField(help_text="Its Monday."), **super().get_fields()}


class AdherenceSerializer(serializers.Serializer):
    days = AdherenceDaySerializer(
        many=True, help_text="Days with a session or something due, oldest first; the others are left blank."
    )
    weeks = AdherenceWeekSerializer(
        many=True, help_text="Weeks with one of these days, oldest first; they count only the days of the period."
    )
    reasons = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="How often each reason stands with an item not done, or not wholly; or with a session that was "
        "stopped, where none of its items has one.",
    )


def represent_week(week: Week) -> dict[str, Any]:
    counts = {name: value for name, value in vars(week.tally).items() if name != "seconds_held"}
    return {"week": week.name, "from": week.monday.isoformat(), "to": week.sunday.isoformat(), **counts}
