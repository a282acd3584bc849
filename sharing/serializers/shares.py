"""The shape of a link, as it is asked for and as it is told of. Validation never writes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import MinValueValidator
from django.utils import timezone
from rest_framework import serializers

from accounts.fields import InstantField, StrictSerializer
from sharing.models import ShareLink
from sharing.models.tokens import spelled
from sharing.vocabulary import (
    LABEL_LENGTH,
    PASSCODE_LENGTH,
    QUESTION_LENGTH,
    SECTIONS,
    SHARE_STATES,
)

# Before it nobody wrote anything down here, and some zones have no midnight that a clock could tell.
EARLIEST = date(1900, 1, 1)


class ScopeSerializer(StrictSerializer):
    """What a report shows: its first and last day, both included, and its sections."""

    sections = serializers.ListField(
        child=serializers.ChoiceField(choices=SECTIONS), allow_empty=False, max_length=len(SECTIONS)
    )

    def get_fields(self) -> Any:
        day: dict[str, Any] = {"input_formats": ["iso-8601"], "validators": [MinValueValidator(EARLIEST)]}
        return {"from": serializers.DateField(**day), "to": serializers.DateField(**day), **super().get_fields()}


class ShareSerializer(StrictSerializer):
    id = serializers.UUIDField(
        required=False,
        help_text="Made by the device, so that asking again makes no second link: the same id and the same body within "
        "the link's unopened life answer 200 and a new address, and the former one opens nothing any more.",
    )
    scope = ScopeSerializer()
    expires_at = InstantField(
        ahead=True, required=False, allow_null=True, default=None, help_text="In 30 days unless told; at most 366 days."
    )
    passcode = serializers.CharField(
        required=False,
        allow_null=True,
        default=None,
        help_text=f"{PASSCODE_LENGTH[0]}-{PASSCODE_LENGTH[1]} signs; null: the link is enough.",
    )
    question = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=QUESTION_LENGTH, help_text="The patient's own."
    )
    label = serializers.CharField(  # type: ignore[assignment]  # DRF has an attribute of that name
        required=False, default="", allow_blank=True, max_length=LABEL_LENGTH, help_text="Whom it is for."
    )

    def validate_passcode(self, passcode: str | None) -> str | None:
        fewest, most = PASSCODE_LENGTH
        if passcode is not None and not fewest <= len(spelled(passcode)) <= most:
            raise serializers.ValidationError(f"Must have {fewest} to {most} signs.", code="length")
        return passcode


class ShareScopeSerializer(serializers.Serializer):
    sections = serializers.ListField(child=serializers.ChoiceField(choices=SECTIONS))

    def get_fields(self) -> Any:
        return {"from": serializers.DateField(), "to": serializers.DateField(), **super().get_fields()}


class ShareAnswerSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    report = serializers.UUIDField(help_text="What it opens, at `reports/{id}`.")
    label = serializers.CharField()  # type: ignore[assignment]  # DRF has an attribute of that name
    scope = ShareScopeSerializer()
    question = serializers.CharField()
    state = serializers.ChoiceField(choices=SHARE_STATES, help_text="`locked`: too many wrong passcodes, for good.")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    revoked_at = serializers.DateTimeField(allow_null=True)
    has_passcode = serializers.BooleanField()
    attempts_left = serializers.IntegerField(allow_null=True, help_text="Of wrong passcodes; null without a passcode.")
    times_opened = serializers.IntegerField(help_text="As a page, or in a health app; files of it count only alone.")
    last_opened_at = serializers.DateTimeField(allow_null=True)


class ShareMadeSerializer(ShareAnswerSerializer):
    """What opens the link stands here once, and nowhere again."""

    url = serializers.URLField(help_text="The page, readable without an account and without JavaScript.")
    shlink = serializers.CharField(help_text="The same as a SMART Health Link: `shlink:/...`.")
    qr = serializers.CharField(help_text="SVG of the health link, which opens in a browser too.")
    url_qr = serializers.CharField(help_text="SVG of `url`.")


def represent_share(share: ShareLink) -> dict[str, Any]:
    """Of a row that is `described`."""
    last_opened: Any = share.last_opened_at  # type: ignore[attr-defined]  # annotated
    period: dict[str, Any] = share.period  # type: ignore[attr-defined]  # annotated
    return {
        "id": str(share.pk),
        "report": str(share.report_id),
        "label": share.label,
        "scope": {"from": period["start"], "to": period["end"], "sections": share.sections},  # type: ignore[attr-defined]  # annotated
        "question": share.question,  # type: ignore[attr-defined]  # annotated
        "state": share.state(timezone.now()),
        "created_at": share.created_at.isoformat(),
        "expires_at": share.expires_at.isoformat(),
        "revoked_at": share.revoked_at.isoformat() if share.revoked_at else None,
        "has_passcode": bool(share.passcode),
        "attempts_left": share.attempts_left if share.passcode else None,
        "times_opened": share.times_opened,  # type: ignore[attr-defined]  # annotated
        "last_opened_at": last_opened.isoformat() if last_opened else None,
    }
