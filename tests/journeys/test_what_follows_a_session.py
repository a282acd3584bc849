"""The morning after, asked once; and the next rung of a ladder, offered and never pressed."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.exercises.factories import prescription_body
from tests.faults.server import Server
from tests.journeys.browser import REFUSED, Phone
from tests.journeys.keeping import has_brought, is_on_the_disk
from tests.journeys.playing import put, routine_item, session, stop_the_clock
from tests.journeys.steps import (
    Person,
    a_person,
    button,
    choose,
    go_to,
    has_sent_all,
    link,
    says,
    shows_unsent,
    sign_in,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MORNING = "How is it this morning?"


def ago(days: int) -> str:
    # By the wall of the phone.
    return (datetime.now(ZoneInfo("Europe/Berlin")).date() - timedelta(days=days)).isoformat()


def question(page: Page) -> Locator:
    return page.get_by_role("region", name=MORNING)


@pytest.fixture
def alice(phone: Phone) -> Person:
    who = a_person("alice")
    sign_up(phone.page, who)
    return who


def did(phone: Phone, day: str, **parts: Any) -> str:
    return put(phone, f"sessions/{uuid.uuid4()}", session(parts.pop("exercise", "bridge"), day, **parts))["id"]


def opens_today(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


# --- the morning after -------------------------------------------------------------------------
def test_the_morning_after_is_asked_once_and_about_the_last_session(phone: Phone, alice: Person):
    page = phone.page
    did(phone, ago(1), routine_name="The first", started_at=f"{ago(1)}T08:00:00+01:00")
    last = did(
        phone,
        ago(1),
        routine_name="The last",
        started_at=f"{ago(1)}T18:00:00+01:00",
        ended_at=f"{ago(1)}T18:10:00+01:00",
    )
    opens_today(page)
    expect(question(page)).to_contain_text("The last")
    expect(question(page)).to_contain_text("Before the exercises: pain 3, numbness 1")
    choose(page, "Pain this morning", 5)
    choose(page, "Numbness this morning", 1)
    tap(button(question(page), "Save"))
    expect(page.get_by_text("Worse than before the session.")).to_be_visible()
    expect(question(page)).to_have_count(0)
    has_sent_all(page)
    told = {row["id"]: row["pain_next_morning"] for row in phone.rows("sessions")}
    assert told.pop(last) == 5
    assert list(told.values()) == [None]
    for tab in ("Stretch", "Today"):
        go_to(page, tab)
        expect(page.get_by_text(MORNING)).to_have_count(0)


def test_who_does_not_want_to_say_is_asked_on_no_device_again(
    phone: Phone, alice: Person, server: Server, make_phone: Callable[..., Phone]
):
    did(phone, ago(1))
    opens_today(phone.page)
    tap(button(question(phone.page), re.compile("^Not now, don.t ask again$")))
    says(phone.page, "not be asked about this one again")
    has_sent_all(phone.page)
    (row,) = phone.rows("sessions")
    assert (row["next_morning_declined"], row["pain_next_morning"]) == (True, None)
    tablet = make_phone(server.address)
    sign_in(tablet.page, alice)
    opens_today(tablet.page)
    has_brought(tablet.page, 1)
    expect(tablet.page.get_by_text(MORNING)).to_have_count(0)


def test_two_devices_that_finish_one_session_end_with_one_session(
    phone: Phone, alice: Person, server: Server, make_phone: Callable[..., Phone]
):
    """Both have it, both go offline, both say something of it: nothing is lost, and nobody is shown a fault."""
    did(phone, ago(1))
    tablet = make_phone(server.address)
    # The second to arrive is told what the first has brought.
    for one in (phone, tablet):
        one.expect(REFUSED.format(409))
    sign_in(tablet.page, alice)
    for one in (phone, tablet):
        opens_today(one.page)
        expect(question(one.page)).to_be_visible()
        one.go_offline()
    choose(phone.page, "Pain this morning", 2)
    tap(button(question(phone.page), "Save"))
    shows_unsent(phone.page, 1)
    choose(tablet.page, "Numbness this morning", 4)
    tap(button(question(tablet.page), "Save"))
    shows_unsent(tablet.page, 1)
    for one in (phone, tablet):
        one.go_online()
        has_sent_all(one.page)
    (row,) = phone.rows("sessions")
    assert (row["pain_next_morning"], row["numbness_next_morning"]) == (2, 4)
    expect(tablet.page.get_by_text("needs your attention")).to_have_count(0)


# --- ladders -----------------------------------------------------------------------------------
def of_her_own(phone: Phone, exercise: str, **parts: Any) -> str:
    routine = str(uuid.uuid4())
    put(phone, f"routines/{routine}", {"name": "Before bed", "items": [routine_item(exercise)], **parts})
    return routine


def plays_through(page: Page, address: str, pain: int) -> None:
    """One step after the other, skipping none of the holding: the clock is run over it."""
    page.goto(address)
    choose(page, "Pain now", 3)
    choose(page, "Numbness now", 1)
    stop_the_clock(page)
    tap(button(page, "Start"))
    expect(page.get_by_role("timer")).to_be_visible()
    for _ in range(4):
        page.clock.fast_forward(100_000)
        page.clock.run_for(300)
    expect(page.get_by_role("heading", level=1)).to_have_text("How is it now?")
    choose(page, "Pain now", pain)
    choose(page, "Numbness now", 1)
    tap(button(page, "Save"))
    expect(page.get_by_text("1 of 1 exercises done")).to_be_visible()
    page.clock.resume()


def test_after_three_comfortable_sessions_a_harder_form_is_offered_and_taken(phone: Phone, alice: Person):
    page = phone.page
    page.clock.install()
    for days in (3, 2):
        did(phone, ago(days), routine_name="Before bed")
    routine = of_her_own(phone, "bridge")
    page.reload()
    plays_through(page, f"/routines/{routine}/play", pain=3)
    expect(page.get_by_role("heading", name="Bridge: ready for a little more?")).to_be_visible()
    tap(button(page, "Use the harder form"))
    says(page, "is in your routine now")
    expect(button(page, "Use the harder form")).to_have_count(0)
    has_sent_all(page)
    (own,) = [row for row in phone.rows("routines") if row["id"] == routine]
    assert [item["exercise"] for item in own["items"]] == ["bridge-one-leg"]


def test_an_offer_turned_down_is_not_made_again_at_once(phone: Phone, alice: Person):
    page = phone.page
    page.clock.install()
    for days in (3, 2):
        did(phone, ago(days))
    routine = of_her_own(phone, "bridge")
    page.reload()
    for offered in (True, False):
        plays_through(page, f"/routines/{routine}/play", pain=3)
        offer = page.get_by_role("heading", name="Bridge: ready for a little more?")
        if offered:
            tap(button(page, "Keep it as it is"))
        expect(offer).to_have_count(0)
        is_on_the_disk(page)


def test_what_a_physiotherapist_prescribed_is_not_gone_past(phone: Phone, alice: Person):
    page = phone.page
    page.clock.install()
    for days in (3, 2, 1):
        did(phone, ago(days), next_morning_declined=True)
    put(
        phone,
        f"prescriptions/{uuid.uuid4()}",
        {
            "name": "From the clinic",
            "items": [routine_item("bridge")],
            "times_a_day": 1,
            "weekdays": ["mon"],
            "starts_on": ago(10),
            "ends_on": None,
            "pain_rule": {"ease_at": 4, "stop_at": 6, "ease_rise": 2, "stop_rise": 3},
            "note": "",
        },
    )
    routine = of_her_own(phone, "bridge")
    page.reload()
    plays_through(page, f"/routines/{routine}/play", pain=3)
    expect(page.get_by_text("ready for a little more?")).to_have_count(0)


def test_an_easier_form_of_a_ready_made_routine_makes_a_copy_and_says_so(phone: Phone, alice: Person):
    page = phone.page
    (starter,) = [row["id"] for row in phone.rows("routines") if row["name"] == "Pinched nerve, first days"]
    page.goto(f"/routines/{starter}/play")
    tap(button(page, "Start"))
    tap(button(page, "This hurts"))
    sheet = page.get_by_role("dialog", name="This hurts")
    tap(button(sheet, "No, neither of these"))
    tap(button(sheet, "5"))
    tap(button(sheet, "0, none"))
    tap(button(sheet, "Stop here"))
    tap(button(page, "Not now"))
    expect(page.get_by_role("heading", name="Knee to chest: an easier form?")).to_be_visible()
    expect(page.get_by_text("this makes a copy of your own")).to_be_visible()
    tap(button(page, "Use the easier form"))
    says(page, "Saved as")
    has_sent_all(page)
    (copy,) = [row for row in phone.rows("routines") if not row["starter"]]
    assert copy["items"][0]["exercise"] == "knee-to-chest-bent"


# --- what has to be checked first --------------------------------------------------------------
def test_after_a_leg_turned_weak_start_is_a_second_step_wherever_it_stands(phone: Phone, alice: Person):
    page = phone.page
    stop = {"ended": "stopped", "stop_reason": "weakness", "next_morning_declined": True}
    (item,) = session("bridge", ago(1))["items"]
    item |= {"status": "skipped", "reason": "weakness", "sets_done": 0, "repetitions_done": 0, "seconds_held": 0}
    did(phone, ago(1), items=[item], **stop)
    routine = of_her_own(phone, "clamshell")
    plan = put(phone, f"prescriptions/{uuid.uuid4()}", prescription_body(weekdays=EVERY_DAY, starts_on=ago(3)))["id"]
    page.reload()
    for address in ("/", "/stretch", f"/plans/{plan}", f"/routines/{routine}"):
        page.goto(address)
        expect(page.get_by_text("New weakness needs checking before you exercise again.")).to_be_visible()
        expect(link(page, re.compile("^Start"))).to_have_count(0)
    # She decides: it takes one more step, and says why.
    tap(button(page, "Start all the same"))
    asked = page.get_by_role("dialog", name="Has it been checked?")
    tap(button(asked, "Not yet, leave it"))
    expect(asked).to_be_hidden()
    tap(button(page, "Start all the same"))
    tap(link(asked, "I have had it checked: start"))
    page.wait_for_url(f"**/routines/{routine}/play")


def test_a_plan_that_was_put_off_for_weakness_invites_nowhere(phone: Phone, alice: Person):
    page = phone.page
    put(phone, f"prescriptions/{uuid.uuid4()}", prescription_body(weekdays=EVERY_DAY, starts_on=ago(3)))
    opens_today(page)
    tap(button(page, re.compile("^Not today")))
    sheet = page.get_by_role("dialog", name="Not today")
    sheet.get_by_role("radio", name=re.compile("^Weakness")).check()
    tap(button(sheet, "Save"))
    expect(page.get_by_text("Not today: Weakness")).to_be_visible()
    for tab in ("Today", "Stretch"):
        go_to(page, tab)
        expect(page.get_by_text("New weakness needs checking")).to_be_visible()
        expect(link(page, re.compile("^Start"))).to_have_count(0)
