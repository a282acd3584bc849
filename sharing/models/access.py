"""Who read what of a patient's, when, and from roughly where."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import OwnedModel, User
from sharing.models.care import CareLink
from sharing.models.share import ShareLink
from sharing.vocabulary import OUTCOMES, READS


class Access(OwnedModel):
    """
    One read, or one attempt, of something of the patient's (`owner`): by a link, or by a person (`reader`) whom a care
    link lets in. It outlives both.

    `network`: the address cut to its network (/24, /48), `device`: the kind of browser and system. Neither is kept more
    precisely: it is to tell the patient "the clinic, or somebody else?", not to follow the reader.

    What the same reader reads again and again is one row for each quarter of an hour: `times` counts its reads from
    `at` to `last_at` (null: there was only the one).
    """

    at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(null=True, blank=True)
    times = models.PositiveIntegerField(default=1)
    what = models.CharField(max_length=13)
    outcome = models.CharField(max_length=14, default="opened")
    share = models.ForeignKey(ShareLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="accesses")
    link = models.ForeignKey(CareLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="accesses")
    reader = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reader_name = models.CharField(max_length=80, blank=True, help_text="As it was then: it outlives the account.")
    network = models.CharField(max_length=49, blank=True)
    device = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="access_known_words", condition=Q(what__in=READS, outcome__in=OUTCOMES))
        ]
        indexes: ClassVar = [
            models.Index("owner", F("at").desc(), F("id").desc(), name="access_newest"),
            models.Index(fields=["reader", "at"], name="access_of_reader"),
        ]
