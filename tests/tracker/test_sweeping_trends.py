"""Everybody's trends anew, in chunks, going on where they were broken off; and what waits once a day."""

from io import StringIO

import pytest
from django.core.management import call_command

from exercises.loading import load_catalogue
from tests.people import make_person
from tests.tracker.test_aggravated import train
from tests.tracker.test_trend_flags import checkpoints, numb, standing, steady, unheard, write
from tracker.models import Flag, FlagChange, TrendCheckpoint, TrendCourse, TrendSweep
from tracker.sweeping import sweep_trends
from tracker.tasks import catch_up_trends, evaluate_trends
from tracker.trending import put_off_trends

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    """Three with the same worsening, of whom the server has not looked at any; and one who never wrote."""
    make_person("silent")
    owners = [make_person(f"p{n}") for n in range(3)]
    for owner in owners:
        logs = unheard(owner, numb([*steady(40), *steady(14, 7)]))
        put_off_trends(owner=owner, from_day=logs[0].local_date)
    return sorted(owners, key=lambda owner: owner.pk)


def test_everybody_is_evaluated_and_told_how_far_it_is(people):
    said = StringIO()
    call_command("evaluate_trends", chunk=2, stdout=said)
    assert "3 of 3 people" in said.getvalue()
    assert [len(standing(owner)) for owner in people] == [1, 1, 1]
    assert not TrendSweep.objects.exists()
    assert not TrendCourse.objects.filter(pending_from__isnull=False).exists()


def test_one_that_broke_off_goes_on_behind_the_last_chunk(people):
    next(sweep_trends(chunk=2))
    assert [len(standing(owner)) for owner in people] == [1, 1, 0]
    Flag.objects.all().delete()
    evaluate_trends()
    assert [len(standing(owner)) for owner in people] == [0, 0, 1]


def test_evaluating_again_changes_nothing(people):
    evaluate_trends()
    before = [list(model.objects.order_by("pk").values()) for model in (Flag, TrendCourse)]
    days = list(TrendCheckpoint.objects.order_by("owner", "day").values_list("owner", "day", "states"))
    evaluate_trends()
    after = [list(model.objects.order_by("pk").values()) for model in (Flag, TrendCourse)]
    for row in (*before[1], *after[1]):
        row.pop("sessions_read_at")
    assert after == before
    assert list(TrendCheckpoint.objects.order_by("owner", "day").values_list("owner", "day", "states")) == days


def test_it_finds_what_was_found_entry_by_entry(people, alice):
    load_catalogue()
    for day in range(3):
        train(alice, day, after=6)
    for owner, level in ((alice, 7), *((one, 7) for one in people[:1])):
        write(owner, numb([*steady(40), *steady(14, level), *steady(20)], first=100))
    before = [(standing(owner), checkpoints(owner), lives(owner)) for owner in (alice, *people)]
    assert all(flags for _, _, flags in before[:2])
    evaluate_trends()
    assert [(standing(owner), checkpoints(owner), lives(owner)) for owner in (alice, people[0])] == before[:2]


def lives(owner):
    rows = FlagChange.objects.filter(flag__owner=owner).order_by("id")
    return list(rows.values_list("flag", "state", "reason", "at"))


def test_nobody_to_evaluate_says_so(db):
    said = StringIO()
    call_command("evaluate_trends", stdout=said)
    assert "nobody" in said.getvalue()


def test_once_a_day_what_waits_is_caught_up(people, alice):
    load_catalogue()
    for day in range(3):
        train(alice, day, after=6)
    catch_up_trends()
    assert [len(standing(owner)) for owner in people] == [1, 1, 1]
    assert [rule for rule, *_ in standing(alice)] == ["aggravated-by"]
    write(alice, numb(steady(3)))
    assert len(standing(alice)) == 1
