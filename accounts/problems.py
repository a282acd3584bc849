"""The one shape of every refusal: `{"type", "title", "status", "errors": [{"field", "code", "message"}]}`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions

from accounts.models import Document

TITLES = {
    400: "The request has mistakes.",
    401: "Sign in first.",
    403: "This is not allowed.",
    404: "There is nothing here.",
    405: "This address does not take that method.",
    406: "Only JSON is spoken here.",
    409: "The document has changed since.",
    413: "That is too much at once.",
    415: "Only JSON is taken here.",
    429: "Too many requests. Try again later.",
    500: "Something broke on our side. Trying again is safe.",
    503: "This cannot be done now. Try again later.",
}


class TooLarge(exceptions.APIException):
    status_code = 413
    default_detail = "The body is too large."
    default_code = "too_large"


class OtherPerson(exceptions.PermissionDenied):
    default_detail = "The session belongs to another person than the one this device meant."
    default_code = "other_person"


class Unseen(exceptions.ValidationError):
    """Refused until the person says in `field` that they have seen `shown`, which stands beside the errors."""

    def __init__(self, field: str, message: str, code: str, **shown: Any) -> None:
        super().__init__({field: [message]}, code=code)
        self.shown = shown


class Conflict(Exception):
    """The id is taken by another body. `current` is the server's document, `yours` what was sent (None: a deletion)."""

    def __init__(self, *, current: Document, yours: dict[str, Any] | None) -> None:
        super().__init__("conflict")
        self.current = current
        self.yours = yours

    @property
    def code(self) -> str:
        if self.current.deleted_at:
            return "deleted"
        return "edited" if self.yours is None else "id_taken"


CONFLICT_MESSAGES = {
    "deleted": "This was deleted on another device.",
    "edited": "This was edited on another device.",
    "id_taken": "This id already holds something else. Send the version you saw as base_version to edit it.",
}


def problem(status: int, errors: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    codes = {error["code"] for error in errors}
    kind = codes.pop() if len(codes) == 1 else "invalid"
    title = TITLES.get(status, "The request was refused.")
    return {"type": kind, "title": title, "status": status, "errors": errors, **more}


def describe(exception: Exception) -> dict[str, Any] | None:
    """The problem for `exception`, or None when it is a fault of ours that has to surface as one."""
    if isinstance(exception, Conflict):
        error = {"field": None, "code": exception.code, "message": CONFLICT_MESSAGES[exception.code]}
        current = {**exception.current.body(), **server_fields(exception.current)}
        return problem(409, [error], current=current, yours=exception.yours)
    if isinstance(exception, Http404):
        exception = exceptions.NotFound()
    if isinstance(exception, RequestDataTooBig):
        exception = TooLarge()
    if isinstance(exception, PermissionDenied):
        exception = exceptions.PermissionDenied()
    if isinstance(exception, exceptions.APIException):
        shown = exception.shown if isinstance(exception, Unseen) else {}
        return problem(exception.status_code, list(_flatten(exception.get_full_details(), "")), **shown)
    return None


def server_fields(document: Document) -> dict[str, Any]:
    """What the server adds to a document that it has taken."""
    return {
        "id": str(document.pk),
        "version": document.version,
        "received_at": document.received_at.isoformat(),
        "changed_at": document.changed_at.isoformat(),
        "deleted_at": document.deleted_at.isoformat() if document.deleted_at else None,
    }


def plain_problem(request: HttpRequest, status: int, code: str, message: str) -> JsonResponse:
    """The same shape for what never reaches a DRF view."""
    return JsonResponse(problem(status, [{"field": None, "code": code, "message": message}]), status=status)


def _flatten(details: Any, path: str) -> Any:
    """DRF nests its details as the body is nested; we say `readings.0.pain` instead."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        field = path.removesuffix(".non_field_errors").removeprefix("non_field_errors") or None
        yield {"field": field, "code": str(details["code"]), "message": str(details["message"])}
    elif isinstance(details, dict):
        for key, value in details.items():
            yield from _flatten(value, f"{path}.{key}" if path else str(key))
    elif isinstance(details, list):
        # A list is either one field's messages, or one entry per item of a list field ({} where all is well).
        messages = all(isinstance(item, dict) and set(item) == {"message", "code"} for item in details)
        for index, item in enumerate(details):
            yield from _flatten(item, path if messages else f"{path}.{index}" if path else str(index))
