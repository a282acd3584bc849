"""How the exercises answer: words first, a picture beside them, also without a network."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.faults.server import Server
from tests.journeys.browser import Phone
from tests.journeys.keeping import is_on_the_disk
from tests.journeys.playing import put, session
from tests.journeys.reach import WIDER_THAN_THE_PHONE, Axe
from tests.journeys.steps import a_person, go_to, link, settled, sign_up, tap, with_text_of

pytestmark = pytest.mark.journey

LOWER = "After this one your pain was usually about 1.5 points lower."
WORSE = "The morning after this one your numbness was usually about 2.5 points higher."


def days_ago(days: int) -> str:
    # By the wall of the phone.
    return f"{datetime.now(ZoneInfo('Europe/Berlin')).date() - timedelta(days=days)}"


def with_sessions(phone: Phone) -> None:
    """Knee to chest helps; after bridges it is number next morning; of the seated twist there are too few."""
    sign_up(phone.page, a_person())
    for day in range(1, 13):
        date = days_ago(14 - day)
        helped = {"pain_before": 6, "pain_after": 4 + day % 2}
        number = {"numbness_before": 3, "numbness_after": 3, "numbness_next_morning": 5 + day % 2}
        unrated = dict.fromkeys(("pain_before", "pain_after", "numbness_before", "numbness_after"))
        put(phone, f"sessions/{uuid.uuid4()}", session("knee-to-chest", date, **{**unrated, **helped}))
        put(phone, f"sessions/{uuid.uuid4()}", session("bridge", date, **{**unrated, **number}))
    put(phone, f"sessions/{uuid.uuid4()}", session("seated-twist", days_ago(1)))


def responses(page: Page) -> None:
    go_to(page, "History")
    tap(link(page, re.compile("How your exercises answer")))
    expect(page.get_by_role("heading", level=1)).to_have_text("How your exercises answer")


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def test_the_list_says_what_was_felt_and_how_sure_that_is(phone: Phone):
    with_sessions(phone)
    page = phone.page
    responses(page)
    expect(card(page, "Knee to chest")).to_contain_text(LOWER)
    expect(card(page, "Knee to chest")).to_contain_text("Most likely")
    expect(card(page, "Knee to chest")).to_contain_text("12 sessions in the last 90 days")
    expect(card(page, "Knee to chest")).to_contain_text("Not compared with days without exercise")
    expect(card(page, "Knee to chest")).to_contain_text("Rated in 12 sessions")
    bridge = card(page, "Bridge")
    expect(bridge).to_contain_text(WORSE)
    expect(bridge).to_contain_text("Next time make it smaller or leave it out, and tell your physiotherapist.")
    expect(card(page, "Not enough sessions yet")).to_contain_text("Seated twist: 1 session")
    # What got worse stands first.
    expect(page.get_by_role("region").first).to_contain_text(WORSE)


def test_an_exercise_says_it_on_its_own_screen(phone: Phone):
    with_sessions(phone)
    phone.page.goto("/exercises/knee-to-chest")
    expect(card(phone.page, "How it was after this one")).to_contain_text(LOWER)


def test_what_is_older_than_three_months_no_longer_counts(phone: Phone):
    sign_up(phone.page, a_person())
    put(phone, f"sessions/{uuid.uuid4()}", session("bridge", days_ago(95)))
    put(phone, f"sessions/{uuid.uuid4()}", session("knee-to-chest", days_ago(85)))
    phone.page.goto("/history/responses")
    expect(card(phone.page, "Not enough sessions yet")).to_contain_text("Knee to chest: 1 session")
    expect(phone.page.get_by_text("Bridge")).to_be_hidden()


def test_where_an_exercise_comes_from_stands_apart_from_its_warnings(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    page.goto("/exercises/bridge")
    expect(page.get_by_text("Not yet reviewed by a clinician", exact=True)).to_be_visible()
    sources = page.get_by_text("Source:")
    expect(sources.first).to_be_hidden()
    tap(page.get_by_text("Where this comes from"))
    expect(sources.first).to_be_visible()
    assert sources.count() > 1
    expect(page.get_by_text("After 3 comfortable sessions in a row")).to_be_visible()


def test_what_was_read_once_stays_without_a_network(phone: Phone):
    with_sessions(phone)
    page = phone.page
    responses(page)
    expect(card(page, "Knee to chest")).to_contain_text(LOWER)
    is_on_the_disk(page)
    settled(page)
    phone.go_offline()
    page.goto("/history/responses")
    expect(card(page, "Knee to chest")).to_contain_text(LOWER)
    expect(page.get_by_text("As of Today")).to_be_visible()


def test_a_phone_that_never_asked_says_so_without_a_network(phone: Phone):
    sign_up(phone.page, a_person())
    settled(phone.page)
    phone.go_offline()
    phone.page.goto("/history/responses")
    expect(phone.page.get_by_text("This needs a connection the first time.")).to_be_visible()


def test_somebody_without_sessions_is_told_how_it_comes_to_be(phone: Phone):
    sign_up(phone.page, a_person())
    phone.page.goto("/history/responses")
    expect(phone.page.get_by_text("Nothing to show yet")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_is_within_everybodys_reach(server: Server, make_phone: Callable[..., Phone], scheme: str):
    phone = make_phone(server.address, color_scheme=scheme)
    with_sessions(phone)
    responses(phone.page)
    expect(card(phone.page, "Bridge")).to_be_visible()
    assert Axe(phone).faults() == []


@pytest.mark.parametrize(("width", "text"), [(320, 1), (360, 2)], ids=["320 px wide", "text of 200 %"])
def test_the_list_does_not_scroll_sideways(server: Server, make_phone: Callable[..., Phone], width: int, text: int):
    phone = make_phone(server.address, viewport={"width": width, "height": 640})
    with_text_of(phone, 100 * text)
    with_sessions(phone)
    phone.page.goto("/history/responses")
    expect(card(phone.page, "Bridge")).to_be_visible()
    assert phone.page.evaluate(WIDER_THAN_THE_PHONE) is None
