"""What was asked, found and prescribed, as FHIR resources: answers, flags, plan, exercises. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from exercises.handout.sheet import plain
from sharing.rendering.fhir_parts import (
    ANSWERS,
    EXERCISES,
    FIGURES,
    LEVELS,
    RULES,
    STATES,
    TIME_ZONE,
    Folder,
    Reference,
    component,
    concept,
    count,
    given,
    own_uri,
    percent,
    ratings,
    score,
)
from sharing.rendering.fhir_symptoms import interpret, observe, whole_period
from sharing.rendering.wording import is_after, named, program_words
from sharing.snapshot import ReportedExercise, ReportedFlag, Snapshot

# Emergency now, same day, within days, next visit.
SEVERITIES = {"E": "high", "D": "high", "W": "moderate", "N": "low"}


def add_red_flag_answers(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    """The newest check: how many questions were asked, and each that was not answered "no", with its level."""
    check = snapshot["red_flags"]
    if check is None:
        return []
    items = [
        _item(
            answer["question"],
            answer["text"],
            {
                "valueCoding": given(system=ANSWERS, code=answer["answer"], display=plain(answer["answer_text"])),
                **({"item": [_level_item(folder, answer["question"], answer["level"])]} if answer["level"] else {}),
            },
        )
        for answer in check["notable"]
    ]
    asked = _item("asked", "How many questions were asked", {"valueInteger": check["asked"]})
    # By the clock that the page and the PDF go by, and its name: an offset alone names no place.
    zone = snapshot["time_zone"]
    at = datetime.fromisoformat(check["answered_at"]).astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
    named_zone = {"extension": [{"url": TIME_ZONE, "valueCode": zone}]}
    return [_response(folder, "red-flags", "red-flags", at, [asked, *items], _authored=named_zone)]


def add_measures(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    """Each weekly interference, and the patient's own activities by the date on which they were rated."""
    weekly = [
        _response(
            folder,
            f"interference/{week['date']}",
            "interference",
            week["date"],
            [_item("mean", "Weekly interference, mean of 0-10", *_decimal(week["mean"]))],
        )
        for week in snapshot["interference"]
    ]
    rated: dict[str, list[dict[str, Any]]] = {}
    for number, activity in enumerate(snapshot["activities"], 1):
        for on, rating in activity["ratings"]:
            rated.setdefault(on, []).append(_item(f"activity-{number}", activity["name"], {"valueInteger": rating}))
    own = [_response(folder, f"activities/{on}", "activities", on, items) for on, items in sorted(rated.items())]
    return [*weekly, *own, *_activities(folder, snapshot)]


