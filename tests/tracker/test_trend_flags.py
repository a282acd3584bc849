"""What a diary raises: a lasting worsening, a flare, a spread; corrected, over, settled; each once an episode."""

import random
import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.people import make_person
from tests.tracker.factories import log_body, reading, record
from tracker.models import Flag, Reading, SymptomLog, TrendCheckpoint, TrendCourse
from tracker.models.log import worst_of
from tracker.recording import delete_log, record_log
from tracker.serializers import LogSerializer
from tracker.trending import refresh_trends
from tracker.vocabulary import STREAMS

pytestmark = pytest.mark.django_db

FIRST = date(2025, 3, 1)
QUIET = {"pain": 0, "numbness": 0, "tingling": 0, "weakness": 0}


def at(day: int, hour: int = 8, zone: str = "Europe/Berlin") -> str:
    return datetime.combine(FIRST + timedelta(day), time(hour), ZoneInfo(zone)).isoformat()


def entry(day: int, region: str = "calf", side: str = "left", **ratings):
    return {"occurred_at": at(day), "readings": [reading(region, side, **{**QUIET, "pain": 3, **ratings})]}


def write(owner, entries) -> list[SymptomLog]:
    """Taken one after the other, as a batch takes them."""
    logs = []
    for parts in entries:
        serializer = LogSerializer(data=log_body(**parts))
        serializer.is_valid(raise_exception=True)
        put = record_log(owner=owner, id=uuid.uuid4(), body=serializer.canonical_body(), base_version=None)
        logs.append(put.document)
    return logs


def write_at_once(owner, entries) -> list[SymptomLog]:
    """The same, without the way that entries take, and evaluated once: for tests of what comes after."""
    logs = unheard(owner, entries)
    refresh_trends(owner=owner, from_day=min(log.local_date for log in logs))
    return logs


def unheard(owner, entries) -> list[SymptomLog]:
    """In the diary; nobody has evaluated them."""
    now, logs, readings = timezone.now(), [], []
    for parts in entries:
        body = log_body(**parts)
        moment = datetime.fromisoformat(body["occurred_at"])
        log = SymptomLog(
            **{name: body[name] for name in ("time_zone", "sleep_quality", "triggers", "note", "self_care")},
            **{f"worst_{stream}": worst_of(stream, body["readings"]) for stream in STREAMS},
            id=uuid.uuid4(),
            owner=owner,
            digest=uuid.uuid4().hex,
            received_at=now,
            changed_at=now,
            occurred_at=moment,
            utc_offset_minutes=moment.utcoffset() // timedelta(minutes=1),
            local_date=moment.date(),
        )
        logs.append(log)
        readings += [Reading(log=log, position=n, **rated) for n, rated in enumerate(body["readings"])]
    SymptomLog.objects.bulk_create(logs)
    Reading.objects.bulk_create(readings)
    return logs


def steady(days: int, level: int = 3, seed: int = 1) -> list[int]:
    chance = random.Random(seed)
    return [level + chance.choice((-1, 0, 0, 1)) for _ in range(days)]


def numb(levels, first: int = 0):
    return [entry(first + n, numbness=level) for n, level in enumerate(levels)]


def standing(owner) -> list[tuple]:
    rows = Flag.objects.for_user(owner).standing()
    return sorted((flag.rule, flag.stream, flag.state, flag.evidence["since"], flag.evidence["day"]) for flag in rows)


def of(owner, rule: str) -> Flag:
    return Flag.objects.for_user(owner).get(rule=rule)


def life(flag: Flag) -> list[tuple]:
    return list(flag.changes.order_by("id").values_list("state", "reason"))


