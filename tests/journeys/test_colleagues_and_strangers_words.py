"""A colleague who stands in, the physiotherapist's way home, and screens that hold whatever words people give."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.exercises.factories import prescription_body
from tests.faults.server import Server
from tests.journeys.browser import REFUSED, Phone
from tests.journeys.caring import answers_signs, are_linked, ask, opens_patient, reads, region, somebody
from tests.journeys.playing import put
from tests.journeys.questioning import has_read_it
from tests.journeys.reach import WIDER_THAN_THE_PHONE, Axe
from tests.journeys.steps import (
    PAIN,
    bar,
    button,
    go_to,
    link,
    mark,
    opens,
    pick,
    save_entry,
    says,
    tap,
    with_text_of,
)
from tests.journeys.worsening import USUAL, WORSE, has_written

pytestmark = [pytest.mark.journey, pytest.mark.online]

MakePhone = Callable[..., Phone]


@pytest.fixture
def alice(phone: Phone) -> Phone:
    return somebody(phone, "Alice Example")


def test_a_colleague_stands_in_and_the_patient_sees_and_ends_it(
    alice: Phone, petra: Phone, server: Server, make_phone: MakePhone
):
    has_written(alice, USUAL)
    are_linked(alice, petra)
    page = petra.page
    opens(page, "/more/practice")
    page.get_by_label("Name of a new clinic").fill("Spine & Hip")
    tap(button(page, "Add the clinic"))
    tap(button(region(page, "Spine & Hip"), "Invite a colleague"))
    url = page.get_by_role("dialog").get_by_role("textbox", name="Copy the link").input_value()

    quinn = somebody(make_phone(server.address), "Quinn Colleague")
    ask(quinn, "PATCH", "me", {"display_name": ""})
    quinn.page.goto(url)
    expect(quinn.page.get_by_text("Petra Physio invites you to work at Spine & Hip.")).to_be_visible()
    tap(button(quinn.page, "Join"))
    expect(quinn.page.get_by_role("alert")).to_have_text("Enter your name first: patients see who treats them.")
    quinn.expect(REFUSED.format(400))
    quinn.page.get_by_label("Your name").fill("Quinn Colleague")
    tap(button(quinn.page, "Join"))
    says(quinn.page, "You work at Spine & Hip now")

    opens(page, "/more/sharing/people")
    tap(link(page, re.compile("^Alice Example")))
    tap(button(page, "Let them stand in"))
    says(page, "Set. The patient can see it.")
    expect(page.get_by_text(re.compile("^Quinn Colleague stands in from"))).to_be_visible()
    opens_patient(quinn)
    expect(quinn.page.get_by_text("You stand in for Petra Physio")).to_be_visible()
    [care] = ask(alice, "GET", "care-links")["results"]
    ask(alice, "PUT", f"messages/{uuid.uuid4()}", {"link": care["id"], "text": "May I swim?"})
    go_to(quinn.page, "Messages")
    tap(link(quinn.page, re.compile("^Alice Example.*May I swim?")))
    expect(quinn.page.get_by_role("heading", level=1)).to_have_text("Alice Example")
    expect(quinn.page.locator("main ol li", has_text="May I swim?").locator("strong")).to_have_text("Alice Example")
    opens_patient(quinn)

    hers = alice.page
    opens(hers, "/more/sharing/people")
    tap(link(hers, re.compile("^Petra Physio")))
    tap(button(hers, "Not this person"))
    asked = hers.get_by_role("dialog", name="Close your data to Quinn Colleague?")
    expect(asked).to_contain_text("They see nothing of yours any more, at once")
    tap(button(asked, "Leave it as it is"))
    expect(asked).to_be_hidden()
    tap(button(hers, "Not this person"))
    tap(button(asked, "Not this person"))
    says(hers, "They see nothing of yours any more.")
    assert ("Quinn Colleague", "report") in reads(alice)
    quinn.expect(REFUSED.format(404))
    pick(quinn.page, "A year")
    expect(quinn.page.locator("main").get_by_text("This patient is not linked with you, or no longer.")).to_be_visible()


# --- the way there --------------------------------------------------------------------------------
def test_whoever_treats_others_and_keeps_no_diary_opens_with_the_patients(alice: Phone, petra: Phone):
    care = are_linked(alice, petra)
    opens(petra.page, "/more/practice")
    expect(petra.page.get_by_label("Open Unpinch with my patients on this device")).to_be_checked()
    petra.page.goto("/")
    expect(petra.page.get_by_role("heading", level=1)).to_have_text("Patients")
    tabs = bar(petra.page).get_by_role("link")
    expect(tabs).to_have_text(["Patients", "Messages", "Exercises", "More"])
    # Today is under More, and stays Today.
    go_to(petra.page, "More")
    tap(link(petra.page, re.compile("^Your own diary")))
    expect(link(petra.page, re.compile("^Your patients"))).to_be_visible()

    # Whoever writes something of their own has the patient's bar from then on, and the patients in it.
    opens(petra.page, "/log")
    mark(petra.page, "Left calf", **{PAIN: 4})
    save_entry(petra.page)
    expect(tabs).to_have_text(["Today", "Log", "Stretch", "History", "Patients", "More"])
    go_to(petra.page, "Patients")
    expect(link(petra.page, re.compile("^Alice Example"))).to_be_visible()

    ask(petra, "PUT", f"messages/{uuid.uuid4()}", {"link": care["id"], "text": "How was the week?"})
    opens(alice.page, "/more/sharing/people")
    expect(link(alice.page, re.compile("^Petra Physio"))).to_be_visible()
    go_to(alice.page, "Today")
    tap(link(alice.page, "A new message from Petra Physio"))
    expect(alice.page.locator("main ol")).to_contain_text("How was the week?")


def test_a_sign_of_their_own_comes_before_their_patients(alice: Phone, petra: Phone):
    are_linked(alice, petra)
    page = petra.page
    opens(page, "/more/practice")
    expect(page.get_by_label("Open Unpinch with my patients on this device")).to_be_checked()
    answers_signs(petra, saddle="new")
    page.goto("/")
    has_read_it(page)
    expect(bar(page).get_by_role("link")).to_have_text(["Today", "Log", "Stretch", "History", "Patients", "More"])
    page.goto("/")
    expect(link(page, re.compile("112"))).to_be_visible()
    expect(page).to_have_url("/")


# --- in everybody's reach -------------------------------------------------------------------------
@pytest.mark.parametrize(("width", "text"), [(320, 100), (360, 200)], ids=["320 px wide", "text of 200 %"])
def test_strangers_words_fit_the_smallest_phone_and_the_largest_text(
    server: Server, make_phone: MakePhone, width: int, text: int
):
    alice, petra = (make_phone(server.address, viewport={"width": width, "height": 640}) for _ in range(2))
    for phone in (alice, petra):
        with_text_of(phone, text)
    somebody(alice, "Alice مريم Donaudampfschifffahrtsgesellschaftskapitän")
    somebody(petra, "Petra " + "Physiotherapeutin" * 4)
    has_written(alice, USUAL + WORSE)
    answers_signs(alice, saddle="new")
    care = are_linked(alice, petra)
    ask(alice, "PUT", f"messages/{uuid.uuid4()}", {"link": care["id"], "text": "w" * 200})
    today = alice.page.evaluate("new Date().toLocaleDateString('sv')")
    put(alice, f"prescriptions/{uuid.uuid4()}", prescription_body(name="x" * 80, starts_on=today))
    (flag, *_) = alice.rows("flags")
    patient = alice.api("me")["id"]
    ask(
        petra, "POST", f"patients/{patient}/flags/{flag['id']}/acknowledge", {"id": str(uuid.uuid4()), "text": "y" * 99}
    )
    ask(petra, "PUT", f"patients/{patient}/notes/{uuid.uuid4()}", {"text": "z" * 99})
    ask(petra, "POST", "clinics", {"name": "Q" * 60})

    def faults(phone: Phone, address: str = "") -> list[str]:
        if address:
            phone.page.goto(address)
        expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
        expect(phone.page.get_by_role("progressbar")).to_have_count(0)
        wide = phone.page.evaluate(WIDER_THAN_THE_PHONE)
        return [*([f"too wide: {wide}"] if wide else []), *Axe(phone).faults()]

    # What cannot wait takes the place of any screen as soon as this phone hears of it.
    alice.page.goto("/")
    has_read_it(alice.page)
    found = {}
    for address in (f"/messages/{care['id']}", "/messages", f"/more/sharing/people/{care['id']}", "/more/sharing/log"):
        found[f"the patient's {address}"] = faults(alice, address)
        found[f"the physiotherapist's {address}"] = faults(petra, address)
    for address in ("/patients", "/more/practice", f"/patients/{patient}"):
        found[address] = faults(petra, address)
    for tab in ("Plans", "My notes"):
        pick(petra.page, tab)
        found[f"/patients, {tab}"] = faults(petra)
    assert {where: faults for where, faults in found.items() if faults} == {}
