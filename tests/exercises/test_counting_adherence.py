"""The arithmetic of adherence, over all kinds of histories: `exercises.adherence` by itself."""

import uuid
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from exercises.adherence import Recorded, Version, Week, due_times, in_force, prescribed_times, tally_days, tally_weeks
from exercises.vocabulary import WEEKDAYS

ORIGIN = date(2025, 12, 15)  # a Monday; the new year and its week 1 lie within reach
PLAN = uuid.UUID(int=1)

near = st.integers(0, 60).map(lambda n: ORIGIN + timedelta(days=n))
versions = st.lists(
    st.builds(
        Version,
        version=st.integers(1, 9),
        since=near,
        times_a_day=st.integers(1, 10),
        weekdays=st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True),
        starts_on=near,
        ends_on=st.none() | near,
    ),
    max_size=4,
    unique_by=lambda one: one.version,
)
recorded = st.lists(
    st.builds(
        Recorded,
        local_date=near,
        prescription=st.sampled_from([None, PLAN, uuid.UUID(int=2)]),
        done=st.integers(0, 2),
        partial=st.integers(0, 1),
        skipped=st.integers(0, 2),
        seconds_held=st.integers(0, 90),
    ),
    max_size=12,
)
ALL = [ORIGIN + timedelta(days=n) for n in range(61)]


def daily(**parts):
    whole = {
        "version": 1,
        "since": ORIGIN,
        "times_a_day": 1,
        "weekdays": WEEKDAYS,
        "starts_on": ORIGIN,
        "ends_on": None,
    }
    return Version(**{**whole, **parts})


def did(day, plan=PLAN, done=1, partial=0, skipped=0, **eased):
    return Recorded(day, plan, done, partial, skipped, 0, **eased)


@given(versions, near, near)
def test_each_day_has_what_the_version_in_force_says(found, today, first):
    days = {day: times for _, day, times in prescribed_times(found, first, today)}
    expected = {}
    for day in ALL:
        one = in_force(found, day)
        if first <= day <= today and one and one.times_on(day):
            expected[day] = one.times_on(day)
    assert days == expected


@given(versions, near, near, st.dictionaries(near, st.integers(1, 12)))
def test_due_is_what_was_prescribed_all_day_and_what_was_answered(found, today, first, answered):
    for version, day, times in due_times(found, first, ALL[-1], today, answered):
        prescribed, followed = version.times_on(day), answered.get(day, 0)
        assert min(prescribed, followed) <= times <= prescribed
        if day >= today:
            assert times == min(prescribed, followed)
        elif version.since != day:
            assert times == prescribed


@given(versions, recorded, st.randoms())
def test_no_order_of_versions_or_sessions_changes_anything(found, sessions, random):
    counted = tally_days(sessions, {PLAN: found}, None, None, ALL[-1])
    random.shuffle(found)
    random.shuffle(sessions)
    assert tally_days(sessions, {PLAN: found}, None, None, ALL[-1]) == counted
    assert list(counted) == sorted(counted)


@given(versions, recorded)
def test_never_more_done_than_prescribed_and_never_more_than_there_were_sessions(found, sessions):
    days = tally_days(sessions, {PLAN: found}, None, None, ALL[-1])
    for day, tally in days.items():
        followed = [one for one in sessions if one.local_date == day and one.prescription == PLAN and one.counts]
        assert tally.prescribed_done == min(tally.prescribed, sum(one.carried_out for one in followed))
        assert tally.prescribed_done + tally.prescribed_begun == min(tally.prescribed, len(followed))
        assert tally.sessions <= sum(one.local_date == day for one in sessions)


@given(versions, recorded, near, near)
def test_a_period_is_a_cut_out_of_the_whole(found, sessions, one, other):
    first, last = sorted((one, other))
    whole = tally_days(sessions, {PLAN: found}, None, None, ALL[-1])
    part = tally_days(sessions, {PLAN: found}, first, last, ALL[-1])
    assert part == {day: tally for day, tally in whole.items() if first <= day <= last}


@given(versions, recorded)
def test_the_weeks_hold_what_their_days_hold(found, sessions):
    days = tally_days(sessions, {PLAN: found}, None, None, ALL[-1])
    weeks = tally_weeks(days)
    for name in ("sessions", "done", "partial", "skipped", "prescribed", "prescribed_done", "prescribed_begun"):
        assert sum(getattr(week.tally, name) for week in weeks) == sum(getattr(t, name) for t in days.values())
    assert [week.name for week in weeks] == sorted({"{}-W{:02}".format(*day.isocalendar()[:2]) for day in days})


def test_a_week_across_the_new_year_belongs_to_the_year_of_its_thursday():
    weeks = tally_weeks(tally_days([did(date(2025, 12, 29)), did(date(2026, 1, 4))], {}, None, None, ALL[-1]))
    assert [(week.name, week.monday, week.sunday) for week in weeks] == [
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4))
    ]
    assert Week(date(2026, 12, 28)).name == "2026-W53"


