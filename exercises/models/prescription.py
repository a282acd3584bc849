"""What somebody is to do: a routine with how often, on which days, from when until when, and within which limits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from accounts.models import DocumentQuerySet, Revision, User
from accounts.zones import local_date
from exercises.adherence import Version
from exercises.models.items import DocumentWithItems, PlannedItem
from exercises.vocabulary import PAIN_RULE, TIMES_A_DAY_RANGE


class PrescriptionQuerySet(DocumentQuerySet):
    def plans(self) -> dict[UUID, list[Version]]:
        """Every version of each: what was prescribed when."""
        rows: Any = self.present().select_related("owner")
        return versions_of_each(list(rows))


class Prescription(DocumentWithItems):
    """
    A prescribed routine. Every change is a new version; what was prescribed before stays in the history.

    `prescribed_by` is the physiotherapist who set it; null when the person wrote it down herself. When the
    physiotherapist's account is erased, the prescription is the person's own: nobody else is left to end it.
    """

    kind = "prescription"

    prescribed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=80)
    times_a_day = models.PositiveSmallIntegerField()
    weekdays = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ease_at = models.PositiveSmallIntegerField()
    stop_at = models.PositiveSmallIntegerField()
    ease_rise = models.PositiveSmallIntegerField()
    stop_rise = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)

    objects: ClassVar = PrescriptionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="prescription_times_a_day", condition=Q(times_a_day__range=TIMES_A_DAY_RANGE)),
            models.CheckConstraint(
                name="prescription_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="prescription_pain_rule",
                condition=Q(
                    ease_at__gte=1,
                    stop_at__gte=F("ease_at"),
                    stop_at__lte=10,
                    ease_rise__gte=1,
                    stop_rise__gte=F("ease_rise"),
                    stop_rise__lte=10,
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                "owner",
                F("received_at").desc(),
                F("id").desc(),
                name="prescription_newest",
                condition=Q(deleted_at=None),
            ),
            models.Index(fields=["owner", "changed_at", "id"], name="prescription_changed"),
            # What others set lately.
            models.Index(
                fields=["changed_at"],
                name="prescription_by_others",
                condition=Q(prescribed_by__isnull=False),
            ),
        ]

    def terms(self) -> dict[str, Any]:
        """How often, on which days, from when until when: the part of the body that a count needs."""
        return {
            "times_a_day": self.times_a_day,
            "weekdays": self.weekdays,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
        }

    def body(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "items": self.written_items,
            **self.terms(),
            "pain_rule": {name: getattr(self, name) for name in PAIN_RULE},
            "note": self.note,
        }

    def write(self, body: dict[str, Any]) -> None:
        self.name = body["name"]
        self.times_a_day = body["times_a_day"]
        self.weekdays = body["weekdays"]
        self.starts_on = date.fromisoformat(body["starts_on"])
        self.ends_on = date.fromisoformat(body["ends_on"]) if body["ends_on"] else None
        for name in PAIN_RULE:
            setattr(self, name, body["pain_rule"][name])
        self.note = body["note"]
        self.save_with_items(body["items"])

    @staticmethod
    def fields_of(body: dict[str, Any]) -> dict[str, Any]:
        # From when and until when belong together: a start of one device must not pass the end of another.
        fields = dict(body)
        fields["starts_on"] = [fields["starts_on"], fields.pop("ends_on")]
        return fields

    @staticmethod
    def body_of(fields: dict[str, Any]) -> dict[str, Any]:
        body = dict(fields)
        body["starts_on"], body["ends_on"] = fields["starts_on"]
        return body


class PrescriptionItem(PlannedItem):
    # The place in the prescription is unique, and its index serves the key too.
    prescription = models.ForeignKey(Prescription, on_delete=models.CASCADE, related_name="items", db_index=False)

    class Meta(PlannedItem.Meta):
        abstract = False
        constraints: ClassVar = [
            *PlannedItem.Meta.constraints,
            models.UniqueConstraint(fields=["prescription", "position"], name="one_item_a_place_in_prescription"),
        ]


def versions_of_each(prescriptions: Iterable[Prescription]) -> dict[UUID, list[Version]]:
    """
    The versions of each prescription, oldest first, in one query.

    The date on which one was taken over is that of the owner's own time zone.
    """
    known = {one.pk: one for one in prescriptions}
    found: dict[UUID, list[Version]] = {id: [] for id in known}
    before = Revision.objects.filter(kind=Prescription.kind, document_id__in=list(known), deleted=False)
    for id, *row in before.order_by("version").values_list("document_id", "version", "changed_at", "body"):
        found[id].append(version_of(known[id].owner, *row))
    for id, one in known.items():
        found[id].append(version_of(one.owner, one.version, one.changed_at, one.terms()))
    return found


def version_of(owner: User, number: int, changed_at: datetime, terms: dict[str, Any]) -> Version:
    return Version(
        version=number,
        since=local_date(changed_at, owner.time_zone),
        times_a_day=terms["times_a_day"],
        weekdays=terms["weekdays"],
        starts_on=date.fromisoformat(terms["starts_on"]),
        ends_on=date.fromisoformat(terms["ends_on"]) if terms["ends_on"] else None,
    )
