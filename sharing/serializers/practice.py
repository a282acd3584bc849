"""The shape of how a physiotherapist works."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.fields import StrictSerializer
from sharing.models import Practice
from sharing.models.practice import every_signal
from sharing.vocabulary import TRIAGE


class PracticeSerializer(StrictSerializer):
    echoed = frozenset({"practises", "started_at"})
    signals = serializers.ListField(
        child=serializers.ChoiceField(choices=TRIAGE),
        max_length=2 * len(TRIAGE),
        required=False,
        default=every_signal,
        help_text="What you want to be told of.",
    )
    tell_at = serializers.TimeField(
        format="%H:%M",
        input_formats=["%H:%M"],
        allow_null=True,
        required=False,
        default=None,
        help_text="When, once a day, on your own wall; null: never.",
    )

    def validate_signals(self, signals: list[str]) -> list[str]:
        return [signal for signal in TRIAGE if signal in signals]


class PracticeAnswerSerializer(PracticeSerializer):
    practises = serializers.BooleanField(help_text="Whether you treat others.")
    started_at = serializers.DateTimeField(allow_null=True)


def represent_practice(practice: Practice | None) -> dict[str, Any]:
    if practice is None:
        return {"practises": False, "signals": every_signal(), "tell_at": None, "started_at": None}
    return {
        "practises": True,
        "signals": practice.signals,
        "tell_at": practice.tell_at.strftime("%H:%M") if practice.tell_at else None,
        "started_at": practice.started_at.isoformat(),
    }
