"""Fifty bundles with one fault each: none gets past all judges, so what they all take is worth something."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from sharing.rendering.fhir import report_bundle
from tests.sharing.fhir_validators import faults
from tests.sharing.snapshots import example

Bundle = dict[str, Any]
NOWHERE = "urn:uuid:00000000-0000-4000-8000-000000000000"


def small() -> Bundle:
    whole = example()
    return report_bundle({**whole, "days": whole["days"][:3]}, pdf=b"%PDF-1.7")


def first(bundle: Bundle, kind: str, having: str = "") -> dict[str, Any]:
    found = (entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind)
    return next(one for one in found if not having or having in one)


def put(kind: str, *path: Any, value: Any, having: str = "") -> Callable[[Bundle], None]:
    def mutate(bundle: Bundle) -> None:
        at = bundle if kind == "Bundle" else first(bundle, kind, having or str(path[0]) * (len(path) > 1))
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value

    return mutate


def drop(kind: str, *path: Any, having: str = "") -> Callable[[Bundle], None]:
    def mutate(bundle: Bundle) -> None:
        at = bundle if kind == "Bundle" else first(bundle, kind, having or str(path[0]))
        for step in path[:-1]:
            at = at[step]
        del at[path[-1]]

    return mutate


def swap_first_two(bundle: Bundle) -> None:
    entries = bundle["entry"]
    entries[0], entries[1] = entries[1], entries[0]


def repeat_an_entry(bundle: Bundle) -> None:
    bundle["entry"].append(copy.deepcopy(bundle["entry"][-1]))


def lose_the_patient(bundle: Bundle) -> None:
    bundle["entry"] = [entry for entry in bundle["entry"] if entry["resource"]["resourceType"] != "Patient"]


MUTANTS: dict[str, Callable[[Bundle], None]] = {
    # what a bundle is
    "a bundle of no known type": put("Bundle", "type", value="parcel"),
    "a bundle without a type": drop("Bundle", "type"),
    "a document without an identifier": drop("Bundle", "identifier"),
    "a document without its moment": drop("Bundle", "timestamp"),
    "a moment without a zone": put("Bundle", "timestamp", value="2026-11-02T08:15:00"),
    "entries that are no list": put("Bundle", "entry", value={}),
    "a document that begins with another": swap_first_two,
    "an entry that is there twice": repeat_an_entry,
    "an address that is not its resource's": put("Bundle", "entry", 2, "fullUrl", value=NOWHERE),
    "a resource of no known kind": put("Patient", "resourceType", value="Patience"),
    # where references lead
    "a patient who is not in it": lose_the_patient,
    "an observation of nobody": put("Observation", "subject", "reference", value=NOWHERE),
    "a section that names what is not there": put("Composition", "section", 1, "entry", 0, "reference", value=NOWHERE),
    "an exercise based on no prescription": put("Observation", "basedOn", 0, "reference", value=NOWHERE),
    "a plan with an activity that is lost": put("CarePlan", "activity", 0, "reference", "reference", value=NOWHERE),
    "a reference that is a number": put("Observation", "subject", "reference", value=7),
    "a reference that is a string": put("Condition", "subject", value="Alice", having="subject"),
    "a provenance of nothing": drop("Provenance", "target"),
    # what must be there
    "an observation without a code": drop("Observation", "code"),
    "an observation without a status": drop("Observation", "status"),
    "a component without a code": drop("Observation", "component", 0, "code"),
    "a composition without a title": drop("Composition", "title"),
    "a composition without a type": drop("Composition", "type"),
    "a composition without an author": drop("Composition", "author"),
    "answers without a status": drop("QuestionnaireResponse", "status"),
    "an item without a link": drop("QuestionnaireResponse", "item", 0, "linkId"),
    "a plan without an intent": drop("CarePlan", "intent"),
    "a prescription without a patient": drop("ServiceRequest", "subject"),
    "a document reference without content": drop("DocumentReference", "content"),
    "an agent who is nobody": drop("Provenance", "agent", 0, "who"),
    # closed lists
    "a status that is none": put("Observation", "status", value="finished"),
    "a severity that is none": put("DetectedIssue", "severity", value="severe"),
    "a plan of no known status": put("CarePlan", "status", value="running"),
    "a plan of no known intent": put("CarePlan", "intent", value="wish"),
    "answers of no known status": put("QuestionnaireResponse", "status", value="done"),
    "a document reference of no known status": put("DocumentReference", "status", value="ready"),
    "a narrative of no known status": put("Composition", "text", "status", value="made"),
    # dates and figures
    "a thirteenth month": put("Observation", "effectiveDateTime", value="2026-13-01", having="effectiveDateTime"),
    "the 30th of February": put("Observation", "effectiveDateTime", value="2026-02-30", having="effectiveDateTime"),
    "a date as the Germans write it": put("Observation", "effectivePeriod", "start", value="02.11.2026"),
    "a moment without seconds": put("Provenance", "recorded", value="2026-11-02T08:15+01:00"),
    "a figure as words": put("Observation", "valueQuantity", "value", value="four"),
    "a figure as a list": put("Observation", "valueQuantity", "value", value=[4]),
    "a whole number that is none": put("QuestionnaireResponse", "item", 0, "answer", 0, "valueInteger", value=3.5),
    "two values at once": put("Observation", "valueString", value="4", having="valueQuantity"),
    "a curve with words in it": put("Observation", "valueSampledData", "data", value="4.1 none 4.2"),
    "a PDF that is not base64": put("DocumentReference", "content", 0, "attachment", "data", value="%PDF-1.7"),
    # shapes
    "a field that R4 does not have": put("Patient", "nickname", value="Al"),
    "a field that is null": put("Observation", "code", value=None),
    "a code with a space at its end": put("Observation", "code", "coding", 0, "code", value="numbness "),
    "a list where one belongs": put("Observation", "code", value=[{"text": "Pain"}]),
    "an empty string": put("CarePlan", "title", value=""),
    "an id with a slash": put("Patient", "id", value="a/b"),
}


def test_the_bundle_that_the_mutants_come_from_is_sound():
    assert faults(small()) == {}


def test_there_are_fifty_of_them_and_each_differs():
    assert len(MUTANTS) >= 50
    for name, mutate in MUTANTS.items():
        mutant = small()
        mutate(mutant)
        assert mutant != small(), name


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_refused(name):
    mutant = small()
    MUTANTS[name](mutant)

    assert faults(mutant), name
