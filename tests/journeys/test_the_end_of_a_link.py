"""The end of a link, from either side: while its pages are open, in the middle of a message, and before it began."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.exercises.factories import prescription_body
from tests.journeys.browser import REFUSED, Phone
from tests.journeys.caring import are_linked, ask, opens_patient, region, somebody
from tests.journeys.reach import Axe
from tests.journeys.steps import (
    button,
    has_sent_all,
    link,
    opens,
    pick,
    says,
    sign_out,
    tap,
)
from tests.journeys.worsening import USUAL, WORSE, has_written

pytestmark = [pytest.mark.journey, pytest.mark.online]

MakePhone = Callable[..., Phone]


@pytest.fixture
def alice(phone: Phone) -> Phone:
    return somebody(phone, "Alice Example")


def test_ended_while_the_page_is_open_the_next_act_is_refused_and_all_of_it_is_gone(alice: Phone, petra: Phone):
    has_written(alice, USUAL + WORSE)
    are_linked(alice, petra)
    page = opens_patient(petra)
    petra.expect(REFUSED.format(404))

    hers = alice.page
    opens(hers, "/more/sharing/people")
    tap(link(hers, re.compile("^Petra Physio")))
    tap(button(hers, "End the link"))
    tap(button(hers.get_by_role("dialog"), "End the link"))
    says(hers, "Ended")

    tap(button(page, "Take note and answer").first)
    tap(button(page.get_by_role("dialog", name="Take note"), "Take note"))
    expect(page.locator("main").get_by_text("This patient is not linked with you, or no longer.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    for gone in ("Alice", "Numbness", "days logged"):
        expect(page.locator("main").get_by_text(gone)).to_have_count(0)
    opens(page, "/patients")
    expect(page.get_by_text("No patient is linked with you")).to_be_visible()
    ended = region(page, "Links that have ended")
    expect(ended).to_contain_text("Alice Example, ended by them on")
    tap(link(ended, re.compile("^Alice Example, ended by them on .* Your own notes")))
    expect(region(page, "Your own notes")).to_be_visible()
    assert alice.rows("acknowledgements") == []


def comes_back_to(page: Page) -> None:
    """To this window, from another one: what a browser says of it."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_the_patient_who_comes_back_to_an_open_page_is_told_that_the_link_has_ended(alice: Phone, petra: Phone):
    care = are_linked(alice, petra)
    page = alice.page
    opens(page, f"/more/sharing/people/{care['id']}")
    tap(button(page, "End the link"))
    writing = alice.new_tab()
    opens(writing, f"/messages/{care['id']}")
    writing.get_by_label("Message").fill("May I cycle?")
    ask(petra, "DELETE", f"care-links/{care['id']}")

    # An act is refused, and the page says why by itself.
    alice.expect(REFUSED.format(400))
    tap(button(writing, "Send"))
    expect(writing.get_by_role("alert")).to_contain_text("The link has ended.")
    expect(writing.get_by_label("Message")).to_have_count(0)
    expect(writing.get_by_role("region", name=re.compile("^Not sent"))).to_contain_text("May I cycle?")

    page.bring_to_front()
    comes_back_to(page)
    expect(page.get_by_role("alert")).to_contain_text("This link has ended. They see nothing of yours any more.")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button(page, "End the link")).to_have_count(0)
    assert Axe(alice).faults() == []


def test_a_plan_that_the_physiotherapist_set_is_the_patients_to_end_once_the_link_has_ended(alice: Phone, petra: Phone):
    care = are_linked(alice, petra)
    [linked] = ask(petra, "GET", "care-links")["results"]
    id = uuid.uuid4()
    ask(petra, "PUT", f"patients/{linked['other']['id']}/prescriptions/{id}", prescription_body(name="After the visit"))
    page = alice.page
    opens(page, f"/plans/{id}")
    expect(page.get_by_text("Only they can change it")).to_be_visible()
    expect(button(page, "End it today")).to_have_count(0)
    ask(alice, "DELETE", f"care-links/{care['id']}")
    opens(page, f"/plans/{id}")
    expect(page.get_by_text("Petra Physio set this plan. The link has ended: you can end it.")).to_be_visible()
    expect(button(page, "Change")).to_have_count(0)
    assert Axe(alice).faults() == []
    tap(button(page, "End it today"))
    expect(button(page, "End it today")).to_have_count(0)
    has_sent_all(page)
    [plan] = alice.rows("prescriptions")
    assert (plan["ends_on"] is not None, plan["prescribed_by"], plan["version"]) == (True, "Petra Physio", 2)


