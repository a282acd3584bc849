"""What needed checking in the period, and the newest answers to the questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from accounts.models import User
from exercises.catalogue import in_language
from sharing.evidence import evidence_since
from sharing.rendering.flag_wording import answer_words, flag_words
from sharing.rendering.wording import URGENT
from sharing.snapshot import AskedBefore, RedFlagAnswer, RedFlagCheck, ReportedFlag, Waiting
from tracker.asking import entry_to_ask
from tracker.models import Flag, FlagSign, Reading
from tracker.models import RedFlagCheck as Check
from tracker.redflags import SENSITIVE, evaluate_check, rules_by_id
from tracker.vocabulary import LEVELS, NEVER_TRENDED, STREAMS

# A trend that was taken back: with the corrected entries, or with the limit that was chosen, there was none.
NEVER_WAS = ("corrected", "sensitivity")
# With these words a person takes a sign back: there never was one.
TAKEN_BACK = ("mistake", "corrected")
# What is told of an entry that marked a place which is asked about for red flags alone.
MARKED = ("region", "side", *STREAMS)

Row = dict[str, Any]


def read_flags(patient: User, first: date, last: date, evidence_from: date | None = None) -> list[Row]:
    """
    Those that stood at some time in the period, in one query, the worst first and of these the latest.

    What needs help at once or the same day, and still stands, is among them though it was raised after the period:
    whoever reads of older days must not take it that nothing is wrong now.
    """
    zone = ZoneInfo(patient.time_zone)
    begin, end = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    # The first day of a trend is kept as noon in London, which is another date in the far east.
    rows = Flag.objects.for_user(patient).filter(
        Q(resolved_at=None) | Q(resolved_at__gte=begin),
        Q(opened_at__lt=end + timedelta(days=1)) | Q(resolved_at=None, level__in=URGENT),
    )
    columns = ("id", "rule", "stream", "level", "state", "evidence", "opened_at", "resolved_at", "reason")
    found = [{**row, "opened_on": opened_on(row, zone)} for row in rows.values(*columns)]
    begun = [row for row in found if row["opened_on"] <= last or is_standing(row)]
    timely = [row for row in begun if (resolved_on(row, zone) or first.isoformat()) >= first.isoformat()]
    shown = [row for row in timely if is_told(row)]
    seen = datetime.combine(evidence_from, time(), zone) if evidence_from else None
    shown = [
        {
            **row,
            "evidence": evidence_since(row["evidence"], seen),
            "told": is_red(row) and (seen is None or row["opened_at"] >= seen),
        }
        for row in shown
    ]
    shown = with_marks(shown)
    shown.sort(key=lambda row: (row["opened_on"], str(row["id"])), reverse=True)
    return sorted(shown, key=lambda row: LEVELS.index(row["level"]))


def with_marks(rows: list[Row]) -> list[Row]:
    """What an entry marked that speaks for a red flag, beside its sign: in one query, if there is any."""
    ids = {sign["id"] for row in rows for sign in row["evidence"].get("signs", []) if sign["source"] == "log"}
    if not ids:
        return rows
    marks: dict[str, list[dict[str, Any]]] = {}
    readings = Reading.objects.filter(log__in=ids, region__in=NEVER_TRENDED).order_by("position")
    for log, *mark in readings.values_list("log_id", *MARKED):
        marks.setdefault(str(log), []).append(dict(zip(MARKED, mark, strict=True)))
    return [{**row, "evidence": marked(row["evidence"], marks)} for row in rows]


def marked(evidence: dict[str, Any], marks: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    if "signs" not in evidence:
        return evidence
    return {**evidence, "signs": [{**sign, "marked": marks.get(sign["id"], [])} for sign in evidence["signs"]]}


def is_standing(row: Row) -> bool:
    return row["resolved_at"] is None and row["level"] in URGENT


def is_told(row: Row) -> bool:
    """
    A red flag is told even when it was taken back, with that word beside it: somebody may have acted on it.

    Not so of what nobody has to tell an app (`SENSITIVE`): taken back, it is as if it had been left without an answer.
    """
    if row["rule"] in SENSITIVE:
        return row["reason"] not in TAKEN_BACK
    return is_red(row) or row["reason"] not in NEVER_WAS


def is_red(row: Row) -> bool:
    return row["rule"] in rules_by_id()


def opened_on(row: Row, zone: ZoneInfo) -> date:
    if not is_red(row) and "since" in row["evidence"]:
        return date.fromisoformat(row["evidence"]["since"])
    day: date = row["opened_at"].astimezone(zone).date()
    return day


def resolved_on(row: Row, zone: ZoneInfo) -> str | None:
    """Of a trend that the rules ended, the day of the diary on which it was over, not that on which it was found so."""
    if not row["resolved_at"]:
        return None
    over = None if is_red(row) else row["evidence"].get("over")
    if over and over["reason"] == row["reason"]:
        return str(over["day"])
    return str(row["resolved_at"].astimezone(zone).date())


def exercises_in(rows: Sequence[Row]) -> set[str]:
    """The slugs that their reasons name."""
    return {one["exercise"] for row in rows for one in row["evidence"].get("exercises", [])}


def report_flag(row: Row, language: str, time_zone: str, name_of: Callable[[str], str]) -> ReportedFlag:
    title, because = flag_words(
        rule=row["rule"],
        stream=row["stream"],
        evidence=row["evidence"],
        language=language,
        time_zone=time_zone,
        name_of=name_of,
        over=row["resolved_at"] is not None,
    )
    found: ReportedFlag = {
        "id": str(row["id"]),
        "rule": row["rule"],
        "stream": row["stream"],
        "level": row["level"],
        "state": row["state"],
        "opened_on": row["opened_on"].isoformat(),
        "resolved_on": resolved_on(row, ZoneInfo(time_zone)),
        "reason": row["reason"],
        "title": title,
        "because": because,
    }
    if row["told"]:
        found["opened_at"] = told_at(row["opened_at"], time_zone)
    return found


def newest_check(patient: User, first: date, last: date, language: str) -> RedFlagCheck | None:
    rows = Check.objects.for_user(patient).present().between(first, last).order_by("-answered_at", "-id")
    row = rows.values_list("id", "answered_at", "time_zone", "answers").first()
    if row is None:
        return None
    id, answered_at, time_zone, answers = row
    answers = without_taken_back(id, answers)
    return {
        "answered_at": told_at(answered_at, time_zone),
        "asked": len(answers),
        "of": len(rules_by_id()),
        "notable": [
            report_answer(rule, answers[id], language)
            for id, rule in rules_by_id().items()
            if answers.get(id, "no") != "no"
        ],
    }


def without_taken_back(id: UUID, answers: dict[str, str]) -> dict[str, str]:
    """A check's answers but those, of what nobody has to tell, that were taken back as a mistake: as not answered."""
    private = [flag["rule"] for flag in evaluate_check(answers)["flags"] if flag["rule"] in SENSITIVE]
    if not private:
        return answers
    signs = FlagSign.objects.filter(source="check", source_id=id, flag__rule__in=private, flag__reason="mistake")
    taken_back = set(signs.values_list("flag__rule", flat=True))
    return {rule: answer for rule, answer in answers.items() if rule not in taken_back}


