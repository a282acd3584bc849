"""The JSON of the sign-in addresses is read by allauth, which trusts it: what would break it is refused before."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from accounts.problems import plain_problem


def sound_json(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith("/_allauth/") and request.content_type == "application/json":
            try:
                # Text that no database takes, numbers without an end, depths without a floor.
                json.dumps(json.loads(request.body or b"null", parse_int=bounded), ensure_ascii=False).encode()
            except (ValueError, RecursionError):
                return plain_problem(request, 400, "parse_error", "The JSON is broken.")
        return get_response(request)

    return answer


def bounded(digits: str) -> int:
    """Allauth asks the database for whatever number it is given; beyond 64 bits none takes it."""
    number = int(digits)
    if not -(2**63) <= number < 2**63:
        raise ValueError
    return number
