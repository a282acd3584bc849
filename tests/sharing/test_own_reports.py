"""A person's own reports: made, listed, and read in every rendering; by nobody else."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest

from exercises.handout.press import PressBusy
from sharing.models import Report
from sharing.rendering.table import MARK
from sharing.vocabulary import SECTIONS
from tests.sharing.snapshots import example
from tests.tracker.factories import record

REPORTS = "/api/v1/reports"


def asked(**parts):
    return {"from": "2026-03-02", "to": "2026-04-12", "sections": list(SECTIONS), "question": "Why?", **parts}


@pytest.fixture
def made(alice):
    return Report.objects.create(owner=alice, made_at=example()["made_at"], snapshot=json.loads(json.dumps(example())))


def test_a_report_is_made_listed_and_read_again(api, alice):
    record(alice, note="Secret")
    client = api(alice)
    found = client.post(REPORTS, asked())
    assert found.status_code == 201
    report = found.json()
    assert (report["from"], report["to"], report["question"]) == ("2026-03-02", "2026-04-12", "Why?")
    assert report["snapshot"]["period"]["logged"] == 1
    outline = {name: value for name, value in report.items() if name != "snapshot"}
    assert client.get(REPORTS).json() == {"results": [outline], "next": None}
    again = client.get(f"{REPORTS}/{report['id']}.json")
    assert again.json() == report["snapshot"]
    assert again["Cache-Control"] == "no-store"


def test_the_newest_stands_first_and_pages_go_on(api, alice):
    client = api(alice)
    ids = [client.post(REPORTS, asked()).json()["id"] for _ in range(3)]
    page = client.get(f"{REPORTS}?page_size=2").json()
    following = client.get(page["next"]).json()
    assert [one["id"] for one in page["results"] + following["results"]] == ids[::-1]
    assert following["next"] is None


@pytest.mark.parametrize(
    ("parts", "field", "code"),
    [
        ({"from": "1946-01-01"}, "from", "too_long"),
        ({"to": "2026-03-01"}, "to", "before_from"),
        ({"to": (date.today() + timedelta(days=9)).isoformat(), "from": "2026-03-02"}, "to", "too_late"),
        ({"from": "yesterday"}, "from", "invalid"),
        ({"sections": []}, "sections", "empty"),
        ({"sections": ["everything"]}, "sections.0", "invalid_choice"),
        ({"question": "?" * 501}, "question", "max_length"),
        ({"sectoins": []}, "sectoins", "unknown_field"),
    ],
)
def test_what_cannot_be_reported_is_refused_and_nothing_is_kept(api, alice, parts, field, code):
    refused = api(alice).post(REPORTS, asked(**parts))
    assert refused.status_code == 400
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [(field, code)]
    assert not Report.objects.exists()


def test_a_spreadsheet_is_a_file_that_nobody_keeps(api, alice, made):
    found = api(alice).get(f"{REPORTS}/{made.pk}.csv", headers={"accept": "text/csv"})
    assert (found.status_code, found["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert found["Content-Disposition"] == 'attachment; filename="unpinch-2026-09-07-to-2026-11-01.csv"'
    assert (found["Cache-Control"], found["Referrer-Policy"]) == ("no-store", "no-referrer")
    rows = list(csv.reader(io.StringIO(found.content.decode().removeprefix(MARK), newline="")))
    assert ["Patient", "Alice Example"] in rows


def test_another_health_program_gets_a_document(api, alice, made):
    found = api(alice).get(f"{REPORTS}/{made.pk}.fhir.json", headers={"accept": "application/fhir+json"})
    assert (found.status_code, found["Content-Type"]) == (200, "application/fhir+json")
    assert json.loads(found.content)["resourceType"] == "Bundle"


def test_the_pdf_is_on_the_paper_that_is_asked_for(api, alice, made):
    found = api(alice).get(f"{REPORTS}/{made.pk}.pdf?paper=letter", headers={"accept": "application/pdf"})
    assert (found.status_code, found["Content-Type"]) == (200, "application/pdf")
    assert found.content.startswith(b"%PDF")
    assert api(alice).get(f"{REPORTS}/{made.pk}.pdf?paper=a3").status_code == 400


def test_a_machine_too_loaded_to_print_says_when_to_come_back(api, alice, made, monkeypatch):
    def busy(*args, **kwargs):
        raise PressBusy("the press took more than 30 s")

    monkeypatch.setattr("sharing.api.reports.report_pdf", busy)
    refused = api(alice).get(f"{REPORTS}/{made.pk}.pdf", headers={"accept": "application/pdf"})
    assert (refused.status_code, refused["Retry-After"]) == (503, "61")
    assert refused.json()["errors"][0]["code"] == "press_busy"


@pytest.mark.parametrize("kind", ["json", "csv", "pdf", "fhir.json"])
def test_a_linked_physiotherapist_does_not_read_it_here(api, bob, made, kind):
    assert api(bob).get(f"{REPORTS}/{made.pk}.{kind}").status_code == 404
    assert api(bob).get(REPORTS).json()["results"] == []
