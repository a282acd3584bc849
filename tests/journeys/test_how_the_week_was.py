"""Once a week how much it got in the way, every two weeks what is hard: asked softly, kept without a network."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Phone
from tests.journeys.keeping import has_brought, is_on_the_disk
from tests.journeys.playing import put
from tests.journeys.steps import (
    a_person,
    button,
    choose,
    go_to,
    has_sent_all,
    link,
    opens,
    says,
    settled,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey

ASKED = "How was your week?"


def wrote(phone: Phone, days_ago: int) -> None:
    """An entry of some days ago, from another of her devices."""
    moment = datetime.now(UTC) - timedelta(days=days_ago)
    body = {"occurred_at": moment.isoformat(timespec="seconds"), "time_zone": "Europe/Berlin", "readings": []}
    put(phone, f"logs/{uuid.uuid4()}", {**body, "sleep_quality": None, "triggers": [], "note": "", "self_care": []})


def answered(phone: Phone, days_ago: int, **parts: object) -> None:
    moment = datetime.now(UTC) - timedelta(days=days_ago)
    body = {"answered_at": moment.isoformat(timespec="seconds"), "time_zone": "Europe/Berlin"}
    put(phone, f"measures/{uuid.uuid4()}", {"interference": None, "activities": [], **body, **parts})


def asks(page: Page, title: str = ASKED) -> None:
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def test_the_week_is_asked_about_once_a_week_and_kept_without_a_network(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    wrote(phone, days_ago=8)
    page.reload()
    asks(page)
    settled(page)

    phone.go_offline()
    tap(link(page, "Answer"))
    tap(button(page, "Save"))
    expect(page.get_by_role("alert")).to_contain_text("at least one")
    choose(page, "How strong was the pain over the week?", 6)
    choose(page, "How much did it hold you back in daily life?", 3)
    tap(button(page, "Save"))
    says(page, "Saved")
    # Not asked again, but what is hard for her.
    asks(page, "What is hard for you?")
    expect(page.get_by_role("heading", name=ASKED)).to_have_count(0)

    tap(link(page, "Rate them"))
    page.get_by_label("Thing 1").fill("Walking to the shop")
    choose(page, "How well does it go?", 2)
    tap(button(page, "Add another"))
    page.get_by_label("Thing 2").fill("walking to the shop ")
    tap(button(page, "Save"))
    expect(page.get_by_role("alert")).to_contain_text("is there twice")
    page.get_by_label("Thing 2").fill("Putting on socks")
    tap(button(page, "Save"))
    expect(page.get_by_role("alert")).to_contain_text("has no rating yet")
    choose(page.locator(".card", has=page.get_by_label("Thing 2")), "How well does it go?", 4)
    tap(button(page, "Save"))
    says(page, "Saved")

    page.reload()
    opens(page, "/history/weeks")
    expect(page.get_by_text("4.5 of 10")).to_be_visible()
    expect(page.get_by_text("pain 6, daily life 3")).to_be_visible()
    phone.go_online()
    has_sent_all(page)
    rows = {row["kind"]: row for row in phone.rows("measures")}
    assert rows["interference"]["interference"] == {"pain": 6, "enjoyment": None, "activity": 3}
    assert [(one["name"], one["rating"]) for one in rows["activities"]["activities"]] == [
        ("Walking to the shop", 2),
        ("Putting on socks", 4),
    ]


def test_what_is_hard_is_rated_again_and_a_real_change_is_called_one(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    walking, socks = {"name": "Walking", "rating": 2}, {"name": "Socks", "rating": 4}
    answered(phone, 15, kind="activities", activities=[walking, socks])
    opens(page, "/history/weeks")
    expect(page.get_by_text("Rated once so far.")).to_have_count(2)

    opens(page, "/log/hard")
    expect(page.get_by_text("Last time: 2")).to_be_visible()
    choose(page, "Walking", 6)
    choose(page, "Socks", 5)
    tap(button(page, "Save"))
    says(page, "Saved")
    opens(page, "/history/weeks")
    expect(page.get_by_role("listitem").filter(has_text="Walking")).to_contain_text("Better: more than")
    expect(page.get_by_role("listitem").filter(has_text="Socks")).to_contain_text("About the same")
    expect(page.get_by_role("listitem").filter(has_text="All together")).to_contain_text("3.0 at the start, 5.5 now")

    # Answered by mistake on the same day: corrected, not answered twice.
    opens(page, "/log/hard")
    choose(page, "Walking", 3)
    tap(button(page, "Save"))
    says(page, "Saved")
    has_sent_all(page)
    newest, _ = phone.rows("measures")
    assert (newest["version"], newest["activities"][0]["rating"]) == (2, 3)


def test_nobody_is_asked_in_the_first_days_and_one_tap_puts_it_off_for_a_week(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    wrote(phone, days_ago=3)
    page.reload()
    has_brought(page, 0)
    expect(page.get_by_role("heading", name=ASKED)).to_have_count(0)

    wrote(phone, days_ago=9)
    page.reload()
    asks(page)
    tap(button(page, "Not this week"))
    expect(page.get_by_role("heading", name=ASKED)).to_have_count(0)
    is_on_the_disk(page)
    page.reload()
    has_brought(page, 0)
    # It is still there for whoever looks for it.
    go_to(page, "Log")
    tap(link(page, re.compile("^How your week was")))
    expect(page.get_by_role("radiogroup")).to_have_count(3)
    go_to(page, "Today")
    expect(page.get_by_role("heading", name=ASKED)).to_have_count(0)
