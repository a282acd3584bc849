"""What was prescribed, what was done of it, and how it felt."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast

from accounts.models import Revision, User
from exercises.adherence import Recorded, Tally, Version, answers_by_day, due_times, tally_days
from exercises.handout.doses import dose_words
from exercises.handout.wording import words_of as handout_words
from exercises.models import Prescription, Session, attach_items
from exercises.models.prescription import version_of
from exercises.vocabulary import DOSE, RATINGS
from sharing.rendering.wording import words_of
from sharing.reporting.doses import Held, Item, Planned, Span, held_of, told_doses
from sharing.reporting.figures import mean_of
from sharing.reporting.texts import plain
from sharing.snapshot import Adherence, ProgramChange, Ratings, ReportedExercise

# Of a prescription: changing only these two changes nothing that is to be done.
UNCHANGING = ("note", "ends_on")


@dataclass(frozen=True)
class Plan:
    """A prescription: its versions, oldest first, and what each of them said, by its number."""

    name: str
    by: str
    versions: list[Version]
    bodies: Mapping[int, Mapping[str, Any]]


@dataclass
class Done:
    """
    What the sessions have of one exercise. `ratings`: of each session in which anything of it was done. `doses`: by
    which it was to be done, with the day; not of what was skipped.
    """

    status: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    ratings: dict[str, Mapping[str, int | None]] = field(default_factory=dict)
    doses: list[tuple[date, dict[str, Any]]] = field(default_factory=list)


@dataclass(frozen=True)
class Training:
    """`days`: as `exercises.adherence` tallies them. `done`, `prescribed`, `planned`: by exercise."""

    plans: dict[UUID, Plan]
    days: dict[date, Tally]
    reasons: dict[str, int]
    done: dict[str, Done]
    prescribed: dict[str, int]
    planned: Planned

    @property
    def slugs(self) -> set[str]:
        return {*self.done, *self.prescribed}

    def sessions(self) -> dict[date, int]:
        return {day: tally.sessions for day, tally in self.days.items()}


def read_training(patient: User, first: date, last: date, today: date) -> Training:
    """Seven queries, whatever the period."""
    sessions = Session.objects.for_user(patient).between(first, last)
    plans = read_plans(patient)
    versions = {id: plan.versions for id, plan in plans.items()}
    recorded = sessions.recorded()
    prescribed, planned = count_prescribed(plans, recorded, first, last, today)
    return Training(
        plans=plans,
        days=tally_days(recorded, versions, first, last, today),
        reasons=sessions.reason_counts(),
        done=read_done(sessions),
        prescribed=prescribed,
        planned=planned,
    )


def read_plans(patient: User) -> dict[UUID, Plan]:
    rows = list(
        Prescription.objects.for_user(patient).present().select_related("prescribed_by").order_by("received_at")
    )
    attach_items(rows)
    before: dict[UUID, list[Any]] = defaultdict(list)
    older = Revision.objects.for_user(patient).filter(kind=Prescription.kind, deleted=False).order_by("version")
    for id, *row in older.values_list("document_id", "version", "changed_at", "body"):
        before[id].append(row)
    found = {}
    for one in rows:
        written = [*before[one.pk], (one.version, one.changed_at, one.body())]
        found[one.pk] = Plan(
            name=plain(one.name),
            by=plain(one.prescribed_by.display_name) if one.prescribed_by and one.prescribed_by != patient else "",
            versions=[version_of(patient, *row) for row in written],
            bodies={number: body for number, _, body in written},
        )
    return found


def count_prescribed(
    plans: Mapping[UUID, Plan], recorded: Iterable[Recorded], first: date, last: date, today: date
) -> tuple[dict[str, int], Planned]:
    """By exercise: how often it was due, and by which versions of which plans."""
    times: Counter[str] = Counter()
    planned: dict[str, list[list[Held]]] = defaultdict(list)
    answered = answers_by_day(recorded)
    for id, plan in plans.items():
        due: Counter[int] = Counter()
        spans: dict[int, Span] = {}
        for version, day, count in due_times(plan.versions, first, min(last, today), today, answered[id]):
            due[version.version] += count
            begin, end = spans.get(version.version, (day, day))
            spans[version.version] = min(begin, day), max(end, day)
        held = {number: dict(held_of(plan.bodies[number], spans[number])) for number in sorted(spans)}
        for number, exercises in held.items():
            for slug, one in exercises.items():
                if due[number]:
                    times[slug] += due[number] * len(one.items)
        for slug in {slug for exercises in held.values() for slug in exercises}:
            planned[slug].append([held[number].get(slug) or Held(*spans[number], []) for number in held])
    return dict(times), planned


def read_done(sessions: Any) -> dict[str, Done]:
    """Every item of the sessions, oldest first, in one query."""
    columns = [
        "session",
        "local_date",
        *RATINGS,
        *(f"items__{name}" for name in ("exercise_id", "status", "reason", *DOSE)),
    ]
    rows = sessions.present().filter(items__isnull=False).order_by("started_at", "id", "items__position")
    # Only to tell one from another: making a UUID of each takes longer than reading its row.
    rows = rows.annotate(session=Cast("id", CharField()))
    found: dict[str, Done] = {}
    for id, day, *values in rows.values_list(*columns):
        ratings, (slug, status, reason, *dose) = values[: len(RATINGS)], values[len(RATINGS) :]
        done = found.setdefault(slug, Done())
        done.status[status] += 1
        if reason:
            done.reasons[reason] += 1
        if status != "skipped":
            done.ratings.setdefault(id, dict(zip(RATINGS, ratings, strict=True)))
            done.doses.append((day, dict(zip(DOSE, dose, strict=True))))
    return found


def adherence_of(training: Training) -> Adherence:
    total = Tally()
    for tally in training.days.values():
        total.add(tally)
    return {
        "prescribed": total.prescribed,
        "carried_out": total.prescribed_done,
        "begun": total.prescribed_begun,
        "percent": percent(total.prescribed_done, total.prescribed),
        "reasons": training.reasons,
    }


def percent(part: int, whole: int) -> int | None:
    """Whole, half away from zero."""
    return (200 * part + whole) // (2 * whole) if whole else None


def report_exercises(
    training: Training, name_of: Callable[[str], str], continuous: Callable[[str], bool], language: str
) -> list[ReportedExercise]:
    """Those that were due or done, the most often prescribed first."""
    found: list[ReportedExercise] = []
    spoken, words = handout_words(language), words_of(language)
    for slug in training.slugs:
        done = training.done.get(slug, Done())
        moves = continuous(slug)

        def say(item: Item, rounds: int | None, moves: bool = moves) -> str:
            return dose_words(item, moves, rounds, spoken)

        found.append(
            {
                "exercise": slug,
                "name": name_of(slug),
                "dose": told_doses(training.planned.get(slug, []), done.doses, say, words),
                "prescribed": training.prescribed.get(slug, 0),
                "done": done.status["done"],
                "partial": done.status["partial"],
                "skipped": done.status["skipped"],
                "reasons": dict(sorted(done.reasons.items())),
                "pain": ratings_of(done.ratings.values(), "pain"),
                "numbness": ratings_of(done.ratings.values(), "numbness"),
            }
        )
    return sorted(found, key=lambda one: (-one["prescribed"], -one["done"] - one["partial"], one["exercise"]))


def ratings_of(sessions: Iterable[Mapping[str, int | None]], stream: str) -> Ratings:
    before, after, next_morning = (f"{stream}_{moment}" for moment in ("before", "after", "next_morning"))
    both = [one for one in sessions if one[before] is not None and one[after] is not None]
    return {
        "n": len(both),
        "before": mean_of(one[before] for one in both),
        "after": mean_of(one[after] for one in both),
        "next_morning": mean_of(one[next_morning] for one in both),
    }


def report_program(plans: Iterable[Plan], first: date, last: date, today: date) -> list[ProgramChange]:
    """What began, changed or ended in the period, oldest first; nothing that is still to come."""
    found = [step for plan in plans for step in steps_of(plan)]
    until = min(last, today)
    shown = [step for step in found if first.isoformat() <= step["date"] <= until.isoformat()]
    return sorted(shown, key=lambda step: (step["date"], step["name"]))


def steps_of(plan: Plan) -> Iterator[ProgramChange]:
    begins = start_of(plan.versions)

    def step(day: date, what: str) -> ProgramChange:
        return {"date": day.isoformat(), "name": plan.name, "what": what, "by": plan.by}

    yield step(begins, "started")
    days = {
        one.since
        for before, one in zip(plan.versions, plan.versions[1:], strict=False)
        if one.since > begins and to_do(plan.bodies[before.version]) != to_do(plan.bodies[one.version])
    }
    for day in days:
        yield step(day, "changed")
    if ends_on := plan.versions[-1].ends_on:
        yield step(ends_on, "ended")


def start_of(versions: Sequence[Version]) -> date:
    """The first day on which a version held that began by then."""
    begins = versions[0].starts_on
    for one in versions[1:]:
        if one.since <= begins:
            begins = one.starts_on
    return begins


def to_do(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in UNCHANGING}
