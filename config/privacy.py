"""What the API answers is about somebody's health: no browser, no proxy and no log keeps a copy of its own."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


def never_stored(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path.startswith(("/api/v1/", "/_allauth/")):
            response.headers["Cache-Control"] = "no-store"
        return response

    return answer


class TokenlessFormatter(logging.Formatter):
    """
    Addresses that open something to whoever knows them stand in no log: not when a form is refused, nor when a page
    breaks, whatever wrote the line.
    """

    secret = re.compile(r"(/(?:r|shl|calendar|unsubscribe|resubscribe)/)[^\s/?#'\"]+")

    def format(self, record: logging.LogRecord) -> str:
        return self.secret.sub(r"\1...", super().format(record))
