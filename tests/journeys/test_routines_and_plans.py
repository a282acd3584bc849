"""The catalogue, one's own routines and plans: found, put in order, dosed, warned about, written offline, changed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import Phone
from tests.journeys.steps import (
    a_person,
    add_exercise,
    adds_to,
    button,
    check,
    choose_exercise,
    go_to,
    has_sent_all,
    link,
    notes,
    opens,
    pick,
    rows,
    says,
    settled,
    shows_unsent,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey

STARTER = "Full stretch"


def makes_it_mine(page: Page, starter: str = STARTER) -> None:
    go_to(page, "Stretch")
    tap(link(page, re.compile(starter)).first)
    tap(button(page, "Make it mine"))
    expect(rows(page).first).to_be_visible()


def order(page: Page) -> list[str]:
    return rows(page).all_inner_texts()


def is_called(page: Page, name: str) -> None:
    """The screen of a routine: it is saved by then."""
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def stand_in_order(page: Page, *names: str) -> None:
    expect(rows(page)).to_have_text(names)


def handle(page: Page, name: str) -> Locator:
    return button(page, f"Move {name}")


def drags(page: Page, handle: Locator, onto: Locator) -> None:
    """A slow finger, from the handle of one row to the far edge of another."""
    start, goal = handle.bounding_box(), onto.bounding_box()
    assert start
    assert goal
    x = start["x"] + start["width"] / 2
    page.mouse.move(x, start["y"] + start["height"] / 2)
    page.mouse.down()
    down = goal["y"] > start["y"]
    page.mouse.move(x, goal["y"] + (goal["height"] * 0.9 if down else goal["height"] * 0.1), steps=12)
    page.mouse.up()


def test_an_exercise_is_found_in_spite_of_a_slip_and_by_what_one_can_do_today(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    go_to(page, "Stretch")
    tap(link(page, re.compile("^All exercises")))
    search, list_ = page.get_by_role("searchbox"), page.get_by_role("main").get_by_role("listitem")
    search.fill("brigde")
    expect(list_.first).to_contain_text("Bridge")
    search.fill("zebra")
    expect(page.get_by_text("No exercise answers to “zebra”")).to_be_visible()
    tap(button(page, "Show all exercises"))
    expect(search).to_have_value("")
    check(page, "Not lying down")
    expect(list_.filter(has_text="Lying on your back")).to_have_count(0)
    assert list_.count() > 0
    # Back from an exercise, the list is as it was left.
    tap(list_.first.get_by_role("link").first)
    expect(page.get_by_role("heading", name="Step by step")).to_be_visible()
    tap(link(page, "Back"))
    expect(page.get_by_role("checkbox", name="Not lying down")).to_be_checked()


def test_exercises_are_put_in_order_by_a_finger_and_by_keys(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    makes_it_mine(page)
    before = order(page)
    drags(page, handle(page, before[0]), rows(page).nth(2))
    stand_in_order(page, before[1], before[2], before[0], *before[3:])
    drags(page, handle(page, before[0]), rows(page).nth(0))
    stand_in_order(page, *before)
    handle(page, before[0]).focus()
    page.keyboard.press("ArrowDown")
    expect(handle(page, before[0])).to_be_focused()
    page.keyboard.press("ArrowDown")
    stand_in_order(page, before[1], before[2], before[0], *before[3:])
    # A drag that is given up leaves all as it was.
    box = handle(page, before[0]).bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 10, box["y"] - 150, steps=6)
    page.keyboard.press("Escape")
    page.mouse.up()
    stand_in_order(page, before[1], before[2], before[0], *before[3:])
    tap(button(page, "Save"))
    is_called(page, f"My {STARTER}")
    has_sent_all(page)
    mine = next(row for row in phone.rows("routines") if not row["starter"])
    assert len(mine["items"]) == len(before)


def test_a_starter_is_made_ones_own_and_two_of_its_exercises_are_done_in_turn(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    makes_it_mine(page)
    names = order(page)
    tap(page.get_by_role("button", name=re.compile(f"^{names[0]}")))
    sheet = page.get_by_role("dialog", name=names[0])
    tap(button(sheet, f"In turn with {names[1]}"))
    tap(button(sheet, "More: Rest after each round, seconds"))
    tap(button(sheet, "Done"))
    expect(page.get_by_text("In turn, a set of each")).to_be_visible()
    # Taken out and taken back, it is in its superset again.
    tap(page.get_by_role("button", name=re.compile(f"^{names[1]}")))
    tap(button(page.get_by_role("dialog", name=names[1]), "Take it out"))
    expect(page.get_by_text("In turn, a set of each")).to_be_hidden()
    tap(button(page, "Undo"))
    expect(page.get_by_text("In turn, a set of each")).to_be_visible()
    tap(button(page, "Save"))
    is_called(page, f"My {STARTER}")
    has_sent_all(page)
    mine = next(row for row in phone.rows("routines") if not row["starter"])
    together = [item["superset"] for item in mine["items"]]
    assert together == [1, 1, *[None] * (len(names) - 2)]
    assert [item["round_rest_seconds"] for item in mine["items"][:2]] == [45, 45]


def test_what_may_not_suit_her_is_said_before_it_is_added_and_where_it_is_already(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    notes(page, "High blood pressure")
    go_to(page, "Stretch")
    tap(link(page, re.compile(STARTER)).first)
    expect(page.get_by_text("may not suit you")).to_be_visible()
    opens(page, "/routines/new")
    add_exercise(page, "bridge", "Bridge")
    asked = page.get_by_role("dialog", name="Before you add Bridge")
    expect(asked).to_contain_text("blood pressure is not under control")
    expect(asked).to_contain_text("Source:")
    tap(button(asked, "Leave it out"))
    expect(rows(page)).to_have_count(0)
    # Left out, the list is still there to choose another from.
    choose_exercise(page, "bridge", "Bridge")
    tap(button(asked, "Add it anyway: my doctor or physiotherapist agreed"))
    expect(rows(page)).to_have_text(["Bridge"])
    # What nothing speaks against is not asked about.
    add_exercise(page, "knee to chest", "Knee to chest")
    expect(rows(page)).to_have_text(["Bridge", "Knee to chest"])


def test_an_exercise_is_added_to_a_routine_from_its_own_page(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    for tell in ("/stretch", "/exercises"):
        opens(page, tell)
        expect(link(page, "Tell what matters for your exercises")).to_be_visible()
    notes(page, "High blood pressure")
    opens(page, "/exercises")
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(link(page, "Tell what matters for your exercises")).to_have_count(0)

    opens(page, "/exercises/knee-to-chest")
    adds_to(page, "A new routine")
    says(page, "Knee to chest is now in “My routine”.")
    opens(page, "/exercises/bridge")
    adds_to(page, "My routine")
    asked = page.get_by_role("dialog", name="Before you add Bridge")
    expect(asked).to_contain_text("blood pressure is not under control")
    tap(button(asked, "Leave it out"))
    expect(link(page, "Open it")).to_have_count(0)
    adds_to(page, "My routine")
    tap(button(asked, "Add it anyway: my doctor or physiotherapist agreed"))
    says(page, "Bridge is now in “My routine”.")
    tap(button(page, "Undo"))
    expect(link(page, "Open it")).to_have_count(0)
    adds_to(page, "My routine")
    tap(link(page, "Open it"))
    is_called(page, "My routine")
    has_sent_all(page)
    (mine,) = [row for row in phone.rows("routines") if not row["starter"]]
    assert [item["exercise"] for item in mine["items"]] == ["knee-to-chest", "bridge"]


def test_a_plan_written_without_a_network_is_sent_and_each_change_is_a_version(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    go_to(page, "Stretch")
    expect(page.get_by_text(STARTER).first).to_be_visible()
    has_sent_all(page)
    settled(page)
    phone.go_offline()
    tap(link(page, re.compile("^Write a plan")))
    tap(link(page, re.compile(f"^{STARTER}.*exercises$")))
    page.get_by_label("Name", exact=True).fill("After the visit")
    page.get_by_label("Until").fill("2020-01-01")
    tap(button(page, "Save the plan"))
    expect(page.get_by_text("It cannot end before it begins.")).to_be_visible()
    page.get_by_label("From", exact=True).fill("2026-03-02")
    pick(page, "3 weeks")
    expect(page.get_by_label("Until")).to_have_value("2026-03-22")
    page.get_by_label("From", exact=True).fill("2026-03-03")
    expect(page.get_by_label("Until")).to_have_value("2026-03-23")
    pick(page, "No end")
    expect(page.get_by_label("Until")).to_have_value("")
    tap(button(page, "More: Times a day"))
    tap(button(page, "Save the plan"))
    says(page, "on this phone")
    shows_unsent(page, 1)
    go_to(page, "Stretch")
    expect(page.get_by_text("0 of 2 done today")).to_be_visible()

    phone.go_online()
    has_sent_all(page)
    (plan,) = phone.rows("prescriptions")
    assert (plan["name"], plan["times_a_day"], plan["version"]) == ("After the visit", 2, 1)
    assert plan["pain_rule"] == {"ease_at": 4, "stop_at": 6, "ease_rise": 2, "stop_rise": 3}

    tap(link(page, "After the visit"))
    tap(button(page, "Change"))
    tap(button(page, "Less: Times a day"))
    tap(button(page, "Save the plan"))
    says(page, "Your plan is saved")
    has_sent_all(page)
    assert phone.rows("prescriptions")[0]["version"] == 2
    tap(page.get_by_text("Earlier versions", exact=True))
    expect(page.get_by_text("How often: Once a day, every day. Before: 2 times a day, every day.")).to_be_visible()
    expect(page.get_by_text("The first version")).to_be_visible()
    tap(button(page, "End it today"))
    says(page, "After the visit ends today")
    has_sent_all(page)
    assert phone.rows("prescriptions")[0]["ends_on"] == page.evaluate("new Date().toLocaleDateString('sv')")
    tap(button(page, "Undo"))
    expect(button(page, "End it today")).to_be_visible()
    has_sent_all(page)
    (plan,) = phone.rows("prescriptions")
    assert (plan["ends_on"], plan["times_a_day"], plan["version"]) == (None, 1, 4)


def touches(page: Page, handle: Locator, onto: Locator) -> None:
    """As `drags`, with a finger: what the browser would make of it by itself, a scroll say, it makes."""
    start, goal = handle.bounding_box(), onto.bounding_box()
    assert start
    assert goal
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    end = goal["y"] + goal["height"] * (0.9 if goal["y"] > start["y"] else 0.1)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 13):
        at = {"x": x, "y": y + (end - y) * step / 12}
        devtools.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_on_the_handle_moves_the_row_and_not_the_page_also_on_the_smallest_phone(phone: Phone):
    page = phone.page
    page.set_viewport_size({"width": 320, "height": 568})
    sign_up(page, a_person())
    makes_it_mine(page)
    before = order(page)
    handle(page, before[0]).scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    touches(page, handle(page, before[0]), rows(page).nth(1))
    stand_in_order(page, before[1], before[0], *before[2:])
    assert abs(page.evaluate("scrollY") - scrolled) < 200
    expect(page.get_by_role("dialog")).to_have_count(0)
