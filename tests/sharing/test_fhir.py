"""A report as a FHIR document: taken by others, and every figure the snapshot's to the digit."""

from __future__ import annotations

import base64
import json
import uuid
from datetime import date, timedelta

import pytest

from exercises.loading import load_catalogue
from sharing.keeping import make_report
from sharing.rendering.fhir import report_bundle
from sharing.rendering.fhir_parts import name_based
from sharing.vocabulary import SECTIONS
from tests.sharing.fhir_reading import codes, components, of
from tests.sharing.fhir_validators import faults
from tests.sharing.partial_snapshots import only, without_entries
from tests.sharing.snapshots import example
from tests.tracker.factories import answer, reading, record

PDF = b"%PDF-1.7\nnot really"
HOSTILE = "<script>alert(1)</script> & \u202egnirts\u202c \x00\x1b[31m =1+1 \U0001f600"


def test_the_whole_report_is_taken_by_every_judge():
    assert faults(report_bundle(example(), pdf=PDF)) == {}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_report_of_one_section_is_taken_too(section):
    assert faults(report_bundle(only([section]))) == {}


def test_a_report_of_rows_is_taken_as_it_comes_out_of_the_database(alice):
    load_catalogue()
    first = date(2026, 3, 2)
    for number in range(0, 40, 2):
        day = first + timedelta(number)
        more = {"note": "Long <drive>", "triggers": ["sitting"], "self_care": [{"kind": "medicine", "name": "Salbe"}]}
        record(alice, occurred_at=f"{day}T08:00:00+02:00", readings=[reading(numbness=number // 5)], **more)
    answer(alice, {"foot-drop": "new"})
    report = make_report(patient=alice, first=first, last=first + timedelta(41), sections=SECTIONS, question="Why?")
    report.refresh_from_db()
    bundle = report_bundle(report.snapshot, pdf=PDF)

    assert faults(bundle) == {}
    told = {one["effectiveDateTime"]: one["valueQuantity"]["value"] for one in of(bundle, "Observation", "numbness")}
    assert told == {day["date"]: day["numbness"] for day in report.snapshot["days"] if day["numbness"] is not None}
    assert of(bundle, "DetectedIssue")


def test_a_period_without_entries_is_a_document_that_says_so():
    bundle = report_bundle(without_entries())

    assert faults(bundle) == {}
    (logged,) = of(bundle, "Observation", "days-logged")
    assert logged["valueQuantity"]["value"] == 0
    assert not of(bundle, "Observation", "numbness")


def test_a_person_without_a_name_or_conditions_is_still_a_patient():
    bundle = report_bundle(example(patient={"name": "", "conditions": []}))

    assert faults(bundle) == {}
    assert "name" not in of(bundle, "Patient")[0]
    assert not of(bundle, "Condition")


def test_the_same_report_is_the_same_bundle_and_another_shares_no_id():
    again, other = report_bundle(example(), pdf=PDF), report_bundle(example(id="another"), pdf=PDF)

    assert report_bundle(example(), pdf=PDF) == again
    urls = [{entry["fullUrl"] for entry in bundle["entry"]} for bundle in (again, other)]
    assert not urls[0] & urls[1]


def test_a_section_that_is_not_shared_leaves_nothing_behind():
    bundle = report_bundle(only(["flags"]))

    assert {one["resource"]["resourceType"] for one in bundle["entry"]} == {
        *("Composition", "Patient", "Condition", "Observation", "QuestionnaireResponse", "DetectedIssue"),
        *("Device", "Provenance"),
    }
    told = {code for one in of(bundle, "Observation") for code in codes(one["code"])}
    assert told == {"question-of-the-patient", "days-logged", "day"}, "these are in every report"


def test_each_rating_of_each_day_is_there_and_blank_days_are_not():
    snapshot = example()
    bundle = report_bundle(snapshot)

    for stream, code in {
        "numbness": "numbness",
        "tingling": "tingling",
        "pain": "72514-3",
        "sleep": "sleep-quality",
    }.items():
        told = {one["effectiveDateTime"]: one["valueQuantity"]["value"] for one in of(bundle, "Observation", code)}
        assert told == {day["date"]: day[stream] for day in snapshot["days"] if day[stream] is not None}
    assert not of(bundle, "Observation", "weakness"), "it was never asked"


def test_the_means_of_seven_days_are_a_curve_with_gaps():
    snapshot = example()
    (curve,) = of(report_bundle(snapshot), "Observation", "mean-of-seven-days-numbness")

    samples = curve["valueSampledData"]["data"].split(" ")
    assert samples[:3] == ["E", "E", str(snapshot["days"][2]["means"]["numbness"])]
    assert samples[3:] == [str(day["means"]["numbness"]) for day in snapshot["days"][3:]]
    assert curve["effectivePeriod"] == {"start": snapshot["period"]["start"], "end": snapshot["period"]["end"]}


def test_changes_are_told_with_both_means_and_what_they_mean():
    snapshot = example()
    bundle = report_bundle(snapshot)

    for change in snapshot["changes"]:
        (told,) = of(bundle, "Observation", f"change-of-{change['key']}")
        assert told.get("valueQuantity", {}).get("value") == change["change"]
        assert components(told) == {"mean-at-start": change["start"], "mean-now": change["now"]}
        expected = {"better": "B", "worse": "W"}.get(change["meaning"], change["meaning"])
        assert codes(told["interpretation"][0]) == [expected]


def test_a_figure_that_is_not_known_says_so_instead_of_nought():
    (weakness,) = of(report_bundle(example()), "Observation", "change-of-weakness")

    assert "valueQuantity" not in weakness
    assert weakness["dataAbsentReason"]["text"] == "Not rated", "as on the page"
    assert codes(weakness["dataAbsentReason"]) == ["unknown"]


def test_body_maps_tell_place_side_span_and_mean():
    snapshot = example()
    bundle = report_bundle(snapshot)
    told = [
        (
            codes(one["method"])[0].removeprefix("body-map-"),
            one["bodySite"]["text"],
            stream,
            one["valueQuantity"]["value"],
        )
        for stream in ("numbness", "pain")
        for one in of(bundle, "Observation", f"mean-{stream}-of-a-place")
    ]

    assert ("start", "Left calf", "numbness", 6.2) in told
    assert ("start", "Low back", "pain", 4.0) in told
    figures = [
        (span, place[stream])
        for stream in ("numbness", "pain")
        for span, places in snapshot["body"].items()
        for place in places
        if place[stream] is not None
    ]
    assert [(span, value) for span, _, _, value in told] == figures


def test_what_is_in_no_list_is_told_in_the_patients_words_and_has_no_code():
    snapshot = example()
    snapshot["days"][0].update(
        triggers=["sitting", "my neighbour's dog"], self_care=["heat x 2", "Ibuprofen 400 mg x 2"]
    )
    (day,) = [
        one for one in of(report_bundle(snapshot), "Observation", "day") if one["effectiveDateTime"] == "2026-09-07"
    ]

    values = [part["valueCodeableConcept"] for part in day["component"][2:]]
    assert [value["text"] for value in values] == ["Sitting", "my neighbour's dog", "Heat 2", "Ibuprofen 400 mg x 2"]
    assert ["coding" in value for value in values] == [True, False, True, False]


def test_the_maps_of_a_short_period_share_no_day():
    period = {"start": "2026-09-07", "end": "2026-09-13", "days": 7, "logged": 7}
    bundle = report_bundle(example(period=period))
    spans = {
        one["method"]["coding"][0]["code"]: one["effectivePeriod"]
        for one in of(bundle, "Observation")
        if "method" in one
    }

    assert spans["body-map-start"] == {"start": "2026-09-07", "end": "2026-09-09"}
    assert spans["body-map-now"] == {"start": "2026-09-11", "end": "2026-09-13"}


def test_the_diary_tells_triggers_self_care_and_notes_by_day():
    snapshot = example()
    by_day = {one["effectiveDateTime"]: one for one in of(report_bundle(snapshot), "Observation", "day")}

    noted = snapshot["days"][20]
    assert by_day[noted["date"]]["note"] == [{"text": "Long drive, worse at night."}]
    for day in snapshot["days"]:
        if day["entries"]:
            told = components(by_day[day["date"]])
            assert (told["entries"], told["sessions"]) == (day["entries"], day["sessions"])
    words = [codes(part["valueCodeableConcept"])[0] for part in by_day[noted["date"]]["component"][2:]]
    assert words == [*noted["triggers"], *noted["self_care"]]


def test_the_pdf_rides_along_whole():
    (reference,) = of(report_bundle(example(), pdf=PDF), "DocumentReference")
    attachment = reference["content"][0]["attachment"]

    assert base64.b64decode(attachment["data"]) == PDF
    assert attachment["size"] == len(PDF)
    assert not of(report_bundle(example()), "DocumentReference")


def test_the_question_is_told_and_none_is_made_up():
    (asked,) = of(report_bundle(example()), "Observation", "question-of-the-patient")

    assert asked["valueString"] == "May I go back to cycling?"
    assert not of(report_bundle(example(question=" ")), "Observation", "question-of-the-patient")


def test_figures_keep_their_decimals_on_the_way_through_json():
    written = json.loads(json.dumps(report_bundle(example())), parse_float=str)

    (change,) = of(written, "Observation", "change-of-function")
    assert components(change) == {"mean-at-start": "5.3", "mean-now": "4.0"}
    assert change["valueQuantity"]["value"] == "-1.3"


def test_a_strangers_text_stays_text():
    snapshot = example(
        question=HOSTILE,
        patient={"name": HOSTILE, "conditions": []},
        program=[{"date": "2026-09-10", "name": HOSTILE, "what": "started", "by": HOSTILE}],
        activities=[{"name": HOSTILE, "ratings": [["2026-09-13", 4]], "meaning": "unknown"}],
    )
    snapshot["days"][0]["notes"] = [HOSTILE, "\u202e"]
    bundle = report_bundle(snapshot)

    assert faults(bundle) == {}
    written = json.dumps(bundle, ensure_ascii=False)
    assert not {"\u202e", "\u202c", "\x00", "\x1b"} & set(written)
    for section in of(bundle, "Composition")[0]["section"]:
        assert "<script" not in section.get("text", {}).get("div", "")


def test_ids_are_uuids_by_name_as_the_standard_makes_them():
    names = [f"{number}/Observation/day/2026-11-22/schmerz \u00e4" for number in range(100)]
    space = uuid.UUID("6a2f0b3c-3e0e-5d0c-9a57-0b6f2b6f9d11")

    assert [name_based(name) for name in names] == [str(uuid.uuid5(space, name)) for name in names]
