"""The last answers, for what no view caught. One shape, no details."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from accounts.problems import plain_problem
from sharing.pages import form_refused


def refused(request: HttpRequest, exception: Exception) -> JsonResponse:
    return plain_problem(request, 400, "invalid", "This request cannot be taken as it is.")


def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    return plain_problem(request, 404, "not_found", "There is no such address.")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    if request.path.startswith("/r/"):
        # Somebody with a link and no account looks at it, not a program.
        return form_refused(request)
    return plain_problem(request, 403, "csrf_failed", "The CSRF token is missing or old. Fetch the page again.")


def broken(request: HttpRequest) -> JsonResponse:
    return plain_problem(request, 500, "fault", "Something broke on our side. Trying again is safe.")
