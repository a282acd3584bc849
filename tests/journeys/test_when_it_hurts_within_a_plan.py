"""When an exercise of a plan hurts: the plan sets the limits."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Phone
from tests.journeys.playing import (
    READY,
    hurts_but_not_the_leg,
    is_summed_up,
    passes,
    put,
    routine_item,
    skip_to_the_hold,
    start,
)
from tests.journeys.steps import a_person, button, choose, go_to, has_sent_all, link, sign_up, tap

pytestmark = pytest.mark.journey


def prescribed(phone: Phone, *exercises: str, **parts: Any) -> str:
    prescription = str(uuid.uuid4())
    put(
        phone,
        f"prescriptions/{prescription}",
        {
            "name": "From the clinic",
            "items": [routine_item(exercise) for exercise in exercises],
            "times_a_day": 1,
            "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            "starts_on": "2026-01-01",
            "ends_on": None,
            "note": "",
            **parts,
        },
    )
    phone.page.reload()
    phone.page.goto(f"/routines/{prescription}/play")
    return prescription


@pytest.mark.parametrize(
    ("exercises", "words"),
    [
        (["bridge", "pelvic-tilt"], "Stopped today: Bridge. If you do the rest today, leave that out."),
        (["bridge"], "Stopped today: Bridge. Leave it out for today."),
    ],
    ids=["one of two", "the only one"],
)
def test_beside_the_offer_to_begin_again_stands_what_is_to_be_left_out(phone: Phone, exercises: list[str], words: str):
    page = phone.page
    sign_up(page, a_person("alice"))
    usual = {"ease_at": 4, "stop_at": 6, "ease_rise": 2, "stop_rise": 3}
    prescribed(phone, *exercises, pain_rule=usual, times_a_day=2)
    tap(button(page, "Start"))
    skip_to_the_hold(page)
    hurts_but_not_the_leg(page, 8, 0)
    tap(button(page, "Save"))
    is_summed_up(page)
    tap(link(page, "Back to Stretch"))
    go_to(page, "Today")
    expect(page.get_by_text("Leave out for today what set it off.")).to_be_visible()
    plan = page.get_by_role("region", name=re.compile("^Today.s plan"))
    expect(link(plan, re.compile("^Start"))).to_be_visible()
    expect(plan).to_contain_text(words)


def test_a_prescription_sets_the_limits_and_is_named_in_the_record(phone: Phone):
    page = phone.page
    page.clock.install()
    sign_up(page, a_person("alice"))
    generous = {"ease_at": 7, "stop_at": 9, "ease_rise": 4, "stop_rise": 6}
    prescription = prescribed(phone, "bridge", pain_rule=generous)
    expect(page.get_by_text("make it easier from 7, stop from 9")).to_be_visible()
    choose(page, "Pain now", 3)
    choose(page, "Numbness now", 0)
    start(page)
    passes(page, READY + 2)
    # The usual rule would stop here.
    sheet = hurts_but_not_the_leg(page, 6, 0)
    expect(sheet.get_by_text("That is within your limits")).to_be_visible()
    tap(button(sheet, "Stop here"))
    expect(page.get_by_role("heading", level=1)).to_have_text("How is it now?")
    page.clock.resume()
    has_sent_all(page)
    (session,) = phone.rows("sessions")
    assert (session["prescription"], session["prescription_version"], session["routine"]) == (prescription, 1, None)
    assert session["hurts"][0]["verdict"] == "go"
