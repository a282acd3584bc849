"""Answering the questions about signs, a part after the other, and what becomes of the answers."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import Phone
from tests.journeys.keeping import is_on_the_disk
from tests.journeys.steps import (
    button,
    go_to,
    has_sent_all,
    link,
    mark,
    tap,
)

LEAVE = "Stop here for now"

NONE = re.compile("^No to all")


def part(page: Page, number: int, of: int) -> None:
    expect(page.get_by_text(f"Part {number} of {of}", exact=True)).to_be_visible()


def question(page: Page, rule: str) -> Locator:
    return page.locator(f"[data-rule='{rule}']")


def answers(page: Page, rule: str, answer: str) -> None:
    question(page, rule).get_by_label(answer, exact=True).check()


def says_yes(page: Page, rule: str, kind: str = "Yes, this is new") -> None:
    answers(page, rule, "Yes")
    answers(page, rule, kind)


def goes_on(page: Page) -> None:
    tap(button(page, re.compile("^(Go on|Finish)$")))


def denies_all(page: Page, parts: int = 9) -> None:
    """From the first part to the end. A part of one question has no button for all of them."""
    for number in range(1, parts + 1):
        part(page, number, parts)
        if button(page, NONE).count():
            tap(button(page, NONE))
        else:
            page.get_by_label("No", exact=True).check()
            goes_on(page)


def logs_weakness(page: Page) -> None:
    go_to(page, "Log")
    mark(page, "Left calf", Weakness=5)
    tap(button(page, "Save"))


def checks_of(phone: Phone) -> list[dict]:
    has_sent_all(phone.page)
    return phone.rows("red-flag-checks")


CHECKS = """async () => {
  const names = (await indexedDB.databases()).map((one) => one.name).filter((name) => name !== 'unpinch-device');
  const opening = indexedDB.open(names[0]);
  const db = await new Promise((done) => { opening.onsuccess = () => done(opening.result); });
  const asking = db.transaction('checks').objectStore('checks').getAll();
  const found = await new Promise((done) => { asking.onsuccess = () => done(asking.result); });
  db.close();
  return found;
}"""


def checks_on(page: Page) -> list[dict]:
    return page.evaluate(CHECKS)


def starts_all(page: Page) -> None:
    tap(link(page, "Answer the questions"))
    part(page, 1, 9)


def has_read_it(page: Page) -> None:
    tap(button(page, "I have read this"))
    expect(button(page, "I have read this")).to_be_hidden()
    # It is gone at once, and kept a moment later.
    is_on_the_disk(page)
