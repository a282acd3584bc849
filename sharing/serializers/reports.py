"""The shape of a report, as it is asked for and as it is told of. Validation never writes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sharing.models import Report
from sharing.serializers.shares import ScopeSerializer
from sharing.vocabulary import QUESTION_LENGTH, SECTIONS


class ReportAskedSerializer(ScopeSerializer):
    question = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=QUESTION_LENGTH, help_text="The patient's own."
    )


class ReportSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    made_at = serializers.DateTimeField()
    sections = serializers.ListField(child=serializers.ChoiceField(choices=SECTIONS))
    question = serializers.CharField()
    open_links = serializers.IntegerField(help_text="How many links to it open something now.")
    times_opened = serializers.IntegerField(help_text="As a page, or in a health app; files of it count only alone.")
    last_opened_at = serializers.DateTimeField(allow_null=True)

    def get_fields(self) -> Any:
        return {"from": serializers.DateField(), "to": serializers.DateField(), **super().get_fields()}


@extend_schema_field(OpenApiTypes.OBJECT)
class SnapshotField(serializers.Field):
    """As `sharing.snapshot` describes it."""


class ReportMadeSerializer(ReportSerializer):
    snapshot = SnapshotField(help_text="The report itself, frozen: `reports/{id}.json` answers the same for ever.")


def represent_report(row: dict[str, Any]) -> dict[str, Any]:
    """Of a row of `Report.objects.outlined()`."""
    return {
        "id": str(row["id"]),
        "made_at": row["made_at"].isoformat(),
        "from": row["period"]["start"],
        "to": row["period"]["end"],
        "sections": row["chosen"],
        "question": row["question"],
        "open_links": row["open_links"],
        "times_opened": row["times_opened"],
        "last_opened_at": row["last_opened_at"].isoformat() if row["last_opened_at"] else None,
    }


def represent_made(report: Report) -> dict[str, Any]:
    """Of a report just made, to which nobody has a link yet."""
    snapshot = report.snapshot
    row = {"period": snapshot["period"], "chosen": snapshot["sections"], "question": snapshot["question"]}
    unread = {"open_links": 0, "times_opened": 0, "last_opened_at": None}
    return {**represent_report({**row, **unread, "id": report.pk, "made_at": report.made_at}), "snapshot": snapshot}
