"""Session sign-in for the app, tied to the person the device has in mind."""

from __future__ import annotations

from typing import Any, cast

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from accounts.models import User
from accounts.problems import OtherPerson

PERSON_HEADER = "X-Unpinch-Person"


def person_of(request: Request) -> User:
    """The signed-in person; views behind IsAuthenticated may rely on there being one."""
    return cast(User, request.user)


class PersonAuthentication(SessionAuthentication):
    """
    Django's session and CSRF check, and one thing more: a device that says whose rows it sends (`X-Unpinch-Person`)
    is refused when the session is another person's, so that a sign-in in one tab never receives the other tab's rows.
    """

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        found = super().authenticate(request)
        meant = request.headers.get(PERSON_HEADER)
        if found and meant and meant != str(found[0].pk):
            raise OtherPerson
        return found

    def authenticate_header(self, request: Request) -> str:
        # Its presence turns "not signed in" into 401, which a device tells apart from "not allowed".
        return "Session"
