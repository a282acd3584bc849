"""Which devices of a person are told: one says that it may be, or is not to be any more."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.models import User
from reminders.models import PushSubscription
from tracker.flagging import hold_diary_of

# Browsers make themselves a new endpoint now and then and tell nobody of the old one.
MOST_DEVICES = 20


class EndpointTaken(Exception):
    """Somebody else's, and the keys sent with it are not those that its browser has."""


@dataclass(frozen=True)
class Keys:
    """Of the browser's subscription, and the id of the server's key that it was made with."""

    p256dh: str
    auth: str
    key_id: str


def subscribe(
    *, owner: User, endpoint: str, keys: Keys, device: str, session: UserSession | None = None
) -> tuple[PushSubscription, bool]:
    """
    Tell this device from now on, for as long as it is signed in, and whether that is new. Safe to repeat.

    `endpoint` is spelt as `parse_endpoint` spells it. A device that another person signed in on before is theirs no
    longer. Of more than MOST_DEVICES the ones that took nothing for the longest time go. Raises EndpointTaken, and
    Http404 for a person who has been erased meanwhile or a session that was ended.
    """
    for last in (False, False, True):
        try:
            return _subscribe(owner, endpoint, keys, device, session)
        except IntegrityError:
            # Two people on one device at the same moment: the row that was not there is now.
            if last:
                raise
    raise AssertionError("The last try returns or raises.")


@transaction.atomic
def _subscribe(
    owner: User, endpoint: str, keys: Keys, device: str, session: UserSession | None
) -> tuple[PushSubscription, bool]:
    # One device of a person after the other, or two would both be the twentieth.
    hold_diary_of(owner.pk)
    # Both: a request on its way may have made the row anew after the session was ended.
    if session and not (UserSession.objects.filter(pk=session.pk).exists() and session.exists()):
        raise Http404
    hashed = PushSubscription.hash_of(endpoint)
    row = PushSubscription.objects.select_for_update().filter(endpoint_hash=hashed).first()
    if row and row.owner_id != owner.pk:
        if not row.gone_at and not row.opens_with(keys.p256dh, keys.auth):
            raise EndpointTaken
        # Not handed over: what waits to be sent under the old id is not for the new person.
        row.delete()
        row = None
    created = row is None
    row = row or PushSubscription(owner=owner, endpoint_hash=hashed)
    row.endpoint, row.p256dh, row.auth, row.key_id = endpoint, keys.p256dh, keys.auth, keys.key_id
    row.session, row.device, row.gone_at = session or row.session, device, None
    row.save(force_insert=created)
    others = PushSubscription.objects.for_user(owner).exclude(pk=row.pk)
    too_many = others.least_missed_first().values_list("pk", flat=True)[: max(0, others.count() + 1 - MOST_DEVICES)]
    PushSubscription.objects.filter(pk__in=list(too_many)).delete()
    return row, created


def unsubscribe(*, owner: User, id: UUID) -> None:
    """Raises Http404 where the person has no such subscription."""
    deleted, _ = PushSubscription.objects.for_user(owner).filter(pk=id).delete()
    if not deleted:
        raise Http404


def forget_unknown(owner: UUID) -> None:
    """
    Somebody has ended a sign-in: a device of which nobody knows to which sign-in it belongs may be the one meant.

    Better silent than ringing in a stranger's pocket: an app that is still signed in says that it is there.
    """
    PushSubscription.objects.alive().filter(owner=owner, session=None).delete()
