"""
Where a person is signed in: one of allauth's `UserSession`s for each session.

Kept is what tells somebody's own devices apart, as in the log of who reads: the kind of browser and system, and the
address cut to its network. Written when somebody signs in, and when the app is opened, at most once an hour: no other
request writes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.exceptions import NotAuthenticated

from accounts.browsers import browser_of
from accounts.networks import network_of

SEEN_AGAIN = timedelta(hours=1)
# The column takes no empty address; nobody asks from this one.
NO_ADDRESS = "0.0.0.0"  # noqa: S104  # kept, not listened on


def note_sign_in(request: HttpRequest) -> UserSession:
    """The row of this session, which is made where it is missing. Raises NotAuthenticated if it was ended meanwhile."""
    now = timezone.now()
    row: UserSession
    try:
        row, made = UserSession.objects.get_or_create(
            session_key=request.session.session_key, defaults={"user": request.user, **roughly(request)}
        )
    except IntegrityError:
        # The person was erased while they asked.
        raise NotAuthenticated from None
    if made and not row.exists():
        row.delete()
        raise NotAuthenticated
    if not made and row.last_seen_at < now - SEEN_AGAIN:
        UserSession.objects.filter(pk=row.pk).update(last_seen_at=now, **roughly(request))
        # A sign-in lasts from when the app was opened last: nobody is signed out in the middle of using it every day.
        request.session.modified = True
    return row


def keep_roughly(request: HttpRequest) -> None:
    UserSession.objects.filter(session_key=request.session.session_key).update(**roughly(request))


def roughly(request: HttpRequest) -> dict[str, Any]:
    """`UserSession`'s columns."""
    network = network_of(request)
    return {
        "user_agent": browser_of(request.headers.get("User-Agent", "")),
        "ip": network.partition("/")[0] or NO_ADDRESS,
    }
