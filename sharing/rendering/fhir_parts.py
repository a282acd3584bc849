"""What FHIR resources of a report are put together from: codes, quantities, references. Pure."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from exercises.handout.sheet import plain
from exercises.handout.wording import Words
from sharing.rendering.wording import named

Resource = dict[str, Any]
Reference = dict[str, str]

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
_OURS = uuid.UUID("6a2f0b3c-3e0e-5d0c-9a57-0b6f2b6f9d11")


def name_based(name: str) -> str:
    """`uuid.uuid5` (RFC 9562, 5.5) without its objects: of ten years' 19,000 ids they are a third of all the time."""
    digest = hashlib.sha1(_OURS.bytes + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def own_uri(name: str) -> str:
    """The URI of a code system, questionnaire or extension of ours. No host: whoever runs a server defines nothing."""
    return f"urn:uuid:{name_based(name)}"


# Their codes are the words of the closed lists (`tracker.vocabulary`, `exercises.vocabulary`, `sharing.snapshot`).
FIGURES = own_uri("figures")
BODY_SITES = own_uri("body-sites")
EXERCISES = own_uri("exercises")
ANSWERS = own_uri("answers")
LEVELS = own_uri("levels")
STATES = own_uri("states")
RULES = own_uri("rules")
CONDITIONS = own_uri("conditions")
DIARY = own_uri("diary")

# 0-10, verbal or marked, told by the patient. The other streams have no code of their own there.
PAIN_SEVERITY = {
    "system": LOINC,
    "code": "72514-3",
    "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
}
# R4's own extension of a moment: the name of the zone that its offset is of.
TIME_ZONE = "http://hl7.org/fhir/StructureDefinition/tz-code"
PATIENT_NOTE = {"system": LOINC, "code": "51855-5", "display": "Patient Note"}


@dataclass
class Folder:
    """
    The resources of one report on their way into its Bundle, in their order.

    Ids follow from the report's: rendered again, each resource has the same one.
    """

    report: str
    words: Words
    entries: list[Resource] = field(default_factory=list)

    def url(self, kind: str, key: str) -> str:
        return f"urn:uuid:{name_based(f'{self.report}/{kind}/{key}')}"

    def add(self, kind: str, key: str, **fields: Any) -> Reference:
        url = self.url(kind, key)
        resource = {"resourceType": kind, "id": url.removeprefix("urn:uuid:"), **given(**fields)}
        self.entries.append({"fullUrl": url, "resource": resource})
        return {"reference": url}

    @cached_property
    def patient(self) -> Reference:
        return {"reference": self.url("Patient", "")}

    @cached_property
    def said(self) -> dict[str, Any]:
        """What every Observation has in common, one and the same in all of them."""
        return {
            "status": "final",
            "category": [standard("observation-category", "survey", "Survey")],
            "subject": self.patient,
            "performer": [self.patient],
        }


def given(**fields: Any) -> dict[str, Any]:
    """Without what there is none of: FHIR knows neither null nor an empty string or list."""
    return {name: value for name, value in fields.items() if value or value == 0}


def worded(code: str) -> str:
    return code.replace("-", " ").capitalize()


def told(words: Words, kind: str, system: str, key: str) -> dict[str, Any]:
    """Of a closed list, with its word for the reader; what is in none is a person's own, and has no code."""
    if key in words[kind]:
        return concept(system, key, named(words, kind, key))
    return {"text": plain(key)}


def concept(system: str, code: str, text: str = "") -> dict[str, Any]:
    """The display is the code system's, in English; the text is for the reader."""
    coding = {"system": system, "code": code, "display": worded(code)}
    return {"coding": [coding], "text": plain(text) or worded(code)}


def standard(system: str, code: str, display: str) -> dict[str, Any]:
    """A concept of HL7's own terminology."""
    return {"coding": [{"system": TERMINOLOGY + system, "code": code, "display": display}]}


def score(value: float) -> dict[str, Any]:
    """A rating of 0-10, a mean of such, or their difference: the snapshot's figure as it stands."""
    return {"value": value, "unit": "0-10", "system": UCUM, "code": "{score}"}


def count(value: int) -> dict[str, Any]:
    return {"value": value, "unit": "1", "system": UCUM, "code": "1"}


def day_count(value: int) -> dict[str, Any]:
    return {"value": value, "unit": "days", "system": UCUM, "code": "d"}


def percent(value: float) -> dict[str, Any]:
    return {"value": value, "unit": "%", "system": UCUM, "code": "%"}


def quantity_or_why(quantity: dict[str, Any] | None, why: str = "") -> dict[str, Any]:
    """`valueQuantity`, or that it is not known and, for the reader, `why`: what is missing is never a nought."""
    if quantity is None:
        return {"dataAbsentReason": {**standard("data-absent-reason", "unknown", "Unknown"), **given(text=why)}}
    return {"valueQuantity": quantity}


def component(code: str, quantity: dict[str, Any] | None, system: str = FIGURES) -> dict[str, Any]:
    return {"code": concept(system, code), **quantity_or_why(quantity)}


def ratings(prefix: str, means: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Components for before, after and the next morning, and over how many sessions."""
    times = [(name, means[name]) for name in ("before", "after", "next_morning")]
    return [
        component(f"{prefix}-sessions", count(means["n"])),
        *(
            component(f"{prefix}-{name.replace('_', '-')}", None if mean is None else score(mean))
            for name, mean in times
        ),
    ]
