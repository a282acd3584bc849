"""What the refusal matrix asks with: one of everything that is Alice's, a body for each address, and who may ask."""

from __future__ import annotations

from accounts.models import OwnedModel, User
from exercises.loading import load_catalogue
from tests.exercises import factories as stretching
from tests.reminders.factories import come_due, keep, reminder_body
from tests.reminders.subscriptions import subscribed, subscription_body
from tests.tracker.factories import answer, check_body, log_body, record
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
    "get flags",
    "post flags/seen",
    "post flags/resolve",
    "get trends",
    "patch trends",
    "get reminders",
    "post reminders/preview",
    "get occurrences",
    "get calendar-feed",
    "post calendar-feed",
    "delete calendar-feed",
    "get reminder-mail",
    "patch reminder-mail",
    "get push-key",
    "get push-subscriptions",
    "post push-subscriptions",
}
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
    "post flags/<uuid:id>/seen": {},
    "post flags/<uuid:id>/resolve": {"reason": "checked"},
    "post flags/<uuid:id>/reopen": {},
    "post flags/<uuid:id>/snooze": {"until": "2026-03-27T08:00:00+01:00", "reason": "appointment"},
    "patch trends": {"sensitivity": "fewer"},
    "put reminders/<uuid:id>": reminder_body(),
    "post reminders/preview": reminder_body(),
    "patch reminder-mail": {"on": False},
    "put occurrences/<uuid:id>/answer": {"answer": "done"},
    "post push-subscriptions": subscription_body(),
}


def everything_of(owner: User) -> dict[str, OwnedModel]:
    load_catalogue()
    reminder = keep(owner)
    return {
        "reminder": reminder,
        "occurrence": come_due(reminder),
        "log": record(owner),
        "routine": stretching.save(owner),
        "prescription": stretching.set_for(owner),
        "session": stretching.record(owner),
        "check": answer(owner),
        "subscription": subscribed(owner),
        "flag": Flag.objects.for_user(owner).get(),
    }
