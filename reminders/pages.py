"""Pages that need no sign-in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from reminders.feeding import calendar_of, owner_of_feed
from reminders.unsubscribing import owner_of, stop_mail_by
from reminders.wording import words_for


# Mail programs send the POST (RFC 8058): the token is all the proof there is, and a GET changes nothing.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        state = "stopped" if stop_mail_by(token) else "unknown"
    else:
        state = "ask" if owner_of(token) else "unknown"
    page = {"words": words_for("en")["page"], "state": state}
    return render(request, "reminders/unsubscribe.html", page, status=404 if state == "unknown" else 200)


@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    owner = owner_of_feed(token)
    if owner is None:
        raise Http404
    return HttpResponse(calendar_of(owner, timezone.now()), content_type="text/calendar; charset=utf-8")
