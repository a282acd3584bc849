"""Who wants no reminders by e-mail, and which mailboxes do not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import OwnedQuerySet, User


class MailStop(models.Model):
    """A person who has unsubscribed: no reminder goes to their mailbox, whatever its channels say, until they ask."""

    owner = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    stopped_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = OwnedQuerySet.as_manager()


def mailbox_hash(address: str) -> str:
    return salted_hmac("reminders.mailbox", address.lower(), algorithm="sha256").hexdigest()


class ClosedMailbox(models.Model):
    """
    A mailbox whose reader followed the link in a mail, to have no more: kept whatever becomes of the account.

    Nobody has shown that the address of an account is theirs. So its word opens the mailbox no more than another's
    would: only a link that was mailed there does. The address itself is not kept.
    """

    address_hash = models.CharField(max_length=64, primary_key=True)
    closed_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When a mail asked there last whether to open it.")

    objects: ClassVar = models.Manager()