def test_a_plan_of_who_may_set_plans_no_more_is_the_patients_to_end_while_the_link_goes_on(alice: Phone, petra: Phone):
    care = are_linked(alice, petra)
    [linked] = ask(petra, "GET", "care-links")["results"]
    id = uuid.uuid4()
    ask(petra, "PUT", f"patients/{linked['other']['id']}/prescriptions/{id}", prescription_body(name="After the visit"))
    page = alice.page
    opens(page, f"/more/sharing/people/{care['id']}")
    stays = page.get_by_text("Plans that they set stay, and you can end them.")
    expect(stays).to_have_count(0)
    tap(page.get_by_label("Setting exercise plans"))
    expect(stays).to_be_visible()
    tap(button(page, "Keep the change"))
    says(page, "Kept. It holds from now on.")

    hers = opens_patient(petra)
    pick(hers, "Plans")
    expect(
        hers.get_by_text("The patient does not let you prescribe. A plan that you set goes on until they end it.")
    ).to_be_visible()
    expect(button(hers, "End it today")).to_have_count(0)
    opens(page, f"/plans/{id}")
    expect(
        page.get_by_text("Petra Physio set this plan, and sets plans for you no more: you can end it.")
    ).to_be_visible()
    expect(button(page, "Change")).to_have_count(0)
    tap(button(page, "End it today"))
    expect(button(page, "End it today")).to_have_count(0)
    has_sent_all(page)
    [plan] = alice.rows("prescriptions")
    assert (plan["ends_on"] is not None, plan["prescribed_by"], plan["version"]) == (True, "Petra Physio", 2)


def test_the_physiotherapist_keeps_the_notes_of_a_link_that_has_ended(alice: Phone, petra: Phone, tmp_path: Path):
    care = are_linked(alice, petra)
    [linked] = ask(petra, "GET", "care-links")["results"]
    ask(petra, "PUT", f"patients/{linked['other']['id']}/notes/{uuid.uuid4()}", {"text": "Careful with the left."})
    ask(alice, "DELETE", f"care-links/{care['id']}")
    page = petra.page
    opens(page, f"/more/sharing/people/{care['id']}")
    expect(page.get_by_text("You treated them. Ended on")).to_be_visible()
    own = page.get_by_role("region", name="Your own notes")
    expect(own.get_by_text("Careful with the left.")).to_be_visible()
    assert Axe(petra).faults() == []
    with page.expect_download() as download:
        tap(button(own, "Save as a file"))
    assert re.fullmatch(r"unpinch-notes-[-\d]+-to-[-\d]+\.txt", download.value.suggested_filename)
    download.value.save_as(tmp_path / "notes.txt")
    kept = (tmp_path / "notes.txt").read_text()
    assert kept.startswith("Notes about Alice Example. Linked from ")
    assert kept.split("\n")[1] == "Written by Petra Physio."
    # The moment in full: a record is read on other days.
    assert re.search(r"\n\n\d{1,2} [A-Z][a-z]+ 20\d\d, \d{1,2}:\d\d.*\nCareful with the left\.\n$", kept)
    assert kept.endswith("Careful with the left.\n")


def test_a_message_in_the_middle_is_gone_for_whoever_signs_in_next(alice: Phone, petra: Phone):
    care = are_linked(alice, petra)
    page = alice.page
    opens(page, f"/messages/{care['id']}")
    page.get_by_label("Message").fill("May I cycle?")
    sign_out(page)
    assert "May I cycle?" not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


def test_what_was_before_the_consent_is_not_shown(alice: Phone, petra: Phone):
    has_written(alice, USUAL + WORSE)
    today = alice.page.evaluate("new Date().toLocaleDateString('sv')")
    are_linked(alice, petra, sees_from=today)
    page = opens_patient(petra)
    expect(page.get_by_text(re.compile("0 of 1 days logged"))).to_be_visible()
    pick(page, "A year")
    expect(page.get_by_text(re.compile("0 of 1 days logged"))).to_be_visible()
    expect(page.get_by_text("Nothing was written in this period.")).to_be_visible()
