"""What allauth asks of us."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.context import request as current_request
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.problems import plain_problem
from accounts.signing_in import keep_roughly
from accounts.signing_out import end_sign_ins, forget_sign_in

logger = logging.getLogger(__name__)


def mail_leaves() -> bool:
    """Whether the operator has named a mail server; without one, mails are only written to a folder."""
    return str(settings.EMAIL_BACKEND) != "django.core.mail.backends.filebased.EmailBackend"


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

    @transaction.atomic
    def post_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse:
        """allauth notes the address and the browser's own words in full: they are cut before they are kept."""
        answer = super().post_login(request, user, **about)
        keep_roughly(request)
        return answer

    def logout(self, request: HttpRequest) -> None:
        forget_sign_in(request)
        super().logout(request)

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Whoever was signed in with the old one is so no longer, and is told nothing more."""
        super().set_password(user, password)
        end_sign_ins(UserSession.objects.filter(user=user))


class SignInsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        end_sign_ins(sessions)


def display_name(user: User) -> str:
    """How a mail addresses a person."""
    return user.display_name or user.email
