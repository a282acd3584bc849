"""A person's own lists of exercises."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from exercises.models.items import DocumentWithItems, PlannedItem


class Routine(DocumentWithItems):
    """A person's own list of exercises. The starter routines are no rows: the catalogue has them."""

    kind = "routine"

    name = models.CharField(max_length=80)

    class Meta:
        indexes: ClassVar = [
            # The list. By arrival, so that an edit moves nothing between two pages.
            models.Index(
                "owner", F("received_at").desc(), F("id").desc(), name="routine_newest", condition=Q(deleted_at=None)
            ),
            models.Index(fields=["owner", "changed_at", "id"], name="routine_changed"),
        ]

    def body(self) -> dict[str, Any]:
        return {"name": self.name, "items": self.written_items}

    def write(self, body: dict[str, Any]) -> None:
        self.name = body["name"]
        self.save_with_items(body["items"])


class RoutineItem(PlannedItem):
    # The place in the routine is unique, and its index serves the key too.
    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, related_name="items", db_index=False)

    class Meta(PlannedItem.Meta):
        abstract = False
        constraints: ClassVar = [
            *PlannedItem.Meta.constraints,
            models.UniqueConstraint(fields=["routine", "position"], name="one_item_a_place_in_routine"),
        ]
