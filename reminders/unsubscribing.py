"""Ending the reminders by e-mail, with a link that works without signing in, and beginning them again."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction

from accounts.models import User
from reminders.models import ClosedMailbox, MailStop
from reminders.models.mail_stop import mailbox_hash

# Works as long as the server's key: a mail may be years old when somebody has had enough. Opens nothing else.
signer = Signer(salt="reminders.mail")


class Reader(NamedTuple):
    """To whom a mail went: the account, and the mailbox that it named then, as `mailbox_hash` has it."""

    owner: UUID
    mailbox: str


def token_for(owner: User) -> str:
    return str(signer.sign_object([owner.pk.hex, mailbox_hash(owner.email)]))


def stop_mail_by(token: str) -> bool:
    """Whether the token is one of ours. Safe to repeat, and nothing tells whether the person still exists."""
    reader = reader_of(token)
    if reader is None:
        return False
    if reader.mailbox:
        ClosedMailbox.objects.get_or_create(address_hash=reader.mailbox)
    if User.objects.filter(pk=reader.owner).exists():
        try:
            with transaction.atomic():
                MailStop.objects.get_or_create(owner_id=reader.owner)
        except IntegrityError:
            # Erased at this moment: no mail comes either way.
            pass
    return True


def reader_of(token: str) -> Reader | None:
    try:
        named = signer.unsign_object(token)
        if isinstance(named, str):
            # Mailed before mailboxes were named: to the address that the account still has.
            owner = User.objects.filter(pk=UUID(named)).first()
            return Reader(UUID(named), mailbox_hash(owner.email) if owner else "")
        return Reader(UUID(named[0]), named[1])
    except (BadSignature, ValueError, TypeError):
        return None


def closed_mailbox(owner: User) -> ClosedMailbox | None:
    found: ClosedMailbox | None = ClosedMailbox.objects.filter(address_hash=mailbox_hash(owner.email)).first()
    return found


def mail_stopped_at(owner: User) -> datetime | None:
    """Since when this person gets no mail, at their own word or that of whoever reads the mailbox; None: they do."""
    stop, closed = MailStop.objects.for_user(owner).first(), closed_mailbox(owner)
    found = [one for one in (stop and stop.stopped_at, closed and closed.closed_at) if one]
    return min(found, default=None)


def stop_mail(*, owner: User) -> None:
    MailStop.objects.get_or_create(owner=owner)
