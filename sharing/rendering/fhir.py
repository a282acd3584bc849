"""
A report as a FHIR R4 Bundle (4.0.1). Pure.

A document, not a collection: a report is frozen, signed with a moment and read as a whole, and its Composition keeps
the order of the sections. Every figure is the snapshot's, to the digit; what the snapshot does not know is left out or
has a `dataAbsentReason`. Ids follow from the report's own: the same report is the same Bundle.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import Any

from exercises.handout.sheet import plain
from sharing.rendering.fhir_care import (
    add_exercises,
    add_flags,
    add_measures,
    add_plan,
    add_red_flag_answers,
)
from sharing.rendering.fhir_parts import (
    CONDITIONS,
    PATIENT_NOTE,
    Folder,
    Reference,
    Resource,
    given,
    standard,
    told,
)
from sharing.rendering.fhir_symptoms import (
    add_body,
    add_changes,
    add_days,
    add_diary,
    add_logged_days,
    add_means,
    add_question,
)
from sharing.rendering.wording import (
    flags_left_out,
    flags_none_words,
    period_words,
    unasked_words,
    waiting_words,
    words_of,
)
from sharing.snapshot import Snapshot

# Why a section has nothing in it, as HL7 has it.
EMPTY = {
    "nilknown": "Nil Known",
    "notasked": "Not Asked",
    "unavailable": "Unavailable",
    "withheld": "Information Withheld",
}


def report_bundle(snapshot: Snapshot, *, pdf: bytes | None = None) -> Resource:
    """The Bundle, as JSON has it; `pdf` rides along in a DocumentReference."""
    folder = Folder(snapshot["id"], words_of(snapshot["language"]))
    patient = folder.add("Patient", "", name=[{"text": name}] if (name := plain(snapshot["patient"]["name"])) else [])
    sections = [
        _section("Question", add_question(folder, snapshot), text=plain(snapshot["question"])),
        _section("Conditions", _add_conditions(folder, snapshot)),
        _section("Changes", [add_logged_days(folder, snapshot), *add_changes(folder, snapshot)]),
        _answers_section(folder, snapshot),
        _flags_section(folder, snapshot),
        _section("Measures", add_measures(folder, snapshot)),
        _section("Exercise plan", add_plan(folder, snapshot)),
        _section("Exercises done", add_exercises(folder, snapshot)),
        _section("Body maps", add_body(folder, snapshot)),
        _section("Means of seven days", add_means(folder, snapshot)),
        _section("Ratings by day", add_days(folder, snapshot)),
        _section("Diary", add_diary(folder, snapshot)),
        _section("The report as a PDF", _add_pdf(folder, snapshot, pdf)),
    ]
    composition = _add_composition(folder, snapshot, [section for section in sections if section])
    _add_provenance(folder, snapshot, composition, patient)
    # A document begins with its Composition, which can only be written once all that it names is there.
    folder.entries.sort(key=lambda entry: entry["resource"]["resourceType"] != "Composition")
    return {
        "resourceType": "Bundle",
        "id": folder.url("Bundle", "").removeprefix("urn:uuid:"),
        "language": snapshot["language"],
        "identifier": {"system": "urn:ietf:rfc:3986", "value": folder.url("Bundle", "")},
        "type": "document",
        "timestamp": snapshot["made_at"],
        "entry": folder.entries,
    }


def _section(title: str, entries: list[Reference] | None = None, text: str = "") -> dict[str, Any] | None:
    """A section, or None where it would be empty: FHIR has no empty ones."""
    if not entries and not text:
        return None
    return given(title=title, text=_narrative(text) if text else None, entry=entries)


def _flags_section(folder: Folder, snapshot: Snapshot) -> dict[str, Any] | None:
    """Where there are none it says why: not in the report, not all asked about, or nothing stood out."""
    found = _section("Flags", add_flags(folder, snapshot))
    if found:
        return found
    left_out = flags_left_out(snapshot, folder.words)
    if left_out:
        return _empty("Flags", "withheld", left_out)
    return _empty("Flags", _why_no_flags(snapshot), flags_none_words(snapshot, folder.words))


def _why_no_flags(snapshot: Snapshot) -> str:
    check = snapshot["red_flags"]
    if check is None or not snapshot["period"]["logged"]:
        return "notasked"
    # Reports of before do not say how many questions there were.
    if "of" not in check:
        return "unavailable"
    return "nilknown" if check["asked"] >= check["of"] else "notasked"


def _answers_section(folder: Folder, snapshot: Snapshot) -> dict[str, Any] | None:
    """Where nobody asked it says so: no answer is not a "no"."""
    if answers := add_red_flag_answers(folder, snapshot):
        return _section("Red-flag answers", answers, " ".join(waiting_words(snapshot, folder.words)))
    if "flags" not in snapshot["sections"]:
        return None
    return _empty("Red-flag answers", "notasked", " ".join(unasked_words(snapshot, folder.words)))


def _empty(title: str, code: str, said: str) -> dict[str, Any]:
    why = {**standard("list-empty-reason", code, EMPTY[code]), "text": said}
    return given(title=title, text=_narrative(said), emptyReason=why)


def _narrative(text: str) -> dict[str, str]:
    said = escape(text, quote=False)
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{said}</p></div>'}


def _add_conditions(folder: Folder, snapshot: Snapshot) -> list[Reference]:
    """What the patient says they have: nobody has confirmed it here."""
    return [
        folder.add(
            "Condition",
            condition,
            clinicalStatus=standard("condition-clinical", "active", "Active"),
            verificationStatus=standard("condition-ver-status", "unconfirmed", "Unconfirmed"),
            code=told(folder.words, "conditions", CONDITIONS, condition),
            subject=folder.patient,
        )
        for condition in snapshot["patient"]["conditions"]
    ]


def _add_pdf(folder: Folder, snapshot: Snapshot, pdf: bytes | None) -> list[Reference]:
    if pdf is None:
        return []
    attachment = {
        "contentType": "application/pdf",
        "language": snapshot["language"],
        "data": base64.b64encode(pdf).decode("ascii"),
        "size": len(pdf),
        # FHIR asks for SHA-1 here: a checksum, which protects from nobody.
        "hash": base64.b64encode(hashlib.sha1(pdf, usedforsecurity=False).digest()).decode("ascii"),
        "title": folder.words["report"],
        "creation": snapshot["made_at"],
    }
    return [
        folder.add(
            "DocumentReference",
            "pdf",
            status="current",
            type={"coding": [PATIENT_NOTE], "text": folder.words["report"]},
            subject=folder.patient,
            date=snapshot["made_at"],
            author=[folder.patient],
            content=[{"attachment": attachment}],
        )
    ]


def _add_composition(folder: Folder, snapshot: Snapshot, sections: list[dict[str, Any]]) -> Reference:
    period = snapshot["period"]
    title = f"{folder.words['report']}, {period_words(snapshot, folder.words)}"
    return folder.add(
        "Composition",
        "",
        language=snapshot["language"],
        text=_narrative(f"{title}. {folder.words['not_a_diagnosis']}"),
        status="final",
        type={"coding": [PATIENT_NOTE], "text": folder.words["report"]},
        subject=folder.patient,
        date=snapshot["made_at"],
        author=[folder.patient],
        title=title,
        event=[{"period": {"start": period["start"], "end": period["end"]}}],
        section=sections,
    )


def _add_provenance(folder: Folder, snapshot: Snapshot, composition: Reference, patient: Reference) -> None:
    """The patient told it, the program put it together."""
    program = folder.add("Device", "", deviceName=[{"name": "Unpinch", "type": "user-friendly-name"}])
    folder.add(
        "Provenance",
        "",
        target=[composition],
        recorded=snapshot["made_at"],
        agent=[
            {"type": standard("provenance-participant-type", "author", "Author"), "who": patient},
            {"type": standard("provenance-participant-type", "assembler", "Assembler"), "who": program},
        ],
    )
