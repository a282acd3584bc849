"""The app is updated without a network: what the phone holds is what the version before has written."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Phone
from tests.journeys.keeping import has_brought
from tests.journeys.playing import put, routine_item, session
from tests.journeys.steps import a_person, button, has_sent_all, link, settled, sign_up, tap

pytestmark = pytest.mark.journey

# Every field that documents, exercises and the profile have learned since.
MADE_OLD = """async () => {
  const without = (row, names) => { for (const name of names) delete row[name]; return row; };
  const DOSE = ['tempo', 'superset', 'round_rest_seconds'];
  const OLD = {
    sessions: (row) => {
      row.items.forEach((item) => {
        without(item, ['repetitions_done', 'eased_from']);
        without(item.prescribed, ['tempo']);
      });
      return without(row, ['hurts', 'prescription', 'prescription_version', 'next_morning_declined']);
    },
    routines: (row) => { row.items.forEach((item) => without(item, DOSE)); return row; },
    exercises: (row) => {
      row.cautions.forEach((caution) => without(caution, ['condition']));
      const places = ['ladder', 'rung', 'muscles', 'equipment', 'regions'];
      return without(row, [...places, 'desk', 'continuous', 'tempo', 'retired']);
    },
    settings: (row) => row && typeof row === 'object' && 'email' in row ? without(row, ['conditions']) : row
  };
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => resolve(opening.result);
    });
    for (const store of Object.keys(OLD).filter((one) => db.objectStoreNames.contains(one))) {
      await new Promise((resolve, reject) => {
        const tx = db.transaction(store, 'readwrite');
        tx.oncomplete = resolve;
        tx.onerror = () => reject(tx.error);
        tx.objectStore(store).openCursor().onsuccess = ({ target }) => {
          const cursor = target.result;
          if (!cursor) return;
          cursor.update(OLD[store](cursor.value));
          cursor.continue();
        };
      });
    }
    db.close();
  }
}"""


def test_every_screen_opens_on_what_an_older_app_has_stored(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    own = f"{uuid.uuid4()}"
    put(phone, f"routines/{own}", {"name": "Mine", "items": [routine_item("bridge"), routine_item("walking")]})
    put(phone, f"sessions/{uuid.uuid4()}", session("bridge", today, routine=own))
    page.reload()
    has_brought(page, 1)
    has_sent_all(page)
    settled(page)
    starter = next(row["id"] for row in phone.rows("routines") if row["starter"])
    phone.go_offline()
    page.evaluate(MADE_OLD)

    for address in (
        "/",
        "/stretch",
        "/exercises",
        "/exercises/bridge",
        f"/exercises/walking?routine={own}",
        f"/routines/{own}",
        f"/routines/{starter}",
        f"/routines/{own}/play",
        "/routines/new",
        "/plans/new",
        f"/plans/new?from={own}",
        "/history",
        f"/history/{today}",
        "/history/adherence",
        "/history/responses",
        "/history/weeks",
        "/log/week",
        "/log/hard",
        "/more",
        "/more/profile",
        "/more/data",
    ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("progressbar").and_(page.locator(":not(progress)"))).to_have_count(0)
        assert phone.unexpected_faults() == [], address

    # What is begun on it goes on: a search, a plan, an edit, the player.
    page.goto("/exercises")
    page.get_by_role("searchbox").fill("bridge")
    expect(page.get_by_role("main").get_by_role("listitem").first).to_contain_text("Bridge")
    page.goto(f"/plans/new?from={own}")
    tap(button(page, "Save the plan"))
    expect(button(page, "Change")).to_be_visible()
    tap(button(page, "Change"))
    tap(page.get_by_role("button", name=re.compile("^Bridge")))
    tap(button(page.get_by_role("dialog", name="Bridge"), "Done"))
    tap(button(page, "Save the plan"))
    tap(link(page, "Start"))
    tap(button(page, "Start"))
    expect(page.get_by_role("timer")).to_be_visible()
