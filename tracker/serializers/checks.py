"""The shapes of the questions about signs that need a doctor, and of a check. Validation never writes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.fields import (
    LATEST_BASE,
    DocumentAnswerSerializer,
    DocumentSerializer,
    InstantField,
    TimeZoneField,
    WholeNumberField,
    canonical_time,
)
from accounts.problems import server_fields
from accounts.zones import local_date
from exercises.catalogue import in_language
from tracker.models import RedFlagCheck
from tracker.redflags import evaluate_check, known_answers, read_table, rules_by_id
from tracker.serializers.logs import FlagSerializer
from tracker.vocabulary import LEVELS

EARLIEST_SINCE = date(1900, 1, 1)


class ByRuleField(serializers.Field):
    """An object with a value for some of the rules. Names its faults by rule: `answers.saddle`."""

    default_error_messages = {"not_an_object": "Must be an object with the questions' ids as names."}

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if not isinstance(data, dict):
            self.fail("not_an_object")
        faults = {rule: fault for rule, value in data.items() if (fault := self.fault(rule, value))}
        if faults:
            raise serializers.ValidationError({str(rule)[:80]: [fault] for rule, fault in list(faults.items())[:10]})
        return {rule: data[rule] for rule in rules_by_id() if rule in data}

    def to_representation(self, value: Any) -> Any:
        return value

    def fault(self, rule: str, value: Any) -> serializers.ErrorDetail | None:
        if rule not in rules_by_id():
            return serializers.ErrorDetail("There is no such question.", "unknown_question")
        return None


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string", "enum": list(known_answers())}})
class AnswersField(ByRuleField):
    def fault(self, rule: str, value: Any) -> serializers.ErrorDetail | None:
        if fault := super().fault(rule, value):
            return fault
        allowed = rules_by_id()[rule]["answers"]
        if not isinstance(value, str) or value not in allowed:
            return serializers.ErrorDetail(f"Must be one of: {', '.join(allowed)}.", "invalid_choice")
        return None


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string", "format": "date"}})
class SinceField(ByRuleField):
    def fault(self, rule: str, value: Any) -> serializers.ErrorDetail | None:
        if fault := super().fault(rule, value):
            return fault
        try:
            sound = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
        except ValueError:
            sound = False
        if not sound or date.fromisoformat(value) < EARLIEST_SINCE:
            return serializers.ErrorDetail("Must be a date, as 2026-11-20, from 1900 on.", "invalid_date")
        return None


class CheckSerializer(DocumentSerializer):
    echoed = DocumentSerializer.echoed | {"level"}
    answered_at = InstantField()
    time_zone = TimeZoneField()
    answers = AnswersField(help_text="By the question's id; at least one. What each question takes: `red-flags`.")
    since = SinceField(
        required=False,
        default=dict,
        help_text="By the question's id: the date on which the sign began or last changed, where that was said.",
    )
    entry = serializers.UUIDField(
        allow_null=True,
        required=False,
        default=None,
        help_text="The log that was the reason to ask. Kept as sent: the check may arrive before it.",
    )
    read_at = InstantField(
        allow_null=True,
        required=False,
        default=None,
        help_text="When the person confirmed having read what to do. Kept in the offset of `answered_at`.",
    )
    table_version = WholeNumberField(
        min_value=1,
        max_value=LATEST_BASE,
        allow_null=True,
        required=False,
        default=None,
        help_text="The `version` of the questions that were asked.",
    )

    def validate_answers(self, answers: dict[str, str]) -> dict[str, str]:
        if not answers:
            raise serializers.ValidationError("At least one answer.", code="empty")
        return answers

    def validate(self, check: dict[str, Any]) -> dict[str, Any]:
        # A phone that has just crossed the date line may be a day ahead of what its zone says.
        last = local_date(check["answered_at"], check["time_zone"]) + timedelta(days=1)
        faults = {}
        for rule, since in check["since"].items():
            if check["answers"].get(rule, "no") == "no":
                faults[rule] = [serializers.ErrorDetail("Only for a sign that is there.", "needless_since")]
            elif date.fromisoformat(since) > last:
                faults[rule] = [serializers.ErrorDetail("Must not lie after the answer.", "after_answer")]
        if faults:
            raise serializers.ValidationError({"since": faults})
        return check

    def canonical_body(self) -> dict[str, Any]:
        """The validated body as `RedFlagCheck.body()` spells it."""
        data = {name: value for name, value in self.validated_data.items() if name != "base_version"}
        offset, read_at = data["answered_at"].tzinfo, data["read_at"]
        return {
            **data,
            "answered_at": canonical_time(data["answered_at"]),
            "entry": str(data["entry"]) if data["entry"] else None,
            "read_at": canonical_time(read_at.astimezone(offset)) if read_at else None,
        }


class CheckAnswerSerializer(DocumentAnswerSerializer, CheckSerializer):
    base_version = None  # type: ignore[assignment]
    local_date = serializers.DateField(help_text="The date on the person's wall when it was answered.")
    level = serializers.ChoiceField(choices=LEVELS, allow_null=True, help_text="The worst; null: nothing to check.")
    flags = FlagSerializer(many=True, help_text="The worst first.")


def represent_check(check: RedFlagCheck) -> dict[str, Any]:
    said = evaluate_check({} if check.deleted_at else check.answers)
    return {**check.body(), **server_fields(check), "local_date": check.local_date.isoformat(), **said}


def represent_checks(checks: list[RedFlagCheck]) -> list[dict[str, Any]]:
    return [represent_check(check) for check in checks]


class LevelTextSerializer(serializers.Serializer):
    id = serializers.ChoiceField(choices=LEVELS)
    title = serializers.CharField()
    do = serializers.ListField(child=serializers.CharField(), help_text="What to do, unless the question says it.")


class GroupTextSerializer(serializers.Serializer):
    id = serializers.CharField()
    title = serializers.CharField()


class AllowedAnswerSerializer(serializers.Serializer):
    id = serializers.ChoiceField(choices=known_answers())
    text = serializers.CharField()
    level = serializers.ChoiceField(choices=LEVELS, allow_null=True, help_text="Null: nothing to check.")


class QuestionSerializer(serializers.Serializer):
    id = serializers.CharField()
    group = serializers.CharField()
    name = serializers.CharField(help_text="What it asks about.")
    question = serializers.CharField()
    asked = serializers.ListField(
        child=serializers.ChoiceField(choices=["full", "urgent"]),
        help_text="In full at set-up and weekly; urgent: at once when an entry gives a reason.",
    )
    answers = AllowedAnswerSerializer(many=True)
    suspected = serializers.CharField()
    do = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="By level, in place of the level's own."
    )
    say = serializers.CharField(help_text="What to say on the phone, in the person's own voice.")
    also = serializers.CharField(help_text="What else to tell them, or empty.")
    # DRF has an attribute of that name.
    source = serializers.ListField(  # type: ignore[assignment]
        child=serializers.CharField(), help_text="Tags, as in the catalogue."
    )


class QuestionsSerializer(serializers.Serializer):
    version = serializers.IntegerField()
    review = serializers.CharField(help_text="`unreviewed` or `clinician-reviewed`.")
    again = serializers.DictField(
        child=serializers.CharField(), help_text="Question and answers for a sign that was there the last time."
    )
    levels = LevelTextSerializer(many=True, help_text="The worst first.")
    groups = GroupTextSerializer(many=True, help_text="In the order of asking.")
    questions = QuestionSerializer(many=True, help_text="In the order of asking, the worst first.")


def represent_questions(language: str) -> dict[str, Any]:
    table = read_table()
    return {
        "version": table["version"],
        "review": table["review"],
        "again": in_language(table["again"], language),
        "levels": [{"id": level["id"], **in_language(level["text"], language)} for level in table["levels"]],
        "groups": [{"id": group["id"], "title": in_language(group["text"], language)} for group in table["groups"]],
        "questions": [represent_question(rule, language) for rule in table["rules"]],
    }


def represent_question(rule: dict[str, Any], language: str) -> dict[str, Any]:
    text = in_language(rule["text"], language)
    labels = {**in_language(read_table()["answers"], language), **text.get("answers", {})}
    return {
        "id": rule["id"],
        "group": rule["group"],
        "name": text["name"],
        "question": text["question"],
        "asked": rule["asked"],
        "answers": [
            {"id": answer, "text": labels[answer], "level": level} for answer, level in rule["answers"].items()
        ],
        "suspected": text["suspected"],
        "do": text.get("do", {}),
        "say": text["say"],
        "also": text.get("also", ""),
        "source": rule["source"],
    }
