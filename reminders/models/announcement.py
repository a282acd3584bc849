"""What a person hears of that is no reminder: something new in a row of another app."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import DocumentQuerySet, OwnedModel, OwnedQuerySet, User
from reminders.vocabulary import ANNOUNCED, NEWS


class AnnouncementQuerySet(DocumentQuerySet):
    def present(self) -> Self:
        """All: none is ever deleted but with its person."""
        return self

    def waiting(self, moment: datetime) -> Self:
        """Those of which nothing has gone out yet."""
        return self.filter(send_at__gt=moment)


class Announcement(OwnedModel):
    """
    One telling of one or more rows of a kind. Of its deliveries `about` is the kind and `subject` the id.

    `send_at` is when it is told: later than `made_at` in quiet hours, and what comes up until then joins it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    send_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar = AnnouncementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="announcement_known_kind", condition=Q(kind__in=ANNOUNCED)),
        ]
        indexes: ClassVar = [
            models.Index("owner", F("made_at").desc(), F("id").desc(), name="announcement_newest"),
            models.Index(fields=["owner", "changed_at", "id"], name="announcement_changed"),
        ]


class News(OwnedModel):
    """
    That its owner has been told of a row of another app, or is about to be: once, however many ticks look for it.

    `source` of `vocabulary.NEWS`. No foreign key: what it was about may be gone. `step` tells apart what happens to one
    row: a flag's change, a prescription's version; 0 of a message.
    """

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="news")
    source = models.CharField(max_length=12)
    target = models.UUIDField()
    step = models.PositiveBigIntegerField(default=0)
    noted_at = models.DateTimeField(help_text="When it came up.")

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "source", "target", "step"], name="news_told_once"),
            models.CheckConstraint(name="news_known_source", condition=Q(source__in=NEWS)),
        ]


class Lookout(models.Model):
    """
    Up to when the rows of a source have been looked through for news.

    What was there before `began_at` is nobody's news: the first look would announce years of it.
    """

    source = models.CharField(max_length=12, primary_key=True)
    began_at = models.DateTimeField()
    until = models.DateTimeField()

    objects: ClassVar = models.Manager()


def as_reminders() -> list[str]:
    """The ways that news take unless the person chooses: e-mail stands in where no device takes notifications."""
    return ["push"]


class NewsChoice(models.Model):
    """By which ways a person hears of which news, beside the app's own list, and what may break their quiet hours."""

    owner = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    flag = models.JSONField(default=as_reminders)
    prescription = models.JSONField(default=as_reminders)
    message = models.JSONField(default=as_reminders)
    urgent_breaks_quiet = models.BooleanField(default=False)

    objects: ClassVar = OwnedQuerySet.as_manager()

    @classmethod
    def of(cls, owner: User) -> NewsChoice:
        """The person's, or that of somebody who has not chosen; not saved then."""
        found: NewsChoice | None = cls.objects.for_user(owner).first()
        return found or cls(owner=owner)

    def channels(self, kind: str) -> list[str]:
        """Of `vocabulary.CHANNELS`, for an announcement's kind."""
        # Whether they hear of their patients at all, and when, is chosen in their practice.
        chosen: Any = as_reminders() if kind == "patients" else getattr(self, NEWS_OF[kind])
        return list(chosen)


NEWS_OF = {kind: "flag" if kind == "urgent" else kind for kind in ANNOUNCED}