def test_a_version_holds_from_the_day_it_was_taken_over():
    changed = [daily(), daily(version=2, since=ALL[3], times_a_day=3)]
    days = tally_days([did(ALL[0]), *[did(ALL[3])] * 3, *[did(ALL[5])] * 3], {PLAN: changed}, None, None, ALL[5])
    assert [tally.prescribed for tally in days.values()] == [1, 1, 1, 3, 3, 3]


def test_the_first_version_reaches_back_to_its_start():
    late = daily(since=ALL[10])
    assert in_force([late], ALL[0]) == late
    assert list(tally_days([], {PLAN: [late]}, None, None, ALL[3])) == ALL[:3]


def test_of_two_versions_of_one_day_the_later_holds():
    twice = [daily(), daily(version=2, times_a_day=2)]
    days = tally_days([did(ALL[0])] * 2, {PLAN: twice}, None, None, ALL[2])
    assert [tally.prescribed for tally in days.values()] == [2, 2]


def test_what_is_still_to_come_is_not_counted():
    known = {PLAN: [daily(since=ALL[0] - timedelta(days=1))]}
    assert list(tally_days([], known, ALL[0], ALL[20], ALL[2])) == ALL[:2]


def test_a_plan_set_today_asks_for_nothing_yet_but_counts_what_is_done_of_it():
    assert tally_days([], {PLAN: [daily(times_a_day=2)]}, None, None, ALL[0]) == {}
    day = tally_days([did(ALL[0])], {PLAN: [daily(times_a_day=2)]}, None, None, ALL[0])[ALL[0]]
    assert (day.prescribed, day.prescribed_done) == (1, 1)


def test_the_day_on_which_a_plan_was_set_is_not_left_undone_the_day_after_either():
    assert list(tally_days([], {PLAN: [daily()]}, None, None, ALL[3])) == ALL[1:3]


def test_a_plan_set_to_begin_later_is_due_from_its_first_day():
    assert list(tally_days([], {PLAN: [daily(starts_on=ALL[2])]}, None, None, ALL[4])) == ALL[2:4]


def test_a_weekday_that_is_added_on_that_day_is_due_a_week_later():
    mondays, both = daily(weekdays=["mon"]), daily(version=2, since=ALL[2], weekdays=["mon", "wed"])
    assert list(tally_days([], {PLAN: [mondays, both]}, None, None, ALL[10])) == [ALL[7], ALL[9]]


def test_changing_the_words_of_a_plan_leaves_the_day_due():
    assert list(tally_days([], {PLAN: [daily(), daily(version=2, since=ALL[1])]}, None, None, ALL[2])) == ALL[1:2]


def test_what_is_due_ends_with_the_plan_at_once_on_the_day_it_is_ended():
    ended = daily(version=2, since=ALL[2], ends_on=ALL[1])
    assert list(tally_days([], {PLAN: [daily(), ended]}, None, None, ALL[5])) == ALL[1:2]


def test_three_sessions_of_two_prescribed_are_two():
    day = tally_days([did(ALL[0])] * 3, {PLAN: [daily(times_a_day=2)]}, None, None, ALL[0])[ALL[0]]
    assert (day.prescribed, day.prescribed_done, day.sessions) == (2, 2, 3)


def test_not_today_is_no_session_and_counts_for_nothing_but_what_was_skipped():
    day = tally_days([did(ALL[0], done=0, skipped=4)], {PLAN: [daily()]}, None, None, ALL[0])[ALL[0]]
    assert (day.prescribed, day.prescribed_done, day.sessions, day.skipped) == (1, 0, 0, 4)


def counted(*sessions, times=1):
    day = tally_days(sessions, {PLAN: [daily(times_a_day=times)]}, None, None, ALL[0])[ALL[0]]
    return day.prescribed_done, day.prescribed_begun


def test_half_of_the_exercises_done_is_one_of_the_times_and_less_is_begun():
    assert counted(did(ALL[0], done=2, partial=1, skipped=1)) == (1, 0)
    assert counted(did(ALL[0], done=2, partial=1, skipped=2)) == (0, 1)
    assert counted(did(ALL[0], done=0, partial=4)) == (0, 1)


def test_ten_sessions_stopped_after_seconds_are_not_done():
    assert counted(*[did(ALL[0], done=0, partial=1, skipped=3)] * 10, times=2) == (0, 2)


def test_what_was_carried_out_counts_before_what_was_begun():
    begun, whole = did(ALL[0], done=0, partial=1, skipped=3), did(ALL[0], done=4)
    assert counted(begun, begun, whole, times=2) == (1, 1)
    assert counted(begun, whole, whole, times=2) == (2, 0)


def test_an_exercise_that_gave_way_to_an_easier_form_is_one_with_it():
    assert counted(did(ALL[0], done=1, partial=1, skipped=1, replaced=1)) == (1, 0)
    assert counted(did(ALL[0], done=1, partial=1, skipped=1, replaced=1, replaced_done=1)) == (0, 1)


def test_a_session_without_items_is_neither_done_nor_begun():
    assert counted(did(ALL[0], done=0)) == (0, 0)


def test_another_routine_is_not_what_was_prescribed():
    other = [did(ALL[0], plan=None), did(ALL[0], plan=uuid.UUID(int=3))]
    assert tally_days(other, {PLAN: [daily()]}, None, None, ALL[0])[ALL[0]].prescribed_done == 0
