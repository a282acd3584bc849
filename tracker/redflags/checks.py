"""What the answers to the questions say, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tracker.redflags.table import read_table, rules_by_id, worst
from tracker.vocabulary import LEVELS

# What nobody has to tell an app. Left out it is not answered, which is no "no".
SENSITIVE = ("sexual", "self-harm")
# Asked in full at set-up and weekly (3-clinical, 1).
WEEK = timedelta(days=7)
# What a clock may be ahead by. An answer dated further ahead says nothing until then.
SLACK = timedelta(hours=1)
# From when on a sign that stays the same is long-standing. Background knowledge, unreviewed: until then "the same as
# last time" is treated as it was the first time.
LONG_STANDING = timedelta(days=14)
# What "the same" may become long-standing from. Any other answer says something of its own, as "out of its joint", and
# stays what it is.
AGEING = ("new", "worse", "unchanged")
# What says that a sign is there and not when it began: since when it has been there stays as it was known.
SINCE_BEFORE = ("yes", "unchanged")


@dataclass(frozen=True)
class Remembered:
    """
    A question's last known answer, and when it was given (ISO 8601 with offset).

    `since` is the wall date on which the sign began or last changed, as the person said it or else of the answer; None
    where there is none.
    """

    answer: str
    at: str
    since: str | None


def evaluate_check(answers: Mapping[str, str]) -> dict[str, Any]:
    """
    `{"level", "flags": [{"rule", "level"}]}`, the worst flag first; level None: nothing needs checking.

    `answers` by rule. Rules and answers that the table does not know say nothing: a phone may hold older questions.
    """
    flags = [
        {"rule": id, "level": level}
        for id, rule in rules_by_id().items()
        if (level := rule["answers"].get(answers.get(id))) is not None
    ]
    flags.sort(key=lambda flag: LEVELS.index(flag["level"]))
    return {"level": worst(flag["level"] for flag in flags), "flags": flags}


def remembered(checks: Iterable[Mapping[str, Any]], now: str) -> dict[str, Remembered]:
    """
    By rule, over all `{"answered_at", "answers", "since"?}`, in whatever order they come; `now` ISO 8601 with offset.

    Not being sure is no knowledge: it leaves the answer before it. Of two answers at one instant the worse one holds.
    """
    checks = [check for check in checks if age(check, now) >= -SLACK]
    found: dict[str, Remembered] = {}
    for id in rules_by_id():
        for check in in_order(id, checks):
            answer, before = check["answers"][id], found.get(id)
            carried = before.since if before and answer in SINCE_BEFORE else None
            since = check.get("since", {}).get(id) or carried or check["answered_at"][:10]
            found[id] = Remembered(answer, check["answered_at"], None if answer == "no" else since)
    return found


def age(check: Mapping[str, Any], now: str) -> timedelta:
    return datetime.fromisoformat(now) - datetime.fromisoformat(check["answered_at"])


def in_order(id: str, checks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those that know an answer to the question, by time."""
    levels = rules_by_id()[id]["answers"]
    known = [check for check in checks if check["answers"].get(id, "unsure") in levels.keys() - {"unsure"}]
    return sorted(
        known, key=lambda check: (datetime.fromisoformat(check["answered_at"]), weight(id, check["answers"][id]))
    )


def weight(id: str, answer: str) -> tuple[int, int, int]:
    """The more, the worse an answer is; of one level knowing weighs more than not being sure."""
    levels = rules_by_id().get(id, {"answers": {}})["answers"]
    if levels.get(answer) is None:
        return 0, 0, 0
    return len(LEVELS) - LEVELS.index(levels[answer]), answer != "unsure", list(levels).index(answer)


def same_as_before(before: Remembered, today: str, checked_at: str | None = None) -> str:
    """
    The answer that "it is the same" stands for on the date `today`, to be sent with the `since` that is remembered.

    A sign that was new a week ago is not long-standing: it still says what it said, unless a clinician has looked at it
    since (`checked_at`: when it was last settled as `checked`, ISO 8601 with offset).
    """
    if before.since is None or before.answer not in AGEING:
        return before.answer
    if checked_at and datetime.fromisoformat(checked_at) >= datetime.fromisoformat(before.at):
        return "unchanged"
    long_standing = date.fromisoformat(today) - date.fromisoformat(before.since) >= LONG_STANDING
    return "unchanged" if long_standing else before.answer


def asks_in_full(id: str) -> bool:
    """
    Whether a yes of before is asked about with all answers of the question, not with those to "has it changed?".

    So it is where a question takes answers of its own: "it is worse" does not tell which of them it is, and could be
    milder than what was said.
    """
    rule = rules_by_id()[id]
    return not rule["answers"].keys() <= read_table()["answers"]["en"].keys()


def is_whole(answers: Mapping[str, str], questions: str) -> bool:
    """Whether every question of a set (`full`, `urgent`) is answered, but for those that may be left."""
    asked = {rule["id"] for rule in read_table()["rules"] if questions in rule["asked"]}
    return asked <= {*answers, *SENSITIVE}


def full_check_due(checks: Iterable[Mapping[str, Any]], now: str) -> bool:
    """Whether the questions were not asked in full within the last week; `now` ISO 8601 with offset."""
    return not any(-SLACK <= age(check, now) < WEEK for check in checks if is_whole(check["answers"], "full"))
