"""Reminders by e-mail: a neutral line and a way to end them with one click, without signing in."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from reminders.models import Delivery, MailStop
from reminders.sending import Came, Sent
from reminders.unsubscribing import token_for
from reminders.wording import say, words_for

logger = logging.getLogger(__name__)

# Nobody has shown yet that the mailbox is theirs: a stranger's must not be flooded through us.
MOST_A_DAY = 40


def endpoints_of(owners: Collection[UUID]) -> dict[UUID, list[str]]:
    stopped = MailStop.objects.filter(owner__in=owners).values("owner")
    return {
        owner: [""] for owner in User.objects.filter(pk__in=owners).exclude(pk__in=stopped).values_list("pk", flat=True)
    }


def send(delivery: Delivery) -> Sent:
    if MailStop.objects.for_user(delivery.owner).exists():
        return Sent(Came.FAILED, "unsubscribed")
    if mailed_today(delivery) >= MOST_A_DAY:
        return Sent(Came.FAILED, "too_many")
    try:
        mail_of(delivery).send()
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        # A mailbox that is full or greylisted is worth another try; one that does not exist is not.
        again = all(400 <= code < 500 for code in codes)
        return Sent(Came.RETRY if again else Came.FAILED, "mailbox_busy" if again else "mailbox_refused")
    except (SMTPException, OSError) as fault:
        logger.error("A reminder could not be mailed: %s", type(fault).__name__)
        return Sent(Came.RETRY, "mail_server", down=True)
    return Sent(Came.ACCEPTED)


def mailed_today(delivery: Delivery) -> int:
    since = timezone.now() - timedelta(days=1)
    rows = Delivery.objects.for_user(delivery.owner).filter(channel="email", state="accepted", ended_at__gt=since)
    return rows.count()


def mail_of(delivery: Delivery) -> EmailMultiAlternatives:
    words = words_for(delivery.owner.language)
    said = say(delivery, timezone.now())
    stop = f"{settings.OWN_URL}/api/unsubscribe/{token_for(delivery.owner_id)}"
    context = {**said._asdict(), "words": words["mail"], "address": settings.OWN_URL, "stop": stop}
    mail = EmailMultiAlternatives(
        subject=words["mail"]["subject"],
        body=render_to_string("reminders/mail.txt", context),
        to=[delivery.owner.email],
        headers={
            # RFC 8058: a mail program's own button sends a POST there.
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            # The same for a second try, so that a mailbox that got both may show one.
            "Message-ID": f"<{delivery.subject}.{delivery.turn}@{settings.MAIL_DOMAIN}>",
        },
    )
    mail.attach_alternative(render_to_string("reminders/mail.html", context), "text/html")
    return mail
