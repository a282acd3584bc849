"""What the refusal matrix asks with: one of everything that is Alice's, a body for each address, and who may ask."""

from __future__ import annotations

import uuid

from accounts.models import OwnedModel, User
from exercises.loading import load_catalogue
from sharing.inviting import invite
from sharing.messaging import send
from tests.exercises import factories as stretching
from tests.people import link, make_person
from tests.reminders.factories import come_due, keep, reminder_body
from tests.reminders.subscriptions import subscribed, subscription_body
from tests.sharing.factories import lent, share_body
from tests.tracker.factories import answer, check_body, log_body, measure, measure_body, record
from tracker.models import Flag

# Addresses of one row, and which of Alice's rows stands there: everybody else finds nothing.
OWNED = {
    "get logs/<uuid:id>": "log",
    "put logs/<uuid:id>": "log",
    "delete logs/<uuid:id>": "log",
    "get logs/<uuid:id>/history": "log",
    "get routines/<uuid:id>": "routine",
    "put routines/<uuid:id>": "routine",
    "delete routines/<uuid:id>": "routine",
    "get prescriptions/<uuid:id>": "prescription",
    "put prescriptions/<uuid:id>": "prescription",
    "delete prescriptions/<uuid:id>": "prescription",
    "get prescriptions/<uuid:id>/history": "prescription",
    "get prescriptions/<uuid:id>/handout.pdf": "prescription",
    "get routines/<uuid:id>/handout.pdf": "routine",
    "get sessions/<uuid:id>": "session",
    "put sessions/<uuid:id>": "session",
    "get red-flag-checks/<uuid:id>": "check",
    "put red-flag-checks/<uuid:id>": "check",
    "delete red-flag-checks/<uuid:id>": "check",
    "get red-flag-checks/<uuid:id>/history": "check",
    "get measures/<uuid:id>": "measure",
    "put measures/<uuid:id>": "measure",
    "delete measures/<uuid:id>": "measure",
    "get measures/<uuid:id>/history": "measure",
    "get flags/<uuid:id>": "flag",
    "post flags/<uuid:id>/seen": "flag",
    "post flags/<uuid:id>/resolve": "flag",
    "post flags/<uuid:id>/reopen": "flag",
    "post flags/<uuid:id>/snooze": "flag",
    "get reminders/<uuid:id>": "reminder",
    "put reminders/<uuid:id>": "reminder",
    "delete reminders/<uuid:id>": "reminder",
    "put occurrences/<uuid:id>/answer": "occurrence",
    "delete push-subscriptions/<uuid:id>": "subscription",
    "post push-subscriptions/<uuid:id>/test": "subscription",
    "delete reports/<uuid:id>": "report",
    "get reports/<uuid:id>.json": "report",
    "get reports/<uuid:id>.csv": "report",
    "get reports/<uuid:id>.fhir.json": "report",
    "get reports/<uuid:id>.pdf": "report",
    "get shares/<uuid:id>": "share",
    "delete shares/<uuid:id>": "share",
    "get shares/<uuid:id>/accesses": "share",
    "delete invitations/<uuid:id>": "invitation",
    "patch care-links/<uuid:id>": "care_link",
    "delete care-links/<uuid:id>": "care_link",
    "get care-links/<uuid:id>/notes": "care_link",
    "post care-links/<uuid:id>/stand-ins": "care_link",
    "delete care-links/<uuid:id>/stand-ins/<uuid:stand_in>": "care_link",
    "get messages": "care_link",
    "put messages/<uuid:id>": "message",
}
# Addresses of a patient who lets others in: whom she does not let in now finds nothing, whatever they were once.
CARED = {
    "get patients/<uuid:id>",
    "get patients/<uuid:id>/report",
    "get patients/<uuid:id>/report.pdf",
    "get patients/<uuid:id>/prescriptions",
    "put patients/<uuid:id>/prescriptions/<uuid:prescription>",
    "delete patients/<uuid:id>/prescriptions/<uuid:prescription>",
    "get patients/<uuid:id>/stops",
    "get patients/<uuid:id>/flags",
    "post patients/<uuid:id>/flags/<uuid:flag>/acknowledge",
    "get patients/<uuid:id>/notes",
    "put patients/<uuid:id>/notes/<uuid:note>",
    "delete patients/<uuid:id>/notes/<uuid:note>",
}
# Addresses that answer each person with their own, and the catalogue and the questions, which are everybody's.
SHARED = {
    "get me",
    "patch me",
    "delete me",
    "get logs",
    "post logs/batch",
    "get summary",
    "get exercises",
    "get exercises/<slug:slug>",
    "get routines",
    "get prescriptions",
    "get sessions",
    "get adherence",
    "get responses",
    "get red-flags",
    "get red-flag-checks",
    "get measures",
    "get flags",
    "post flags/seen",
    "post flags/resolve",
    "get trends",
    "patch trends",
    "get reminders",
    "post reminders/preview",
    "get announcements",
    "get announcement-ways",
    "patch announcement-ways",
    "get occurrences",
    "get calendar-feed",
    "post calendar-feed",
    "delete calendar-feed",
    "get reminder-mail",
    "patch reminder-mail",
    "post reminder-mail/test",
    "get push-key",
    "get push-subscriptions",
    "post push-subscriptions",
    "get reports",
    "post reports",
    "get shares",
    "post shares",
    "get accesses",
    "get invitations",
    "post invitations",
    "post invitations/look",
    "post invitations/accept",
    "get care-links",
    "get patients",
    "get conversations",
    "post messages/read",
    "get acknowledgements",
    "get clinics",
    "post clinics",
    "post clinics/look",
    "post clinics/join",
    "post clinics/<uuid:id>/invitations",
    "delete clinics/<uuid:id>/members/<uuid:person>",
    "get practice",
    "put practice",
    "delete practice",
}
# The list in which a linked physiotherapist finds Alice.
OPENED_TO_BOB = {"get patients"}
# Addresses that need nobody.
OPEN: set[str] = set()

