"""The guided routine, played against a clock that the test holds: it is the wall clock that counts, never ticks."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import Phone
from tests.journeys.steps import a_person, button, go_to, link, sign_up, tap

ROUTINE = "Pinched nerve, first days"
READY, HOLD, CHANGE, REST = 15, 20, 6, 10


def with_the_clock_in_hand(phone: Phone) -> Phone:
    """Alice, with the routine before her."""
    phone.page.clock.install()
    sign_up(phone.page, a_person("alice"))
    open_routine(phone.page)
    return phone


def open_routine(page: Page) -> None:
    go_to(page, "Stretch")
    tap(link(page, re.compile(ROUTINE)).first)
    tap(link(page, "Start"))
    expect(button(page, "Start")).to_be_visible()


def routine_address(phone: Phone) -> str:
    (starter,) = [row["id"] for row in phone.rows("routines") if row["name"] == ROUTINE]
    return f"/routines/{starter}/play"


def plays(page: Page) -> None:
    """Alice, in the first countdown; the clock runs by itself."""
    sign_up(page, a_person("alice"))
    open_routine(page)
    tap(button(page, "Start"))
    shows(page, "Get ready")


def skip_to_the_hold(page: Page) -> None:
    tap(button(page, "Skip"))
    tap(button(page, "Skip the countdown"))
    shows(page, "Hold")


def stop_the_clock(page: Page) -> None:
    """From here on no second passes by itself."""
    # Ahead by more than a busy machine takes between the two: to a moment that has passed no clock can be put.
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 30"))


def start(page: Page) -> None:
    stop_the_clock(page)
    tap(button(page, "Start"))
    expect(timer(page)).to_have_text(str(READY))


def timer(page: Page) -> Locator:
    return page.get_by_role("timer")


def passes(page: Page, seconds: float) -> None:
    """The phone is awake: every timer runs."""
    page.clock.run_for(round(seconds * 1000))


def sleeps(page: Page, seconds: float) -> None:
    """The phone sleeps: nothing runs, and when it wakes the clock has moved on."""
    page.clock.fast_forward(round(seconds * 1000))
    page.clock.run_for(300)


def runs_to_the_end(page: Page) -> None:
    """A quarter of an hour, in naps that are too short to count as being away."""
    for _ in range(9):
        sleeps(page, 100)


def shows(page: Page, phase: str, seconds: int | None = None, side: str | None = None) -> None:
    expect(page.locator(".phase")).to_have_text(phase)
    if seconds is not None:
        expect(timer(page)).to_have_text(str(seconds))
    if side:
        expect(page.get_by_text(side, exact=True)).to_be_visible()


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def is_summed_up(page: Page) -> None:
    """What was said of it afterwards is kept by then."""
    expect(page.get_by_text(re.compile(r"\d of \d exercises done"))).to_be_visible()


# --- this hurts --------------------------------------------------------------------------------
def this_hurts(page: Page) -> Locator:
    tap(button(page, "This hurts"))
    sheet = page.get_by_role("dialog", name="This hurts")
    expect(sheet).to_be_visible()
    return sheet


def rate_in(sheet: Locator, value: int) -> None:
    """One of the large keys, which may say that it is as before."""
    tap(button(sheet, re.compile(rf"^{value}(,|$)")))


def hurts_but_not_the_leg(page: Page, pain: int, numbness: int) -> Locator:
    sheet = this_hurts(page)
    tap(button(sheet, "No, neither of these"))
    rate_in(sheet, pain)
    rate_in(sheet, numbness)
    return sheet


def taps_twice(what: Locator) -> None:
    """As fast as a phone can draw what lies under the thumb after the first one."""
    what.evaluate(
        """async (button) => {
          const { x, y, width, height } = button.getBoundingClientRect();
          const tap = () => document.elementFromPoint(x + width / 2, y + height / 2).click();
          const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          tap();
          await drawn();
          tap();
          await drawn();
        }"""
    )


# --- what was done before, on another device ---------------------------------------------------
def put(phone: Phone, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Straight to the server, as another device of hers would."""
    cookies = {cookie["name"]: cookie["value"] for cookie in phone.context.cookies()}
    headers = {"X-CSRFToken": cookies["csrftoken"], "Referer": phone.address}
    answer = phone.context.request.put(f"{phone.address}/api/v1/{path}", data=body, headers=headers)
    assert answer.ok, f"{path}: {answer.status} {answer.text()}"
    return answer.json()


def dose(**parts: Any) -> dict[str, Any]:
    return {"sets": 1, "repetitions": 3, "hold_seconds": 20, "rest_seconds": 10, "sides": "both", "tempo": "", **parts}


def routine_item(exercise: str, **parts: Any) -> dict[str, Any]:
    return {"exercise": exercise, **dose(), "superset": None, "round_rest_seconds": 0, **parts}


def session(exercise: str, day: str, **parts: Any) -> dict[str, Any]:
    """A comfortable one, done in full on that date at eight in the morning."""
    item = {
        "exercise": exercise,
        "prescribed": dose(),
        "status": "done",
        "reason": None,
        "sets_done": 1,
        "repetitions_done": 3,
        "seconds_held": 60,
        "eased_from": None,
    }
    return {
        "routine": None,
        "routine_name": "Before bed",
        "prescription": None,
        "prescription_version": None,
        "started_at": f"{day}T08:00:00+01:00",
        "ended_at": f"{day}T08:10:00+01:00",
        "time_zone": "Europe/Berlin",
        "ended": "completed",
        "stop_reason": None,
        "items": [item],
        "hurts": [],
        "pain_before": 3,
        "numbness_before": 1,
        "pain_after": 3,
        "numbness_after": 1,
        "pain_next_morning": None,
        "numbness_next_morning": None,
        "next_morning_declined": False,
        "note": "",
        **parts,
    }
