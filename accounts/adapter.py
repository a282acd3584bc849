"""What allauth asks of us."""

from __future__ import annotations

import logging
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.context import request as current_request
from allauth.core.exceptions import ImmediateHttpResponse

from accounts.models import User
from accounts.problems import plain_problem

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """
        Send, or say that mail cannot be sent now. The log names the fault and never the reader.

        A mailbox that the server refuses is answered as if all were well: who asks must not learn which addresses
        exist.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except SMTPRecipientsRefused:
            logger.error("The mail server refused a reader (%s)", template_prefix)
        except (SMTPException, OSError) as fault:
            logger.error("A mail could not be sent (%s): %s", template_prefix, type(fault).__name__)
            answer = plain_problem(
                current_request, 503, "mail_unavailable", "Mail cannot be sent now. Try again later."
            )
            raise ImmediateHttpResponse(answer) from None


def display_name(user: User) -> str:
    """How a mail addresses a person."""
    return user.display_name or user.email
