"""Pages that need no sign-in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from reminders import resubscribing, unsubscribing
from reminders.feeding import calendar_of, owner_of_feed
from reminders.resubscribing import open_mailbox_by
from reminders.unsubscribing import stop_mail_by
from reminders.wording import words_for


# Mail programs send the POST (RFC 8058): the token is all the proof there is, and a GET changes nothing.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    known = stop_mail_by(token) if request.method == "POST" else unsubscribing.reader_of(token) is not None
    return mail_page(request, "stop", known=known)


# A GET changes nothing here either: scanners follow every link in a mail.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resubscribe(request: HttpRequest, token: str) -> HttpResponse:
    known = open_mailbox_by(token) if request.method == "POST" else resubscribing.reader_of(token) is not None
    return mail_page(request, "again", known=known)


def mail_page(request: HttpRequest, about: str, *, known: bool) -> HttpResponse:
    words = words_for("en")["page"]
    state = "unknown" if not known else "done" if request.method == "POST" else "ask"
    page = {"title": words["title"], "words": words[about], "state": state}
    return render(request, "reminders/unsubscribe.html", page, status=200 if known else 404)


@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    owner = owner_of_feed(token)
    if owner is None:
        raise Http404
    return HttpResponse(calendar_of(owner, timezone.now()), content_type="text/calendar; charset=utf-8")
