"""
Made-up weeks of marks, answers and settling, arriving in any order: what stands is the same, and no emergency is lost.

What a person settles is what they knew: arrivals before and after it change places among themselves only.
"""

import itertools
import random
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tests.people import make_person
from tests.tracker.factories import check_body, log_body, reading, saddle
from tracker.flagging import mark_seen, resolve_flag
from tracker.models import Flag, RedFlagCheck, SymptomLog
from tracker.recording import delete_check, delete_log, record_check, record_log
from tracker.serializers import CheckSerializer, LogSerializer

pytestmark = pytest.mark.django_db

BEGIN = datetime(2026, 3, 1, 8, tzinfo=UTC)
ANSWERS = ["no", "new", "worse", "unchanged", "unchanged", "unsure"]
REASONS = ["checked", "checked", "recovered", "mistake", "other"]
STORIES = 9


def hour(number):
    return (BEGIN + timedelta(hours=number)).isoformat(timespec="milliseconds")


def made_up_write(chance, ids, day):
    """(kind, id, parts): an entry or a check, new or of before. Now and then a check is about an entry."""
    late, far_on = chance.random() < 0.2, chance.random() < 0.1
    at = hour(24 * (0 if late else day) + chance.randrange(72) + (24 * 90 if far_on else 0))
    if chance.random() < 0.3:
        readings = [saddle()] if chance.random() < 0.6 else [reading()]
        return "log", chance.choice(ids["log"]), {"occurred_at": at, "readings": readings}
    answers = {"saddle": chance.choice(ANSWERS), "foot-drop": chance.choice(["no", "new", "unchanged"])}
    entry = str(chance.choice(ids["log"])) if chance.random() < 0.3 else None
    return "check", chance.choice(ids["check"]), {"answers": answers, "answered_at": at, "entry": entry}


def made_up_story(seed):
    """Rounds of three days; between two of them the person settles what stands."""
    chance = random.Random(seed)
    ids = {kind: [uuid.UUID(int=chance.getrandbits(128), version=4) for _ in range(8)] for kind in ("log", "check")}
    days = range(0, 3 * chance.randint(2, 4), 3)
    rounds = [[made_up_write(chance, ids, day) for _ in range(chance.randint(1, 4))] for day in days]
    settling = [(chance.choice(REASONS), hour(24 * day + chance.randrange(36, 73))) for day in days[:-1]]
    return rounds, [*settling, None]


def shuffled(writes, chance):
    """In another order; but versions of one document keep theirs."""
    moved = writes[:]
    chance.shuffle(moved)
    in_turn = {id: iter([one for one in writes if one[1] == id]) for _, id, _ in writes}
    return [next(in_turn[id]) for _, id, _ in moved]


def arrive(owner, kind, id, parts):
    log = kind == "log"
    model = SymptomLog if log else RedFlagCheck
    row = model.objects.filter(pk=id).first()
    serializer = LogSerializer(data=log_body(**parts)) if log else CheckSerializer(data=check_body(**parts))
    serializer.is_valid(raise_exception=True)
    write = {"owner": owner, "id": id, "base_version": row.version if row else None}
    if not log:
        return record_check(body=serializer.canonical_body(), **write)
    return record_log(body=serializer.canonical_body(), trends=lambda **put_off: None, **write)


def settle(owner, reason, at):
    moment = datetime.fromisoformat(at)
    for flag in Flag.objects.standing().order_by("rule"):
        mark_seen(owner=owner, by=owner, id=flag.pk, at=moment)
        flag.refresh_from_db()
        if flag.state == "seen":
            resolve_flag(owner=owner, by=owner, id=flag.pk, reason=reason, at=moment)


def live(owner, rounds, settling, chance=None):
    """What stands in the end: {(rule, level)}."""
    for writes, settled in zip(rounds, settling, strict=True):
        for write in shuffled(writes, chance) if chance else writes:
            arrive(owner, *write)
        if settled:
            settle(owner, *settled)
    return set(Flag.objects.standing().values_list("rule", "level"))


class Undone(Exception):
    pass


def tried(*story):
    """As it would be: nothing of it stays."""
    try:
        with transaction.atomic():
            raise Undone(live(*story))
    except Undone as found:
        return found.args[0]


def test_what_stands_does_not_hang_on_the_order_of_arrival():
    owner = make_person("dora")
    for seed in range(STORIES):
        rounds, settling = made_up_story(seed)
        assert tried(owner, rounds, settling, random.Random(seed)) == tried(owner, rounds, settling), seed


def test_an_emergency_that_arrives_last_always_stands():
    owner = make_person("dora")
    for seed in range(1000, 1000 + STORIES):
        rounds, settling = made_up_story(seed)
        at = random.Random(seed).randrange(24 * 9)
        late = ("check", uuid.UUID(int=seed), {"answers": {"saddle": "new"}, "answered_at": hour(at)})
        assert ("saddle", "E") in tried(owner, [*rounds, [late]], [*settling, None]), seed


def test_of_what_nobody_settled_every_emergency_stands_and_nothing_stands_when_all_is_deleted():
    owner = make_person("dora")
    for seed in range(2000, 2000 + STORIES):
        writes = list(itertools.chain(*made_up_story(seed)[0]))
        with transaction.atomic():
            found = live(owner, [writes], [None])
            said = RedFlagCheck.objects.filter(answers__saddle__in=["new", "worse", "unsure"])
            assert not said.exists() or ("saddle", "E") in found, seed
            for kind, id in {(kind, id) for kind, id, _ in writes}:
                delete = delete_log if kind == "log" else delete_check
                options = {"trends": lambda **put_off: None} if kind == "log" else {}
                delete(owner=owner, id=id, base_version=None, **options)
            assert not Flag.objects.standing().exists(), seed
            transaction.set_rollback(True)
