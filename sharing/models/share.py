"""A frozen report, and the links that open it to whoever holds them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest, Least

from accounts.models import OwnedModel, OwnedQuerySet
from sharing.models.tokens import hash_of
from sharing.vocabulary import PASSCODE_ATTEMPTS

# The last time that a line of the log counts.
READ_AT = Coalesce("accesses__last_at", "accesses__at")
OPENED = Q(accesses__outcome="opened")
# What is saved or fetched along with a page is no opening of its own; what was saved without one was opened too.
OPENINGS = Greatest(
    Coalesce(Sum("accesses__times", filter=OPENED & Q(accesses__what__in=("page", "manifest"))), 0),
    Least(Count("accesses", filter=OPENED), 1),
)


class ReportQuerySet(OwnedQuerySet):
    def kept(self) -> Self:
        """Without those that their owner has deleted."""
        return self.filter(deleted_at=None)

    def outlined(self, now: datetime) -> Any:
        """What each is about and who reads it, without its figures, which may be those of years."""
        about = {"period": F("snapshot__period"), "chosen": F("snapshot__sections")}
        links = ShareLink.objects.filter(report=OuterRef("pk")).order_by()
        opened = links.filter(OPENED).values("report")
        living = links.open(now).values("report")
        return self.values(
            "id",
            "made_at",
            question=F("snapshot__question"),
            times_opened=Coalesce(Subquery(opened.annotate(found=OPENINGS).values("found")), 0),
            last_opened_at=Subquery(opened.annotate(found=Max(READ_AT)).values("found")),
            open_links=Coalesce(Subquery(living.annotate(found=Count("pk")).values("found")), 0),
            **about,
        )


class Report(OwnedModel):
    """
    `snapshot` (`sharing.snapshot.Snapshot`) never changes: what was shared is what was seen when it was shared.

    Deleted, the row stays, with `period` and `sections` alone: its links and who read them tell what was shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    snapshot = models.JSONField()

    objects: ClassVar = ReportQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index("owner", F("made_at").desc(), F("id").desc(), name="report_newest")]


class ShareLinkQuerySet(OwnedQuerySet):
    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_of(token))

    def living(self, now: datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=now)

    def open(self, now: datetime) -> Self:
        """Of which `state` is `open`."""
        return self.living(now).exclude(attempts_left=0, passcode__gt="")

    def described(self) -> Self:
        """With what a list tells of each link, and without its report, which may be long."""
        return self.annotate(
            period=F("report__snapshot__period"),
            sections=F("report__snapshot__sections"),
            question=F("report__snapshot__question"),
            times_opened=OPENINGS,
            last_opened_at=Max(READ_AT, filter=OPENED),
        )


class ShareLink(OwnedModel):
    """
    Opens one report to whoever holds its token, until it expires or is revoked.

    `passcode` is hashed (Argon2); `attempts_left` counts down over its whole life, one for each guess that is looked
    at. `shl_hash` is the hash of the id under which the same thing is a SMART Health Link; its key is not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="shares")
    token_hash = models.CharField(max_length=64, unique=True)
    shl_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80, blank=True)
    passcode = models.CharField(max_length=128, blank=True)
    attempts_left = models.PositiveSmallIntegerField(default=PASSCODE_ATTEMPTS)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ShareLinkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="share_attempts", condition=Q(attempts_left__lte=PASSCODE_ATTEMPTS))
        ]
        indexes: ClassVar = [models.Index("owner", F("created_at").desc(), F("id").desc(), name="share_newest")]

    def state(self, now: datetime) -> str:
        """`open`, or why it opens nothing: `revoked`, `expired`, `locked`."""
        if self.revoked_at is not None:
            return "revoked"
        if self.expires_at <= now:
            return "expired"
        return "locked" if self.passcode and not self.attempts_left else "open"


class ShareFile(models.Model):
    """A file of the SMART Health Link, encrypted with the key that only the link holds."""

    share = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="files")
    content_type = models.CharField(max_length=60)
    jwe = models.TextField()

    objects: ClassVar = models.Manager()

    def __str__(self) -> str:
        return f"file {self.pk}"
