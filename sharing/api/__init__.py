"""Links for anyone who holds them, care links, the physiotherapist's patients, messages, and who read what."""

from django.urls import path

from sharing.api.care_links import (
    AcceptView,
    CareLinkNotesView,
    CareLinksView,
    CareLinkView,
    InvitationsView,
    InvitationView,
    LookView,
)
from sharing.api.clinics import (
    ClinicInvitationsView,
    ClinicJoinView,
    ClinicLookView,
    ClinicMemberView,
    ClinicsView,
    StandInsView,
    StandInView,
)
from sharing.api.messages import (
    AcknowledgementsView,
    ConversationsView,
    MessagesReadView,
    MessagesView,
    MessageView,
)
from sharing.api.patients import PatientReportPDFView, PatientReportView, PatientsView, PatientView
from sharing.api.practice import PracticeView
from sharing.api.reports import (
    ReportCSVView,
    ReportFHIRView,
    ReportJSONView,
    ReportPDFView,
    ReportsView,
    ReportView,
)
from sharing.api.shares import AccessesView, ShareAccessesView, SharesView, ShareView
from sharing.api.treating import (
    AcknowledgeView,
    NotesView,
    NoteView,
    PatientFlagsView,
    PatientPrescriptionsView,
    PatientPrescriptionView,
    PatientStopsView,
)

urlpatterns = [
    path("reports", ReportsView.as_view()),
    path("reports/<uuid:id>", ReportView.as_view()),
    path("reports/<uuid:id>.json", ReportJSONView.as_view()),
    path("reports/<uuid:id>.csv", ReportCSVView.as_view()),
    path("reports/<uuid:id>.fhir.json", ReportFHIRView.as_view()),
    path("reports/<uuid:id>.pdf", ReportPDFView.as_view()),
    path("shares", SharesView.as_view()),
    path("shares/<uuid:id>", ShareView.as_view()),
    path("shares/<uuid:id>/accesses", ShareAccessesView.as_view()),
    path("accesses", AccessesView.as_view()),
    path("invitations", InvitationsView.as_view()),
    path("invitations/look", LookView.as_view()),
    path("invitations/accept", AcceptView.as_view()),
    path("invitations/<uuid:id>", InvitationView.as_view()),
    path("care-links", CareLinksView.as_view()),
    path("care-links/<uuid:id>", CareLinkView.as_view()),
    path("care-links/<uuid:id>/notes", CareLinkNotesView.as_view()),
    path("care-links/<uuid:id>/stand-ins", StandInsView.as_view()),
    path("care-links/<uuid:id>/stand-ins/<uuid:stand_in>", StandInView.as_view()),
    path("clinics", ClinicsView.as_view()),
    path("clinics/look", ClinicLookView.as_view()),
    path("clinics/join", ClinicJoinView.as_view()),
    path("clinics/<uuid:id>/invitations", ClinicInvitationsView.as_view()),
    path("clinics/<uuid:id>/members/<uuid:person>", ClinicMemberView.as_view()),
    path("patients", PatientsView.as_view()),
    path("patients/<uuid:id>", PatientView.as_view()),
    path("patients/<uuid:id>/report", PatientReportView.as_view()),
    path("patients/<uuid:id>/report.pdf", PatientReportPDFView.as_view()),
    path("patients/<uuid:id>/prescriptions", PatientPrescriptionsView.as_view()),
    path("patients/<uuid:id>/prescriptions/<uuid:prescription>", PatientPrescriptionView.as_view()),
    path("patients/<uuid:id>/stops", PatientStopsView.as_view()),
    path("patients/<uuid:id>/flags", PatientFlagsView.as_view()),
    path("patients/<uuid:id>/flags/<uuid:flag>/acknowledge", AcknowledgeView.as_view()),
    path("patients/<uuid:id>/notes", NotesView.as_view()),
    path("patients/<uuid:id>/notes/<uuid:note>", NoteView.as_view()),
    path("conversations", ConversationsView.as_view()),
    path("messages", MessagesView.as_view()),
    path("messages/read", MessagesReadView.as_view()),
    path("messages/<uuid:id>", MessageView.as_view()),
    path("acknowledgements", AcknowledgementsView.as_view()),
    path("practice", PracticeView.as_view()),
]
