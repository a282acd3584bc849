"""The shape of a flag, and of what is done to one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rest_framework import serializers

from accounts.fields import InstantField, StrictSerializer
from tracker.models import Flag, changes_of_each
from tracker.turning import true_moment
from tracker.vocabulary import CHANGE_REASONS, FLAG_REASONS, FLAG_STATES, LEVELS, RESOLUTIONS, SNOOZES


class ActSerializer(StrictSerializer):
    """What was done at `at`; by the server's clock, where the device says what its own shows while it sends it."""

    at = InstantField(required=False, default=None, help_text="When it was done; unless told: now.")
    sent_at = InstantField(
        required=False,
        default=None,
        ahead=True,
        help_text="The device's clock while it sends this: if that is wrong, `at` is corrected by as much.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        sent_at = attrs.pop("sent_at")
        if attrs["at"] and sent_at:
            attrs["at"] = true_moment(attrs["at"], sent_at)
        return attrs


class SeenSerializer(ActSerializer):
    pass


class RulesField(serializers.ListField):
    child = serializers.CharField(max_length=40)

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_length": 1, "max_length": 100, "help_text": "Of red flags.", **options})


class SignsSeenSerializer(SeenSerializer):
    rules = RulesField()


class ReopenSerializer(ActSerializer):
    pass


class ResolveSerializer(ActSerializer):
    reason = serializers.ChoiceField(choices=RESOLUTIONS, help_text="`checked`: by a clinician.")


class SignsResolveSerializer(ResolveSerializer):
    rules = RulesField()


class SnoozeSerializer(StrictSerializer):
    until = InstantField(ahead=True, help_text="At most 90 days ahead.")
    reason = serializers.ChoiceField(choices=SNOOZES)


class FlagChangeSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    by = serializers.ChoiceField(
        choices=["person", "physiotherapist"], allow_null=True, help_text="Null: the rules themselves."
    )
    state = serializers.ChoiceField(choices=FLAG_STATES)
    level = serializers.ChoiceField(choices=LEVELS)
    reason = serializers.ChoiceField(
        choices=CHANGE_REASONS, allow_null=True, help_text="Why it was resolved, or put off."
    )


class RaisedFlagSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    rule = serializers.CharField()
    stream = serializers.CharField(allow_null=True, help_text="Of a trend.")
    level = serializers.ChoiceField(choices=LEVELS, help_text="Now, same day, within days, next visit.")
    state = serializers.ChoiceField(choices=FLAG_STATES)
    reason = serializers.ChoiceField(choices=FLAG_REASONS, allow_null=True, help_text="Why it was resolved.")
    evidence = serializers.DictField(
        help_text=(
            "Of a red flag: `signs`, the latest 50, each `{source: log|check, id, answer, level, at, withdrawn}`, and "
            "the `count` of all. Of a trend: "
            "`since`, the `day` it was told, `over` (`{day, reason}` or null), `false_alarms_per_year` of all, and: "
            "sustained-worsening: `baseline` and `recent` level, `above` usual (as shown: in halves, or tenths where "
            "halves would be the same) on so many of `entries` days, the worst `region` and `side` (or null); flare: "
            "`baseline`, `last` bad day, `entries`, `region`, `side`; spreading: "
            "`how` (further-down, other-side), `places`; aggravated-by: `exercises`, each `{exercise, stream, moment, "
            "rose, of, sessions, rated}`: it `rose` in so many `of` the sessions `rated`; `sessions` also ended "
            "clearly above the usual start."
        )
    )
    opened_at = serializers.DateTimeField(help_text="When the sign was first noted.")
    raised_at = serializers.DateTimeField(help_text="When the server heard of it.")
    changed_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(allow_null=True, help_text="When it was last confirmed as read.")
    resolved_at = serializers.DateTimeField(allow_null=True)
    snoozed_until = serializers.DateTimeField(allow_null=True, help_text="Of a trend.")
    changes = FlagChangeSerializer(many=True, help_text="Its life, in the server's order.")


def represent_flags(flags: list[Flag]) -> list[dict[str, Any]]:
    changes = changes_of_each(flags)
    return [
        {
            "id": str(flag.pk),
            "rule": flag.rule,
            "stream": flag.stream or None,
            "level": flag.level,
            "state": flag.state,
            "reason": flag.reason or None,
            "evidence": flag.evidence,
            "opened_at": spell(flag.opened_at),
            "raised_at": spell(flag.raised_at),
            "changed_at": spell(flag.changed_at),
            "seen_at": spell(flag.seen_at),
            "resolved_at": spell(flag.resolved_at),
            "snoozed_until": spell(flag.snoozed_until),
            "changes": [represent_change(flag, change) for change in changes[flag.pk]],
        }
        for flag in flags
    ]


def represent_flag(flag: Flag) -> dict[str, Any]:
    return represent_flags([flag])[0]


def represent_change(flag: Flag, change: Any) -> dict[str, Any]:
    by = None if change.by_id is None else "person" if change.by_id == flag.owner_id else "physiotherapist"
    return {
        "at": spell(change.at),
        "by": by,
        "state": change.state,
        "level": change.level,
        "reason": change.reason or None,
    }


def spell(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
