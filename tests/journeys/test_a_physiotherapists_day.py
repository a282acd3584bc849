"""The physiotherapist's screens: by keyboard alone, the way to what a reason speaks of, and the end while one looks."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.exercises.factories import prescription_body
from tests.journeys.browser import REFUSED, Phone
from tests.journeys.caring import answers_signs, are_linked, ask, opens_patient, region, somebody
from tests.journeys.playing import put, session
from tests.journeys.steps import button, link, opens, pick, says, tap
from tests.journeys.test_by_keyboard import tab_to
from tests.journeys.worsening import USUAL, WORSE, days_ago, has_written

pytestmark = [pytest.mark.journey, pytest.mark.online]

MakePhone = Callable[..., Phone]


@pytest.fixture
def alice(phone: Phone) -> Phone:
    return somebody(phone, "Alice Example")


def comes_to_the_front(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_by_keyboard_alone_a_patient_is_found_answered_and_noted(alice: Phone, petra: Phone):
    has_written(alice, USUAL + WORSE)
    are_linked(alice, petra)
    page = petra.page
    opens(page, "/patients")
    expect(link(page, re.compile("^Alice Example"))).to_be_visible()
    tab_to(page, "searchbox", "Name")
    page.keyboard.type("ali")
    tab_to(page, "combobox", "Show")
    page.keyboard.type("Worse lately")
    expect(page.get_by_label("Show")).to_have_value("worsening")
    row = link(page, re.compile("^Alice Example"))
    expect(row).to_be_visible()
    page.keyboard.press("Tab")
    expect(row).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Alice Example")
    expect(page.get_by_role("progressbar")).to_have_count(0)

    tab_to(page, "button", "Take note and answer")
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Take note")
    expect(sheet).to_be_visible()
    tab_to(page, "textbox", "Answer to the patient (if you like)")
    page.keyboard.type("Fewer bridges, please.")
    tab_to(page, "button", "Take note")
    page.keyboard.press("Enter")
    expect(sheet).to_be_hidden()
    expect(page.get_by_text("Answer: “Fewer bridges, please.”")).to_be_visible()

    pick(page, "Report")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    tab_to(page, "textbox", "New note")
    page.keyboard.type("Ask about the chair at work.")
    tab_to(page, "button", "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_text("Ask about the chair at work.")).to_be_visible()
    expect(page.get_by_label("New note")).to_have_value("")
    (answer,) = alice.rows("acknowledgements")
    assert answer["text"] == "Fewer bridges, please."


def test_a_reason_leads_to_what_it_speaks_of_and_a_question_stands_on_top(alice: Phone, petra: Phone):
    has_written(alice, USUAL + WORSE)
    answers_signs(alice, saddle="new")
    care = are_linked(alice, petra)
    ask(alice, "PUT", f"messages/{uuid.uuid4()}", {"link": care["id"], "text": "May I cycle?"})
    page = opens_patient(petra)
    expect(page.get_by_role("main").get_by_text("May I cycle?")).to_be_visible()
    expect(page.get_by_text("From the patient, not answered yet")).to_be_in_viewport()

    pick(page, "Plans")
    tap(link(page, re.compile("^Numbness worse than usual since")))
    expect(page.get_by_role("radio", name="Report")).to_be_checked()
    expect(region(page, "Numbness has been worse for a while")).to_be_in_viewport()
    tap(link(page, re.compile("^Feeling between the legs: emergency sign")))
    sign = region(page, "Feeling between the legs")
    expect(sign).to_be_in_viewport()
    expect(sign).to_contain_text("Emergency sign: needs checking now")
    tap(link(page, "One unread message"))
    expect(page).to_have_url(f"{petra.address}/messages/{care['id']}")
    ask(petra, "PUT", f"messages/{uuid.uuid4()}", {"link": care["id"], "text": "Yes, ten minutes."})
    opens_patient(petra)
    expect(page.get_by_text("From the patient, not answered yet")).to_have_count(0)


def test_an_urgent_sign_keeps_its_place_when_it_is_noted_and_is_told_when_it_is_over(alice: Phone, petra: Phone):
    has_written(alice, USUAL + WORSE)
    answers_signs(alice, saddle="new")
    are_linked(alice, petra)
    page = opens_patient(petra)
    tap(button(region(page, "Feeling between the legs"), "Take note and answer"))
    tap(button(page.get_by_role("dialog", name="Take note"), "Take note"))
    says(page, "Noted, and the patient can see it")
    reason = page.get_by_role("main").get_by_role("listitem").first
    expect(reason).to_contain_text(re.compile(r"emergency sign.*noted by you"))
    opens(page, "/patients")
    page.get_by_label("Show").select_option("Noted by you")
    expect(link(page, re.compile("^Alice Example"))).to_contain_text("noted by you")

    (flag,) = [one for one in alice.rows("flags") if one["rule"] == "saddle"]
    ask(alice, "POST", f"flags/{flag['id']}/seen", {})
    ask(alice, "POST", f"flags/{flag['id']}/resolve", {"reason": "checked"})
    answers_signs(alice)
    opens_patient(petra)
    over = region(page, "Needed checking in this period, and is over")
    expect(over).to_contain_text("Feeling between the legs")
    expect(over).to_contain_text("Was an emergency sign.")
    expect(over).to_contain_text("answered “Yes, this is new”")
    expect(over).to_contain_text("it was looked at, the patient says")


def test_what_was_worse_after_a_session_is_answered_beside_its_figures_and_back_is_the_same_place(
    alice: Phone, petra: Phone
):
    has_written(alice, USUAL + WORSE)
    day = days_ago(1).date()
    put(alice, f"sessions/{uuid.uuid4()}", session("bridge", f"{day}", pain_before=2, pain_after=7))
    are_linked(alice, petra)
    page = opens_patient(petra)
    tap(link(page, re.compile("^Worse after one session")))
    card = region(page, "Worse after exercise")
    expect(card).to_be_in_viewport()
    expect(card.get_by_role("listitem")).to_have_text([re.compile(rf"^{day.day} \w+: Numbness {WORSE[-1]}$")])
    tap(link(card, re.compile("Numbness")))
    row = page.locator(f"#day-{day}")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text(f"{WORSE[-1]}")

    tap(link(page, re.compile("^Worse after one session")))
    expect(card).to_be_in_viewport()
    tap(link(card, "Write to the patient"))
    expect(page.get_by_label("Message")).to_be_visible()
    tap(link(page, "Back"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Alice Example")
    expect(card).to_be_in_viewport()


def test_of_a_new_patient_it_is_said_what_is_there_and_what_is_too_little(alice: Phone, petra: Phone):
    has_written(alice, [5])
    are_linked(alice, petra)
    page = opens_patient(petra)
    card = region(page, "Start and now")
    expect(card).to_contain_text("Too few days were rated to compare the start with now.")
    expect(card.get_by_role("listitem")).to_have_text([re.compile(r"Numbness\s*5 on \d+ \w+$")])
    means = region(page, "7-day means")
    expect(means).to_contain_text("Too few days yet for a line: it takes 3 rated days within 7.")
    expect(means.get_by_role("img")).to_have_count(0)


def test_an_open_emergency_sign_is_said_before_a_plan_is_set(alice: Phone, petra: Phone):
    answers_signs(alice, saddle="new")
    are_linked(alice, petra)
    page = opens_patient(petra)
    pick(page, "Plans")
    tap(link(page, "Prescribe a plan"))
    expect(page.get_by_text("This patient needs checking first")).to_have_count(2)
    tap(link(page, "Feeling between the legs").first)
    expect(region(page, "Feeling between the legs")).to_be_in_viewport()

    pick(page, "Plans")
    tap(link(page, "Prescribe a plan"))
    page.get_by_label("Name").fill("When it is settled")
    tap(button(page, "Add an exercise"))
    chooser = page.get_by_role("dialog")
    chooser.get_by_role("searchbox").fill("bridge")
    tap(chooser.get_by_role("button", name=re.compile("^Bridge")).first)
    # It goes through at once, for all of the signs were on the screen.
    tap(button(page, "Save the plan"))
    says(page, "Exercises rest for the patient until the open sign is checked")
    expect(page.get_by_role("radio", name="Plans")).to_be_checked()
    expect(region(page, "When it is settled")).to_be_visible()


def test_what_the_patient_stopped_for_pain_is_said_beside_the_exercise_and_blocks_nothing(alice: Phone, petra: Phone):
    day = days_ago(2)
    said = {"item": 0, "at": f"{day.date()}T08:05:00+01:00", "pain": 7, "numbness": None}
    hurts = [{**said, "further_down": False, "weakness": False, "verdict": "stop"}]
    body = session("bridge", f"{day.date()}", hurts=hurts, ended="stopped", stop_reason="pain")
    body["items"] = [{**body["items"][0], "status": "partial", "reason": "pain"}]
    put(alice, f"sessions/{uuid.uuid4()}", body)
    are_linked(alice, petra)
    page = opens_patient(petra)
    pick(page, "Plans")
    tap(link(page, "Prescribe a plan"))
    page.get_by_label("Name").fill("After the visit")
    tap(button(page, "Add an exercise"))
    chooser = page.get_by_role("dialog")
    chooser.get_by_role("searchbox").fill("bridge")
    told = re.compile(rf"Stopped for pain on {day.day} \w+: 7 of 10")
    expect(chooser.get_by_text(told)).to_have_count(1)
    tap(chooser.get_by_role("button", name=told))
    expect(page.locator("main").get_by_role("listitem").filter(has_text=told)).to_have_count(1)
    tap(button(page, "Save the plan"))
    says(page, "The patient's player follows it")
    (plan,) = alice.rows("prescriptions")
    assert [item["exercise"] for item in plan["items"]] == ["bridge"]


def test_an_emergency_sign_that_comes_up_meanwhile_holds_the_plan_until_it_was_shown(alice: Phone, petra: Phone):
    are_linked(alice, petra)
    today = alice.page.evaluate("new Date().toLocaleDateString('sv')")
    plan = str(uuid.uuid4())
    patient = alice.api("me")["id"]
    ask(petra, "PUT", f"patients/{patient}/prescriptions/{plan}", prescription_body(name="Daily", starts_on=today))
    page = petra.page
    opens(page, f"/patients/{patient}/plans/{plan}")
    expect(button(page, "Save the plan")).to_be_visible()
    answers_signs(alice, saddle="new")
    petra.expect(REFUSED.format(400))
    page.get_by_label("Name").fill("Every day")
    tap(button(page, "Save the plan"))
    says(page, "an emergency sign of this patient has come up")
    expect(page.get_by_text("This patient needs checking first")).to_have_count(2)
    assert [row["name"] for row in alice.rows("prescriptions")] == ["Daily"]
    tap(button(page, "Save the plan"))
    says(page, "Exercises rest for the patient until the open sign is checked")
    assert [row["name"] for row in alice.rows("prescriptions")] == ["Every day"]


def test_what_is_typed_for_a_patient_stays_when_the_session_has_ended(alice: Phone, petra: Phone):
    are_linked(alice, petra)
    page = opens_patient(petra)
    pick(page, "My notes")
    page.get_by_label("New note").fill("Ask about the chair at work.")
    petra.expect(REFUSED.format(401))
    petra.context.clear_cookies()
    comes_to_the_front(page)
    expect(page.get_by_role("alert").get_by_text("You are not signed in any more.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alice Example")
    expect(page.get_by_label("New note")).to_have_value("Ask about the chair at work.")


@pytest.mark.parametrize("where", ["the report", "the plan being written"])
def test_a_page_left_open_shows_nothing_any_more_once_the_patient_has_ended_it(alice: Phone, petra: Phone, where: str):
    has_written(alice, USUAL + WORSE)
    care = are_linked(alice, petra)
    page = opens_patient(petra)
    if where == "the plan being written":
        pick(page, "Plans")
        tap(link(page, "Prescribe a plan"))
        page.get_by_label("Name").fill("For Alice's hip")
    petra.expect(REFUSED.format(404))
    ask(alice, "DELETE", f"care-links/{care['id']}")

    comes_to_the_front(page)
    main = page.locator("main")
    expect(main.get_by_text("This patient is not linked with you, or no longer.")).to_be_visible()
    for gone in ("Alice", "Numbness", "days logged"):
        expect(main.get_by_text(gone)).to_have_count(0)
    expect(page).not_to_have_title(re.compile("Alice"))
    assert "Alice" not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")


# --- the way there --------------------------------------------------------------------------------
def test_only_who_treats_people_finds_patients_under_more(alice: Phone, petra: Phone):
    page = alice.page
    opens(page, "/more")
    expect(link(page, re.compile("^Patients"))).to_have_count(0)
    tap(link(page, re.compile("^I treat patients")))
    expect(page.get_by_role("heading", level=1)).to_have_text("Treating patients")

    are_linked(alice, petra)
    opens(petra.page, "/patients")
    expect(link(petra.page, re.compile("^Alice Example"))).to_be_visible()
    opens(petra.page, "/more")
    tap(link(petra.page.locator("main"), re.compile("^Patients")))
    expect(link(petra.page, re.compile("^Alice Example"))).to_be_visible()
