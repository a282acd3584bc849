"""The shape of a person's trends: how readily they are told, and what has become better."""

from __future__ import annotations

from rest_framework import serializers

from accounts.fields import StrictSerializer
from tracker.models import FOLLOWED
from tracker.vocabulary import SENSITIVITIES


class SensitivitySerializer(StrictSerializer):
    sensitivity = serializers.ChoiceField(choices=SENSITIVITIES)


class ImprovementSerializer(serializers.Serializer):
    stream = serializers.ChoiceField(choices=FOLLOWED, help_text="`reach`: how far down the leg, 0-10.")
    since = serializers.DateField()
    day = serializers.DateField(help_text="When it could first be told.")
    baseline = serializers.FloatField(help_text="The usual level before, in points.")
    recent = serializers.FloatField(help_text="The level since.")
    below = serializers.IntegerField(help_text="Days below usual, of `entries` logged since.")
    entries = serializers.IntegerField()


class TrendsSerializer(serializers.Serializer):
    sensitivity = serializers.ChoiceField(choices=SENSITIVITIES)
    false_alarms_per_year = serializers.DictField(
        child=serializers.FloatField(),
        help_text="By sensitivity: how often all trend flags together may be wrong for somebody whose days stay alike.",
    )
    improvements = ImprovementSerializer(many=True)
