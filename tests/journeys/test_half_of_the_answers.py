"""What becomes of half of the answers about signs: they stay, are gone on with, left out, or taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Phone
from tests.journeys.questioning import (
    LEAVE,
    NONE,
    answers,
    checks_of,
    goes_on,
    has_read_it,
    part,
    question,
    says_yes,
    starts_all,
)
from tests.journeys.steps import (
    a_person,
    button,
    go_to,
    link,
    opens,
    settled,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey


def test_an_emergency_is_said_where_it_is_answered_and_half_of_the_answers_stay(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    starts_all(page)
    says_yes(page, "saddle")
    help = question(page, "saddle").get_by_role("alert")
    expect(link(help, re.compile("^Call 112"))).to_be_in_viewport()
    tap(button(page, NONE))
    part(page, 2, 9)
    # And on every part from here on.
    expect(link(page, re.compile("^Call 112"))).to_be_in_viewport()
    tap(link(page, LEAVE))
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help now")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help now")
    has_read_it(page)
    expect(page.get_by_role("heading", name="First, some questions")).to_be_visible()
    expect(page.get_by_text("tomorrow")).to_have_count(0)
    (check,) = checks_of(phone)
    assert check["answers"] == {"saddle": "new", "bladder": "no", "bowel": "no", "sexual": "no"}

    # Whoever goes on finds what was said: the "no"s, and whether the yes has changed.
    starts_all(page)
    expect(question(page, "bladder").get_by_label("No", exact=True)).to_be_checked()
    expect(question(page, "saddle")).to_contain_text("Has it changed?")


def test_whoever_comes_back_goes_on_at_the_first_part_with_something_open(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    starts_all(page)
    for number in (1, 2):
        part(page, number, 9)
        tap(button(page, NONE))
    part(page, 3, 9)
    tap(link(page, LEAVE))
    tap(link(page, "Answer the questions"))
    part(page, 3, 9)
    expect(page.get_by_text("You go on where you stopped.")).to_be_visible()
    tap(button(page, "Back to the part before"))
    part(page, 2, 9)
    expect(page.get_by_label("No", exact=True).first).to_be_checked()


def test_thoughts_of_self_harm_lead_to_a_crisis_line_offline_and_are_not_named_where_others_look(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    settled(page)
    opens(page, "/signs/check?set=full&page=5")
    phone.go_offline()
    answers(page, "self-harm", "Yes")
    tap(button(page, "See what to do now"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help now")
    expect(page.get_by_text("There is a crisis line in Germany, day and night: TelefonSeelsorge.")).to_be_visible()
    expect(link(page, "Call 0800 111 0 111")).to_have_attribute("href", "tel:08001110111")
    has_read_it(page)
    expect(page.get_by_text("A sign that needs checking")).to_be_visible()
    expect(page.get_by_text("harming")).to_have_count(0)
    tap(link(page, "What to do, and when it is over"))
    expect(link(page, "Call 0800 111 0 111")).to_be_visible()
    tap(button(page, "I answered that by mistake"))
    tap(button(page.get_by_role("dialog"), "Yes, that is so"))
    expect(page.get_by_role("heading", name="Thoughts of harming yourself")).to_have_count(0)
    go_to(page, "Today")
    expect(page.get_by_text("A sign that needs checking")).to_have_count(0)


def test_an_answer_by_mistake_is_taken_back_on_the_spot(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    starts_all(page)
    answers(page, "saddle", "I am not sure")
    expect(question(page, "saddle").get_by_role("alert")).to_be_visible()
    answers(page, "saddle", "No")
    expect(page.get_by_role("alert")).to_have_count(0)
    tap(link(page, LEAVE))
    expect(page.get_by_role("heading", name="First, some questions")).to_be_visible()
    (check,) = checks_of(phone)
    assert (check["answers"], check["level"]) == ({"saddle": "no"}, None)


def test_a_yes_that_was_not_answered_further_is_told_as_what_was_said(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/signs/check?set=urgent")
    answers(page, "saddle", "Yes")
    tap(question(page, "saddle").get_by_role("button", name="See what to do now"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help now")
    expect(page.get_by_text("My answer is: “Yes”.")).to_be_visible()
    # When it was answered is not since when it is there.
    tap(link(page, "Show this to a doctor"))
    expect(page.get_by_text("Since when: not said.")).to_be_visible()
    expect(page.get_by_text("Since: ")).to_have_count(0)
    tap(link(page, "Back"))
    has_read_it(page)
    settled(page)
    (check,) = checks_of(phone)
    assert (check["answers"], check["level"]) == ({"saddle": "yes"}, "E")

    # Which one it is has never been said: it is asked again in full.
    opens(page, "/signs/check?set=urgent")
    expect(question(page, "saddle")).to_contain_text("Last time you said: “Yes, not answered further”.")
    expect(question(page, "saddle")).not_to_contain_text("Since")
    answers(page, "saddle", "Yes")
    goes_on(page)
    expect(question(page, "saddle").get_by_text("You said yes, but not which of these it is.")).to_be_visible()
    says_yes(page, "saddle")
    expect(question(page, "saddle").get_by_label("Yes, this is new")).to_be_checked()


def test_a_yes_left_open_does_not_hide_that_one_of_its_kinds_is_an_emergency(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/signs/check?set=full&page=4")
    answers(page, "implant", "Yes")
    tap(link(page, LEAVE))
    expect(page.get_by_role("heading", level=1)).to_have_text("See a doctor today")
    emergency = "If it is this, call the emergency number now: “It seems to be out of its joint”."
    expect(page.get_by_text(emergency)).to_be_visible()
    expect(link(page, re.compile("^Call 112"))).to_be_visible()
    # Who says that it is the pain is told of nothing else.
    tap(page.get_by_text("What you answered"))
    tap(page.get_by_label("Yes, new or unusual pain"))
    expect(page.get_by_text(emergency)).to_have_count(0)


def test_whoever_corrects_a_yes_that_was_left_open_says_which_one_it_is(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/signs/check?set=urgent")
    answers(page, "saddle", "Yes")
    tap(question(page, "saddle").get_by_role("button", name="See what to do now"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help now")
    tap(page.get_by_text("What you answered"))
    left_open = page.get_by_label("Yes, not answered further")
    expect(left_open).to_be_checked()
    tap(page.get_by_text("Yes, this is new"))
    expect(page.get_by_label("Yes, this is new")).to_be_checked()
    expect(left_open).to_have_count(0)
    expect(page.get_by_text("I have numbness or a changed feeling between my legs.")).to_be_visible()
    has_read_it(page)
    settled(page)
    (check,) = checks_of(phone)
    assert (check["answers"], check["level"]) == ({"saddle": "new"}, "E")


def test_what_is_left_without_an_answer_is_said_and_is_no_no(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/signs/check?set=urgent")
    goes_on(page)
    expect(page.get_by_text("4 questions are not fully answered yet.")).to_be_visible()
    expect(question(page, "saddle").get_by_text("You have not answered this yet.")).to_be_in_viewport()
    part(page, 1, 3)
    for number in (1, 2, 3):
        if number > 1:
            part(page, number, 3)
            goes_on(page)
        goes_on(page)
    expect(page.get_by_text("9 questions are not fully answered yet.")).to_be_visible()
    assert checks_of(phone) == []
    tap(button(page, "Answer what is left"))
    part(page, 1, 3)
    tap(button(page, NONE))
    expect(page.get_by_text("5 questions are not fully answered yet.")).to_be_visible()
