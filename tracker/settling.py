"""
What becomes of trend flags when the diary is evaluated again: raised, found again, over, taken back. None is deleted.

What a person resolved stays resolved for that episode; what the rules resolved stands again when the rules find so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils import timezone

from tracker.finding import Key
from tracker.models import REACH, Day, Flag, Reading, TrendCourse, days_of
from tracker.trends.aggravated import Done, calmed_on
from tracker.trends.detector import REST
from tracker.trends.episodes import FLARE_TOLD, Episode, Over, back_to, first_from, pair, shown_usual, usual_again
from tracker.trends.limits import SENSITIVITIES
from tracker.trends.spreading import REACH as RANKS
from tracker.turning import resolved_by_rules, turn
from tracker.vocabulary import REGIONS, STREAMS

TREND_LEVELS = {"sustained-worsening": "W", "spreading": "W", "flare": "N", "aggravated-by": "N"}


def settle_trends(
    *,
    course: TrendCourse,
    start: int,
    found: Mapping[Key, Sequence[Episode]],
    days: Sequence[Day] = (),
    sessions: Sequence[Done] = (),
    gone: str = "corrected",
) -> None:
    """Of the rules and streams in `found`: make the person's flags say what was found from day `start` on."""
    if not course.told and not any(found.values()):
        return
    course.told = True
    rules = {rule for rule, _ in found}
    rows = Flag.objects.for_user(course.owner).select_for_update().filter(rule__in=rules).order_by("raised_at", "id")
    flags = list(rows)
    for key, episodes in found.items():
        theirs = [flag for flag in flags if (flag.rule, flag.stream) == key]
        if episodes or any(may_change(flag, start) for flag in theirs):
            settle_rule(course, key, theirs, episodes, start, days, sessions, gone)


def may_change(flag: Flag, start: int) -> bool:
    """Nothing from day `start` on reaches a flag that was over before."""
    over = flag.evidence["over"]
    return not over or date.fromisoformat(over["day"]).toordinal() >= start


def settle_rule(
    course: TrendCourse,
    key: Key,
    flags: list[Flag],
    episodes: Sequence[Episode],
    start: int,
    days: Sequence[Day],
    sessions: Sequence[Done],
    gone: str,
) -> None:
    written = {flag.pk: flag.evidence for flag in flags}
    late = [flag for flag in flags if day_of(flag, "day") >= start]
    # Nothing is raised twice while the detector rests: two that are that close are one, corrected.
    apart = REST if key[0] == "sustained-worsening" else 1
    known = [(flag, day_of(flag, "since"), day_of(flag, "day"), taken_back(flag)) for flag in late]
    pairs, lost = pair(episodes, known, apart)
    chain = [flag for flag in flags if day_of(flag, "day") < start and not taken_back(flag)]
    for episode, same in pairs:
        flag = same or Flag(owner=course.owner, rule=key[0], stream=key[1], level=TREND_LEVELS[key[0]])
        flag.evidence = {**evidence_of(course, key, episode, days), "over": flag.evidence.get("over")}
        flag.opened_at = datetime.combine(date.fromordinal(episode.since), time(12), UTC)
        chain.append(flag)
    chain.sort(key=lambda flag: (day_of(flag, "day"), str(flag.pk)))
    for flag in lost:
        conclude(flag, {"day": flag.evidence["day"], "reason": gone}, written=flag.evidence)
    # The later one last: only one may stand.
    for place, flag in enumerate(chain):
        following = chain[place + 1] if place + 1 < len(chain) else None
        over = over_of(course, flag, following, start, days, sessions)
        conclude(flag, over, [other for other in flags if other is not flag], written.get(flag.pk))


def over_of(
    course: TrendCourse,
    flag: Flag,
    following: Flag | None,
    start: int,
    days: Sequence[Day],
    sessions: Sequence[Done],
) -> dict[str, Any] | None:
    """Since which day it is over, and why; None while it lasts."""
    over = flag.evidence["over"]
    if not over or over["reason"] != "recovered" or may_change(flag, start):
        recovered = recovered_on(course, flag, start, days, sessions)
        over = spelled(Over(recovered, "recovered")) if recovered else None
    if following and (not over or over["day"] > following.evidence["day"]):
        return spelled(Over(day_of(following, "day"), "replaced"))
    return over


