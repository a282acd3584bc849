"""How the patient felt, as FHIR Observations: figures of page one, means, days, places on the body. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from exercises.handout.sheet import plain
from sharing.rendering.changing import chip
from sharing.rendering.fhir_parts import (
    BODY_SITES,
    DIARY,
    FIGURES,
    PAIN_SEVERITY,
    Folder,
    Reference,
    component,
    concept,
    count,
    day_count,
    quantity_or_why,
    score,
    standard,
    told,
)
from sharing.rendering.wording import named, one_care, place_words
from sharing.snapshot import Day, Place, Snapshot, edges_of

STREAMS = ("numbness", "tingling", "pain", "weakness")
SPANS = ("start", "now", "mean")
RATED_DAILY = (*STREAMS, "sleep")
DAY_IN_MILLISECONDS = 86_400_000
# What HL7 has a code for; "same" and "unknown" go by our own.
MEANINGS = {"better": ("B", "Better"), "worse": ("W", "Worse")}


def observe(folder: Folder, key: str, **fields: Any) -> Reference:
    """What the patient said, or what was counted from it."""
    return folder.add("Observation", key, **folder.said, **fields)


def whole_period(snapshot: Snapshot) -> dict[str, str]:
    return {"start": snapshot["period"]["start"], "end": snapshot["period"]["end"]}


def add_question(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    """What the patient wants to know of whoever reads this."""
    question = plain(snapshot["question"])
    if not question:
        return []
    code = concept(FIGURES, "question-of-the-patient")
    return [observe(folder, "question", code=code, effectiveDateTime=snapshot["made_at"], valueString=question)]


def add_changes(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    """The change since the start, with both means as components."""
    added = []
    for change in snapshot["changes"]:
        added.append(
            observe(
                folder,
                f"change/{change['key']}",
                code=concept(FIGURES, f"change-of-{change['key']}", named(folder.words, "changes", change["key"])),
                effectivePeriod=whole_period(snapshot),
                interpretation=[interpret(folder, change["meaning"])],
                component=[
                    component(name, None if mean is None else score(mean))
                    for name, mean in (("mean-at-start", change["start"]), ("mean-now", change["now"]))
                ],
                **quantity_or_why(
                    None if change["change"] is None else score(change["change"]),
                    chip(change, snapshot, folder.words)["meaning"],
                ),
            )
        )
    return added


def interpret(folder: Folder, meaning: str) -> dict[str, Any]:
    text = named(folder.words, "meanings", meaning)
    if meaning in MEANINGS:
        return {**standard("v3-ObservationInterpretation", *MEANINGS[meaning]), "text": text}
    return concept(FIGURES, meaning, text)


def add_logged_days(folder: Folder, snapshot: Snapshot) -> Reference:
    """Days with an entry, out of days possible."""
    period = snapshot["period"]
    return observe(
        folder,
        "logged",
        code=concept(FIGURES, "days-logged"),
        effectivePeriod=whole_period(snapshot),
        valueQuantity=day_count(period["logged"]),
        component=[component("days-of-the-period", day_count(period["days"]))],
    )


def add_means(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    """A curve for each stream, one sample a local date: the mean of the seven days that end there, or `E`."""
    added = []
    for stream in STREAMS:
        samples = [day["means"].get(stream) for day in snapshot["days"]]
        if all(sample is None for sample in samples):
            continue
        curve = {
            "origin": score(0),
            "period": DAY_IN_MILLISECONDS,
            "dimensions": 1,
            "data": " ".join("E" if sample is None else str(sample) for sample in samples),
        }
        added.append(
            observe(
                folder,
                f"means/{stream}",
                code=concept(FIGURES, f"mean-of-seven-days-{stream}"),
                effectivePeriod=whole_period(snapshot),
                valueSampledData=curve,
            )
        )
    return added


def add_days(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    """Each rating of each day. Where nothing was logged there is nothing."""
    streams = [(stream, _stream(folder, stream)) for stream in RATED_DAILY]
    return [
        observe(
            folder,
            f"day/{day['date']}/{stream}",
            code=code,
            effectiveDateTime=day["date"],
            valueQuantity=score(day[stream]),  # type: ignore[literal-required]  # one of the day's streams
        )
        for day in snapshot["days"]
        for stream, code in streams
        if day[stream] is not None  # type: ignore[literal-required]
    ]


def add_diary(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    """What else was written on a day: how many entries and sessions, triggers, self-care, notes."""
    return [
        observe(
            folder,
            f"diary/{day['date']}",
            code=concept(DIARY, "day"),
            effectiveDateTime=day["date"],
            note=[{"text": text} for text in map(plain, day["notes"]) if text],
            component=[
                component("entries", count(day["entries"]), DIARY),
                component("sessions", count(day["sessions"]), DIARY),
                *_said("trigger", [told(folder.words, "triggers", DIARY, key) for key in day["triggers"]]),
                *_said("self-care", [_care(folder, item) for item in day["self_care"]]),
            ],
        )
        for day in snapshot["days"]
        if _says_something(day)
    ]


def add_body(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    """The mean of a place, at the start, now and over the period, numbness and pain apart."""
    if snapshot["body"] is None:
        return []
    return [
        observe(
            folder,
            f"body/{span}/{place['side']}/{place['region']}/{stream}",
            code=concept(FIGURES, f"mean-{stream}-of-a-place"),
            effectivePeriod=_span(snapshot, span),
            method=concept(FIGURES, f"body-map-{span}"),
            bodySite=_site(folder, place),
            valueQuantity=score(place[stream]),
        )
        for span in SPANS
        for place in snapshot["body"][span]  # type: ignore[literal-required]  # all are keys of the maps
        for stream in ("numbness", "pain")
        if place[stream] is not None
    ]


def _stream(folder: Folder, stream: str) -> dict[str, Any]:
    if stream == "sleep":
        return concept(FIGURES, "sleep-quality", named(folder.words, "changes", stream))
    ours = concept(FIGURES, stream, named(folder.words, "streams", stream))
    return {**ours, "coding": [PAIN_SEVERITY, *ours["coding"]]} if stream == "pain" else ours


def _says_something(day: Day) -> bool:
    return bool(day["entries"] or day["sessions"] or day["triggers"] or day["self_care"] or day["notes"])


def _said(code: str, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"code": concept(DIARY, code), "valueCodeableConcept": value} for value in values]


def _care(folder: Folder, item: str) -> dict[str, Any]:
    """Of a day's self-care, which counts what came more than once: `heat x 2`."""
    kind, times, number = item.rpartition(" x ")
    key = kind if times and number.isdecimal() else item
    return {**told(folder.words, "self_care", DIARY, key), "text": one_care(item, folder.words)}


def _site(folder: Folder, place: Place) -> dict[str, Any]:
    """Region and side in one code: R4 has one concept for both."""
    region, side = place["region"], place["side"]
    code = region if side == "midline" else f"{side}-{region}"
    return concept(BODY_SITES, code, place_words(region, side, folder.words))


def _span(snapshot: Snapshot, span: str) -> dict[str, str]:
    """As the report counts them: of a short period each half, so that they never share a day."""
    period = snapshot["period"]
    start, end = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
    begins, days = edges_of(period)
    # Of a single day there is no map of either.
    days = max(1, days)
    if span == "start":
        start, end = begins, begins + timedelta(days - 1)
    elif span == "now":
        start = end - timedelta(days - 1)
    return {"start": start.isoformat(), "end": end.isoformat()}