BODIES = {
    "patch me": {"display_name": "X"},
    "delete me": {"password": "not the password"},
    "put logs/<uuid:id>": log_body(),
    "post logs/batch": [],
    "put routines/<uuid:id>": stretching.routine_body(),
    "put prescriptions/<uuid:id>": stretching.prescription_body(),
    "put sessions/<uuid:id>": stretching.session_body(),
    "put red-flag-checks/<uuid:id>": check_body(),
    "put measures/<uuid:id>": measure_body(),
    "post flags/<uuid:id>/seen": {},
    "post flags/<uuid:id>/resolve": {"reason": "checked"},
    "post flags/<uuid:id>/reopen": {},
    "post flags/<uuid:id>/snooze": {"until": "2026-03-27T08:00:00+01:00", "reason": "appointment"},
    "patch trends": {"sensitivity": "fewer"},
    "put reminders/<uuid:id>": reminder_body(),
    "post reminders/preview": reminder_body(),
    "patch reminder-mail": {"on": False},
    "patch announcement-ways": {"urgent_breaks_quiet": True},
    "put occurrences/<uuid:id>/answer": {"answer": "done"},
    "post push-subscriptions": subscription_body(),
    "post reports": share_body()["scope"],
    "post shares": share_body(),
    "post invitations": {"role": "patient"},
    "post invitations/look": {"token": "a guess"},
    "post invitations/accept": {"token": "a guess"},
    "patch care-links/<uuid:id>": {"sees_from": None},
    "put patients/<uuid:id>/prescriptions/<uuid:prescription>": stretching.prescription_body(),
    "post patients/<uuid:id>/flags/<uuid:flag>/acknowledge": {"id": str(uuid.uuid4()), "text": "Seen."},
    "put patients/<uuid:id>/notes/<uuid:note>": {"text": "Careful with the left."},
    "put messages/<uuid:id>": {"link": str(uuid.uuid4()), "text": "Hello"},
    "post messages/read": {"link": str(uuid.uuid4()), "until": "2026-03-27T08:00:00+01:00"},
    "post care-links/<uuid:id>/stand-ins": {
        "colleague": str(uuid.uuid4()),
        "first_day": "2026-03-27",
        "last_day": "2026-03-29",
    },
    "post clinics": {"name": "By the river"},
    "post clinics/look": {"token": "a guess"},
    "post clinics/join": {"token": "a guess"},
    "put practice": {"signals": ["red-flag"], "tell_at": "08:00"},
}
# Addresses that ask for somebody's in their query.
QUERIES = {"get messages": "link"}


def everything_of(owner: User) -> dict[str, OwnedModel]:
    load_catalogue()
    reminder = keep(owner)
    share, _ = lent(owner)
    care_link = link(owner, make_person("dana"))
    return {
        "reminder": reminder,
        "occurrence": come_due(reminder),
        "log": record(owner),
        "routine": stretching.save(owner),
        "prescription": stretching.set_for(owner),
        "session": stretching.record(owner),
        "check": answer(owner),
        "measure": measure(owner),
        "subscription": subscribed(owner),
        "share": share,
        "report": share.report,
        "flag": Flag.objects.for_user(owner).get(),
        "invitation": invite(owner=owner, role="patient")[0],
        "care_link": care_link,
        "message": send(sender=owner, id=uuid.uuid4(), link=care_link.pk, text="Hello")[0],
    }
