from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.faults.figures import Figure
from tests.journeys.browser import Phone
from tests.journeys.steps import (
    a_person,
    button,
    counted_taps,
    go_to,
    has_left,
    has_sent_all,
    link,
    log,
    mark,
    pick,
    places_of,
    save,
    says,
    sign_in,
    sign_out,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey

BERLIN = ZoneInfo("Europe/Berlin")
HUMAN_SECONDS_A_TAP = 0.6


def test_a_new_person_logs_two_places_and_finds_them_in_the_history_also_after_signing_in_again(
    phone: Phone, figure: Figure
):
    page, alice = phone.page, a_person("alice")
    sign_up(page, alice)

    started = time.monotonic()
    with counted_taps() as taps:
        go_to(page, "Log")
        mark(page, "Left buttock", Numbness=6, Pain=4)
        mark(page, "Left calf", Numbness=7, Pain=3)
        tap(button(page, "Save"))
        says(page, "Saved")
    seconds = time.monotonic() - started + taps.count * HUMAN_SECONDS_A_TAP
    figure("a full entry of two regions, taps", taps.count, "taps")
    figure("a full entry of two regions, at a human pace", seconds, "s")
    assert seconds <= 30

    has_sent_all(page)
    (row,) = phone.rows()
    assert places_of(row) == {("buttock", "left"), ("calf", "left")}
    assert {(one["numbness"], one["pain"], one["tingling"]) for one in row["readings"]} == {(6, 4, None), (7, 3, None)}

    is_in_the_history(phone)
    sign_out(page)
    sign_in(page, alice)
    is_in_the_history(phone)


def is_in_the_history(phone: Phone) -> None:
    """The worst of the day: numbness 7, pain 4; in the chart, in the table and on the day itself."""
    page = phone.page
    go_to(page, "History")
    expect(page.locator("canvas").first).to_be_visible()
    pick(page, "Table")
    today = page.get_by_role("row")
    for value in ("7", "4"):
        today = today.filter(has=page.get_by_role("cell", name=value, exact=True))
    expect(today).to_have_count(1)
    tap(today.get_by_role("link").first)
    expect(page.get_by_text("Left buttock").first).to_be_visible()
    expect(page.get_by_text("Left calf").first).to_be_visible()


def test_the_next_day_the_same_as_yesterday_takes_two_taps_at_most(phone: Phone, figure: Figure):
    page = phone.page
    now = datetime.now(BERLIN)
    page.clock.install(time=now - timedelta(days=1))
    sign_up(page, a_person())
    log(page, "Left buttock", Numbness=6, Pain=4)
    has_sent_all(page)

    page.clock.set_system_time(now)
    with counted_taps() as taps:
        page.goto("/")
        tap(button(page, re.compile("^Same as yesterday")))
        says(page, "Saved")
    figure("same as yesterday, from opening the app", taps.count, "taps")
    assert taps.count <= 2

    has_sent_all(page)
    today, yesterday = phone.rows()
    assert today["readings"] == yesterday["readings"]
    assert [row["local_date"] for row in (today, yesterday)] == [
        str(now.date()),
        str(now.date() - timedelta(days=1)),
    ]
    # Once said, it is not asked again.
    expect(button(page, re.compile("^Same as yesterday"))).to_be_hidden()


def test_whoever_writes_once_a_week_is_asked_for_nothing_in_between(phone: Phone):
    page = phone.page
    now = datetime.now(BERLIN)
    page.clock.install(time=now - timedelta(days=7))
    sign_up(page, a_person())
    page.goto("/more/profile")
    pick(page, "Once a week")
    save(page)
    log(page, "Left calf", Pain=4)
    has_sent_all(page)

    page.clock.set_system_time(now - timedelta(days=1))
    page.goto("/")
    expect(page.get_by_text("Nothing to write today")).to_be_visible()
    expect(button(page, re.compile("^No symptoms today"))).to_be_hidden()
    # What is new can be written at any time.
    expect(link(page, "Write an entry")).to_be_visible()

    page.clock.set_system_time(now)
    page.goto("/")
    expect(button(page, re.compile("^No symptoms today"))).to_be_visible()


def test_no_symptoms_today_is_one_tap_and_counts_as_nought(phone: Phone, figure: Figure):
    page = phone.page
    sign_up(page, a_person())
    with counted_taps() as taps:
        page.goto("/")
        tap(button(page, re.compile("^No symptoms today")))
        says(page, "Saved")
    figure("no symptoms today, from opening the app", taps.count, "taps")
    assert taps.count <= 2
    has_sent_all(page)
    assert [row["readings"] for row in phone.rows()] == [[]]
    (day,) = phone.api("summary")["days"]
    assert (day["numbness"], day["pain"]) == (0, 0)


def test_an_entry_can_be_corrected_deleted_and_brought_back(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    log(page, "Left buttock", Pain=8)
    has_sent_all(page)
    (first,) = phone.rows()

    page.goto(f"/log/{first['id']}")
    mark(page, "Left buttock", Pain=3, Numbness=2)
    tap(button(page, "Save the changes"))
    says(page, "Saved")
    has_sent_all(page)
    (corrected,) = phone.rows()
    assert (corrected["id"], corrected["version"]) == (first["id"], 2)
    assert [(one["pain"], one["numbness"]) for one in corrected["readings"]] == [(3, 2)]
    assert corrected["occurred_at"] == first["occurred_at"]

    page.goto(f"/log/{first['id']}")
    tap(button(page, "Delete this entry"))
    says(page, "Entry deleted")
    has_sent_all(page)
    assert phone.rows() == []

    tap(button(page, "Undo"))
    says(page, "The entry is back")
    has_sent_all(page)
    assert [row["readings"] for row in phone.rows()] == [corrected["readings"]]


def test_saving_is_felt_at_once(phone: Phone, figure: Figure):
    """From the tap's arrival in the app to the frame with the word "Saved", on the app's own clock."""
    page = phone.page
    sign_up(page, a_person())
    took = []
    for _ in range(7):
        go_to(page, "Log")
        mark(page, "Left calf", Pain=4)
        page.evaluate(
            """() => {
              window.savedAfter = undefined;
              document.addEventListener('click', () => {
                const toasts = document.querySelector('.toasts');
                const begun = performance.now();
                new MutationObserver((_, observer) => {
                  if (!toasts.textContent.includes('Saved')) return;
                  observer.disconnect();
                  requestAnimationFrame(() => { window.savedAfter = performance.now() - begun; });
                }).observe(toasts, { childList: true, subtree: true, characterData: true });
              }, { once: true, capture: true });
            }"""
        )
        tap(button(page, "Save"))
        says(page, "Saved")
        # The frame comes after the word.
        took.append(page.wait_for_function("() => window.savedAfter").json_value())
        tap(button(page.locator(".toasts"), "Dismiss"))
        has_left(page, "/log")
    best, median = min(took), sorted(took)[len(took) // 2]
    figure("tap on save to saved, median of 7", median, "ms")
    figure("tap on save to saved, best of 7", best, "ms")
    # What else this machine does at the moment can only add to it.
    assert best <= 50, took


def test_the_first_screen_loads_little_script(phone: Phone, figure: Figure):
    page = phone.page
    page.goto("/")
    expect(link(page, "Make an account")).to_be_visible()
    page.wait_for_load_state("networkidle")
    sizes = page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter((one) => new URL(one.name).pathname.endsWith('.js')).map((one) => one.encodedBodySize)"
    )
    figure("script of the first screen, compressed", sum(sizes) / 1000, "kB")
    figure("script of the first screen, files", len(sizes), "files")
    assert 0 < sum(sizes) <= 60_000
