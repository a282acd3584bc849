"""A patient lets a physiotherapist in: who needs attention, why, what is answered and prescribed, and the end of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.faults.server import Server
from tests.journeys.browser import Phone
from tests.journeys.caring import answers_signs, are_linked, ask, logged, opens_patient, reads, region, somebody
from tests.journeys.reach import Axe
from tests.journeys.steps import (
    a_person,
    button,
    fill_in,
    link,
    opens,
    pick,
    says,
    settled,
    tap,
)
from tests.journeys.test_what_was_done import todays_plan
from tests.journeys.worsening import USUAL, WORSE, has_written

pytestmark = pytest.mark.journey

MakePhone = Callable[..., Phone]


@pytest.fixture
def alice(phone: Phone) -> Phone:
    return somebody(phone, "Alice Example")


def invitation(page: Page) -> str:
    expect(page.get_by_role("heading", level=1)).to_have_text("Your invitation")
    return page.get_by_role("textbox", name="Copy the link").input_value()


# --- being let in --------------------------------------------------------------------------------
def test_the_patient_invites_and_chooses_what_is_seen(alice: Phone, petra: Phone):
    page = alice.page
    opens(page, "/more/sharing/people")
    tap(link(page, "Invite your physiotherapist"))
    tap(page.get_by_role("checkbox", name="Body maps"))
    tap(button(page, "Make the invitation"))
    url = invitation(page)
    # The tests' own server is one of these.
    expect(page.get_by_text("This address only works on this machine")).to_be_visible()
    assert Axe(alice).faults() == []

    petra.page.goto(url)
    expect(petra.page.get_by_text("Alice Example invites you as their physiotherapist.")).to_be_visible()
    expect(petra.page.locator("main ul")).not_to_contain_text("Body maps")
    assert Axe(petra).faults() == []
    tap(button(petra.page, "Accept"))
    expect(link(petra.page, re.compile("^Alice Example"))).to_be_visible()
    (care,) = alice.rows("care-links")
    assert (care["other"]["name"], "body" in care["scopes"], "notes" in care["scopes"]) == (
        "Petra Physio",
        False,
        False,
    )


def test_a_patient_without_an_account_is_invited_makes_one_and_consents(
    petra: Phone, server: Server, make_phone: MakePhone
):
    opens(petra.page, "/patients")
    tap(link(petra.page, "Invite a patient"))
    tap(button(petra.page, "Make the invitation"))
    url = invitation(petra.page)

    bob = make_phone(server.address)
    page = bob.page
    page.goto(url)
    expect(page.get_by_text("Nothing is shared until you accept.")).to_be_visible()
    tap(link(page, "Make an account"))
    expect(page.get_by_label("E-mail", exact=True)).to_be_visible()
    # What opens the invitation stands in no address that a server sees.
    assert url.partition("#")[2] not in page.url
    fill_in(page, a_person("bob"))
    tap(button(page, "Make an account"))
    expect(page.get_by_text("Petra Physio would like to treat you with Unpinch.")).to_be_visible()
    tap(page.get_by_role("radio", name="All days, the past ones too"))
    tap(button(page, "Accept"))
    says(page, "You are linked now")
    (care,) = bob.rows("care-links")
    assert (care["sees_from"], care["role"]) == (None, "patient")


def test_a_second_invitation_opened_in_the_same_tab_is_the_one_that_counts(
    alice: Phone, petra: Phone, server: Server, make_phone: MakePhone
):
    quinn = somebody(make_phone(server.address), "Quinn Physio")
    first, second = (ask(one, "POST", "invitations", {"role": "physiotherapist"})["url"] for one in (petra, quinn))
    page = alice.page
    page.goto(first)
    expect(page.get_by_text("Petra Physio would like to treat you")).to_be_visible()
    # The address alone changes: nothing is loaded anew.
    page.evaluate("(url) => location.assign(url)", second)
    expect(page.get_by_text("Quinn Physio would like to treat you")).to_be_visible()
    expect(page.get_by_text("Petra Physio")).to_have_count(0)
    tap(button(page, "Accept"))
    says(page, "You are linked now")
    (care,) = alice.rows("care-links")
    assert care["other"]["name"] == "Quinn Physio"


# --- who needs attention first -------------------------------------------------------------------
def test_the_list_says_who_comes_first_and_why(alice: Phone, petra: Phone, server: Server, make_phone: MakePhone):
    has_written(alice, USUAL + WORSE)
    bob = somebody(make_phone(server.address), "Bob Quiet")
    has_written(bob, [3] * 28)
    carla = somebody(make_phone(server.address), "Carla Sign")
    has_written(carla, [3] * 28)
    answers_signs(carla, saddle="new")
    for patient in (bob, alice, carla):
        are_linked(patient, petra)

    page = petra.page
    opens(page, "/patients")
    rows = page.locator("main section li a")
    expect(rows.locator("strong")).to_have_text(["Carla Sign", "Alice Example", "Bob Quiet"])
    expect(rows.nth(0)).to_contain_text("Feeling between the legs: emergency sign")
    expect(rows.nth(1)).to_contain_text("Numbness worse than usual since")
    expect(page.locator("main h2")).to_have_text([re.compile("Needs attention"), re.compile("Nothing new")])
    assert Axe(petra).faults() == []

    page.get_by_label("Name").fill("bob")
    expect(rows.locator("strong")).to_have_text(["Bob Quiet"])
    page.get_by_label("Name").fill("")
    page.get_by_label("Show").select_option("Worse lately")
    expect(rows.locator("strong")).to_have_text(["Alice Example"])

    # Nothing of theirs stays on this computer.
    page.goto("/patients")
    expect(rows.first).to_be_visible()
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Alice" not in kept
    settled(page)
    petra.go_offline()
    page.goto("/patients")
    expect(page.get_by_text("nothing of them is kept on this device")).to_be_visible()
    expect(page.get_by_text("Alice Example")).to_have_count(0)
    petra.go_online()


def test_a_living_report_is_read_noted_and_answered(alice: Phone, petra: Phone):
    has_written(alice, USUAL + WORSE)
    are_linked(alice, petra)
    page = opens_patient(petra)
    # Why, what changed and the chart, before anything is scrolled.
    for what in (
        page.get_by_text(re.compile("^Numbness worse than usual since")).first,
        region(page, "Start and now"),
        page.get_by_role("img", name=re.compile("^Means of seven days")),
    ):
        expect(what).to_be_in_viewport()
    expect(page.get_by_text(re.compile("48 of 84 days logged"))).to_be_visible()
    assert Axe(petra).faults() == []

    card = page.get_by_role("region", name="Numbness has been worse for a while")
    tap(button(card, "Take note and answer"))
    sheet = page.get_by_role("dialog", name="Take note")
    sheet.get_by_label(re.compile("^Answer")).fill("Fewer bridges until Monday, please.")
    assert Axe(petra).faults() == []
    tap(button(sheet, "Take note"))
    says(page, "Noted, and the patient can see it")
    expect(card).to_contain_text("by Petra Physio")

    hers = alice.page
    opens(hers, "/messages")
    expect(link(hers, re.compile("^Petra Physio: 1 new"))).to_contain_text("Fewer bridges until Monday")
    assert ("Petra Physio", "report") in reads(alice)
    opens(hers, "/more/sharing/log")
    # What she did in one go is one line.
    (line,) = logged(hers)
    assert line.startswith("Petra Physio saw you in the list of patients, ")
    assert "read your report" in line
    entry = hers.locator("main ol li")
    expect(entry).to_contain_text(re.compile(r"Today (at \d\d:\d\d|between \d\d:\d\d and \d\d:\d\d)"))
    expect(entry).to_contain_text("from or through a local network")
    assert Axe(alice).faults() == []


def test_they_write_to_each_other(alice: Phone, petra: Phone):
    care = are_linked(alice, petra)
    hers = alice.page
    opens(hers, f"/messages/{care['id']}")
    hers.get_by_label("Message").fill("May I cycle? <script>document.title='taken'</script>")
    tap(button(hers, "Send"))
    expect(hers.locator("main ol")).to_contain_text("May I cycle?")

    # What is half written outlives the screen, and is another link's no more than another person's.
    hers.get_by_label("Message").fill("And swim?")
    hers.reload()
    expect(hers.get_by_label("Message")).to_have_value("And swim?")
    hers.get_by_label("Message").fill("")
    hers.reload()
    expect(button(hers, "Send")).to_be_disabled()

    page = opens_patient(petra)
    expect(page.get_by_text("One unread message")).to_be_visible()
    tap(link(page, "Message"))
    expect(page.locator("main ol")).to_contain_text("<script>document.title='taken'</script>")
    page.get_by_label("Message").fill("Yes, ten minutes.")
    tap(button(page, "Send"))
    expect(page.get_by_label("Message")).to_have_value("")
    assert Axe(petra).faults() == []
    opens(hers, "/messages")
    tap(link(hers, re.compile("^Petra Physio")))
    expect(hers.locator("main ol")).to_contain_text("Yes, ten minutes.")
    expect(hers.locator("main ol")).to_contain_text(re.compile("Read Today"))


# --- steering the treatment ----------------------------------------------------------------------
def test_a_plan_is_prescribed_and_the_patients_phone_follows_it(alice: Phone, petra: Phone):
    ask(alice, "PATCH", "me", {"conditions": ["high-blood-pressure"]})
    are_linked(alice, petra)
    page = opens_patient(petra)
    pick(page, "Plans")
    tap(link(page, "Prescribe a plan"))
    page.get_by_label("Name").fill("After the visit")
    tap(button(page, "Add an exercise"))
    chooser = page.get_by_role("dialog")
    chooser.get_by_role("searchbox").fill("bridge")
    tap(chooser.get_by_role("button", name=re.compile("^Bridge")).first)
    # What the patient noted in the profile is respected here as well.
    tap(button(page, re.compile("^Add it anyway")))
    tap(button(page, "Less: Stop from"))
    tap(button(page, "Save the plan"))
    says(page, "The patient's player follows it")

    (plan,) = alice.rows("prescriptions")
    assert (plan["name"], plan["prescribed_by"]) == ("After the visit", "Petra Physio")
    assert (plan["pain_rule"]["ease_at"], plan["pain_rule"]["stop_at"]) == (4, 5)
    hers = alice.page
    opens(hers, "/")
    expect(todays_plan(hers)).to_contain_text("After the visit")
    tap(link(hers, re.compile("^Start")).first)
    expect(button(hers, "Start")).to_be_visible()

    pick(page, "Plans")
    tap(button(page, "End it today"))
    tap(button(page.get_by_role("dialog"), "End it today"))
    says(page, "Ended")
    (plan,) = alice.rows("prescriptions")
    assert (plan["ends_on"], plan["version"]) == (plan["starts_on"], 2)