def recovered_on(
    course: TrendCourse, flag: Flag, start: int, days: Sequence[Day], sessions: Sequence[Done]
) -> int | None:
    told, facts = day_of(flag, "day"), flag.evidence
    if flag.rule == "sustained-worsening":
        entries = [(day.day, day.values[flag.stream]) for day in days if flag.stream in day.values]
        return back_to(usual_again(facts), entries, told, start)
    if flag.rule == "flare":
        return first_from((day.day for day in days), max(start, told + FLARE_TOLD))
    if flag.rule == "spreading":
        new = {(place["region"], place["side"]) for place in facts["places"]}
        return back_to(0, [(day.day, len(day.places & new)) for day in days], told, start)
    named = frozenset(one["exercise"] for one in facts["exercises"])
    return calmed_on(sessions, named, told, start, course.sensitivity)


def conclude(
    flag: Flag, over: dict[str, Any] | None, others: Sequence[Flag] = (), written: dict[str, Any] | None = None
) -> None:
    """
    Save the flag, and what the rules now say about its end. Of `others` none stands beside it. `written`: its evidence
    as it is in the database, None for a new one.
    """
    new, before = written is None, written and written["over"]
    flag.evidence = {**flag.evidence, "over": over}
    wakes = not over and (new or (before and not flag.stands and resolved_by_rules(flag)))
    for other in others if wakes else ():
        if other.stands:
            turn(other, "resolved", "replaced", by=None)
    if new and over:
        turn(flag, "resolved", over["reason"], by=None)
    elif wakes:
        turn(flag, "reopened" if flag.seen_at else "open", "", by=None)
    elif over and flag.stands and not (before and before["reason"] == over["reason"]):
        turn(flag, "resolved", over["reason"], by=None)
    elif flag.evidence != written:
        flag.changed_at = timezone.now()
        flag.save()


def taken_back(flag: Flag) -> bool:
    over = flag.evidence["over"]
    return over is not None and over["reason"] in ("corrected", "sensitivity")


def evidence_of(course: TrendCourse, key: Key, episode: Episode, days: Sequence[Day]) -> dict[str, Any]:
    """Figures and codes; the words are the app's."""
    facts = dict(episode.facts)
    if "last" in facts:
        facts["last"] = iso(facts["last"])
    return {
        "since": iso(episode.since),
        "day": iso(episode.day),
        **facts,
        **(days_above(course, key[1], episode, days) if key[0] == "sustained-worsening" else {}),
        **(worst_place(course, key[1], episode) if key[0] in ("sustained-worsening", "flare") else {}),
        "false_alarms_per_year": SENSITIVITIES[course.sensitivity],
    }


def days_above(course: TrendCourse, stream: str, episode: Episode, days: Sequence[Day]) -> dict[str, int]:
    """
    On how many of its days it lay above the usual level that the person is shown.

    The detector's own count is against what was usual on each of these days.
    """
    since, told = episode.since, episode.day
    if not days or days[0].day > since:
        # It began before what was gone through again.
        days = days_of(course.owner, date.fromordinal(since), date.fromordinal(told))
    usual = episode.facts["baseline"]
    if stream != REACH:
        usual = shown_usual(usual, episode.facts["recent"])
    return {"above": sum(day.values.get(stream, 0) > usual for day in days if since <= day.day <= told)}


def worst_place(course: TrendCourse, stream: str, episode: Episode) -> dict[str, str | None]:
    """Region and side with the worst readings of the stream meanwhile; of the reach, the furthest."""
    within = (date.fromordinal(episode.since), date.fromordinal(episode.day))
    rows = Reading.objects.felt().filter(log__owner=course.owner, log__local_date__range=within)
    sums: dict[tuple[str, str], float] = {}
    for region, side, *ratings in rows.values_list("region", "side", *STREAMS):
        rated = RANKS[region] if stream == REACH else ratings[STREAMS.index(stream)] or 0
        place = (region, side)
        sums[place] = max(sums.get(place, 0), rated) if stream == REACH else sums.get(place, 0) + rated
    if not any(sums.values()):
        return {"region": None, "side": None}
    region, side = min(sums, key=lambda place: (-sums[place], REGIONS.index(place[0]), place[1]))
    return {"region": region, "side": side}


def day_of(flag: Flag, name: str) -> int:
    return date.fromisoformat(flag.evidence[name]).toordinal()


def spelled(over: Over) -> dict[str, Any]:
    return {"day": iso(over.day), "reason": over.reason}


def iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
