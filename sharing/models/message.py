"""What a patient and a physiotherapist write to each other."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts.models import OwnedModel, OwnedQuerySet, User
from sharing.models.care import CareLink
from tracker.models import Flag, FlagChange, FlagSign
from tracker.vocabulary import LEVELS


class MessageQuerySet(OwnedQuerySet):
    def unread_by(self, person: User) -> Self:
        return self.filter(recipient=person, read_at=None)

    def with_flag(self) -> Self:
        """Each with `answers`: the id of the flag that it answers, or None."""
        answered = Acknowledgement.objects.filter(message=OuterRef("pk"))
        return self.annotate(answers=Subquery(answered.values("flag")[:1], output_field=models.UUIDField()))


class Message(OwnedModel):
    """
    One message of a link, from the patient (`owner`) or to them. Kept when the link ends: it is part of the record.

    `id` is made by the device that wrote it, so that sending again sends nothing twice.
    """

    id = models.UUIDField(primary_key=True)
    link = models.ForeignKey(CareLink, on_delete=models.CASCADE, related_name="messages")
    sender = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    recipient = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = MessageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="message_says_something", condition=~Q(text=""))]
        indexes: ClassVar = [
            models.Index("link", F("created_at").desc(), F("id").desc(), name="message_newest"),
            models.Index(fields=["recipient", "created_at"], name="message_unread", condition=Q(read_at=None)),
            models.Index(fields=["created_at"], name="message_waiting", condition=Q(read_at=None)),
        ]


class AcknowledgementQuerySet(OwnedQuerySet):
    def holding(self) -> Self:
        """
        Those after which the flag neither pressed more nor was reopened, and nobody answered "yes", "new" or "worse".

        How the flag stands now does not tell: "worse" leaves it open when it was, and reading a reopened one closes it.
        """
        changes = FlagChange.objects.filter(flag=OuterRef("flag"), at__gt=OuterRef("at"))
        signs = FlagSign.objects.active().filter(flag=OuterRef("flag"), heard_at__gt=OuterRef("at"))
        said = signs.filter(answer__in=("yes", "new", "worse"))
        worse = Q(Exists(changes.filter(state="reopened"))) | Q(Exists(said))
        for rank, level in enumerate(LEVELS):
            above = LEVELS[:rank]
            worse |= Q(level=level) & (Q(flag__level__in=above) | Q(Exists(changes.filter(level__in=above))))
        return self.exclude(worse)


class Acknowledgement(OwnedModel):
    """A physiotherapist has taken note of a flag of the patient's (`owner`); `message` is the answer to the patient."""

    flag = models.ForeignKey(Flag, on_delete=models.CASCADE, related_name="acknowledgements")
    link = models.ForeignKey(CareLink, on_delete=models.CASCADE, related_name="acknowledgements")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    level = models.CharField(max_length=1, help_text="The flag's level when it was noted: worse asks again.")
    at = models.DateTimeField(auto_now_add=True)
    message = models.OneToOneField(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar = AcknowledgementQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["flag", "at"], name="acknowledged_flag")]
