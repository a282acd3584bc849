"""Reminders by e-mail: a neutral line and a way to end them with one click, without signing in."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from enum import StrEnum
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from uuid import UUID, uuid4

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import Throttled

from accounts.adapter import mail_leaves
from accounts.models import User
from reminders.models import ClosedMailbox, Delivery, MailStop
from reminders.models.mail_stop import mailbox_hash
from reminders.punctual_smtp import PunctualBackend
from reminders.sending import Came, Send, Sent
from reminders.unsubscribing import mail_stopped_at, token_for
from reminders.vocabulary import ANNOUNCED
from reminders.wording import Said, say, words_for

logger = logging.getLogger(__name__)

# Nobody has shown yet that the mailbox is theirs: a stranger's must not be flooded through us.
MOST_A_DAY = 40
SMTP = "django.core.mail.backends.smtp.EmailBackend"
TESTS_A_DAY = 5
DAY_SECONDS = 24 * 60 * 60
# Of a mailbox that does not exist, or will have nothing from us: no second try.
REFUSED = ("mailbox_refused", "mail_refused")


class Tried(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    BUSY = "busy"
    DOWN = "down"
    """The operator's mail server does not answer, or not us."""
    NO_SERVER = "no_server"
    """The operator has named none."""
    STOPPED = "stopped"


OUTCOMES = {"": Tried.ACCEPTED, "mailbox_busy": Tried.BUSY, "mail_server": Tried.DOWN} | dict.fromkeys(
    REFUSED, Tried.REFUSED
)


def endpoints_of(owners: Collection[UUID]) -> dict[UUID, list[str]]:
    stopped = MailStop.objects.filter(owner__in=owners).values("owner")
    people = User.objects.filter(pk__in=owners, is_active=True).exclude(pk__in=stopped).values_list("pk", "email")
    mailboxes = {pk: mailbox_hash(address) for pk, address in people}
    closed = set(ClosedMailbox.objects.filter(pk__in=mailboxes.values()).values_list("pk", flat=True))
    return {owner: [""] for owner, mailbox in mailboxes.items() if mailbox not in closed}


def sending(_: Sequence[Delivery]) -> AbstractContextManager[Send]:
    return nullcontext(send)


def send(delivery: Delivery) -> Sent:
    if mail_stopped_at(delivery.owner):
        return Sent(Came.FAILED, "unsubscribed")
    if mailed_today(delivery) >= MOST_A_DAY:
        return Sent(Came.FAILED, "too_many")
    sent = carry(mail_of(delivery))
    if sent.came is Came.ACCEPTED and not mail_leaves():
        # It lies in a folder of the server's: nobody may be told that it was taken.
        return Sent(Came.FAILED, "no_mail_server")
    return sent


def carry(mail: EmailMultiAlternatives) -> Sent:
    try:
        mail.send()
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        # A mailbox that is full or greylisted is worth another try; one that does not exist is not.
        return refused("mailbox_refused", again=all(map(is_passing, codes)))
    except SMTPDataError as refusal:
        # Some servers look at the reader only when they have the whole mail.
        return refused("mail_refused", again=is_passing(refusal.smtp_code))
    except (SMTPException, OSError) as fault:
        logger.error("A reminder could not be mailed: %s", type(fault).__name__)
        return Sent(Came.RETRY, "mail_server", down=True)
    return Sent(Came.ACCEPTED)


def is_passing(code: int) -> bool:
    return 400 <= code < 500


def refused(problem: str, *, again: bool) -> Sent:
    return Sent(Came.RETRY, "mailbox_busy") if again else Sent(Came.FAILED, problem)


def send_test(*, owner: User) -> Tried:
    """
    Mail this person at once, to see whether it goes out; takes up to twenty seconds.

    Raises Throttled after TESTS_A_DAY of them.
    """
    if not mail_leaves():
        return Tried.NO_SERVER
    if mail_stopped_at(owner):
        return Tried.STOPPED
    if not any(cache.add(f"mail-test:{owner.pk}:{number}", True, DAY_SECONDS) for number in range(TESTS_A_DAY)):
        raise Throttled(DAY_SECONDS)
    words = words_for(owner.language)
    said = Said(words["title"]["test"], words["mail"]["test"])
    return OUTCOMES[carry(mail_to(owner, said, words["mail"], f"test.{uuid4()}")).problem]


def refused_at(owner: User) -> datetime | None:
    """When the mailbox refused the last mail that anybody tried to send there; None where it did not."""
    tried = Delivery.objects.for_user(owner).filter(channel="email", problem__in=["", *REFUSED])
    last = tried.filter(state__in=["accepted", "failed"]).order_by("-ended_at").first()
    return last.ended_at if last and last.problem else None


def mailed_today(delivery: Delivery) -> int:
    since = timezone.now() - timedelta(days=1)
    rows = Delivery.objects.for_user(delivery.owner).filter(channel="email", state="accepted", ended_at__gt=since)
    # Of their own: what cannot wait must not find the day's mails used up by what can.
    same = rows.filter(about="urgent") if delivery.about == "urgent" else rows.exclude(about="urgent")
    return same.count()


def mail_of(delivery: Delivery) -> EmailMultiAlternatives:
    words = words_for(delivery.owner.language)["news" if delivery.about in ANNOUNCED else "mail"]
    # The same for a second try, so that a mailbox that got both may show one. A digest's subject is but a date.
    whose = salted_hmac("reminders.mail.id", delivery.owner_id.hex, algorithm="sha256").hexdigest()[:16]
    id = f"{delivery.about}.{delivery.subject}.{delivery.turn}.{whose}"
    return mail_to(delivery.owner, say(delivery, timezone.now()), words, id)


def mail_to(owner: User, said: Said, words: dict[str, str], id: str) -> EmailMultiAlternatives:
    stop = f"{settings.OWN_URL}/api/unsubscribe/{token_for(owner)}"
    context = {**said._asdict(), "words": words, "address": settings.OWN_URL, "stop": stop}
    mail = EmailMultiAlternatives(
        subject=words["subject"],
        body=render_to_string("reminders/mail.txt", context),
        to=[owner.email],
        connection=PunctualBackend() if settings.EMAIL_BACKEND == SMTP else None,
        headers={
            # RFC 8058: a mail program's own button sends a POST there.
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<{id}@{settings.MAIL_DOMAIN}>",
        },
    )
    mail.attach_alternative(render_to_string("reminders/mail.html", context), "text/html")
    return mail
