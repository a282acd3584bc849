"""DRF's exception handler. Apart from `problems`, because DRF's views load what is named there before themselves."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response
from rest_framework.views import set_rollback

from accounts.problems import describe


def answer_problem(exception: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler."""
    body = describe(exception)
    if body is None:
        return None
    set_rollback()
    response = Response(body, status=body["status"], content_type="application/json")
    if header := getattr(exception, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(exception, "wait", None):
        response["Retry-After"] = f"{int(wait) + 1}"
    return response
