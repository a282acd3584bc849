"""Doses, the items that carry them, and the documents that list such items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from accounts.models import Document
from exercises.models.exercise import Exercise
from exercises.supersets import without_torn
from exercises.vocabulary import DOSE, DOSE_RANGES, ROUND_REST_RANGE, SIDES, SUPERSET_RANGE

# What came after the first release, as it was before anybody could say it: an app from then leaves it out.
DOSE_LATER = {"tempo": ""}
SUPERSET_LATER = {"superset": None, "round_rest_seconds": 0}


class DosedItem(models.Model):
    """An exercise at its place in a list, with the dose that was set for it."""

    position = models.PositiveSmallIntegerField()
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    sets = models.PositiveSmallIntegerField()
    repetitions = models.PositiveSmallIntegerField()
    hold_seconds = models.PositiveSmallIntegerField()
    rest_seconds = models.PositiveSmallIntegerField()
    sides = models.CharField(max_length=5)
    tempo = models.CharField(max_length=8, blank=True, default="")

    objects: ClassVar = models.Manager()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                name="%(class)s_sound_dose",
                condition=Q(sides__in=SIDES, **{f"{name}__range": bounds for name, bounds in DOSE_RANGES.items()}),
            ),
        ]

    def dose(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in DOSE}

    @classmethod
    def completed(cls, item: dict[str, Any], base: dict[str, Any] | None) -> dict[str, Any]:
        """
        `item` of a body with what an older app does not know, as `base` has it; see `Document.completed`.

        Each kind of item says it for itself.
        """
        raise NotImplementedError

    @classmethod
    def all_completed(cls, items: list[dict[str, Any]], base: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each by the item of `base` with the same exercise; of several, in their order."""
        known: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for item in reversed(base):
            known[item["exercise"]].append(item)
        return [
            cls.completed(item, known[item["exercise"]].pop() if known[item["exercise"]] else None) for item in items
        ]


class PlannedItem(DosedItem):
    """An item that is still to be done, alone or in turn with its neighbours of the same superset."""

    superset = models.PositiveSmallIntegerField(null=True, blank=True)
    round_rest_seconds = models.PositiveSmallIntegerField(default=0)

    class Meta(DosedItem.Meta):
        abstract = True
        constraints: ClassVar = [
            *DosedItem.Meta.constraints,
            models.CheckConstraint(
                name="%(class)s_sound_superset",
                condition=Q(superset=None, round_rest_seconds=0)
                # A null that is compared is neither true nor false, and a check lets that pass.
                | Q(superset__isnull=False, superset__range=SUPERSET_RANGE, round_rest_seconds__range=ROUND_REST_RANGE),
            ),
        ]

    @classmethod
    def completed(cls, item: dict[str, Any], base: dict[str, Any] | None) -> dict[str, Any]:
        return {**known_later(DOSE_LATER, item, base), **known_later(SUPERSET_LATER, item, base), **item}

    @classmethod
    def all_completed(cls, items: list[dict[str, Any]], base: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return without_torn(super().all_completed(items, base))

    def as_json(self) -> dict[str, Any]:
        return {
            "exercise": self.exercise_id,
            **self.dose(),
            "superset": self.superset,
            "round_rest_seconds": self.round_rest_seconds,
        }


class DocumentWithItems(Document):
    """A document whose body lists exercises: item rows, in their order."""

    class Meta:
        abstract = True

    @cached_property
    def written_items(self) -> list[dict[str, Any]]:
        """The items as JSON values, in their order."""
        attach_items([self])
        return self.written_items

    @classmethod
    def completed(cls, body: dict[str, Any], base: dict[str, Any] | None) -> dict[str, Any]:
        items: Any = cls._meta.get_field("items")
        return {**body, "items": items.related_model.all_completed(body["items"], base["items"] if base else [])}

    def save_with_items(self, written: list[dict[str, Any]]) -> None:
        """Save this row, and put `written` in the place of the items it had."""
        items: Any = self._meta.get_field("items")
        new = self._state.adding
        self.save(force_insert=new)
        rows = items.related_model.objects
        if not new:
            rows.filter(**{items.field.name: self}).delete()
        rows.bulk_create(
            items.related_model(**{items.field.name: self}, position=position, **columns(item))
            for position, item in enumerate(written)
        )
        self.written_items = written


def known_later(later: dict[str, Any], said: dict[str, Any], base: dict[str, Any] | None) -> dict[str, Any]:
    """
    The fields that `later` names, which belong together: as they are in `base` when `said` has none of them, else as
    `later` has them.
    """
    return {name: base[name] for name in later} if base and not later.keys() & said.keys() else dict(later)


def columns(item: dict[str, Any]) -> dict[str, Any]:
    """An item of a body as an item row's columns."""
    keys = {name: f"{name}_id" for name in ("exercise", "eased_from")}
    rest = {keys.get(name, name): value for name, value in item.items() if name != "prescribed"}
    return {**rest, **item.get("prescribed", {})}


def attach_items(documents: Sequence[DocumentWithItems]) -> None:
    """The items of `documents`, all of one model, in one query. By hand: a prefetch makes a queryset for each row."""
    if not documents:
        return
    found: dict[UUID, list[dict[str, Any]]] = {document.pk: [] for document in documents}
    model: Any = type(documents[0])
    items = model._meta.get_field("items")
    for item in items.related_model.objects.filter(**{f"{items.field.name}__in": list(found)}).order_by("position"):
        found[getattr(item, items.field.attname)].append(item.as_json())
    for document in documents:
        document.written_items = found[document.pk]
