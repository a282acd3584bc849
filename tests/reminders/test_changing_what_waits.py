"""A reminder that is changed while something of it still waits: due, tried in vain, held back, put off."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from reminders.answering import answer_occurrence
from reminders.following import withdraw
from reminders.keeping import delete_reminder
from reminders.models import Delivery, Occurrence, Reminder
from reminders.sending import Came, Sent
from reminders.tasks import tick
from tests.reminders.factories import keep

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 3, 20, 22, 30, tzinfo=UTC)
MORNING = datetime(2026, 3, 21, 7, tzinfo=UTC)
BUSY = Sent(Came.RETRY, "status_503", timedelta(minutes=20))
SAME = {"times": ["22:30"], "time_zone": "UTC", "grace_minutes": 60}


@pytest.fixture
def clock():
    with time_machine.travel(DUE - timedelta(hours=1), tick=False) as traveller:
        yield traveller


def put_off(alice) -> None:
    answer_occurrence(owner=alice, id=Occurrence.objects.get().pk, answer="snooze", answered_at=None, minutes=30)


def wait_in(way, alice, clock, push, **parts) -> Reminder:
    """A reminder whose telling of this evening waits until the time that is given back with it."""
    if way == "held back":
        alice.time_zone, alice.quiet_from, alice.quiet_to = "UTC", time(22), time(7)
        alice.save()
    reminder = keep(alice, **{**SAME, "channels": ["push"], **parts})
    push.answers = [BUSY] if way == "tried in vain" else []
    clock.move_to(DUE)
    tick()
    if way == "put off":
        put_off(alice)
    push.taken.clear()
    clock.shift(timedelta(minutes=1))
    return reminder


WAYS = {
    "tried in vain": DUE + timedelta(minutes=20),
    "held back": MORNING,
    "put off": DUE + timedelta(minutes=30),
}
every_way = pytest.mark.parametrize("way", WAYS)


def change(reminder: Reminder, **parts) -> None:
    now = Reminder.objects.get(pk=reminder.pk)
    keep(now.owner, now.pk, base_version=now.version, **{**SAME, "channels": ["push"], **parts})


def then(way, clock) -> None:
    clock.move_to(WAYS[way])
    tick()
    tick()


def shown(api, alice) -> dict:
    [one] = api(alice).get("/api/v1/occurrences").json()["results"]
    return one


@every_way
def test_it_goes_by_the_new_way_and_by_the_old_one_no_more(alice, clock, push, email, way):
    reminder = wait_in(way, alice, clock, push)
    change(reminder, channels=["email"])
    then(way, clock)
    assert (len(push.taken), len(email.taken)) == (0, 1)


@every_way
def test_a_change_of_other_things_leaves_its_way(alice, clock, push, email, way):
    reminder = wait_in(way, alice, clock, push)
    change(reminder, text="Turn over")
    then(way, clock)
    assert (len(push.taken), len(email.taken)) == (1, 0)
    assert push.taken[0].occurrence.reminder.pk == reminder.pk


@every_way
def test_a_way_that_is_given_up_and_chosen_again_is_gone_once(alice, clock, push, email, way):
    reminder = wait_in(way, alice, clock, push)
    change(reminder, channels=["email"])
    change(reminder, channels=["push"])
    change(reminder, channels=["push"])
    then(way, clock)
    assert (len(push.taken), len(email.taken)) == (1, 0)
    assert Delivery.objects.get(channel="push", state="accepted", turn=int(way == "put off"))


@every_way
def test_without_any_way_it_stands_in_the_app_alone(api, alice, clock, push, email, way):
    reminder = wait_in(way, alice, clock, push)
    change(reminder, channels=[])
    then(way, clock)
    assert (push.taken, email.taken) == ([], [])
    assert shown(api, alice)["reason"] is None
    assert not Delivery.objects.filter(state="pending").exists()


def test_what_one_way_has_told_is_not_told_again_by_a_new_one(alice, clock, push, email):
    push.answers = [BUSY]
    reminder = keep(alice, **SAME, channels=["push", "email"])
    clock.move_to(DUE)
    tick()
    change(reminder, channels=["push"])
    change(reminder, channels=["push", "email"])
    change(reminder, channels=[])
    then("tried in vain", clock)
    # The mail was taken when it was due; the second try of the push is not wanted any more.
    assert (len(push.taken), len(email.taken)) == (1, 1)


def test_the_mail_that_stands_in_for_a_dead_device_stays(alice, clock, push, email):
    push.answers = [Sent(Came.GONE, "gone")]
    email.answers = [BUSY]
    reminder = keep(alice, **SAME, channels=["push", "email"])
    clock.move_to(DUE)
    tick()
    change(reminder, channels=["push"])
    then("tried in vain", clock)
    assert [one.state for one in Delivery.objects.filter(channel="email")] == ["accepted"]
    assert len(push.taken) == 1


@pytest.mark.parametrize("way", ["tried in vain", "held back"])
@pytest.mark.parametrize(
    "parts", [{"times": ["21:00"]}, {"weekdays": ["mon"]}, {"ends_on": "2026-03-19"}, {"starts_on": "2026-03-21"}]
)
def test_a_time_that_the_rule_has_no_more_is_withdrawn(api, alice, clock, push, way, parts):
    reminder = wait_in(way, alice, clock, push)
    change(reminder, **parts)
    then(way, clock)
    assert push.taken == []
    one = shown(api, alice)
    assert (one["state"], one["reason"], one["answer"]) == ("missed", "changed", None)
    assert Occurrence.objects.get().reason == "changed"
    assert Delivery.objects.get(channel="push").problem == "withdrawn"


@pytest.mark.parametrize("way", ["tried in vain", "held back"])
def test_one_more_time_withdraws_nothing_nor_does_another_wall(alice, clock, push, way):
    reminder = wait_in(way, alice, clock, push)
    change(reminder, times=["12:00", "22:30"], time_zone="Europe/Berlin")
    then(way, clock)
    assert len(push.taken) == 1


def test_what_the_person_put_off_comes_whichever_times_they_choose_meanwhile(alice, clock, push):
    reminder = wait_in("put off", alice, clock, push)
    change(reminder, times=["09:00"])
    then("put off", clock)
    assert len(push.taken) == 1


def give_up(reminder: Reminder, how: str) -> None:
    if how == "deleted":
        delete_reminder(owner=reminder.owner, id=reminder.pk, base_version=None)
    elif how == "off":
        change(reminder, active=False)
    else:
        change(reminder, pause={"from": "2026-03-20", "to": "2026-03-27"})


# What was put off after it was told: below.
@pytest.mark.parametrize("way", ["tried in vain", "held back"])
@pytest.mark.parametrize("how", ["off", "paused", "deleted"])
def test_of_a_reminder_that_is_given_up_nothing_comes_and_the_list_says_so(api, alice, clock, push, email, way, how):
    reminder = wait_in(way, alice, clock, push)
    before = Occurrence.objects.get().changed_at
    give_up(reminder, how)
    if way != "held back":
        # Told of at once; what is held back is not in the list yet.
        assert (shown(api, alice)["state"], shown(api, alice)["reason"]) == ("missed", "changed")
        assert shown(api, alice)["snoozed_until"] is None
    assert Occurrence.objects.get().changed_at > before
    then(way, clock)
    assert (push.taken, email.taken) == ([], [])
    one = shown(api, alice)
    assert (one["state"], one["reason"], one["snoozed_until"]) == ("missed", "changed", None)


@pytest.mark.parametrize("how", ["off", "paused", "deleted"])
def test_what_was_put_off_in_the_app_and_told_by_no_way_was_not_sent(api, alice, clock, push, email, how):
    reminder = wait_in("tried in vain", alice, clock, push)
    put_off(alice)
    give_up(reminder, how)
    for _ in range(2):
        one = shown(api, alice)
        assert (one["state"], one["reason"], one["snoozed_until"]) == ("missed", "changed", None)
        clock.shift(timedelta(minutes=30))
        tick()
    assert (push.taken, email.taken) == ([], [])


@pytest.mark.parametrize("how", ["off", "paused", "deleted"])
def test_what_was_told_and_put_off_keeps_its_answer_and_does_not_come_again(api, alice, clock, push, email, how):
    # "Not sent" would be wrong: it was, and the person has answered.
    reminder = wait_in("put off", alice, clock, push)
    give_up(reminder, how)
    one = shown(api, alice)
    assert (one["state"], one["answer"], one["reason"]) == ("answered", "snooze", None)
    assert datetime.fromisoformat(one["snoozed_until"]) == DUE + timedelta(minutes=1)
    then("put off", clock)
    assert (push.taken, email.taken) == ([], [])
    one = shown(api, alice)
    assert (one["state"], one["answer"], one["reason"]) == ("answered", "snooze", None)
    assert Delivery.objects.get(channel="push", turn=1).problem == "withdrawn"
    assert Delivery.objects.get(channel="push", turn=0).state == "accepted"


@every_way
@pytest.mark.parametrize("how", ["off", "paused", "deleted"])
def test_whoever_thinks_again_in_time_loses_nothing(api, alice, clock, push, way, how):
    reminder = wait_in(way, alice, clock, push)
    give_up(reminder, how)
    change(reminder)
    then(way, clock)
    assert len(push.taken) == 1
    assert shown(api, alice)["reason"] is None


def test_what_was_told_before_still_asks_for_an_answer(api, alice, clock, push):
    reminder = wait_in("due", alice, clock, push)
    change(reminder, active=False)
    then("held back", clock)
    assert (shown(api, alice)["state"], shown(api, alice)["reason"]) == ("due", None)


def test_what_was_withdrawn_can_still_be_said_to_be_done(api, alice, clock, push):
    reminder = wait_in("held back", alice, clock, push)
    change(reminder, active=False)
    then("held back", clock)
    answer_occurrence(owner=alice, id=Occurrence.objects.get().pk, answer="done", answered_at=None)
    assert shown(api, alice)["answer"] == "done"


def test_a_pause_that_ends_before_that_day_holds_nothing_back(alice, clock, push):
    reminder = wait_in("held back", alice, clock, push)
    change(reminder, pause={"from": "2026-03-10", "to": "2026-03-19"})
    then("held back", clock)
    assert len(push.taken) == 1


def test_anothers_reminder_of_the_same_time_is_not_touched(alice, charlie, clock, push, email):
    keep(charlie, **SAME, channels=["push"])
    reminder = wait_in("tried in vain", alice, clock, push)
    push.taken.clear()
    change(reminder, channels=["email"], active=False)
    assert Delivery.objects.filter(owner=charlie, channel="push").exclude(problem="rerouted").exists()
    assert not Delivery.objects.filter(owner=charlie, problem__in=["rerouted", "withdrawn"]).exists()


def test_one_that_is_on_its_way_at_that_moment_is_the_last_of_the_old_way(alice, clock, push, email):
    reminder = keep(alice, **SAME, channels=["push"])
    clock.move_to(DUE)
    taken, push.answers = push.send, [BUSY]

    def change_first(delivery):
        change(reminder, channels=["email"])
        return taken(delivery)

    push.send = change_first
    tick()
    tick()
    then("tried in vain", clock)
    assert (len(push.taken), len(email.taken)) == (1, 1)
    assert Delivery.objects.get(channel="push").problem == "rerouted"


@pytest.mark.parametrize(("again", "state", "reason"), [(True, "due", ""), (False, "missed", "changed")])
def test_a_tick_that_read_it_before_the_person_thought_again_ends_nothing(alice, clock, push, again, state, reason):
    reminder = wait_in("held back", alice, clock, push)
    change(reminder, active=False)
    read = Occurrence.objects.select_related("reminder").get()
    if again:
        change(reminder)
    withdraw(read)
    row = Occurrence.objects.get()
    assert (row.state, row.reason) == (state, reason)
    assert Delivery.objects.filter(state="pending").exists() == again
