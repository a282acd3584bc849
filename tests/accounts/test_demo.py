from datetime import date

import pytest
from django.core.management import call_command

from accounts.models import User
from config.demo import FLARE, HOLIDAY, diary
from exercises.models import Prescription, Session
from tracker.models import Flag, SymptomLog


def test_the_diary_has_a_flare_a_worsening_and_gaps():
    bodies = list(diary(date(2026, 6, 1), "Europe/Berlin"))
    days = {}
    for body in bodies:
        day = 730 - (date(2026, 6, 1) - date.fromisoformat(body["occurred_at"][:10])).days
        days[day] = max((reading["pain"] for reading in body["readings"]), default=0)
    mean = lambda span: sum(days[d] for d in span if d in days) / sum(d in days for d in span)  # noqa: E731
    assert mean(FLARE) > mean(range(380, 410)) + 1.5
    assert mean(range(700, 730)) > mean(range(600, 630)) + 1
    assert not set(HOLIDAY) & set(days)
    assert 450 < len(days) < 650


@pytest.mark.django_db
def test_make_demo_adds_somebody_to_look_at_each_time(capsys):
    call_command("loadcatalogue")
    call_command("makedemo")
    user = User.objects.get(email="demo1@example.org")
    assert f"{user.email} with the password demo-" in capsys.readouterr().out
    assert SymptomLog.objects.for_user(user).count() > 500
    assert Session.objects.for_user(user).count() > 200
    flags = Flag.objects.for_user(user)
    assert flags.filter(state="open").count() == 1
    assert flags.filter(state="resolved", reason="checked").count() == 1
    assert flags.filter(state="resolved", reason="recovered").exists()
    assert flags.exclude(snoozed_until=None).count() == 1


@pytest.mark.django_db
def test_the_demo_has_something_for_every_screen_to_show(api):
    call_command("loadcatalogue")
    call_command("makedemo")
    user = User.objects.get(email="demo1@example.org")
    [plan] = Prescription.objects.for_user(user)
    followed = Session.objects.for_user(user).filter(prescription=plan.pk)
    assert followed.exclude(hurts=[]).exists()
    assert followed.filter(items__eased_from__isnull=False).exists()
    assert followed.filter(pain_next_morning__isnull=False).count() > 20
    adherence = api(user).get("/api/v1/adherence", {"from": plan.starts_on.isoformat()}).json()
    assert (
        0.4
        < sum(week["prescribed_done"] for week in adherence["weeks"])
        / sum(week["prescribed"] for week in adherence["weeks"])
        < 0.9
    )
    assert {"no-time", "forgot", "feeling-fine"} & set(adherence["reasons"])
    verdicts = {
        one["exercise"]: one["pain"]["after"]["verdict"] for one in api(user).get("/api/v1/responses").json()["results"]
    }
    assert verdicts["piriformis-stretch"] == "better"