def asked_before(patient: User, first: date, evidence_from: date | None) -> AskedBefore:
    """When there was a check last, of a period without one. Who does not see all the days is not told that of none."""
    rows = Check.objects.for_user(patient).present().filter(local_date__lt=first)
    if evidence_from:
        rows = rows.filter(local_date__gte=evidence_from)
    row = rows.order_by("-answered_at", "-id").values_list("answered_at", "time_zone").first()
    if row is None:
        return {} if evidence_from else {"red_flags_before": None}
    return {"red_flags_before": told_at(*row)}


def still_to_ask(patient: User, first: date, last: date, now: datetime, evidence_from: date | None) -> Waiting:
    entry = entry_to_ask(owner=patient, first=first, last=last, now=now, compared_from=evidence_from)
    return {"red_flags_waiting": told_at(*entry)} if entry else {}


def told_at(moment: datetime, time_zone: str) -> str:
    return moment.astimezone(ZoneInfo(time_zone)).isoformat(timespec="seconds")


def report_answer(rule: dict[str, Any], answer: str, language: str) -> RedFlagAnswer:
    return {
        "question": rule["id"],
        "text": in_language(rule["text"], language)["question"],
        "answer": answer,
        "answer_text": answer_words(rule["id"], answer, language),
        "level": rule["answers"].get(answer),
    }
