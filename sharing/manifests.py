"""
What SMART Health Links open: their manifest, their files, and our own viewer.

Any viewer of any site may ask: CORS without credentials, and no cookie counts for anything here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accounts.problems import plain_problem
from sharing.health_links import file_at, find_health_link, manifest_of
from sharing.models import ShareLink
from sharing.opening import try_passcode, why_closed
from sharing.reading import note_read
from sharing.rendering.viewer_wording import viewer_words

LONGEST_BODY = 16 * 1024
LONGEST_PASSCODE = 256
# The script of the viewer is ours, and it asks nobody but us.
VIEWER_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)

View = Callable[..., HttpResponse]


def for_any_viewer(*methods: str) -> Callable[[View], View]:
    """Of any origin, a bounded number of times a minute; nothing of it is kept on the way."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                response = HttpResponse(status=HTTPStatus.NO_CONTENT)
                response["Access-Control-Allow-Methods"] = ", ".join((*methods, "OPTIONS"))
                response["Access-Control-Allow-Headers"] = "Content-Type"
                response["Access-Control-Max-Age"] = "600"
            elif request.method not in methods:
                response = plain_problem(request, 405, "method_not_allowed", f"Only {' and '.join(methods)} here.")
                response["Allow"] = ", ".join((*methods, "OPTIONS"))
            elif not ratelimit.consume(request, action="health_link"):
                response = plain_problem(request, 429, "throttled", "Too many requests. Try again in a minute.")
                response["Retry-After"] = "60"
            else:
                response = view(request, *args, **kwargs)
            response["Access-Control-Allow-Origin"] = "*"
            return kept_nowhere(response)

        return csrf_exempt(answer)

    return decorate


def kept_nowhere(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@for_any_viewer("POST")
def manifest(request: HttpRequest, link_id: str) -> HttpResponse:
    """`{recipient, passcode?, embeddedLengthMax?}`: the files, 401 `{remainingAttempts}` or 404."""
    try:
        asked = read_request(request)
    except ValueError as fault:
        return plain_problem(request, 400, "invalid", str(fault))
    share = find_health_link(link_id)
    if share is None:
        return gone(request)
    if refused := refusal(request, share, asked):
        return refused
    note_read(request=request, patient=share.owner, what="manifest", share=share, calls_itself=asked["recipient"])
    url = f"{settings.OWN_URL}/shl/{link_id}"
    return JsonResponse(manifest_of(share, url=url, embed_at_most=asked["embeddedLengthMax"]))


@for_any_viewer("GET")
def sealed_file(request: HttpRequest, link_id: str, token: str) -> HttpResponse:
    share = find_health_link(link_id)
    if share is None or why_closed(share, timezone.now()):
        return gone(request)
    file = file_at(share, token)
    if file is None:
        return gone(request)
    note_read(request=request, patient=share.owner, what="file", share=share)
    return HttpResponse(file.jwe, content_type="application/jose")


@require_safe
def viewer(request: HttpRequest) -> HttpResponse:
    """The page alone: which link it opens, and its key, stand after the # and stay in the browser."""
    response = render(request, "sharing/health_link.html", {"words": viewer_words("en")})
    response["Content-Security-Policy"] = VIEWER_POLICY
    return kept_nowhere(response)


def refusal(request: HttpRequest, share: ShareLink, asked: dict[str, Any]) -> HttpResponse | None:
    """Why nothing is opened, noted for the patient; None when it is."""
    outcome, answer = why_closed(share, timezone.now()), None
    if outcome is None and share.passcode and not share.attempts_left:
        outcome = "locked"
    if outcome is not None:
        answer = gone(request)
    elif share.passcode and not asked["passcode"]:
        outcome, answer = "no-passcode", wrong_passcode(share.attempts_left)
    else:
        left = try_passcode(share=share, passcode=asked["passcode"])
        if left is not None:
            outcome, answer = "wrong-passcode", wrong_passcode(left)
    if outcome is not None:
        name = asked["recipient"]
        note_read(
            request=request, patient=share.owner, what="manifest", outcome=outcome, share=share, calls_itself=name
        )
    return answer


def read_request(request: HttpRequest) -> dict[str, Any]:
    """The body, as the standard has it. ValueError says what is wrong with it."""
    if int(request.headers.get("Content-Length") or 0) > LONGEST_BODY:
        raise ValueError("The body is too large.")
    try:
        body = json.loads(request.body)
        # Text that no database takes.
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise ValueError("The body has to be JSON.") from None
    if not isinstance(body, dict):
        raise ValueError("The body has to be a JSON object.")
    recipient, passcode, longest = (body.get(name) for name in ("recipient", "passcode", "embeddedLengthMax"))
    if not isinstance(recipient, str) or not recipient.strip():
        raise ValueError("recipient: say who opens it.")
    if passcode is not None and (not isinstance(passcode, str) or len(passcode) > LONGEST_PASSCODE):
        raise ValueError(f"passcode: text of at most {LONGEST_PASSCODE} characters.")
    if longest is not None and (not isinstance(longest, int) or isinstance(longest, bool) or longest < 0):
        raise ValueError("embeddedLengthMax: a whole number.")
    return {"recipient": recipient, "passcode": passcode or "", "embeddedLengthMax": longest}


def wrong_passcode(left: int) -> HttpResponse:
    return JsonResponse({"remainingAttempts": left}, status=401)


def gone(request: HttpRequest) -> HttpResponse:
    """Never there, expired, revoked, guessed at too often: the same answer, as the standard has it."""
    return plain_problem(request, 404, "not_found", "This link opens nothing, or nothing any more.")
