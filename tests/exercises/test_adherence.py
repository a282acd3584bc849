import time_machine

from tests.exercises.factories import record, session_item, set_for, skipped


def on(date, clock="22:10", **parts):
    return {"started_at": f"{date}T{clock}:00+01:00", "ended_at": f"{date}T{clock}:30+01:00", **parts}


def test_a_day_counts_its_sessions_items_and_seconds(api, alice):
    record(alice, **on("2026-03-02", "07:00"))
    record(
        alice,
        **on("2026-03-02"),
        ended="stopped",
        stop_reason="pain",
        items=[
            session_item(seconds_held=45),
            session_item(status="partial", reason="pain", sets_done=0, seconds_held=7),
            skipped(reason="pain"),
            skipped(reason=None),
        ],
    )
    record(alice, **on("2026-03-05"), items=[skipped(reason="no-time"), session_item(seconds_held=30)])
    free = {"prescribed": 0, "prescribed_done": 0, "prescribed_begun": 0}
    assert api(alice).get("/api/v1/adherence").json() == {
        "days": [
            {"date": "2026-03-02", "sessions": 2, "done": 3, "partial": 1, "skipped": 2, "seconds_held": 172, **free},
            {"date": "2026-03-05", "sessions": 1, "done": 1, "partial": 0, "skipped": 1, "seconds_held": 30, **free},
        ],
        "weeks": [
            {
                "week": "2026-W10",
                "from": "2026-03-02",
                "to": "2026-03-08",
                "sessions": 3,
                "done": 4,
                "partial": 1,
                "skipped": 3,
                **free,
            }
        ],
        "reasons": {"no-time": 1, "pain": 2},
    }


def test_a_session_without_items_is_a_session(api, alice):
    record(alice, **on("2026-03-02"), items=[])
    [day] = api(alice).get("/api/v1/adherence").json()["days"]
    assert (day["date"], day["sessions"], day["done"], day["skipped"]) == ("2026-03-02", 1, 0, 0)


def test_a_session_past_midnight_belongs_to_the_evening_it_began(api, alice):
    record(alice, started_at="2026-03-02T23:50:00+01:00", ended_at="2026-03-03T00:10:00+01:00")
    [day] = api(alice).get("/api/v1/adherence").json()["days"]
    assert day["date"] == "2026-03-02"


def test_a_period_has_both_its_ends(api, alice):
    for date in ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"):
        record(alice, **on(date), items=[skipped(reason="tired")])
    answer = api(alice).get("/api/v1/adherence", {"from": "2026-03-02", "to": "2026-03-03"}).json()
    assert [day["date"] for day in answer["days"]] == ["2026-03-02", "2026-03-03"]
    assert answer["reasons"] == {"tired": 2}


def test_nobody_elses_sessions_count(api, alice, bob, charlie):
    followed = set_for(alice, by=bob)
    record(alice, prescription=str(followed.pk))
    # Whoever names another's prescription follows nothing.
    record(charlie, prescription=str(followed.pk))
    assert api(bob).get("/api/v1/adherence").json() == {"days": [], "weeks": [], "reasons": {}}
    [day] = api(charlie).get("/api/v1/adherence").json()["days"]
    assert (day["sessions"], day["prescribed"], day["prescribed_done"]) == (1, 0, 0)


def test_a_reason_to_stop_counts_once_where_no_exercise_has_one(api, alice):
    stopped = {"ended": "stopped", "stop_reason": "forgot"}
    record(alice, **on("2026-03-02"), **stopped, items=[skipped(reason=None)] * 3)
    record(alice, **on("2026-03-03"), **stopped, items=[skipped(reason="pain"), skipped(reason=None)])
    assert api(alice).get("/api/v1/adherence").json()["reasons"] == {"forgot": 1, "pain": 1}


def test_what_was_prescribed_is_counted_once_its_day_is_over_on_her_wall(api, alice):
    set_for(alice, weekdays=["mon", "tue"], starts_on="2026-03-02", times_a_day=1)
    for moment, days in (
        ("2026-03-02T22:59:00Z", []),
        ("2026-03-02T23:01:00Z", ["2026-03-02"]),
        ("2026-03-03T22:59:00Z", ["2026-03-02"]),
        ("2026-03-03T23:01:00Z", ["2026-03-02", "2026-03-03"]),
    ):
        with time_machine.travel(moment):
            answer = api(alice).get("/api/v1/adherence", {"from": "2026-03-01", "to": "2026-03-31"}).json()
        assert [day["date"] for day in answer["days"]] == days
        assert [week["prescribed"] for week in answer["weeks"]] == [len(days)] * bool(days)


def test_a_period_that_ends_before_it_begins_is_refused(api, alice):
    refused = api(alice).get("/api/v1/adherence", {"from": "2026-03-03", "to": "2026-03-02"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "before_from")


def test_a_prescription_that_is_deleted_counts_on_no_day_and_one_taken_back_counts_as_before(api, alice):
    client, found = api(alice), set_for(alice, weekdays=["mon"], starts_on="2026-03-02", ends_on="2026-03-10")
    period = {"from": "2026-03-01", "to": "2026-03-31"}
    before = client.get("/api/v1/adherence", period).json()
    assert [day["prescribed"] for day in before["days"]] == [2, 2]
    client.delete(f"/api/v1/prescriptions/{found.pk}?base_version=1")
    assert client.get("/api/v1/adherence", period).json() == {"days": [], "weeks": [], "reasons": {}}
    set_for(alice, id=found.pk, base_version=2, weekdays=["mon"], starts_on="2026-03-02", ends_on="2026-03-10")
    assert client.get("/api/v1/adherence", period).json() == before


def test_the_queries_do_not_grow_with_sessions_or_prescriptions(api, alice, django_assert_num_queries):
    client = api(alice)
    for count in (1, 9):
        for n in range(count):
            followed = set_for(alice)
            set_for(alice, id=followed.pk, base_version=1, times_a_day=1)
            record(alice, **on(f"2026-03-{n + count:02}"), prescription=str(followed.pk))
        with django_assert_num_queries(7):  # session, person, sessions, prescriptions, versions, reasons, stops
            client.get("/api/v1/adherence")
