"""Answers to the questions about signs that need a doctor."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.fields import canonical_time
from accounts.merging import Merge
from accounts.models import DatedQuerySet, Document
from accounts.zones import local_date
from tracker.redflags import weight


class RedFlagCheck(Document):
    """
    One round of questions: answers by rule (`redflags.rules_by_id`), and since when, as a date, where that was said.

    `entry` is the log that made the app ask, kept as sent: the check may arrive before it. `read_at` is when the person
    confirmed having read what to do.
    """

    kind = "red-flag-check"

    answered_at = models.DateTimeField()
    utc_offset_minutes = models.SmallIntegerField(help_text="As the device had it.")
    time_zone = models.CharField(max_length=64)
    local_date = models.DateField()
    answers = models.JSONField()
    since = models.JSONField(default=dict)
    entry = models.UUIDField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    table_version = models.PositiveIntegerField(null=True, blank=True)

    objects: ClassVar = DatedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            # The list: newest first, no count.
            models.Index(
                "owner", F("answered_at").desc(), F("id").desc(), name="check_newest", condition=Q(deleted_at=None)
            ),
            models.Index(fields=["owner", "changed_at", "id"], name="check_changed"),
            models.Index(fields=["owner", "entry"], name="check_of_entry", condition=Q(entry__isnull=False)),
        ]

    @property
    def confirmed_at(self) -> datetime | None:
        """`read_at`, unless that lies before the answers: who read it then has not read what they ask for."""
        # A device may spell one of the two to the second.
        if self.read_at is None or self.read_at < self.answered_at.replace(microsecond=0):
            return None
        return self.read_at

    def body(self) -> dict[str, Any]:
        zone = timezone(timedelta(minutes=self.utc_offset_minutes))
        return {
            "answered_at": canonical_time(self.answered_at.astimezone(zone)),
            "time_zone": self.time_zone,
            "answers": self.answers,
            "since": self.since,
            "entry": str(self.entry) if self.entry else None,
            "read_at": canonical_time(self.read_at.astimezone(zone)) if self.read_at else None,
            "table_version": self.table_version,
        }

    def write(self, body: dict[str, Any]) -> None:
        moment = datetime.fromisoformat(body["answered_at"])
        self.answered_at = moment
        self.utc_offset_minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
        self.time_zone = body["time_zone"]
        self.local_date = local_date(moment, self.time_zone)
        self.answers = body["answers"]
        self.since = body["since"]
        self.entry = body["entry"]
        self.read_at = datetime.fromisoformat(body["read_at"]) if body["read_at"] else None
        self.table_version = body["table_version"]
        self.save(force_insert=self._state.adding)

    @staticmethod
    def fields_of(body: dict[str, Any]) -> dict[str, Any]:
        # Two devices that answer two questions of one check both keep their answers.
        fields = {name: value for name, value in body.items() if name not in ("answers", "since", "time_zone")}
        for rule, answer in body["answers"].items():
            fields[f"answers.{rule}"] = [answer, body["since"].get(rule)]
        fields["answered_at"] = [body["answered_at"], body["time_zone"]]
        return fields

    @staticmethod
    def body_of(fields: dict[str, Any]) -> dict[str, Any]:
        body = {name: value for name, value in fields.items() if not name.startswith("answers.")}
        body["answered_at"], body["time_zone"] = fields["answered_at"]
        given = {name.removeprefix("answers."): said for name, said in fields.items() if name.startswith("answers.")}
        body["answers"] = {rule: answer for rule, (answer, _) in given.items()}
        body["since"] = {rule: since for rule, (_, since) in given.items() if since}
        return body

    @classmethod
    def merged(cls, *, base: dict[str, Any], current: dict[str, Any], incoming: dict[str, Any]) -> Merge:
        found = super().merged(base=base, current=current, incoming=incoming)
        if any(name.startswith("answers.") for name in found.fields):
            return found
        # Each took out what the other left in: both are asked about less, and nothing that was said is lost.
        left = {**cls.fields_of(current), **cls.fields_of(incoming)}
        said = {name: value for name, value in left.items() if name.startswith("answers.")}
        return Merge({**found.fields, **said}, found.overwritten)

    @staticmethod
    def keeps_current(name: str, current: Any, incoming: Any) -> bool:
        """Of two answers to one question the worse one; an answer rather than none, when it needs checking."""
        rule = name.removeprefix("answers.")
        if rule == name:
            return False
        one, other = (weight(rule, said[0]) if said else (0, 0, 0) for said in (current, incoming))
        return one > other
