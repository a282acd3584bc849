"""The shapes of messages, and of what a physiotherapist says to a flag."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework import serializers

from accounts.fields import StrictSerializer
from accounts.models import User
from sharing.models import Acknowledgement, CareLink, Message
from sharing.serializers.care import OtherSerializer, represent_other, side_of
from sharing.vocabulary import MESSAGE_LENGTH, ROLES
from tracker.vocabulary import LEVELS


class WordsField(serializers.CharField):
    """What somebody writes: not blank, and its line breaks kept."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": MESSAGE_LENGTH, **options})


class SendSerializer(StrictSerializer):
    echoed = frozenset({"id", "from_you", "sender", "created_at", "read_at", "flag"})
    link = serializers.UUIDField()
    text = WordsField()


class ReadSerializer(StrictSerializer):
    link = serializers.UUIDField()
    until = serializers.DateTimeField(help_text="`created_at` of the newest message that was on the screen.")


class MarkedSerializer(serializers.Serializer):
    marked = serializers.IntegerField(help_text="How many had been unread.")


class MessageSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    link = serializers.UUIDField()
    from_you = serializers.BooleanField()
    sender = serializers.ChoiceField(
        choices=[*ROLES, "stand-in"], allow_null=True, help_text="Null: their account is erased."
    )
    text = serializers.CharField()
    created_at = serializers.DateTimeField(help_text="By the server's clock.")
    read_at = serializers.DateTimeField(allow_null=True)
    flag = serializers.UUIDField(
        allow_null=True, help_text="To the patient: which of their flags it answers. Null: none, or you are not they."
    )


class ConversationSerializer(serializers.Serializer):
    link = serializers.UUIDField()
    role = serializers.ChoiceField(choices=ROLES, help_text="What you are in it.")
    other = OtherSerializer()
    in_place_of = serializers.CharField(
        allow_null=True, allow_blank=True, help_text="For whom you stand in; null: the link is yours."
    )
    ended_at = serializers.DateTimeField(allow_null=True, help_text="Not null: readable, and no longer written to.")
    unread = serializers.IntegerField(help_text="By you.")
    last = MessageSerializer(allow_null=True)


class AcknowledgeSerializer(StrictSerializer):
    id = serializers.UUIDField(help_text="Of the message, made by the device: safe to repeat.")
    text = WordsField(
        required=False, allow_blank=True, default="", help_text="To the patient; empty: noted without a word."
    )


class AcknowledgementSerializer(serializers.Serializer):
    flag = serializers.UUIDField()
    level = serializers.ChoiceField(choices=LEVELS, help_text="The flag's when it was noted.")
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True, help_text="What they call themselves; null: the account is erased.")
    message = serializers.UUIDField(allow_null=True)
    text = serializers.CharField(allow_blank=True)


def represent_message(message: Message, person: User, answers: UUID | None = None) -> dict[str, Any]:
    """`message` with its `link` fetched; `answers`: the flag's id, of `with_flag`."""
    sender = side_of(message.link, message.sender_id)
    if sender == "physiotherapist" and message.sender_id != message.link.physiotherapist_id:
        sender = "stand-in"
    return {
        "id": str(message.pk),
        "link": str(message.link_id),
        "from_you": message.sender_id == person.pk,
        "sender": sender,
        "text": message.text,
        "created_at": message.created_at.isoformat(),
        "read_at": message.read_at.isoformat() if message.read_at else None,
        "flag": str(answers) if answers and person.pk == message.owner_id else None,
    }


def represent_conversation(link: Any, last: Any, person: User) -> dict[str, Any]:
    """`link` of `conversations_of`; `last` of `with_flag`, or None."""
    return {
        "link": str(link.pk),
        "role": "patient" if link.owner_id == person.pk else "physiotherapist",
        "other": represent_other(link, person),
        "in_place_of": None if person.pk in (link.owner_id, link.physiotherapist_id) else name_of_physiotherapist(link),
        "ended_at": link.ended_at.isoformat() if link.ended_at else None,
        "unread": link.unread,
        "last": represent_message(last, person, last.answers) if last else None,
    }


def name_of_physiotherapist(link: CareLink) -> str:
    return link.physiotherapist.display_name if link.physiotherapist else ""


def represent_acknowledgement(one: Acknowledgement) -> dict[str, Any]:
    """With `by` and `message` fetched."""
    return {
        "flag": str(one.flag_id),
        "level": one.level,
        "at": one.at.isoformat(),
        "by": one.by.display_name if one.by else None,
        "message": str(one.message_id) if one.message_id else None,
        "text": one.message.text if one.message else "",
    }
