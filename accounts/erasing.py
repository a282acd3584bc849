"""Erasing a person: every row that hangs on them, in one transaction."""

from __future__ import annotations

from typing import cast

from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from rest_framework.exceptions import PermissionDenied

from accounts.models import User


@transaction.atomic
def erase_person(*, request: HttpRequest, password: str) -> None:
    """Raises PermissionDenied (`wrong_password`) and leaves everything as it was when the password is not theirs."""
    user = cast(User, request.user)
    if not user.check_password(password):
        raise PermissionDenied("The password is not right.", code="wrong_password")
    # Whoever writes their diary holds this row: what is being written now is erased too, and nothing is written after.
    list(User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk"))
    User.objects.filter(pk=user.pk).delete()
    # Other devices' sessions hold the e-mail address until they expire. They know no owner but in their own words.
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
    logout(request)
