"""Whether reminders may come by e-mail."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.adapter import mail_leaves
from accounts.authentication import person_of
from accounts.fields import StrictSerializer
from accounts.models import User
from accounts.schema import INVALID, PROBLEM
from reminders.by_mail import Tried, refused_at, send_test
from reminders.resubscribing import begin_mail
from reminders.unsubscribing import closed_mailbox, mail_stopped_at, stop_mail


class ReminderMailSerializer(StrictSerializer):
    echoed = frozenset({"stopped_at", "refused_at", "asked_at", "leaves"})

    on = serializers.BooleanField(help_text="False: no reminder is mailed, whatever its channels say.")
    stopped_at = serializers.DateTimeField(read_only=True, allow_null=True)
    refused_at = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="When the mailbox refused the last mail for good; null: it did not."
    )
    asked_at = serializers.DateTimeField(
        read_only=True,
        allow_null=True,
        help_text="Whoever reads the mailbox had ended the mails there: when a mail last asked them whether to begin"
        " again. Null: no need to ask, or it could not be mailed.",
    )
    leaves = serializers.BooleanField(read_only=True, help_text="False: there is no mail server, and no mail goes out.")


class MailTestSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(
        choices=[one.value for one in Tried],
        help_text="`accepted`: the mail server took it. `refused`: the mailbox is none, or takes nothing from here."
        " `busy`: full, or asks to come again. `down`: the mail server does not answer. `no_server`: there is none."
        " `stopped`: mails are turned off.",
    )


def represent(owner: User) -> dict[str, Any]:
    stopped, refused, closed = mail_stopped_at(owner), refused_at(owner), closed_mailbox(owner)
    return {
        "on": stopped is None,
        "stopped_at": stopped.isoformat() if stopped else None,
        "refused_at": refused.isoformat() if refused else None,
        "asked_at": closed.asked_at.isoformat() if closed and closed.asked_at else None,
        "leaves": mail_leaves(),
    }


class ReminderMailView(APIView):
    @extend_schema(operation_id="reminder_mail_read", responses=ReminderMailSerializer)
    def get(self, request: Request) -> Response:
        """Off after the link in a mail was followed."""
        return Response(represent(person_of(request)))

    @extend_schema(
        operation_id="reminder_mail_change",
        request=ReminderMailSerializer,
        responses={200: ReminderMailSerializer, **INVALID},
    )
    def patch(self, request: Request) -> Response:
        """
        Where the link in a mail was followed the mails stay off at first: one mail goes there, at most one a day, whose
        link turns them on.
        """
        serializer = ReminderMailSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        owner = person_of(request)
        (begin_mail if serializer.validated_data["on"] else stop_mail)(owner=owner)
        return Response(represent(owner))


class MailTestView(APIView):
    @extend_schema(operation_id="reminder_mail_test", request=None, responses={200: MailTestSerializer, 429: PROBLEM})
    def post(self, request: Request) -> Response:
        """Mail the person now, whatever the hour. At most five a day."""
        return Response({"outcome": send_test(owner=person_of(request)).value})
