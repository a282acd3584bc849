"""What the refusal matrix asks with: one of everything that is Alice's, a body for each address, and who may ask."""

from __future__ import annotations

from accounts.models import Document, User
from tests.tracker.factories import log_body, record

# Addresses of one row, and which of Alice's rows stands there: everybody else finds nothing.
OWNED = {
    "get logs/<uuid:id>": "log",
    "put logs/<uuid:id>": "log",
    "delete logs/<uuid:id>": "log",
    "get logs/<uuid:id>/history": "log",
}
# Addresses that answer each person with their own.
SHARED = {
    "get me",
    "patch me",
    "delete me",
    "get logs",
    "post logs/batch",
    "get summary",
}
# Addresses that need nobody.
OPEN: set[str] = set()

BODIES = {
    "patch me": {"display_name": "X"},
    "delete me": {"password": "not the password"},
    "put logs/<uuid:id>": log_body(),
    "post logs/batch": [],
}


def everything_of(owner: User) -> dict[str, Document]:
    return {"log": record(owner)}