def test_a_lasting_worsening_is_told_with_its_figures(alice):
    write(alice, numb([*steady(60), *steady(20, 6)]))
    flag = of(alice, "sustained-worsening")
    said = flag.evidence
    assert (flag.stream, flag.level, flag.state) == ("numbness", "W", "open")
    assert (said["region"], said["side"]) == ("calf", "left")
    assert 2.5 < said["baseline"] < 3.5
    assert 5 < said["recent"] < 7
    since, day = date.fromisoformat(said["since"]), date.fromisoformat(said["day"])
    assert abs(since - (FIRST + timedelta(60))) <= timedelta(2)
    assert since < day < FIRST + timedelta(76)
    assert 0 < said["above"] <= said["entries"]
    shown = round(said["baseline"] * 2) / 2
    above = [place for place, value in enumerate([*steady(60), *steady(20, 6)]) if value > shown]
    assert said["above"] == sum(since <= FIRST + timedelta(place) <= day for place in above)
    assert said["false_alarms_per_year"] == 0.5
    assert said["over"] is None
    assert flag.opened_at.date() == since


def test_a_steady_diary_and_an_improving_one_raise_nothing(alice):
    write_at_once(alice, numb([*steady(60, 5), *steady(30, 2)]))
    assert not Flag.objects.exists()


def test_a_worsening_that_goes_back_is_over(alice):
    logs = write(alice, numb([*steady(60), *steady(16, 6), *steady(40)]))
    flag = of(alice, "sustained-worsening")
    assert (flag.state, flag.reason, flag.evidence["over"]["reason"]) == ("resolved", "recovered", "recovered")
    delete_log(owner=alice, id=logs[-1].pk, base_version=None)
    assert of(alice, "sustained-worsening").state == "resolved"
    for log in logs[76:-1]:
        delete_log(owner=alice, id=log.pk, base_version=None)
    flag = of(alice, "sustained-worsening")
    assert (flag.state, life(flag)) == ("open", [("open", ""), ("resolved", "recovered"), ("open", "")])


def edit(owner, log, parts):
    serializer = LogSerializer(data=log_body(**parts))
    serializer.is_valid(raise_exception=True)
    body = serializer.canonical_body()
    record_log(owner=owner, id=log.pk, body=body, base_version=log.version)


def test_what_a_correction_makes_false_is_taken_back_and_never_doubled(alice):
    logs = write_at_once(alice, numb([*steady(60), *steady(20, 6)]))
    for n, log in enumerate(logs[60:], start=60):
        edit(alice, log, entry(n, numbness=3))
    flag = of(alice, "sustained-worsening")
    assert (flag.state, flag.reason) == ("resolved", "corrected")
    for n, log in enumerate(logs[60:], start=60):
        log.refresh_from_db()
        edit(alice, log, entry(n, numbness=6))
    flag = of(alice, "sustained-worsening")
    assert flag.state == "open"
    assert life(flag) == [("open", ""), ("resolved", "corrected"), ("open", "")]
    assert not Flag.objects.exclude(pk=flag.pk).standing().exists()


def test_what_the_person_settled_stays_settled_for_that_episode(api, alice):
    logs = write_at_once(alice, numb([*steady(60), *steady(20, 6)]))
    flag = of(alice, "sustained-worsening")
    assert api(alice).post(f"/api/v1/flags/{flag.pk}/resolve", {"reason": "checked"}).status_code == 200
    edit(alice, logs[61], entry(61, numbness=7))
    write(alice, numb(steady(20, 6), first=80))
    refresh_trends(owner=alice, from_day=date.min)
    flag = of(alice, "sustained-worsening")
    assert (flag.state, flag.reason) == ("resolved", "checked")


def test_a_second_worsening_takes_the_place_of_the_first(alice):
    write_at_once(alice, numb([*steady(60), *steady(60, 6), *steady(20, 9)]))
    told = Flag.objects.order_by("opened_at").values_list("state", "reason")
    assert list(told) == [("resolved", "replaced"), ("open", "")]


