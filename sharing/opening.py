"""What a link opens, and to whom: the token, and the passcode if there is one."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sharing.models import ShareLink
from sharing.models.tokens import spelled
from sharing.vocabulary import PASSCODE_ATTEMPTS, PASSCODE_LENGTH


def find_share(token: str) -> ShareLink | None:
    """The link that the token is of, living or not. It is looked up by its hash: how long that takes says nothing."""
    return ShareLink.objects.with_token(token).select_related("owner", "report").first()


def why_closed(share: ShareLink, now: datetime) -> str | None:
    """`revoked` or `expired`; None while it opens something. Ask of a row just read, in every request anew."""
    state = share.state(now)
    return state if state in ("revoked", "expired") else None


def try_passcode(*, share: ShareLink, passcode: str) -> int | None:
    """
    None: it is right, or there is none. Else how many attempts the link has left in its life; 0: it is locked for good.

    An attempt is taken before the passcode is looked at, by one conditional update, and given back when it was right:
    however many guess at once, no more are looked at than are left. A link that has ended looks at none. Not to be
    called within a transaction, which would hold back what others have to see.
    """
    if not share.passcode:
        return None
    if not take_attempt(share):
        return 0
    # No longer than any passcode is, and one sign more: to hash a novel would take its time.
    if check_password(spelled(passcode[:1000])[: PASSCODE_LENGTH[1] + 1], share.passcode):
        give_attempt_back(share)
        return None
    return ShareLink.objects.values_list("attempts_left", flat=True).get(pk=share.pk)


def take_attempt(share: ShareLink) -> bool:
    with transaction.atomic(durable=True):
        living = ShareLink.objects.living(timezone.now()).filter(pk=share.pk)
        return bool(living.filter(attempts_left__gt=0).update(attempts_left=F("attempts_left") - 1))


def give_attempt_back(share: ShareLink) -> None:
    spent = ShareLink.objects.filter(pk=share.pk, attempts_left__lt=PASSCODE_ATTEMPTS)
    spent.update(attempts_left=F("attempts_left") + 1)
