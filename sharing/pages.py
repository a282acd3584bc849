"""
`/r/{token}`: a report for whoever holds its link, without an account and without JavaScript, and its files.

Every request asks anew whether the link still opens anything, and is noted before anything is handed out.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, re_path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from exercises.catalogue import in_language
from exercises.handout.sheet import PAPERS, paper_for
from exercises.handout.wording import counted
from sharing.devices import preview_of
from sharing.models import ShareLink
from sharing.opening import find_share, try_passcode, why_closed
from sharing.reading import note_read
from sharing.rendering.fhir import report_bundle
from sharing.rendering.page import page_of
from sharing.rendering.pdf import PressFailed, report_pdf
from sharing.rendering.table import report_csv
from sharing.rendering.wording import file_name, moment_words, words_of
from sharing.snapshot import Snapshot

logger = logging.getLogger(__name__)

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
}
# For so long the passcode need not be typed again, in that browser and for that link.
UNLOCKED_SECONDS = 30 * 60
COOKIE = "unpinch_report"
STATUS = {"unknown": 404, "revoked": 410, "expired": 410, "locked": 403, "busy": 503, "stale": 403, "previewed": 200}


@cache
def page_words(language: str) -> dict[str, Any]:
    return in_language(json.loads(Path(__file__).with_name("pages.json").read_bytes()), language)


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whatever it answers is kept by nobody, found by no search, and runs nothing."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return answer


@private
@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest, token: str) -> HttpResponse:
    share, closed = open_share(request, token, "page")
    if share is None:
        return closed_page(request, closed)
    if request.method == "POST":
        return take_passcode(request, share, token)
    if not is_unlocked(request, share):
        return ask_passcode(request, share)
    note_read(request=request, patient=share.owner, what="page", share=share)
    return render(request, "sharing/report.html", report_context(share, token))


@private
@require_safe
def report_file(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """`name`: of `FILES`. Who has not given the passcode is led to the page, which asks for it."""
    what, make = FILES.get(name, ("page", None))
    share, closed = open_share(request, token, what)
    if share is None or make is None:
        return closed_page(request, closed or "unknown")
    if not is_unlocked(request, share):
        return HttpResponseRedirect(f"/r/{token}")
    note_read(request=request, patient=share.owner, what=what, share=share)
    try:
        content, content_type, disposition = make(share, request)
    except PressFailed as cause:
        logger.error("A report was not printed: %s", cause)
        return closed_page(request, "busy")
    named = file_name(share.report.snapshot, name.removeprefix("report."))
    disposition = f'{disposition}; filename="{named}"'
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


@private
def nothing_here(request: HttpRequest) -> HttpResponse:
    return closed_page(request, "unknown")


@private
def form_refused(request: HttpRequest) -> HttpResponse:
    """The passcode's form came without its CSRF token: from another page, or from a browser without cookies."""
    return closed_page(request, "stale")


# --- who may read ------------------------------------------------------------------------------
def open_share(request: HttpRequest, token: str, what: str) -> tuple[ShareLink | None, str]:
    """The link, if it opens anything to this request; else why not, which is noted."""
    share = find_share(token)
    if share is None:
        return None, "unknown"
    closed = why_closed(share, timezone.now())
    if closed is None and is_preview(request):
        closed = "previewed"
    if closed is None:
        return share, ""
    note_read(request=request, patient=share.owner, what=what, outcome=closed, share=share)
    return None, closed