def _activities(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    """Each activity as it was rated last, and what that means against the first time."""
    return [
        observe(
            folder,
            f"activity/{number}",
            code=concept(FIGURES, "activity", activity["name"]),
            effectiveDateTime=activity["ratings"][-1][0],
            valueQuantity=score(activity["ratings"][-1][1]),
            interpretation=[interpret(folder, activity["meaning"])],
        )
        for number, activity in enumerate(snapshot["activities"], 1)
        if activity["ratings"]
    ]


def add_flags(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    return [_flag(folder, snapshot, flag) for flag in snapshot["flags"]]


def add_plan(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    """The plan with what changed in it and when, and a ServiceRequest for each exercise that was prescribed."""
    requests = [_request(folder, snapshot, one) for one in snapshot["exercises"] if one["prescribed"]]
    changes = snapshot["program"]
    if not requests and not changes:
        return []
    newest = {change["name"]: change["what"] for change in changes}
    is_over = bool(newest) and all(what == "ended" for what in newest.values())
    plan = folder.add(
        "CarePlan",
        "",
        status="completed" if is_over else "active",
        intent="plan",
        title="Home exercises",
        subject=folder.patient,
        period=whole_period(snapshot),
        activity=[{"reference": request} for request in requests],
        note=[
            given(
                authorString=plain(change["by"]),
                time=change["date"],
                text=program_words(change, folder.words),
            )
            for change in changes
        ],
    )
    return [plan, *requests]


def add_exercises(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    """Prescribed against done, as a whole and for each exercise, with why not and how it felt."""
    added = [_exercise(folder, snapshot, one) for one in snapshot["exercises"]]
    whole = snapshot["adherence"]
    if whole is None:
        return added
    sessions = [
        component("sessions-prescribed", count(whole["prescribed"])),
        component("sessions-carried-out", count(whole["carried_out"])),
        component("sessions-begun", count(whole["begun"])),
        component("sessions-percent", None if whole["percent"] is None else percent(whole["percent"])),
        *_reasons(whole["reasons"]),
    ]
    code, period = concept(FIGURES, "adherence"), whole_period(snapshot)
    return [observe(folder, "adherence", code=code, effectivePeriod=period, component=sessions), *added]


def _response(
    folder: Folder, key: str, questionnaire: str, authored: str, items: list[dict[str, Any]], **more: Any
) -> Reference:
    return folder.add(
        "QuestionnaireResponse",
        key,
        questionnaire=own_uri(f"questionnaire/{questionnaire}"),
        status="completed",
        subject=folder.patient,
        authored=authored,
        source=folder.patient,
        item=items,
        **more,
    )


def _item(link: str, text: str, *answers: dict[str, Any]) -> dict[str, Any]:
    return given(linkId=link, text=plain(text), answer=list(answers))


def _decimal(value: float | None) -> list[dict[str, Any]]:
    return [] if value is None else [{"valueDecimal": value}]


def _level_item(folder: Folder, question: str, level: str) -> dict[str, Any]:
    return _item(f"{question}/level", "How soon it needs checking", {"valueCoding": _level(folder, level)})


def _level(folder: Folder, level: str) -> dict[str, Any]:
    return {"system": LEVELS, "code": level, "display": named(folder.words, "levels", level)}


def _flag(folder: Folder, snapshot: Snapshot, flag: ReportedFlag) -> Reference:
    resolved, after = [], []
    if is_after(flag, snapshot):
        raised = {"system": STATES, "code": "after-period", "display": plain(folder.words["flag_after"])}
        after = [{"url": own_uri("extension/after-period"), "valueCoding": raised}]
    if flag["resolved_on"]:
        kind, key = ("flag_reasons", flag["reason"]) if flag["reason"] else ("flag_states", flag["state"])
        action = concept(STATES, key, named(folder.words, kind, key))
        resolved = [{"action": action, "date": flag["resolved_on"]}]
    return folder.add(
        "DetectedIssue",
        flag["id"],
        extension=[
            {"url": own_uri("extension/level"), "valueCoding": _level(folder, flag["level"])},
            {
                "url": own_uri("extension/state"),
                "valueCoding": {
                    "system": STATES,
                    "code": flag["state"],
                    "display": named(folder.words, "flag_states", flag["state"]),
                },
            },
            *after,
        ],
        status="final",
        code=concept(RULES, flag["rule"], flag["title"]),
        severity=SEVERITIES[flag["level"]],
        patient=folder.patient,
        identifiedDateTime=flag.get("opened_at", flag["opened_on"]),
        evidence=[{"code": [concept(FIGURES, flag["stream"], named(folder.words, "streams", flag["stream"]))]}]
        if flag["stream"]
        else [],
        detail=plain(flag["because"]),
        mitigation=resolved,
    )


def _request(folder: Folder, snapshot: Snapshot, exercise: ReportedExercise) -> Reference:
    return folder.add(
        "ServiceRequest",
        exercise["exercise"],
        status="active",
        intent="plan",
        code=concept(EXERCISES, exercise["exercise"], exercise["name"]),
        quantityQuantity=count(exercise["prescribed"]),
        subject=folder.patient,
        occurrencePeriod=whole_period(snapshot),
        patientInstruction=plain(exercise["dose"]),
    )


def _exercise(folder: Folder, snapshot: Snapshot, exercise: ReportedExercise) -> Reference:
    name = exercise["exercise"]
    return observe(
        folder,
        f"exercise/{name}",
        basedOn=[{"reference": folder.url("ServiceRequest", name)}] if exercise["prescribed"] else [],
        code=concept(EXERCISES, name, exercise["name"]),
        effectivePeriod=whole_period(snapshot),
        component=[
            component("times-prescribed", count(exercise["prescribed"])),
            component("times-done", count(exercise["done"])),
            component("times-partly-done", count(exercise["partial"])),
            component("times-skipped", count(exercise["skipped"])),
            *_reasons(exercise["reasons"]),
            *ratings("pain", exercise["pain"]),
            *ratings("numbness", exercise["numbness"]),
        ],
    )


def _reasons(reasons: dict[str, int]) -> list[dict[str, Any]]:
    return [component(f"reason-{reason}", count(times)) for reason, times in reasons.items()]
