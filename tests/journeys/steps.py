"""What a person does on the phone, in one verb each, so that a journey reads as sentences. The words are the app's."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error, Locator, Page, expect

from tests.faults.server import wait_until
from tests.journeys.browser import Phone
from tests.journeys.keeping import has_pulled
from tests.journeys.pacing import take_turns
from tests.people import PASSWORD

# The four streams as the app names them.
NUMBNESS, TINGLING, PAIN, WEAKNESS = "Numbness", "Tingling", "Pain", "Weakness"


@dataclass(frozen=True)
class Person:
    email: str
    password: str = PASSWORD


def a_person(name: str = "alice") -> Person:
    return Person(f"{name}-{uuid.uuid4().hex[:8]}@example.org")


class Taps:
    count = 0


_counting: list[Taps] = []


@contextmanager
def counted_taps() -> Iterator[Taps]:
    taps = Taps()
    _counting.append(taps)
    try:
        yield taps
    finally:
        _counting.remove(taps)


def tap(what: Locator) -> None:
    what.tap()
    for taps in _counting:
        taps.count += 1


def button(where: Page | Locator, name: str | re.Pattern[str]) -> Locator:
    return where.get_by_role("button", name=name, exact=isinstance(name, str))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def pick(where: Page | Locator, name: str) -> None:
    """One of a few choices of which exactly one holds."""
    tap(where.get_by_role("radio", name=name, exact=True))


def check(page: Page | Locator, name: str | re.Pattern[str]) -> None:
    tap(page.get_by_role("checkbox", name=name))


def link(where: Page | Locator, name: str | re.Pattern[str]) -> Locator:
    return where.get_by_role("link", name=name, exact=isinstance(name, str))


# --- the account -------------------------------------------------------------------------------
def fill_in(page: Page, who: Person) -> None:
    page.get_by_label("E-mail", exact=True).fill(who.email)
    page.get_by_label(re.compile("^(New )?[Pp]assword$")).fill(who.password)


def sign_up(page: Page, who: Person) -> None:
    page.goto("/")
    tap(link(page, "Make an account"))
    expect(button(page, "Make an account")).to_be_visible()
    fill_in(page, who)
    take_turns()
    tap(button(page, "Make an account"))
    is_signed_in(page)


def sign_in(page: Page, who: Person) -> None:
    page.goto("/sign-in")
    fill_in(page, who)
    tap(button(page, "Sign in"))
    is_signed_in(page)


def is_signed_in(page: Page) -> None:
    expect(bar(page)).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/more/data")
    # Ends with the app loaded anew: nothing of hers stays in the page's memory.
    with page.expect_event("load"):
        tap(button(page, "Sign out"))
    expect(link(page, "Make an account")).to_be_visible()


# --- getting about -----------------------------------------------------------------------------
def bar(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Main")


def go_to(page: Page, tab: str) -> None:
    there = link(bar(page), tab)
    address = there.get_attribute("href")
    assert address
    tap(there)
    # The screen she leaves has a heading too.
    expect(page).to_have_url(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def opens(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def look_at(page: Page) -> None:
    """This tab comes to the front: in one at the back the browser takes its time."""
    page.bring_to_front()


def with_text_of(phone: Phone, percent: int) -> None:
    """As the browser's own setting for the size of text does it; before the page is opened."""
    sizes = {"standard": 16 * percent // 100}
    phone.context.new_cdp_session(phone.page).send("Page.setFontSizes", {"fontSizes": sizes})


def with_letters_of(phone: Phone, percent: int) -> None:
    """Made large in the page, as a style of one's own does it, of which no media query knows; before it is opened."""
    rule = f"html {{ font-size: {percent}% !important }}"
    phone.context.add_init_script(
        f"""addEventListener('DOMContentLoaded', () => {{
          const sheet = new CSSStyleSheet();
          sheet.replaceSync({json.dumps(rule)});
          document.adoptedStyleSheets = [sheet];
        }});"""
    )


def settled(page: Page) -> None:
    """
    The worker has its copy of every screen, and whoever is signed in has all that the server had of theirs: from here
    on the app opens without a network.
    """
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    # Ready it is a moment before this page, too, is in its hands.
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    has_pulled(page)


# --- an entry ----------------------------------------------------------------------------------
def mark(page: Page, place: str, **ratings: int) -> None:
    """`mark(page, "Left buttock", Numbness=6)`: on the map or in the list, whichever is open."""
    # What is marked already is named with its rating.
    tap(button(page, re.compile(f"^{place}(,|$)")).first)
    rate(page, place, **ratings)


def rate(page: Page, place: str, **ratings: int) -> None:
    sheet = page.get_by_role("dialog", name=place)
    for stream, value in ratings.items():
        choose(sheet, stream, value)
    tap(button(sheet, "Done"))
    expect(sheet).to_be_hidden()


def choose(where: Page | Locator, scale: str, value: int) -> None:
    """One tap on a 0-10 scale."""
    tap(where.get_by_role("radiogroup", name=scale).locator("label").filter(has_text=re.compile(rf"^\s*{value}\s*$")))


def save(page: Page) -> None:
    tap(button(page, "Save"))
    says(page, "Saved")


def says(page: Page, words: str | re.Pattern[str]) -> None:
    """
    The short message over the screen's title, which a screen reader hears too.

    A message counts once: what an earlier act said may still stand there while this one has not been done.
    """
    expect(page.locator(".toast:not([data-heard])")).to_contain_text(words)
    page.evaluate("document.querySelector('.toast')?.setAttribute('data-heard', '')")


def log(page: Page, place: str = "Left calf", **ratings: int) -> None:
    """A whole short entry."""
    go_to(page, "Log")
    mark(page, place, **(ratings or {PAIN: 4}))
    save_entry(page)


def save_entry(page: Page) -> None:
    """A new one, whose screen goes by itself a moment after it has said so."""
    save(page)
    has_left(page, "/log")


def has_left(page: Page, address: str) -> None:
    expect(page).not_to_have_url(address)


# --- routines and plans ------------------------------------------------------------------------
def notes(page: Page, condition: str) -> None:
    """In the profile, as what her exercises should respect."""
    opens(page, "/more/profile")
    check(page, re.compile(f"^{condition}"))
    tap(button(page, "Save"))
    says(page, "Saved")


def rows(page: Page) -> Locator:
    """Of the editor of a routine or a plan."""
    return page.locator("li[data-key] .open strong")


def add_exercise(page: Page, query: str, name: str) -> None:
    tap(button(page, "Add an exercise"))
    choose_exercise(page, query, name)


def choose_exercise(page: Page, query: str, name: str) -> None:
    chooser = page.get_by_role("dialog")
    chooser.get_by_role("searchbox").fill(query)
    tap(chooser.get_by_role("button", name=re.compile(f"^{name}")).first)


def adds_to(page: Page, routine: str) -> None:
    tap(button(page, "Add to a routine"))
    tap(button(page.get_by_role("dialog", name="To which routine?"), routine))


# --- what is on its way ------------------------------------------------------------------------
def shows_unsent(page: Page, count: int) -> None:
    expect(page.get_by_text(f"{count} not sent yet").first).to_be_visible()


def has_sent_all(page: Page) -> None:
    """All of this phone's entries are acknowledged, whatever the screen shows at the moment."""

    def none_left() -> bool:
        try:
            return unsent(page) == 0
        except Error:  # the page is being loaded anew
            return False

    wait_until("everything is sent", none_left)


def unsent(page: Page) -> int:
    return page.evaluate(UNSENT)


UNSENT = """async () => {
  const names = (await indexedDB.databases()).map((one) => one.name).filter((name) => name !== 'unpinch-device');
  const counts = names.map((name) => new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      const asking = db.transaction('outbox').objectStore('outbox').count();
      asking.onsuccess = () => { db.close(); resolve(asking.result); };
    };
  }));
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}"""


def places_of(row: dict[str, Any]) -> set[tuple[str, str]]:
    return {(reading["region"], reading["side"]) for reading in row["readings"]}