def is_preview(request: HttpRequest) -> bool:
    """A program that looks at a link which somebody sent, or a browser that loads it in advance: nobody reads it."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return (
        request.method == "HEAD"
        or "prefetch" in purpose
        or preview_of(request.headers.get("User-Agent", "")) is not None
    )


def is_unlocked(request: HttpRequest, share: ShareLink) -> bool:
    """A link that was locked since is closed to those too who gave the passcode before."""
    if not share.passcode:
        return True
    if share.state(timezone.now()) != "open":
        return False
    found = request.get_signed_cookie(COOKIE, default=None, salt=salt_of(share), max_age=UNLOCKED_SECONDS)
    return bool(found == str(share.pk))


def salt_of(share: ShareLink) -> str:
    return f"sharing.pages.{share.token_hash}"


def ask_passcode(request: HttpRequest, share: ShareLink) -> HttpResponse:
    locked, again = not share.attempts_left, "wrong" in request.GET
    if locked or not again:
        outcome = "locked" if locked else "no-passcode"
        note_read(request=request, patient=share.owner, what="page", outcome=outcome, share=share)
    if locked:
        return closed_page(request, "locked")
    words = page_words("en")["passcode"]
    context = {"words": words, "left": counted(words["left"], share.attempts_left) if again else "", "language": "en"}
    return render(request, "sharing/passcode.html", context)


def take_passcode(request: HttpRequest, share: ShareLink, token: str) -> HttpResponse:
    """Answers with a redirect, right or wrong: loading the page again must not send the passcode again."""
    left = try_passcode(share=share, passcode=request.POST.get("passcode", ""))
    if left is not None:
        outcome = "wrong-passcode" if left else "locked"
        note_read(request=request, patient=share.owner, what="page", outcome=outcome, share=share)
        return HttpResponseRedirect(f"/r/{token}?wrong", status=303)
    response = HttpResponseRedirect(f"/r/{token}", status=303)
    if share.passcode:
        response.set_signed_cookie(
            COOKIE,
            str(share.pk),
            salt=salt_of(share),
            max_age=UNLOCKED_SECONDS,
            path=f"/r/{token}",
            secure=settings.HTTPS,
            httponly=True,
            samesite="Strict",
        )
    return response


# --- what is shown -----------------------------------------------------------------------------
def closed_page(request: HttpRequest, why: str) -> HttpResponse:
    status = STATUS[why]
    if why == "previewed" and request.headers.get("Sec-Purpose"):
        # A browser would show what it loaded in advance: it has to ask again when somebody looks.
        status = 503
    page = {"page": page_words("en")["closed"][why], "language": "en"}
    response = render(request, "sharing/closed.html", page, status=status)
    if why == "busy":
        response.headers["Retry-After"] = "60"
    return response


def report_context(share: ShareLink, token: str) -> dict[str, Any]:
    snapshot: Snapshot = share.report.snapshot
    language = snapshot["language"]
    words, own = words_of(language), page_words(language)
    until = share.expires_at.astimezone(ZoneInfo(snapshot["time_zone"])).isoformat()
    here, sheet = f"/r/{token}", page_of(snapshot)
    return {
        "sheet": sheet,
        "contents": [(part, own["contents"][part]) for part in sheet["contents"]],
        "folds": {name: own["fold"].format(count=count) for name, count in sheet["folded"].items()},
        "language": language,
        "own": own,
        "by": own["by"].format(until=moment_words(until, words)),
        "watched": own["watched"].format(made=moment_words(snapshot["made_at"], words)),
        "files": [
            (f"{here}/report.pdf?paper=a4", own["pdf_a4"]),
            (f"{here}/report.pdf?paper=letter", own["pdf_letter"]),
            (f"{here}/report.csv", own["csv"]),
            (f"{here}/report.fhir.json", own["fhir"]),
        ],
    }


def pdf_of(share: ShareLink, request: HttpRequest) -> tuple[bytes, str, str]:
    asked = request.GET.get("paper", "")
    paper = PAPERS[asked if asked in PAPERS else paper_for(share.owner.country)]
    return report_pdf(share.report.snapshot, paper=paper), "application/pdf", "inline"


def csv_of(share: ShareLink, request: HttpRequest) -> tuple[bytes, str, str]:
    return report_csv(share.report.snapshot).encode(), "text/csv; charset=utf-8", "attachment"


def fhir_of(share: ShareLink, request: HttpRequest) -> tuple[bytes, str, str]:
    bundle = json.dumps(report_bundle(share.report.snapshot), ensure_ascii=False)
    return bundle.encode(), "application/fhir+json", "attachment"


FILES: dict[str, tuple[str, Any]] = {
    "report.pdf": ("pdf", pdf_of),
    "report.csv": ("csv", csv_of),
    "report.fhir.json": ("fhir", fhir_of),
}

urlpatterns = [
    path("r/<str:token>", report_page),
    path("r/<str:token>/<str:name>", report_file),
    re_path(r"^r(?:/|$)", nothing_here),
]
