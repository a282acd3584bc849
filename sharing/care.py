"""
The one door to a patient's things for somebody else: a living care link, or a stand-in for the one who has it.

Whoever comes through is written into the log that the patient sees, before anything is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from accounts.authentication import person_of
from accounts.models import User
from accounts.networks import network_of
from accounts.zones import local_date
from exercises.models import Prescription
from exercises.models.prescription import PrescriptionQuerySet
from sharing.devices import device_of
from sharing.models import Access, CareLink, ClinicMember, StandIn
from sharing.reading import SAME_VISIT, name_of, note_read
from sharing.vocabulary import SECTIONS
from tracker.models import Flag
from tracker.models.flag import FlagQuerySet


@dataclass(frozen=True)
class Care:
    """`reader` sees what `link` shows; `stand_in`: in place of the linked physiotherapist."""

    link: CareLink
    reader: User
    stand_in: StandIn | None = None

    @property
    def patient(self) -> User:
        return self.link.owner

    @property
    def sections(self) -> list[str]:
        """Of a report, in its order."""
        return [section for section in SECTIONS if self.link.shows(section)]

    @property
    def today(self) -> date:
        return local_date(timezone.now(), self.patient.time_zone)

    def from_day(self, asked: date | None) -> date | None:
        """The first day that may be shown when the days from `asked` on are asked for; None: no bound."""
        return max((day for day in (asked, self.link.sees_from) if day), default=None)


def the_link(request: Request, patient_id: UUID, what: str, *scopes: str) -> Care:
    """
    Who asks may see this patient, and now stands in their log as having read `what` (of `READS`).

    Raises Http404 for strangers, ended links and stand-ins outside their days (a link that ended is logged as such),
    and PermissionDenied (`not_in_scope`) when the patient gave none of `scopes`.
    """
    care = care_of(person_of(request), patient_id)
    if care is None:
        note_refusal(request, patient_id, what)
        raise Http404
    require(care.link, scopes)
    note_read(request=request, patient=care.patient, what=what, link=care.link, reader=care.reader)
    return care


def care_of(reader: User, patient_id: UUID) -> Care | None:
    rows = CareLink.objects.living().select_related("owner", "physiotherapist")
    own = rows.of(reader).filter(owner=patient_id).first()
    if own is not None:
        return Care(own, reader)
    return next((care for care in stood_in_for(reader) if care.link.owner_id == patient_id), None)


def all_care_of(reader: User) -> list[Care]:
    """Every patient they may see today, each once; three queries."""
    own = [Care(link, reader) for link in CareLink.objects.living().of(reader).select_related("owner")]
    known = {care.link.owner_id for care in own}
    others = {care.link.owner_id: care for care in stood_in_for(reader) if care.link.owner_id not in known}
    return [*own, *others.values()]


def stood_in_for(reader: User) -> list[Care]:
    """The links of colleagues for whom they stand in today, as long as both work at one clinic."""
    now = timezone.now()
    rows = StandIn.objects.in_place_by(reader, now.date()).select_related("link__owner", "link__physiotherapist")
    held = [one for one in rows if one.holds_on(local_date(now, one.link.owner.time_zone))]
    colleagues = set(ClinicMember.objects.colleagues_of(reader)) if held else set()
    return [Care(one.link, reader, one) for one in held if one.link.physiotherapist_id in colleagues]


def note_all(request: Request, reader: User, links: Sequence[CareLink], what: str) -> None:
    """A list of patients read: as `note_read`, for all of them in three queries."""
    if not links:
        return
    now = timezone.now()
    about = {
        "reader": reader,
        "what": what,
        "outcome": "opened",
        "network": network_of(request),
        "device": device_of(request.headers.get("User-Agent", "")),
    }
    recent = Access.objects.filter(**about, share=None, link__in=links, at__gt=now - SAME_VISIT)
    known = dict(recent.values_list("link_id", "pk"))
    Access.objects.filter(pk__in=known.values()).update(times=F("times") + 1, last_at=now)
    Access.objects.bulk_create(
        Access(owner_id=link.owner_id, link=link, reader_name=name_of(reader.display_name), last_at=now, **about)
        for link in links
        if link.pk not in known
    )


def note_refusal(request: Request, patient_id: UUID, what: str) -> None:
    """Who was let in once and tries again is worth knowing; a stranger who guesses is not."""
    reader = person_of(request)
    ended = CareLink.objects.of(reader).filter(owner=patient_id, ended_at__isnull=False).order_by("-ended_at").first()
    stood = StandIn.objects.filter(owner=patient_id, colleague=reader).select_related("link").order_by("-created_at")
    over = stood.filter(Q(withdrawn_at__isnull=False) | Q(last_day__lt=timezone.now().date()))
    link = ended or next((one.link for one in over[:1]), None)
    if link is not None:
        note_read(request=request, patient=link.owner, what=what, outcome="ended", link=link, reader=reader)


def require(link: CareLink, scopes: Sequence[str]) -> None:
    """Raises PermissionDenied (`not_in_scope`) when the patient gave none of them."""
    if scopes and not any(link.shows(scope) for scope in scopes):
        raise PermissionDenied("The patient has not opened this.", code="not_in_scope")


def hold(care: Care, *scopes: str) -> CareLink:
    """
    The link, locked until the transaction ends, so that nothing is written through what has just been taken back.

    Raises Http404 when it has ended, or the stand-in has, and as `the_link` when none of `scopes` is open any more.
    """
    found = CareLink.objects.living().select_for_update(of=("self",), no_key=True).filter(pk=care.link.pk).first()
    if found is None or not still_stands_in(care):
        raise Http404
    require(found, scopes)
    return found


def still_stands_in(care: Care) -> bool:
    """Locks the stand-in where there is one."""
    if care.stand_in is None:
        return True
    rows = StandIn.objects.select_for_update(of=("self",), no_key=True).on(care.today)
    return rows.filter(pk=care.stand_in.pk).first() is not None


def flags_shown(link: CareLink) -> FlagQuerySet:
    """Those that stood on any day that the link shows, as a report of those days has them."""
    flags = Flag.objects.filter(owner=link.owner_id)
    if link.sees_from is None:
        return flags
    return flags.filter(Q(resolved_at=None) | Q(resolved_at__gte=midnight(link.sees_from, link.owner.time_zone)))


def plans_shown(link: CareLink) -> PrescriptionQuerySet:
    """Those that held on any day that the link shows; of the deleted ones, those that were there on one."""
    plans = Prescription.objects.filter(owner=link.owner_id)
    if link.sees_from is None:
        return plans
    begin = midnight(link.sees_from, link.owner.time_zone)
    return plans.filter(Q(ends_on=None) | Q(ends_on__gte=link.sees_from), Q(deleted_at=None) | Q(deleted_at__gte=begin))


def midnight(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(time_zone))
