"""Ending the reminders by e-mail, with a link that works without signing in, and beginning them again."""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction

from accounts.models import User
from reminders.models import MailStop

# Works as long as the server's key: a mail may be years old when somebody has had enough. Opens nothing else.
signer = Signer(salt="reminders.mail")


def token_for(owner_id: UUID) -> str:
    return str(signer.sign_object(owner_id.hex))


def stop_mail_by(token: str) -> bool:
    """Whether the token is one of ours. Safe to repeat, and nothing tells whether the person still exists."""
    owner = owner_of(token)
    if owner is not None and User.objects.filter(pk=owner).exists():
        try:
            with transaction.atomic():
                MailStop.objects.get_or_create(owner_id=owner)
        except IntegrityError:
            # Erased at this moment: no mail comes either way.
            pass
    return owner is not None


def owner_of(token: str) -> UUID | None:
    try:
        return UUID(signer.unsign_object(token))
    except (BadSignature, ValueError, TypeError):
        return None


def choose_mail(*, owner: User, on: bool) -> MailStop | None:
    """What stands from now on; None while mails come."""
    if on:
        MailStop.objects.for_user(owner).delete()
        return None
    stop: MailStop = MailStop.objects.get_or_create(owner=owner)[0]
    return stop
