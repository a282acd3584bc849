"""Lists: newest first by cursor and without a count, or by change for a device that catches up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.fields import InstantField, StrictSerializer
from accounts.models import DocumentQuerySet

PERIOD = [
    OpenApiParameter("from", OpenApiTypes.DATE, description="First local date, included."),
    OpenApiParameter("to", OpenApiTypes.DATE, description="Last local date, included."),
]
PAGES = [
    OpenApiParameter(
        "changed_since",
        OpenApiTypes.DATETIME,
        description="Only what arrived or changed since, tombstones included, oldest change first. "
        "Ask from two minutes before the newest `changed_at` you hold: writes may commit out of order.",
    ),
    OpenApiParameter("page_size", OpenApiTypes.INT, description="1-500, 20 unless told."),
    OpenApiParameter("cursor", OpenApiTypes.STR, description="From `next`."),
]
LIST = [*PERIOD, *PAGES]


class PeriodSerializer(StrictSerializer):
    """`from` and `to`, ISO dates, each optional."""

    def get_fields(self) -> Any:
        day: dict[str, Any] = {"required": False, "default": None, "input_formats": ["iso-8601"]}
        return {"from": serializers.DateField(**day), "to": serializers.DateField(**day)}

    def validate(self, period: dict[str, date | None]) -> dict[str, date | None]:
        first, last = period["from"], period["to"]
        if first and last and first > last:
            raise serializers.ValidationError({"to": ["Must not lie before `from`."]}, code="before_from")
        return period


def read_period(request: Request) -> tuple[date | None, date | None]:
    """The query's period. Raises ValidationError with `from` or `to` as the field."""
    asked = {name: request.query_params[name] for name in ("from", "to") if name in request.query_params}
    serializer = PeriodSerializer(data=asked)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data["from"], serializer.validated_data["to"]


class ChangedSinceSerializer(StrictSerializer):
    changed_since = InstantField()


class DocumentPagination(CursorPagination):
    page_size_query_param = "page_size"
    max_page_size = 500
    page_size = 20

    def decode_cursor(self, request: Request) -> Cursor | None:
        cursor: Cursor | None = super().decode_cursor(request)
        if cursor and cursor.position is not None and not is_instant(str(cursor.position)):
            raise NotFound(self.invalid_cursor_message)
        return cursor

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next": self.get_next_link()})


def is_instant(position: str) -> bool:
    """Every list is ordered by a time first: a cursor that holds anything else is none of ours."""
    try:
        moment = datetime.fromisoformat(position)
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return moment.tzinfo is not None


def list_documents(
    request: Request, rows: DocumentQuerySet, newest: tuple[str, ...], represent: Callable[[list[Any]], list[Any]]
) -> Response:
    """A page of `rows` (already the person's own), newest first, or by change when `changed_since` is asked."""
    paginator = DocumentPagination()
    if "changed_since" in request.query_params:
        serializer = ChangedSinceSerializer(data={"changed_since": request.query_params["changed_since"]})
        serializer.is_valid(raise_exception=True)
        rows = rows.changed_since(serializer.validated_data["changed_since"])
        paginator.ordering = ("changed_at", "id")
    else:
        rows = rows.present()
        paginator.ordering = newest
    page = paginator.paginate_queryset(rows, request) or []
    return paginator.get_paginated_response(represent(page))
