"""What the clock writes down: each local date and time once, at the right instant, and what is not told, with why."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from reminders.claiming import claim_due, claim_some
from reminders.keeping import delete_reminder
from reminders.models import Delivery, Occurrence, Reminder
from reminders.tasks import tick
from tests.people import make_person
from tests.reminders.factories import keep, keep_for_all

pytestmark = pytest.mark.django_db


def utc(*parts):
    return datetime(2026, 3, *parts, tzinfo=UTC)


def known():
    rows = Occurrence.objects.order_by("due_at")
    return [(row.local_date.day, row.wall.strftime("%H:%M"), row.state, row.reason) for row in rows]


@pytest.fixture
def clock():
    with time_machine.travel(utc(20, 0), tick=False) as traveller:
        yield traveller


def test_it_is_told_at_its_time_and_not_before(alice, clock):
    reminder = keep(alice)
    clock.move_to(utc(20, 6, 29, 59))
    tick()
    assert known() == []
    clock.move_to(utc(20, 6, 30))
    tick()
    tick()
    assert known() == [(20, "07:30", "due", "")]
    row = Occurrence.objects.get()
    assert (row.due_at, row.send_at, row.slot, row.owner) == (utc(20, 6, 30), utc(20, 6, 30), 0, alice)
    listed = Delivery.objects.get()
    assert (listed.channel, listed.state, listed.ended_at) == ("inbox", "accepted", utc(20, 6, 30))
    reminder.refresh_from_db()
    assert reminder.next_due_at == utc(20, 18)


def test_a_tick_writes_down_all_that_is_due_however_much_it_is(alice, clock, monkeypatch):
    for module in ("claiming", "tasks"):
        monkeypatch.setattr(f"reminders.{module}.MOST", 4)
    monkeypatch.setattr("reminders.claiming.BATCH", 2)
    for _ in range(11):
        keep(alice)
    clock.move_to(utc(20, 6, 30))
    tick()
    assert Occurrence.objects.count() == 11


def test_the_list_in_the_app_holds_it(api, alice, clock):
    keep(alice)
    clock.move_to(utc(20, 6, 30))
    tick()
    [one] = api(alice).get("/api/v1/occurrences").json()["results"]
    assert (one["state"], one["slot"], one["deliveries"][0]["state"]) == ("due", 0, "accepted")


def test_each_of_the_persons_channels_gets_a_delivery(alice, clock, email):
    keep(alice, channels=["email"])
    clock.move_to(utc(20, 6, 30))
    claim_due()
    assert sorted(Delivery.objects.values_list("channel", "state")) == [("email", "pending"), ("inbox", "accepted")]


def test_after_an_outage_inside_the_grace_it_is_told_late_and_older_is_missed(alice, clock, email):
    keep(alice, channels=["email"], times=["07:30", "09:00", "11:00"])
    clock.move_to(utc(20, 10, 30))
    tick()
    assert known() == [(20, "07:30", "missed", "late"), (20, "09:00", "missed", "late"), (20, "11:00", "due", "")]
    assert sorted((one.about, one.channel) for one in email.taken) == [("digest", "email"), ("occurrence", "email")]


def test_an_outage_of_a_month_lists_its_last_fortnight_and_one_digest_tells_of_it(alice, clock, email):
    keep(alice, channels=["email"], starts_on="2026-01-01")
    keep(alice, channels=["email"], starts_on="2026-01-01")
    clock.move_to(datetime(2026, 4, 20, 12, tzinfo=UTC))
    tick()
    tick()
    assert Occurrence.objects.filter(reason="late").count() == 2 * 2 * 14
    assert [one.about for one in email.taken] == ["digest"]


@pytest.mark.fault
def test_after_six_hours_a_thousand_people_get_one_digest_each_and_every_miss_is_listed(clock, email):
    people = User.objects.bulk_create(User(email=f"person{n}@example.org") for n in range(1000))
    for at in ("02:00", "03:30", "04:00", "07:00"):
        keep_for_all(people, times=[at], channels=["email"])
    clock.move_to(utc(20, 6))
    for _ in range(3):
        tick()
    about = Counter((one.about, one.owner_id) for one in email.taken)
    # One digest of what is too late, and what is due just now.
    assert about == {(told, person.pk): 1 for person in people for told in ("digest", "occurrence")}
    assert Occurrence.objects.filter(state="missed", reason="late").count() == 3000
    # Inside its grace.
    assert list(Reminder.objects.filter(times=["07:00"]).values_list("next_due_at", flat=True).distinct()) == [
        utc(21, 6)
    ]


def test_an_outage_that_is_made_up_for_over_midnight_has_one_digest(alice, clock, email, monkeypatch):
    monkeypatch.setattr("reminders.claiming.BATCH", 1)
    for at in ("17:30", "19:00"):
        keep(alice, channels=["email"], times=[at])
    # Midnight of hers comes between one batch and the next.
    for moment in (utc(20, 22, 59, 59), utc(20, 23, 0, 1)):
        clock.move_to(moment)
        assert claim_some(timezone.now()) == 1
    tick()
    assert [one.about for one in email.taken] == ["digest"]
    # Tomorrow's outage is another one.
    clock.move_to(utc(21, 22))
    tick()
    assert [one.about for one in email.taken] == ["digest", "digest"]


def test_a_paused_day_has_nothing_due(alice, clock):
    keep(alice, times=["07:30"], pause={"from": "2026-03-20", "to": "2026-03-21"})
    for day in (20, 21, 22):
        clock.move_to(utc(day, 7))
        tick()
    assert known() == [(22, "07:30", "due", "")]


def test_a_reminder_that_is_off_or_deleted_is_not_due(alice, clock):
    keep(alice, active=False)
    gone = keep(alice)
    delete_reminder(owner=alice, id=gone.pk, base_version=None)
    clock.move_to(utc(25, 7))
    tick()
    assert known() == []


def test_an_end_is_the_last_day(alice, clock):
    keep(alice, ends_on="2026-03-20", times=["07:30"])
    clock.move_to(utc(20, 7))
    tick()
    assert Reminder.objects.get().next_due_at is None
    assert len(known()) == 1


def quiet(person, start, end):
    person.quiet_from, person.quiet_to = time.fromisoformat(start), time.fromisoformat(end)
    person.save()


def test_quiet_hours_put_it_off_to_their_end(api, alice, clock):
    quiet(alice, "22:00", "08:00")
    keep(alice)
    clock.move_to(utc(20, 6, 30))
    tick()
    assert Occurrence.objects.get().send_at == utc(20, 7)
    assert Delivery.objects.get().state == "pending"
    client = api(alice)
    assert client.get("/api/v1/occurrences").json()["results"] == []
    clock.move_to(utc(20, 7, 0, 1))
    tick()
    assert Delivery.objects.get().state == "accepted"
    assert len(client.get("/api/v1/occurrences").json()["results"]) == 1


def test_quiet_hours_drop_it_where_that_was_asked_and_the_list_says_so(alice, clock):
    quiet(alice, "22:00", "08:00")
    keep(alice, quiet="drop")
    clock.move_to(utc(20, 6, 30))
    tick()
    assert known() == [(20, "07:30", "missed", "quiet")]
    assert not Delivery.objects.exists()


def test_what_an_outage_left_for_the_quiet_hours_waits_for_their_end_or_is_missed(alice, clock):
    quiet(alice, "20:00", "21:00")
    keep(alice, times=["19:30"])
    keep(alice, times=["19:31"], grace_minutes=30)
    clock.move_to(utc(20, 19, 10))
    tick()
    assert known() == [(20, "19:30", "due", ""), (20, "19:31", "missed", "late")]
    assert Occurrence.objects.get(state="due").send_at == utc(20, 20)


def test_a_new_time_of_today_is_due_though_todays_old_ones_were(alice, clock):
    reminder = keep(alice, times=["07:30", "19:00"])
    clock.move_to(utc(20, 7))
    tick()
    # What was the second time of the day is the first now.
    keep(alice, reminder.pk, base_version=1, times=["19:00"])
    clock.move_to(utc(20, 18))
    tick()
    assert known() == [(20, "07:30", "due", ""), (20, "19:00", "due", "")]


def test_a_time_that_is_put_off_and_back_is_not_due_twice(alice, clock):
    reminder = keep(alice, times=["07:30"])
    clock.move_to(utc(20, 6, 30))
    tick()
    Reminder.objects.filter(pk=reminder.pk).update(next_due_at=utc(20, 6, 30))
    tick()
    assert known() == [(20, "07:30", "due", "")]


@pytest.mark.parametrize(
    ("there", "moment", "expected"),
    [
        # Westwards at nine in the morning: half past seven has been, and does not come again.
        ("America/New_York", utc(20, 8), [(20, "07:30"), (20, "19:00"), (21, "07:30")]),
        # Eastwards at nine: the evening comes early.
        ("Asia/Tokyo", utc(20, 8), [(20, "07:30"), (20, "19:00"), (21, "07:30")]),
        # Over the date line, both ways.
        ("Pacific/Honolulu", utc(20, 8), [(20, "07:30"), (20, "19:00"), (21, "07:30")]),
        ("Pacific/Kiritimati", utc(20, 8), [(20, "07:30"), (20, "19:00"), (21, "07:30")]),
    ],
)
def test_whoever_travels_is_told_each_time_once(api, alice, clock, there, moment, expected):
    keep(alice, follow_device=True)
    clock.move_to(utc(20, 7))
    tick()
    clock.move_to(moment)
    assert api(alice).patch("/api/v1/me", {"time_zone": there}).status_code == 200
    end = moment + timedelta(hours=40)
    while moment < end:
        moment += timedelta(minutes=15)
        clock.move_to(moment)
        tick()
    assert sorted((day, at) for day, at, *_ in known())[: len(expected)] == expected
    named = [(row.local_date, row.wall) for row in Occurrence.objects.all()]
    assert len(named) == len(set(named))


def test_a_fixed_zone_stays_when_the_person_travels(api, alice, clock):
    keep(alice)
    before = Reminder.objects.get().next_due_at
    api(alice).patch("/api/v1/me", {"time_zone": "Asia/Tokyo"})
    assert Reminder.objects.get().next_due_at == before


def test_one_that_breaks_is_put_off_for_an_hour_and_reported_and_the_others_go_on(alice, clock, caplog):
    broken, well = keep(alice, text="Do not write this down"), keep(make_person("dora"))
    Reminder.objects.filter(pk=broken.pk).update(times=["half past seven"])
    clock.move_to(utc(20, 6, 30))
    tick()
    assert list(Occurrence.objects.values_list("reminder", flat=True)) == [well.pk]
    assert str(broken.pk) in caplog.text
    assert "write this down" not in caplog.text
    broken.refresh_from_db()
    assert (broken.put_off_until, broken.next_due_at) == (utc(20, 7, 30), utc(20, 6, 30))
    # Mended by hand, nothing is lost.
    Reminder.objects.filter(pk=broken.pk).update(times=["07:30"])
    clock.move_to(utc(20, 7, 29))
    tick()
    assert Occurrence.objects.filter(reminder=broken).count() == 0
    clock.move_to(utc(20, 7, 31))
    tick()
    assert Occurrence.objects.filter(reminder=broken).count() == 1


def test_an_edit_mends_a_broken_one_at_once(alice, clock):
    broken = keep(alice, times=["07:30"])
    Reminder.objects.filter(pk=broken.pk).update(times=["half past seven"])
    clock.move_to(utc(20, 6, 30))
    tick()
    Reminder.objects.filter(pk=broken.pk).update(times=["07:30"])
    keep(alice, broken.pk, base_version=1, times=["07:30"], text="Other words")
    tick()
    assert known() == [(20, "07:30", "due", "")]


def test_many_due_at_once_are_all_claimed(alice, clock, django_assert_max_num_queries):
    people = [make_person(f"person{n}") for n in range(45)]
    for person in people:
        for _ in range(5):
            keep(person, times=["07:30"])
    clock.move_to(utc(20, 6, 30))
    with django_assert_max_num_queries(40):
        assert claim_due() == 225
    assert Occurrence.objects.count() == Delivery.objects.count() == 225


def test_an_idle_tick_asks_little(alice, clock, django_assert_num_queries):
    keep(alice)
    tick()
    with django_assert_num_queries(9):  # reminders, news, deliveries by channel, and the heartbeat with its savepoint
        tick()
