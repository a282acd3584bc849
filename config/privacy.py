"""What the API answers is about somebody's health: no browser and no proxy keeps a copy of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


def never_stored(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path.startswith(("/api/v1/", "/_allauth/")):
            response.headers["Cache-Control"] = "no-store"
        return response

    return answer