def test_one_that_was_reopened_gives_way_to_a_later_one(api, alice):
    write_at_once(alice, numb([*steady(60), *steady(60, 6), *steady(20, 9)]))
    first, second = Flag.objects.order_by("opened_at")
    client = api(alice)
    client.post(f"/api/v1/flags/{second.pk}/resolve", {"reason": "checked"})
    assert client.post(f"/api/v1/flags/{first.pk}/reopen", {}).status_code == 200
    write(alice, numb(steady(40, 6), first=140))
    write(alice, numb(steady(20, 9), first=180))
    assert Flag.objects.standing().filter(rule="sustained-worsening").count() <= 1


def test_a_flare_is_told_apart_and_is_over_by_itself(alice):
    write(alice, numb([*steady(60), 9, 9, 9, 3, 3, 3]))
    flag = of(alice, "flare")
    assert (flag.level, flag.stream, flag.state) == ("N", "numbness", "open")
    assert flag.evidence["entries"] == 3
    assert not Flag.objects.filter(rule="sustained-worsening").exists()
    write(alice, numb(steady(30), first=66))
    flag.refresh_from_db()
    assert (flag.state, flag.reason) == ("resolved", "recovered")


def test_symptoms_further_down_the_leg_are_told(alice):
    write_at_once(alice, [entry(n, "back-of-thigh") for n in range(40)])
    write(alice, [entry(n, "sole") for n in range(40, 43)])
    flag = of(alice, "spreading")
    assert (flag.level, flag.stream, flag.evidence["how"]) == ("W", "reach", "further-down")
    assert flag.evidence["places"] == [{"region": "sole", "side": "left"}]
    assert flag.evidence["since"] == (FIRST + timedelta(40)).isoformat()
    write(alice, [entry(n, "back-of-thigh") for n in range(43, 62)])
    flag.refresh_from_db()
    assert flag.reason == "recovered"


def test_the_saddle_is_never_a_trend(alice):
    write_at_once(alice, [entry(n, "back-of-thigh") for n in range(40)])
    write(alice, [entry(n, "saddle", "midline", numbness=9) for n in range(40, 60)])
    assert list(Flag.objects.values_list("rule", flat=True)) == ["saddle"]


def test_a_batch_is_evaluated_once_at_its_end(api, alice):
    items = [{"id": str(uuid.uuid4()), **log_body(**parts)} for parts in numb([*steady(60), *steady(20, 6)])]
    client = api(alice)
    assert {one["status"] for one in client.post("/api/v1/logs/batch", items, format="json").json()} == {201}
    assert of(alice, "sustained-worsening").state == "open"
    assert of(alice, "sustained-worsening").changes.count() == 1
    assert TrendCourse.objects.get().pending_from is None


def shuffled(owner, entries, seed):
    entries = list(entries)
    random.Random(seed).shuffle(entries)
    write(owner, entries)


STORIES = {
    "worse": [*steady(60), *steady(20, 6)],
    "worse and back": [*steady(50), *steady(16, 6), *steady(30)],
    "flare": [*steady(50), 9, 9, 9, 3, 3, 3, 3],
    "twice worse": [*steady(40, 1), *steady(45, 4), *steady(20, 8)],
}


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_changes_nothing(alice, story, seed):
    other = make_person(f"p{uuid.uuid4().hex}")
    write_at_once(alice, numb(STORIES[story]))
    shuffled(other, numb(STORIES[story]), seed)
    assert standing(other) == standing(alice)
    assert checkpoints(other) == checkpoints(alice)


def checkpoints(owner):
    """Where an entry came first, an empty one may stand before all days."""
    rows = TrendCheckpoint.objects.for_user(owner).order_by("day")
    return [(row.day, row.states) for row in rows if row.states]


def test_an_entry_of_a_steady_diary_costs_few_queries(alice, django_assert_max_num_queries):
    write_at_once(alice, numb(steady(60)))
    with django_assert_max_num_queries(20):
        record(alice, **entry(60, numbness=3))
