"""By keyboard, by screen reader, on the smallest phone, with the largest text, in the light and in the dark."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.exercises.factories import prescription_body
from tests.faults.server import Server
from tests.journeys.browser import REFUSED, Phone
from tests.journeys.keeping import has_brought
from tests.journeys.playing import put, routine_item, session
from tests.journeys.reach import WIDER_THAN_THE_PHONE, Axe
from tests.journeys.steps import (
    a_person,
    button,
    choose,
    go_to,
    has_sent_all,
    link,
    log,
    notes,
    sign_up,
    tap,
    with_text_of,
)
from tests.journeys.test_what_was_done import EVERY_DAY
from tests.journeys.worsening import USUAL, WORSE, has_written

pytestmark = [pytest.mark.journey, pytest.mark.online]

SIGNED_OUT = ["/", "/sign-in", "/sign-up", "/reset-password", "/reset-password/a-key", "/urgent", "/more/about"]
SIGNED_IN = [
    "/",
    "/log",
    "/stretch",
    "/exercises",
    "/exercises/piriformis-stretch",
    "/routines/new",
    "/plans/new",
    "/plans/new?from=",
    "/history",
    "/history/adherence",
    "/history/responses",
    "/history/weeks",
    "/log/week",
    "/log/hard",
    "/flags",
    "/flags/a-note-that-is-not-here",
    "/more",
    "/more/flags",
    "/more/profile",
    "/more/devices",
    "/more/reminders",
    "/more/reminders/new",
    "/more/reminders/inbox",
    "/more/reminders/ways",
    "/more/sharing",
    "/more/sharing/new",
    "/more/sharing/log",
    "/more/sharing/people",
    "/more/sharing/people/invite?as=patient",
    "/more/sharing/people/invite?as=physiotherapist",
    "/more/practice",
    "/messages",
    "/patients",
    "/patients/nobody-who-let-you-in",
    "/clinic",
    "/more/data",
    "/urgent",
    "/signs/check?set=full",
    "/signs/check?set=urgent&page=2",
    "/nowhere",
]


def screens_of(phone: Phone) -> list[str]:
    (entry, *_) = phone.rows()
    routine = next(one for one in phone.rows("routines") if one["starter"])
    (plan,) = phone.rows("prescriptions")
    (flag,) = phone.rows("flags")
    return [
        *SIGNED_IN,
        f"/log/{entry['id']}",
        f"/history/{entry['local_date']}",
        f"/routines/{routine['id']}",
        f"/routines/{routine['id']}/play",
        f"/plans/new?from={routine['id']}",
        f"/plans/{plan['id']}",
        f"/flags/{flag['id']}",
    ]


def opened(page: Page, addresses: list[str]) -> Iterator[str]:
    for address in addresses:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        # A screen that still waits for something is not yet the screen.
        expect(page.get_by_role("progressbar").and_(page.locator(":not(progress)"))).to_have_count(0)
        yield address


def with_a_diary(phone: Phone) -> None:
    sign_up(phone.page, a_person())
    log(phone.page, "Left buttock", Pain=2, Numbness=2)
    log(phone.page, "Left calf", Tingling=2)
    has_sent_all(phone.page)
    # Weeks that have got worse.
    has_written(phone, USUAL + WORSE)
    # Whoever has got worse is asked before an exercise; here she has answered.
    answers = {question["id"]: "no" for question in phone.api("red-flags")["questions"]}
    now = {"answered_at": datetime.now(UTC).isoformat(timespec="seconds"), "time_zone": "Europe/Berlin"}
    put(phone, f"red-flag-checks/{uuid.uuid4()}", {**now, "answers": answers})
    week = {"kind": "interference", "interference": {"pain": 5, "enjoyment": 4, "activity": None}}
    hard = {"kind": "activities", "activities": [{"name": "Walking to the shop", "rating": 3}]}
    for answered in (week, hard):
        put(phone, f"measures/{uuid.uuid4()}", {**now, **answered})
    # A plan with exercises that are done in turn, one of them done today, and something that speaks against one.
    notes(phone.page, "High blood pressure")
    today = phone.page.evaluate("new Date().toLocaleDateString('sv')")
    items = [
        routine_item("bridge", superset=1, round_rest_seconds=30),
        routine_item("walking", superset=1, round_rest_seconds=30),
        routine_item("pelvic-tilt"),
    ]
    plan = put(
        phone, f"prescriptions/{uuid.uuid4()}", prescription_body(starts_on=today, weekdays=EVERY_DAY, items=items)
    )
    done = session("bridge", today, prescription=plan["id"], prescription_version=1)
    put(phone, f"sessions/{uuid.uuid4()}", done)
    phone.page.reload()
    has_brought(phone.page, 1)


# --- screen readers ------------------------------------------------------------------------------
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen(server: Server, make_phone: Callable[..., Phone], scheme: str):
    phone = make_phone(server.address, color_scheme=scheme, reduced_motion="reduce")
    page, axe = phone.page, Axe(phone)
    phone.expect(REFUSED.format(404))
    found = {f"signed out {address}": axe.faults() for address in opened(page, SIGNED_OUT)}
    with_a_diary(phone)
    found |= {address: axe.faults() for address in opened(page, screens_of(phone))}
    found |= {what: axe.faults() for what in states(phone)}
    assert {where: faults for where, faults in found.items() if faults} == {}


def test_axe_would_find_something(phone: Phone):
    phone.page.goto("/")
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    phone.page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert [fault.split(":")[0] for fault in Axe(phone).faults()] == ["button-name"]


def states(phone: Phone) -> Iterator[str]:
    """What an address alone does not show."""
    page = phone.page
    page.goto("/sign-in")
    page.goto("/log")
    tap(button(page, "Left calf").first)
    yield "the rating of a place"
    choose(page.get_by_role("dialog"), "Pain", 7)
    tap(button(page.get_by_role("dialog"), "Done"))
    yield "an entry with a place marked"
    tap(button(page, "Saddle area").first)
    yield "the emergency advice"
    tap(button(page, "Not this area"))
    tap(button(page, "List"))
    yield "the list of places"
    page.goto("/history")
    for view in ("Body", "Table"):
        tap(page.get_by_role("radio", name=view, exact=True))
        yield f"history as {view}"
    page.goto("/plans/new?from=")
    tap(button(page, "Add an exercise"))
    yield "the exercises to choose from"
    tap(page.get_by_role("dialog").get_by_role("button", name=re.compile("^Bridge")).first)
    yield "the question before an exercise is added"
    tap(button(page, re.compile("^Add it anyway")))
    tap(page.get_by_role("button", name=re.compile("^Bridge")).first)
    yield "the dose of an exercise"
    tap(button(page.get_by_role("dialog", name="Bridge"), "Done"))
    page.goto("/")
    tap(button(page, re.compile("^Not today")).first)
    yield "what is in the way today"
    page.goto("/log")
    play(page)
    yield "the player"
    tap(button(page, "This hurts"))
    yield "the player's question"
    tap(button(page, "No, neither of these"))
    yield "the player's question of pain"
    tap(button(page, "3"))
    tap(button(page, "0, none"))
    yield "the player's answer"
    tap(button(page, "Stop here"))
    yield "after the player"


def play(page: Page) -> None:
    go_to(page, "Stretch")
    # Folded away behind today's plan.
    tap(page.locator("summary").first)
    tap(link(page, "Pinched nerve, first days").first)
    tap(link(page, "Start"))
    tap(button(page, "Start"))
    expect(page.get_by_role("timer")).to_be_visible()


# --- small phones and large text -------------------------------------------------------------------
@pytest.mark.parametrize(("width", "text"), [(320, 1), (360, 2)], ids=["320 px wide", "text of 200 %"])
def test_no_screen_scrolls_sideways(server: Server, make_phone: Callable[..., Phone], width: int, text: int):
    phone = make_phone(server.address, viewport={"width": width, "height": 640})
    page = phone.page
    phone.expect(REFUSED.format(404))
    with_text_of(phone, 100 * text)
    found = {f"signed out {address}": page.evaluate(WIDER_THAN_THE_PHONE) for address in opened(page, SIGNED_OUT)}
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{16 * text}px"
    with_a_diary(phone)
    found |= {address: page.evaluate(WIDER_THAN_THE_PHONE) for address in opened(page, screens_of(phone))}
    found |= {what: page.evaluate(WIDER_THAN_THE_PHONE) for what in states(phone)}
    assert {where: fault for where, fault in found.items() if fault} == {}


SMALL_TARGETS = """() => [...document.querySelectorAll('button, a[href], input, select, textarea, summary')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('p, li, .visually-hidden, .skip'))
  .map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.height < 43.5 || box.width < 24))
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${Math.round(box.width)} x ${Math.round(box.height)}`)"""


def test_what_is_to_be_tapped_is_large_enough(phone: Phone):
    page = phone.page
    with_a_diary(phone)
    phone.expect(REFUSED.format(404))
    found = {address: page.evaluate(SMALL_TARGETS) for address in opened(page, screens_of(phone))}
    assert {where: targets for where, targets in found.items() if targets} == {}


# --- the keyboard ----------------------------------------------------------------------------------
