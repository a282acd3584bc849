"""Who sees: links for anyone who holds them, the consent between a patient and a physiotherapist, and who read what."""

from sharing.models.access import Access
from sharing.models.care import CareLink, Invitation
from sharing.models.clinic import Clinic, ClinicInvitation, ClinicMember, StandIn
from sharing.models.message import Acknowledgement, Message
from sharing.models.practice import PatientNote, Practice
from sharing.models.share import Report, ShareFile, ShareLink

__all__ = [
    "Access",
    "Acknowledgement",
    "CareLink",
    "Clinic",
    "ClinicInvitation",
    "ClinicMember",
    "Invitation",
    "Message",
    "PatientNote",
    "Practice",
    "Report",
    "ShareFile",
    "ShareLink",
    "StandIn",
]
