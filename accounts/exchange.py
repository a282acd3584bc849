"""
What every document's address has in common: the version a deletion saw, the answer to a put, the page of a list,
the history.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request

from accounts.documents import Change, Put
from accounts.fields import LATEST_BASE, StrictSerializer
from accounts.models import Document, Revision

D = TypeVar("D", bound=Document)

BASE_VERSION = OpenApiParameter("base_version", OpenApiTypes.INT, description="The version that was seen.")


class BaseVersionSerializer(StrictSerializer):
    base_version = serializers.IntegerField(required=False, default=None, min_value=1, max_value=LATEST_BASE)


def read_base_version(request: Request) -> int | None:
    """The query's `base_version`. Raises ValidationError."""
    serializer = BaseVersionSerializer(data=request.query_params.dict())
    serializer.is_valid(raise_exception=True)
    found: int | None = serializer.validated_data["base_version"]
    return found


def answer_put(put: Put[D], represent: Callable[[D], dict[str, Any]]) -> tuple[dict[str, Any], int]:
    """Body and status. After a merge the body names the fields where another device's value lost."""
    body = represent(put.document)
    if put.change is Change.MERGED:
        body["overwritten"] = list(put.overwritten)
    return body, 201 if put.change is Change.CREATED else 200


def page_of(name: str, item: type[serializers.Serializer]) -> serializers.Serializer:
    """A list's shape, for the OpenAPI schema."""
    return inline_serializer(name, {"results": item(many=True), "next": serializers.URLField(allow_null=True)})


def versions_of(document: Document) -> list[dict[str, Any]]:
    """Every version the server has taken, newest first, tombstones included."""
    now = {
        "version": document.version,
        "changed_at": document.changed_at.isoformat(),
        "deleted": document.deleted_at is not None,
        "body": document.body(),
    }
    before = Revision.objects.of(document).order_by("-version").values("version", "changed_at", "deleted", "body")
    return [now, *map(dict, before)]


def history_of(name: str, body: type[serializers.Serializer]) -> serializers.Serializer:
    """The shape of `versions_of`, for the OpenAPI schema."""
    version = inline_serializer(
        f"{name}Revision",
        {
            "version": serializers.IntegerField(),
            "changed_at": serializers.DateTimeField(),
            "deleted": serializers.BooleanField(),
            "body": body(),
        },
        many=True,
    )
    return inline_serializer(f"{name}History", {"results": version, "next": serializers.URLField(allow_null=True)})
