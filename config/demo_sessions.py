"""
What the made-up person of `config/demo.py` did: two years of a routine, and eight weeks of a prescription. Pure.

The ratings are made so that there is something to see: the piriformis stretch eases, the seated twist is felt next
morning, the rest does little. Some sessions leave something out, some are eased after "this hurts", some days are
"not today", and on some nothing is written at all.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from config.demo import DAYS, HOLIDAY

WEEKS = 8
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PRESCRIBED_ON = ("mon", "tue", "thu", "fri", "sat")
DOSE = ("sets", "repetitions", "hold_seconds", "rest_seconds", "sides", "tempo")
ALONE = {"tempo": "", "superset": None, "round_rest_seconds": 0}
# Points of pain (0-10) after the session and next morning, that having done the exercise brings.
EFFECTS = {"piriformis-stretch": (-1.6, -1.0), "seated-twist": (0.0, 1.2)}
EASIER = {"bridge": "glute-squeeze", "seated-twist": "seated-twist-chair", "knee-to-chest": "knee-to-chest-bent"}
LEFT_OUT = ("no-time", "tired", "pain", "unsure-how", "no-space")
NOT_TODAY = ("no-time", "forgot", "feeling-fine", "pain", "tired")


def prescription(today: date, exercises: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The body of a prescription that began `WEEKS` weeks ago; `exercises` by slug, with their doses."""
    named = ("knee-to-chest", "piriformis-stretch", "seated-twist", "bridge", "clamshell")
    items = [{"exercise": slug, **{name: exercises[slug][name] for name in DOSE}, **ALONE} for slug in named]
    for item in items[-2:]:
        item.update(sets=2, superset=1, round_rest_seconds=30)
    return {
        "name": "Hip and back, twice a day",
        "items": items,
        "times_a_day": 2,
        "weekdays": list(PRESCRIBED_ON),
        "starts_on": (today - timedelta(weeks=WEEKS)).isoformat(),
        "ends_on": (today + timedelta(weeks=4)).isoformat(),
        "note": "Slowly. Better one set done well than two in a hurry.",
    }


def sessions(today: date, zone: str, routine: dict[str, Any], plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """
    Bodies of sessions, oldest first: by `routine`, about four a week, until `plan` begins; then by that.

    Both are `{"id", "name", "items"}`; of the plan also `starts_on`, `weekdays` and `times_a_day`.
    """
    draw = random.Random(11)  # noqa: S311 - a story, not a secret
    for n in range(DAYS):
        day = today - timedelta(days=DAYS - n)
        if day < date.fromisoformat(plan["starts_on"]):
            if n not in HOLIDAY and draw.random() < 0.55:
                yield body(moment(day, 18, zone, draw), {"routine": routine["id"]}, routine, draw)
        elif WEEKDAYS[day.weekday()] in plan["weekdays"]:
            yield from prescribed_day(day, zone, plan, draw)


def prescribed_day(day: date, zone: str, plan: dict[str, Any], draw: random.Random) -> Iterator[dict[str, Any]]:
    followed = {"prescription": plan["id"], "prescription_version": 1}
    if draw.random() < 0.1:
        yield not_today(moment(day, 21, zone, draw), followed, plan, draw.choice(NOT_TODAY))
        return
    for hour in (8, 18)[: plan["times_a_day"]]:
        if draw.random() < 0.7:
            yield body(moment(day, hour, zone, draw), followed, plan, draw)


def moment(day: date, hour: int, zone: str, draw: random.Random) -> datetime:
    return datetime(day.year, day.month, day.day, hour, draw.randrange(60), tzinfo=ZoneInfo(zone))


def body(start: datetime, followed: dict[str, Any], plan: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    before = draw.randrange(3, 8)
    items = [done(item, draw) for item in plan["items"]]
    hurts = list(hurt(items, start, before, draw)) if draw.random() < 0.15 else []
    names = {item["exercise"] for item in items if item["status"] != "skipped"}
    after, morning = (
        rating(before + draw.gauss(0, 0.7) + sum(EFFECTS[name][n] for name in names & set(EFFECTS))) for n in (0, 1)
    )
    asked = draw.random() < 0.6
    return {
        **followed,
        "routine_name": plan["name"],
        "started_at": start.isoformat(),
        "ended_at": (start + timedelta(minutes=draw.randrange(9, 18))).isoformat(),
        "time_zone": str(start.tzinfo),
        "ended": "completed",
        "items": items,
        "hurts": hurts,
        "pain_before": before,
        "numbness_before": max(0, before - 1),
        "pain_after": after,
        "numbness_after": max(0, before - 1 - draw.randrange(0, 2)),
        "pain_next_morning": morning if asked else None,
        "numbness_next_morning": max(0, before - 1) if asked else None,
        "next_morning_declined": not asked and draw.random() < 0.2,
    }


def not_today(start: datetime, followed: dict[str, Any], plan: dict[str, Any], reason: str) -> dict[str, Any]:
    return {
        **followed,
        "routine_name": plan["name"],
        "started_at": start.isoformat(),
        "ended_at": start.isoformat(),
        "time_zone": str(start.tzinfo),
        "ended": "stopped",
        "stop_reason": reason,
        "items": [skipped(item, None) for item in plan["items"]],
    }


def done(item: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    if draw.random() < 0.12:
        return skipped(item, draw.choice(LEFT_OUT))
    part = draw.random() < 0.06
    sets = item["sets"] - 1 if part else item["sets"]
    each = item["repetitions"] * (2 if item["sides"] == "both" else 1)
    return {
        **skipped(item, draw.choice(LEFT_OUT) if part else None),
        "status": "partial" if part else "done",
        "sets_done": sets,
        "repetitions_done": sets * each or 1,
        "seconds_held": sets * each * item["hold_seconds"],
    }


def skipped(item: dict[str, Any], reason: str | None) -> dict[str, Any]:
    nothing = {"sets_done": 0, "repetitions_done": 0, "seconds_held": 0, "eased_from": None}
    prescribed = {name: item.get(name, "") for name in DOSE}
    return {"exercise": item["exercise"], "prescribed": prescribed, "status": "skipped", "reason": reason, **nothing}


def hurt(items: list[dict[str, Any]], start: datetime, before: int, draw: random.Random) -> Iterator[dict[str, Any]]:
    """ "This hurts" at one exercise, which is then done in its easier form. Changes `items`."""
    able = [n for n, item in enumerate(items) if item["status"] == "done" and item["exercise"] in EASIER]
    for n in able[:1]:
        planned = items[n]["exercise"]
        items[n].update(exercise=EASIER[planned], eased_from=planned)
        at = start + timedelta(minutes=3, seconds=draw.randrange(60))
        yield {"item": n, "at": at.isoformat(), "pain": rating(before + 2), "numbness": before - 1, "verdict": "ease"}


def rating(value: float) -> int:
    return max(0, min(10, round(value)))
