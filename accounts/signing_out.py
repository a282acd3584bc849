"""
Ending a sign-in, on this device or another, and who has to hear of it.

What hangs on a sign-in refers to its `UserSession` and goes with that. Higher apps that must do more name it in their
`AppConfig.ready`: nothing here knows of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User

followers: list[Callable[[UUID], None]] = []


@transaction.atomic
def end_sign_ins(sign_ins: Iterable[UserSession]) -> None:
    """The next request from there is refused."""
    ended = list(sign_ins)
    people = {one.user_id for one in ended}
    hold(people)
    for one in ended:
        one.end()
    for person in people:
        for follow in followers:
            follow(person)


@transaction.atomic
def forget_sign_in(request: HttpRequest) -> None:
    """For a session that ends itself."""
    hold({cast(User, request.user).pk})
    UserSession.objects.filter(session_key=request.session.session_key).delete()


def hold(people: set[UUID]) -> None:
    """Nothing is hung on their sign-ins meanwhile."""
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
