from tests.exercises.factories import record, session_item, skipped


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
    assert api(alice).get("/api/v1/adherence").json() == {
        "days": [
            {"date": "2026-03-02", "sessions": 2, "done": 3, "partial": 1, "skipped": 2, "seconds_held": 172},
            {"date": "2026-03-05", "sessions": 1, "done": 1, "partial": 0, "skipped": 1, "seconds_held": 30},
        ],
        "reasons": {"no-time": 1, "pain": 2},
    }


def test_a_session_without_items_is_a_session(api, alice):
    record(alice, **on("2026-03-02"), items=[])
    [day] = api(alice).get("/api/v1/adherence").json()["days"]
    assert day == {"date": "2026-03-02", "sessions": 1, "done": 0, "partial": 0, "skipped": 0, "seconds_held": 0}


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
    record(alice)
    for other in (bob, charlie):
        assert api(other).get("/api/v1/adherence").json() == {"days": [], "reasons": {}}


def test_a_period_that_ends_before_it_begins_is_refused(api, alice):
    refused = api(alice).get("/api/v1/adherence", {"from": "2026-03-03", "to": "2026-03-02"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "before_from")


def test_the_queries_do_not_grow_with_sessions(api, alice, django_assert_num_queries):
    client = api(alice)
    for count in (1, 9):
        for n in range(count):
            record(alice, **on(f"2026-03-{n + count:02}"))
        with django_assert_num_queries(4):  # session, person, days, reasons
            client.get("/api/v1/adherence")
