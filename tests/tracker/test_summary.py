import uuid
from datetime import date

import pytest

from tests.tracker.factories import reading, record

pytestmark = pytest.mark.django_db


def at(day: str, **parts):
    return {"occurred_at": f"{day}T08:00:00+01:00", **parts}


def summary(client, **query):
    return client.get("/api/v1/summary", query).json()["days"]


def test_a_days_value_is_the_worst_of_the_day_over_regions_and_entries(api, alice):
    record(alice, **at("2026-02-01", readings=[reading(pain=2, numbness=None), reading("sole", pain=5, numbness=1)]))
    record(alice, **at("2026-02-01", readings=[reading(pain=4, numbness=None, tingling=None, weakness=None)]))
    (day,) = summary(api(alice))
    assert day == {"date": "2026-02-01", "numbness": 1, "tingling": 3, "pain": 5, "weakness": 0, "entries": 2}


def test_days_without_an_entry_are_null_not_zero(api, alice):
    record(alice, **at("2026-02-01"))
    record(alice, **at("2026-02-03", readings=[]))
    days = summary(api(alice))
    assert [day["pain"] for day in days] == [4, None, 0]
    assert [day["entries"] for day in days] == [1, 0, 1]


def test_the_saddle_area_is_never_trended(api, alice):
    record(alice, **at("2026-02-01", readings=[reading("saddle", "midline", pain=9)]))
    (day,) = summary(api(alice))
    assert (day["pain"], day["entries"]) == (None, 1)


def test_the_period_is_as_long_as_asked_also_where_nothing_was_logged(api, alice):
    days = summary(api(alice), **{"from": "2026-02-01", "to": "2026-02-28"})
    assert [date.fromisoformat(day["date"]).day for day in days] == list(range(1, 29))


def test_more_than_thirty_years_are_refused(api, alice):
    refused = api(alice).get("/api/v1/summary", {"from": "1990-01-01", "to": "2026-01-01"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "too_long")


def test_the_saddle_area_raises_its_flag_with_the_answer(api, alice):
    answer = api(alice).put(
        f"/api/v1/logs/{uuid.uuid4()}",
        {
            "occurred_at": "2026-02-01T08:00:00+01:00",
            "time_zone": "Europe/Berlin",
            "readings": [reading("saddle", "midline")],
        },
    )
    assert answer.data["flags"] == [{"rule": "saddle", "level": "E"}]


def test_pages_follow_each_other_without_a_gap_or_a_repeat(api, alice):
    logs = [record(alice, **at(f"2026-02-{day:02}")) for day in (*range(1, 12), 3, 3)]
    client, seen, address = api(alice), [], "/api/v1/logs?page_size=4"
    while address:
        page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(seen) == len(logs)
    assert set(seen) == {str(log.pk) for log in logs}
    dates = [log["occurred_at"] for log in client.get("/api/v1/logs?page_size=500").json()["results"]]
    assert dates == sorted(dates, reverse=True)
