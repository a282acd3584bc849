"""The phone and the server count the same: the cases that `domain/adherence.test.ts` runs too."""

import json
import uuid
from pathlib import Path

import pytest
import time_machine

from exercises.loading import load_catalogue
from tests.exercises.factories import prescription_body, session_body, session_item

pytestmark = pytest.mark.django_db

CASES = json.loads(Path(__file__).with_name("adherence_cases.json").read_text())


def put_prescription(client, id, versions):
    """Each version on the day on which it was taken over."""
    for one in versions:
        terms = {name: value for name, value in one.items() if name not in ("version", "since")}
        base = {"base_version": one["version"] - 1} if one["version"] > 1 else {}
        with time_machine.travel(f"{one['since']}T12:00:00+01:00"):
            answer = client.put(f"/api/v1/prescriptions/{id}", {**prescription_body(**terms), **base})
            assert (answer.status_code, answer.json()["version"]) == (200 if base else 201, one["version"])


def put_session(client, session):
    at = f"{session['local_date']}T12:00:00+01:00"
    items = [session_item(**item) for item in session["items"]]
    # Only of a session that was stopped may it be left unsaid why an item was left out.
    unsaid = any(item["status"] != "done" and not item["reason"] for item in items)
    stopped = {"ended": "stopped", "stop_reason": session["stop_reason"]} if session["stop_reason"] or unsaid else {}
    body = session_body(started_at=at, ended_at=at, items=items, prescription=session["prescription"], **stopped)
    answer = client.put(f"/api/v1/sessions/{uuid.uuid4()}", body)
    assert (answer.status_code, answer.json().get("local_date")) == (201, session["local_date"])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_server_counts_what_the_phone_counts(api, alice, case):
    load_catalogue()
    client = api(alice)
    for prescription in case["prescriptions"]:
        put_prescription(client, **prescription)
        sent = client.get(f"/api/v1/prescriptions/{prescription['id']}").json()
        assert sent["versions"] == prescription["versions"]
    for session in case["sessions"]:
        put_session(client, session)
    period = {name: case[name] for name in ("from", "to") if case[name]}
    with time_machine.travel(f"{case['today']}T12:00:00+01:00"):
        answer = client.get("/api/v1/adherence", period).json()
    assert answer == {name: case[name] for name in ("days", "weeks", "reasons")}
