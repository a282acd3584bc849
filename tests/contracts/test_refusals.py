"""
Every address and method, asked by everyone who may not: nobody, a stranger, a linked physiotherapist, another tab's
person, and whoever a patient does not let in (any more, or today). Walks the URL table itself, so an address that is
missing from `OWNED`, `CARED`, `SHARED` or `OPEN` fails the run.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Document, OwnedModel, User
from accounts.zones import local_date
from sharing.ending import end_link
from sharing.models import Clinic, ClinicMember, Message, PatientNote, StandIn
from tests.contracts.cast import BODIES, CARED, OPEN, OPENED_TO_BOB, OWNED, QUERIES, SHARED, everything_of
from tests.people import link, make_person

pytestmark = pytest.mark.django_db

METHODS = ("get", "put", "post", "patch", "delete")


def addresses(patterns: list, prefix: str = "") -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def ours() -> list[tuple[str, str]]:
    """(route, method) of the whole API, as the URL table has it."""
    found = []
    for route, view in addresses(get_resolver().url_patterns):
        if route.startswith("api/v1/"):
            allowed = {name for name in METHODS if hasattr(view.cls, name)}
            found += [(route.removeprefix("api/v1/"), method) for method in METHODS if method in allowed]
    return found


def ask(client: APIClient, route: str, method: str, id: object = None, **others: object) -> object:
    address = f"{method} {route}"
    body = {QUERIES[address]: str(id or uuid.uuid4())} if address in QUERIES else BODIES.get(address)
    path = "/api/v1/" + route.replace("<slug:slug>", "bridge")
    for name, found in {"id": id, **others}.items():
        path = path.replace(f"<uuid:{name}>", str(found or uuid.uuid4()))
    path = re.sub("<uuid:[a-z_]+>", str(uuid.uuid4()), path)
    return getattr(client, method)(path, body, **({} if method == "get" else {"format": "json"}))


def written(row: OwnedModel) -> dict:
    """All that the database holds of it now."""
    rows = type(row).objects.filter(pk=row.pk)
    return {**rows.values().get(), "body": rows.get().body() if isinstance(row, Document) else None}


def test_every_address_is_accounted_for():
    known = {*OWNED, *CARED, *SHARED, *OPEN}
    assert {f"{method} {route}" for route, method in ours()} == known


@pytest.mark.parametrize(("route", "method"), ours())
def test_nobody_is_told_to_sign_in(api, route, method):
    refused = ask(api(None), route, method)
    if f"{method} {route}" in OPEN:
        assert refused.status_code == 200
        return
    assert refused.status_code == 401
    assert refused.json()["errors"][0]["code"] == "not_authenticated"


@pytest.mark.parametrize(("route", "method"), ours())
def test_another_tabs_person_is_refused(api, alice, charlie, route, method):
    client = api(charlie)
    client.credentials(HTTP_X_UNPINCH_PERSON=str(alice.pk))
    refused = ask(client, route, method)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "other_person")


@pytest.mark.parametrize("who", ["bob", "charlie"])
@pytest.mark.parametrize("address", sorted(OWNED))
def test_what_is_not_yours_is_not_there(api, request, alice, address, who):
    other: User = request.getfixturevalue(who)
    method, route = address.split(" ")
    row: OwnedModel = everything_of(alice)[OWNED[address]]
    before = written(row)
    refused = ask(api(other), route, method, row.pk)
    assert refused.status_code == 404
    assert written(row) == before
    assert before["owner_id"] == alice.pk


def was_linked(alice: User) -> User:
    erin = make_person("erin")
    end_link(by=alice, id=link(alice, erin).pk)
    return erin


def treats_others(alice: User) -> User:
    erin = make_person("erin")
    link(make_person("frank"), erin)
    return erin


def stood_in(alice: User) -> User:
    """Until yesterday, and from tomorrow's tomorrow on; and today for somebody else's patient."""
    erin, gwen, today = make_person("erin"), make_person("gwen"), local_date(timezone.now(), alice.time_zone)
    clinic = Clinic.objects.create(name="By the river")
    for person in (erin, gwen):
        ClinicMember.objects.create(clinic=clinic, owner=person)
    held, other = link(alice, gwen), link(make_person("frank"), gwen)
    for patients, first, last in ((held, -9, -1), (held, 2, 9), (other, -1, 1)):
        days = {"first_day": today + timedelta(days=first), "last_day": today + timedelta(days=last)}
        StandIn.objects.create(owner=patients.owner, link=patients, colleague=erin, **days)
    return erin


def stranger(alice: User) -> User:
    return make_person("erin")


@pytest.mark.parametrize("who", [stranger, treats_others, was_linked, stood_in])
@pytest.mark.parametrize("address", sorted(CARED))
def test_a_patient_is_there_only_for_whom_they_let_in_today(api, alice, address, who):
    method, route = address.split(" ")
    rows = everything_of(alice)
    erin = who(alice)
    before = {name: written(rows[name]) for name in ("prescription", "flag")}
    ids = {name: rows[name].pk for name in ("prescription", "flag")}
    refused = ask(api(erin), route, method, alice.pk, **ids)
    assert refused.status_code == 404
    assert {name: written(rows[name]) for name in before} == before
    assert not PatientNote.objects.exists()
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "address"),
    [
        (who, address)
        for address in sorted(SHARED)
        for who in ("bob", "charlie")
        if address.startswith("get ") and not (who == "bob" and address in OPENED_TO_BOB)
    ],
)
def test_lists_hold_nothing_of_anybody_elses(api, request, alice, address, who):
    documents = everything_of(alice)
    answer = ask(api(request.getfixturevalue(who)), address.split(" ")[1], "get")
    assert answer.status_code == 200
    text = answer.content.decode()
    for document in documents.values():
        assert str(document.pk) not in text
    assert "alice" not in text


def test_a_batch_cannot_reach_into_anothers_diary(api, alice, charlie):
    log = everything_of(alice)["log"]
    body = {"id": str(log.pk), **BODIES["put logs/<uuid:id>"]}
    answers = api(charlie).post(
        "/api/v1/logs/batch", [{**body, "base_version": 1}, {"id": str(log.pk), "deleted": True}], format="json"
    )
    assert [answer["status"] for answer in answers.json()] == [404, 404]
    log.refresh_from_db()
    assert (log.version, log.deleted_at) == (1, None)
