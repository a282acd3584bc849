"""When an exercise of a plan hurts: the plan sets the limits."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Phone
from tests.journeys.playing import READY, hurts_but_not_the_leg, passes, put, routine_item, start
from tests.journeys.steps import a_person, button, choose, has_sent_all, sign_up, tap

pytestmark = pytest.mark.journey


def test_a_prescription_sets_the_limits_and_is_named_in_the_record(phone: Phone):
    page = phone.page
    page.clock.install()
    sign_up(page, a_person("alice"))
    prescription = str(uuid.uuid4())
    put(
        phone,
        f"prescriptions/{prescription}",
        {
            "name": "From the clinic",
            "items": [routine_item("bridge")],
            "times_a_day": 1,
            "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            "starts_on": "2026-01-01",
            "ends_on": None,
            "pain_rule": {"ease_at": 7, "stop_at": 9, "ease_rise": 4, "stop_rise": 6},
            "note": "",
        },
    )
    page.reload()
    page.goto(f"/routines/{prescription}/play")
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
