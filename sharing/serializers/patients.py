"""The shapes of what a physiotherapist sees of the patients who let them in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rest_framework import serializers

from accounts.fields import StrictSerializer
from exercises.serializers import PrescriptionAnswerSerializer, PrescriptionSerializer
from exercises.stops import FELT, Stop
from sharing.models import PatientNote
from sharing.serializers.care import PersonSerializer, represent_person
from sharing.triaging import Triaged
from sharing.urgency import GROUPS, SERIES_DAYS, Reason
from sharing.vocabulary import NOTE_LENGTH, SCOPES, TRIAGE
from tracker.serializers import RaisedFlagSerializer
from tracker.vocabulary import LEVELS

SHOWN_SERIES = ("numbness", "pain")
STOPPED_FOR = (*FELT, "further", "limits")
# More than there are rules that raise one.
MOST_SIGNS = 100


class NotedSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True, allow_blank=True, help_text="Null: who noted it is gone.")
    by_you = serializers.BooleanField(help_text="And not by who stands in, or for whom you stand in.")


class ReasonSerializer(serializers.Serializer):
    """Why: `reason`, and the figures that its words are made of; what does not belong to it is null."""

    reason = serializers.ChoiceField(choices=TRIAGE)
    acknowledged = serializers.BooleanField(help_text="Noted by a physiotherapist, and not worse since.")
    noted = NotedSerializer(allow_null=True, help_text="Of one that is `acknowledged`: when last, and by whom.")
    since = serializers.DateField(help_text="Flag: first noted. two-missed: the first day. silent-week: last entry.")
    level = serializers.ChoiceField(choices=LEVELS, allow_null=True, help_text="Of a flag.")
    flag = serializers.UUIDField(allow_null=True)
    rule = serializers.CharField(
        allow_null=True, help_text="Of a flag; made-worse: `session` for sessions that harmed."
    )
    stream = serializers.CharField(allow_null=True, help_text="Of a trend, and of good news.")
    count = serializers.IntegerField(
        allow_null=True, help_text="two-missed: days; made-worse: sessions; silent-week: days; message: unread ones."
    )
    days = serializers.ListField(child=serializers.DateField(), allow_null=True, help_text="The dates that count.")
    start = serializers.FloatField(allow_null=True, help_text="good-news: mean of the first 14 of 28 days.")
    now = serializers.FloatField(allow_null=True, help_text="good-news: mean of the last 14.")


class SeriesSerializer(serializers.Serializer):
    """28 days that end today (the patient's), the day's worst; null where nothing was logged or nothing is shown."""

    first = serializers.DateField()
    numbness = serializers.ListField(child=serializers.IntegerField(allow_null=True))
    pain = serializers.ListField(child=serializers.IntegerField(allow_null=True))


class PatientSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    link = serializers.UUIDField()
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=SCOPES))
    sees_from = serializers.DateField(allow_null=True)
    today = serializers.DateField(help_text="The patient's own date.")
    stands_in_for = PersonSerializer(allow_null=True, help_text="The linked physiotherapist, when you stand in.")
    group = serializers.ChoiceField(choices=GROUPS)
    reasons = ReasonSerializer(many=True, help_text="The first puts the patient where they stand.")
    last_entry = serializers.DateField(allow_null=True)
    unread = serializers.IntegerField(help_text="Messages of theirs that you have not read.")
    series = SeriesSerializer()


class PatientFlagSerializer(RaisedFlagSerializer):
    acknowledgements = serializers.ListField(
        child=serializers.DictField(), help_text="`{level, at, by, text}`, newest first."
    )
    acknowledged = serializers.BooleanField(help_text="One of them still holds: not worse since, nor reopened.")


class SeenSigns(serializers.ListField):
    """Ids of flags. An app of the version before says instead whether it has shown those of a refusal."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if isinstance(data, bool):
            return None if data else []
        return super().run_validation(data)


class PatientPrescriptionSerializer(PrescriptionSerializer):
    echoed = PrescriptionSerializer.echoed | {"open_signs"}
    despite_open_signs = SeenSigns(
        child=serializers.UUIDField(),
        max_length=MOST_SIGNS,
        required=False,
        allow_null=True,
        default=None,
        write_only=True,
        help_text="The ids of the flags that were seen. Refused (400, code `open_signs`, with the others in "
        "`open_signs`) while signs of the patient stand that need checking at once and are not among them; null or "
        "left out: taken, and all are told in the answer.",
    )

    def canonical_body(self) -> dict[str, Any]:
        return {name: value for name, value in super().canonical_body().items() if name != "despite_open_signs"}


class PatientPrescriptionAnswerSerializer(PrescriptionAnswerSerializer):
    open_signs = ReasonSerializer(
        many=True, help_text="Signs of the patient that need checking at once and stand now; as `reasons` of the list."
    )


class StopSerializer(serializers.Serializer):
    exercise = serializers.CharField()
    date = serializers.DateField()
    what = serializers.ChoiceField(
        choices=STOPPED_FOR,
        help_text="further: felt further down the leg. limits: it reached the limits, and was not said by what.",
    )
    rating = serializers.IntegerField(allow_null=True, help_text="Of pain or numbness, 0-10, the worst that was said.")
    eased = serializers.BooleanField(help_text="It was an easier form, done in place of this exercise.")


class NoteBodySerializer(StrictSerializer):
    echoed = frozenset({"id", "created_at", "changed_at"})
    text = serializers.CharField(max_length=NOTE_LENGTH)


class NoteSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    text = serializers.CharField()
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()


class TriageQuerySerializer(StrictSerializer):
    reason = serializers.ChoiceField(choices=TRIAGE, required=False)
    q = serializers.CharField(max_length=80, required=False, allow_blank=True)
    acknowledged = serializers.BooleanField(
        required=False,
        allow_null=True,
        default=None,
        help_text="true: something of theirs is noted; false: not all is.",
    )
    page_size = serializers.IntegerField(min_value=1, max_value=80, default=50)
    cursor = serializers.CharField(max_length=300, required=False)


def represent_patient(one: Triaged) -> dict[str, Any]:
    care = one.care
    first = care.today - timedelta(days=SERIES_DAYS - 1)
    days = [first + timedelta(days=n) for n in range(SERIES_DAYS)]
    absent = care.link.physiotherapist if care.stand_in else None
    return {
        **represent_person(care.patient),
        "link": str(care.link.pk),
        "scopes": care.link.scopes,
        "sees_from": care.link.sees_from.isoformat() if care.link.sees_from else None,
        "today": care.today.isoformat(),
        "stands_in_for": represent_person(absent) if absent else None,
        "group": one.group,
        "reasons": [represent_reason(reason) for reason in one.reasons],
        "last_entry": one.last_entry.isoformat() if one.last_entry else None,
        "unread": one.unread,
        "series": {
            "first": first.isoformat(),
            **{name: [one.series.get(day, {}).get(name) for day in days] for name in SHOWN_SERIES},
        },
    }


def represent_reason(reason: Reason) -> dict[str, Any]:
    facts = reason.facts or {}
    return {
        "reason": reason.kind,
        "acknowledged": reason.acknowledged,
        "since": reason.since.isoformat(),
        "level": reason.level,
        **{name: facts.get(name) for name in ("flag", "rule", "stream", "noted", "count", "days", "start", "now")},
    }


def represent_stop(stop: Stop) -> dict[str, Any]:
    return {
        "exercise": stop.exercise,
        "date": stop.day.isoformat(),
        "what": stop.what,
        "rating": stop.rating,
        "eased": stop.eased,
    }


def represent_note(note: PatientNote) -> dict[str, Any]:
    return {
        "id": str(note.pk),
        "text": note.text,
        "created_at": note.created_at.isoformat(),
        "changed_at": note.changed_at.isoformat(),
    }
