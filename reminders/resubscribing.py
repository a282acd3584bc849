"""
Beginning the reminders by e-mail again.

Where the reader of the mailbox has ended them, only the reader begins them again: by a link that is mailed there.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from reminders.by_mail import carry
from reminders.models import ClosedMailbox, MailStop
from reminders.models.mail_stop import mailbox_hash
from reminders.sending import Came
from reminders.unsubscribing import Reader, closed_mailbox
from reminders.wording import words_for

signer = TimestampSigner(salt="reminders.mail.again")
ANSWER_WITHIN = timedelta(days=7)
# A mailbox that wants nothing from us is not asked more often, however often an account says so.
ASK_AGAIN = timedelta(days=1)


def begin_mail(*, owner: User) -> None:
    """At once, or where the mailbox was closed by its reader, once they have followed the link that is mailed now."""
    if closed_mailbox(owner) is None:
        MailStop.objects.for_user(owner).delete()
        return
    now, mailbox = timezone.now(), ClosedMailbox.objects.filter(address_hash=mailbox_hash(owner.email))
    # Of two at once one asks.
    unasked = mailbox.filter(Q(asked_at=None) | Q(asked_at__lte=now - ASK_AGAIN))
    if unasked.update(asked_at=now) and carry(question_to(owner)).came is Came.RETRY:
        mailbox.update(asked_at=None)


def question_to(owner: User) -> EmailMultiAlternatives:
    words = words_for(owner.language)["again"]
    token = signer.sign_object([owner.pk.hex, mailbox_hash(owner.email)])
    link = f"{settings.OWN_URL}/api/resubscribe/{token}"
    return EmailMultiAlternatives(
        subject=words["subject"],
        body=f"{words['asked']}\n\n{words['link']}: {link}\n\n{words['otherwise']}\n",
        to=[owner.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def reader_of(token: str) -> Reader | None:
    try:
        owner, mailbox = signer.unsign_object(token, max_age=ANSWER_WITHIN)
        return Reader(UUID(owner), mailbox)
    except (BadSignature, ValueError, TypeError):
        return None


@transaction.atomic
def open_mailbox_by(token: str) -> bool:
    """Whether the token is one of ours, and not too old. Safe to repeat."""
    reader = reader_of(token)
    if reader is None:
        return False
    ClosedMailbox.objects.filter(address_hash=reader.mailbox).delete()
    MailStop.objects.filter(owner=reader.owner).delete()
    return True
