"""The phone and the server make the same days of the same entries: the cases that `domain/days.test.ts` runs too."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db

CASES = json.loads(Path(__file__).with_name("summary_cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_summary_says_what_the_phone_says(api, alice, case):
    client = api(alice)
    for entry in case["entries"]:
        body = {name: value for name, value in entry.items() if name not in ("id", "local_date")}
        answer = client.put(f"/api/v1/logs/{entry['id']}", body)
        assert (answer.status_code, answer.data.get("local_date")) == (201, entry["local_date"])
    days = client.get("/api/v1/summary", {"from": case["from"], "to": case["to"]}).json()["days"]
    assert days == case["days"]
