"""Who: people, what they own, and the versioned documents that their devices send."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone

from accounts.merging import Merge, merge
from accounts.zones import validate_time_zone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: signs in by e-mail, and carries the few settings that a reminder or a day's date needs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=80, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    language = models.CharField(max_length=12, default="en")
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2; empty when not known.")
    emergency_number = models.CharField(max_length=20, blank=True, help_text="Empty means the country's own.")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    weekly_mode = models.BooleanField(default=False)
    conditions = models.JSONField(default=list, blank=True, help_text="Of `vocabulary.CONDITIONS`, in that order.")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="quiet_hours_whole",
                condition=models.Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_to__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class OwnedQuerySet(models.QuerySet):
    """Every read starts at the owner."""

    def for_user(self, user: User) -> Self:
        return self.filter(owner=user)


class DocumentQuerySet(OwnedQuerySet):
    def present(self) -> Self:
        """Without the tombstones."""
        return self.filter(deleted_at=None)

    def changed_since(self, moment: Any) -> Self:
        """Everything another device has not seen yet, tombstones included."""
        return self.filter(changed_at__gte=moment)


class DatedQuerySet(DocumentQuerySet):
    """Documents with a `local_date`: the date on the person's wall when it happened."""

    def between(self, first: date | None, last: date | None) -> Self:
        """By local date, both ends included."""
        found = self
        if first:
            found = found.filter(local_date__gte=first)
        if last:
            found = found.filter(local_date__lte=last)
        return found


def rating(**options: Any) -> models.PositiveSmallIntegerField:
    """A column for 0-10 on the numeric rating scale; null: not asked. Hold it with `within_scale`."""
    return models.PositiveSmallIntegerField(null=True, blank=True, **options)


def within_scale(*names: str) -> models.Q:
    """Each of `names` lies on the 0-10 scale, or was not asked."""
    return models.Q(*(models.Q(**{f"{name}__isnull": True}) | models.Q(**{f"{name}__lte": 10}) for name in names))


class OwnedModel(models.Model):
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True


class Document(OwnedModel):
    """
    Something a person writes on a device that may be offline, under an id the device made.

    `version` counts what the server has taken, in the server's order. `digest` recognises a submission that arrives
    a second time. A deletion is a tombstone (`deleted_at`), kept so that a device offline for months still hears of
    it. What a version replaced is in `Revision`.
    """

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(help_text="When the first version arrived.")
    changed_at = models.DateTimeField(help_text="When the newest version arrived.")
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = DocumentQuerySet.as_manager()
    # The name under which `Revision` keeps what a version replaced.
    kind: ClassVar[str]

    class Meta:
        abstract = True

    def body(self) -> dict[str, Any]:
        """What the person wrote, as JSON values: the canonical form that submissions are compared in."""
        raise NotImplementedError

    def write(self, body: dict[str, Any]) -> None:
        """Take `body` over, and save this row and its children."""
        raise NotImplementedError

    @classmethod
    def completed(cls, body: dict[str, Any], base: dict[str, Any] | None) -> dict[str, Any]:
        """
        `body` with the fields that an older app does not know, as they are in `base`, the version that it had seen.

        Without a base: as they were before there was such a field. What an app does not know it must not wipe out.
        """
        return body

    @staticmethod
    def fields_of(body: dict[str, Any]) -> dict[str, Any]:
        """`body` cut into the pieces that two devices may change independently."""
        return body

    @staticmethod
    def body_of(fields: dict[str, Any]) -> dict[str, Any]:
        """The inverse of `fields_of`."""
        return fields

    @classmethod
    def merged(cls, *, base: dict[str, Any], current: dict[str, Any], incoming: dict[str, Any]) -> Merge:
        """Two edits of `base`, all of them bodies, brought together field by field."""
        return merge(
            base=cls.fields_of(base),
            current=cls.fields_of(current),
            incoming=cls.fields_of(incoming),
            keeps_current=cls.keeps_current,
        )

    @staticmethod
    def keeps_current(name: str, current: Any, incoming: Any) -> bool:
        """Of a field that two devices changed, each in its own way: whether what arrived first stays, not the last."""
        return False


class RevisionQuerySet(OwnedQuerySet):
    def of(self, document: Document) -> Self:
        """Devices choose ids: one id may be a log and a routine, even of two people. The kind tells them apart."""
        return self.filter(kind=document.kind, document_id=document.pk)


class Revision(OwnedModel):
    """A version of a document that a later one replaced. Kept with the document, erased with the person."""

    kind = models.CharField(max_length=20)
    document_id = models.UUIDField()
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    body = models.JSONField()
    changed_at = models.DateTimeField()
    deleted = models.BooleanField(default=False)

    objects: ClassVar = RevisionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "document_id", "version"], name="revision_of_kind_once"),
        ]
