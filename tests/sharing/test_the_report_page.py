"""What stands on the page: the snapshot's figures to the digit, in their order, and nobody's script."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from sharing.rendering.pdf_sheet import make_sheet
from tests.sharing.factories import lent
from tests.sharing.partial_snapshots import only
from tests.sharing.snapshots import FIRST, example

pytestmark = pytest.mark.django_db
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></svg></table><iframe src=//evil.example>",
    "{{ request }}{% debug %}",
    "javascript:alert(1)",
    "=HYPERLINK(1)",
    "\u202egnp.exe\u2066\u202b",
    "'--><style>*{display:none}</style>",
)


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text of each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page(alice, snapshot: Any = None, **fields: Any) -> str:
    _, token = lent(alice, snapshot=snapshot, **fields)
    answer = Client().get(f"/r/{token}")
    assert answer.status_code == 200
    return answer.content.decode()


def texts(shown: Any) -> list[str]:
    """Every text of a sheet but its drawings."""
    if isinstance(shown, str):
        return [] if shown.startswith("<svg") else [shown]
    if isinstance(shown, dict):
        skipped = ("svg", "base", "alt", "kind", "aligned", "paper", "language", "page", "none")
        return [text for key, value in shown.items() if key not in skipped for text in texts(value)]
    return [text for value in shown for text in texts(value)] if isinstance(shown, list) else []


def test_it_says_word_for_word_and_figure_for_figure_what_the_print_says(alice):
    snapshot = example()
    said = " ".join(" ".join(Elements(page(alice, snapshot)).text).split())
    for text in texts(make_sheet(snapshot, paper="a4", language="en")):
        assert " ".join(text.split()) in said, text


def test_it_begins_with_whose_it_is_until_when_and_what_it_is_not(alice):
    said = Elements(page(alice, expires_at=datetime(2030, 1, 2, 12, 0, tzinfo=UTC))).text
    top = " ".join(" ".join(said).split())[:700]
    assert "Alice Example" in top
    assert "7 September 2026 to 1 November 2026" in top
    assert "Shared by the patient until 2 January 2030, 13:00." in top
    assert "not a diagnosis" in top
    assert "Nobody watches this page" in top


def test_page_one_two_and_three_come_in_the_order_that_clinicians_read(alice):
    ids = [attrs["id"] for tag, attrs in Elements(page(alice)).found if tag == "h2" and "id" in attrs]
    assert ids == ["red", "question", "changes", "chart", "flags", "files", "exercises", "body", "daily"]


def test_on_paper_the_sentences_about_the_signs_stand_in_one_line_with_a_space_between(alice):
    assert "(Europe/Berlin).</p> <p>The other 30 were answered" in page(alice)


def test_sections_that_were_not_chosen_are_not_there(alice):
    snapshot = example(
        sections=["flags"], changes=[], days=[], program=[], body=None, adherence=None, exercises=[], interference=[],
        activities=[], question="",
    )  # fmt: skip
    ids = [attrs["id"] for tag, attrs in Elements(page(alice, snapshot)).found if tag == "h2" and "id" in attrs]
    assert ids == ["red", "flags", "files"]


def hostile(value: Any) -> Any:
    """Every text that a person can have written, made as bad as can be."""
    bad = " ".join(HOSTILE)
    snapshot = example(question=bad)
    snapshot["patient"]["name"] = bad
    for day in snapshot["days"]:
        day["notes"] = [bad]
    for change in snapshot["program"]:
        change["name"] = change["by"] = bad
    for exercise in snapshot["exercises"]:
        exercise["name"] = exercise["dose"] = bad
    for flag in snapshot["flags"]:
        flag["title"] = flag["because"] = bad
    for activity in snapshot["activities"]:
        activity["name"] = bad
    return snapshot


def test_nothing_that_a_person_wrote_becomes_markup(alice):
    shown = page(alice, hostile(None))
    elements = Elements(shown)
    names = {tag for tag, _ in elements.found}
    assert not names & {"script", "iframe", "img", "style", "object", "form", "base"}
    for tag, attrs in elements.found:
        assert not [name for name in attrs if name.startswith("on") or name == "style"], tag
        for name in ("href", "src", "action", "xlink:href"):
            assert re.match(
                r"^(/r/|/static/sharing/report(?:-figures|-print)?\.css$|#[a-z]+$|data:,$|$)", attrs.get(name) or ""
            ), attrs
    assert "<script>alert(1)</script>" in " ".join(elements.text), "it stands there as text"
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", shown)


def test_nothing_is_fetched_from_anybody_else(alice):
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page(alice))
    assert addresses
    assert not [address for address in addresses if "//" in address]


def test_a_report_of_nothing_is_a_page_too(alice, api):
    body = {"scope": {"from": "2026-01-01", "to": "2026-01-14", "sections": ["symptoms", "flags", "exercises", "body"]}}
    made = api(alice).post("/api/v1/shares", body, format="json").json()
    answer = Client().get("/r/" + made["url"].rpartition("/r/")[2])
    assert answer.status_code == 200
    assert "Something was logged on 0 of 14 days." in answer.content.decode()


def test_notes_alone_and_those_of_a_long_period_are_on_it(alice):
    assert "Long drive, worse at night." in page(alice, only(["notes"]))
    days = [
        {**one, "date": (FIRST + timedelta(number)).isoformat()}
        for number, one in enumerate(example()["days"] + example()["days"])
    ]
    long = example(days=days, period={**example()["period"], "days": len(days), "end": days[-1]["date"]})
    assert page(alice, long).count("Long drive, worse at night.") == 2


def test_its_contents_lead_to_every_part_that_is_there(alice):
    for snapshot in (example(), only(["symptoms"]), only(["flags", "notes"])):
        found = Elements(page(alice, snapshot)).found
        ids = [attrs["id"] for _, attrs in found if "id" in attrs]
        led = [attrs["href"].removeprefix("#") for tag, attrs in found if tag == "a" and attrs["href"].startswith("#")]
        assert led
        assert len(ids) == len(set(ids))
        assert set(led) <= set(ids)
        headings = {attrs["id"] for tag, attrs in found if tag == "h2" and "id" in attrs}
        assert headings <= set(led)


def test_a_long_table_is_closed_until_somebody_wants_it_and_a_short_one_is_open(alice):
    folds = [tag for tag, _ in Elements(page(alice)).found if tag == "details"]
    assert len(folds) == 1
    assert "Show or hide the 56 lines" in page(alice)
    short = example()
    short = {**short, "days": short["days"][:10], "period": {**short["period"], "days": 10, "end": "2026-09-16"}}
    assert "<details" not in page(alice, short)


def test_what_cannot_wait_is_named_at_the_top_and_led_to(alice):
    [flag] = example()["flags"]
    shown = page(alice, example(flags=[{**flag, "level": "E"}, {**flag, "level": "D", "state": "resolved"}]))
    said = "1 sign that cannot wait is open: see “What needs checking”."
    assert f'<a href="#flags">{said}</a>' in shown
    assert shown.index(said) < shown.index("</header>")
    assert "cannot wait" not in page(alice)
