"""A routine, a plan, a profile in the middle of being written: a reload, a swipe, another device take nothing away."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.exercises.factories import prescription_body
from tests.faults.server import wait_until
from tests.journeys.browser import Phone
from tests.journeys.playing import put, routine_item
from tests.journeys.steps import (
    a_person,
    add_exercise,
    adds_to,
    button,
    go_to,
    has_sent_all,
    link,
    opens,
    rows,
    says,
    sign_up,
    tap,
)

pytestmark = pytest.mark.journey


def test_what_is_written_in_a_routine_or_a_plan_survives_a_reload_and_a_swipe_back(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/routines/new")
    page.get_by_label("Name", exact=True).fill("Before work")
    add_exercise(page, "bridge", "Bridge")
    page.reload()
    expect(page.get_by_text("Your unsaved changes are still here.")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Before work")
    expect(rows(page)).to_have_text(["Bridge"])
    tap(button(page, "Start over"))
    expect(rows(page)).to_have_count(0)
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    page.get_by_label("Name", exact=True).fill("Before work")
    add_exercise(page, "bridge", "Bridge")
    tap(button(page, "Save"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Before work")
    has_sent_all(page)

    # The next new one begins with nothing.
    opens(page, "/routines/new")
    expect(rows(page)).to_have_count(0)
    go_to(page, "Stretch")
    tap(link(page, re.compile("^Write a plan")))
    tap(link(page, re.compile("^Before work")))
    page.get_by_label("Note", exact=True).fill("Every morning")
    page.go_back()
    tap(link(page, re.compile("^Before work")))
    expect(page.get_by_text("Your unsaved changes are still here.")).to_be_visible()
    expect(page.get_by_label("Note", exact=True)).to_have_value("Every morning")
    tap(button(page, "Save the plan"))
    says(page, "Your plan is saved")
    has_sent_all(page)
    assert phone.rows("prescriptions")[0]["note"] == "Every morning"
    # Given up on purpose, it is gone.
    tap(button(page, "Change"))
    page.get_by_label("Note", exact=True).fill("Never")
    tap(button(page, "Cancel"))
    tap(button(page, "Change"))
    expect(page.get_by_label("Note", exact=True)).to_have_value("Every morning")


def test_what_another_device_changes_while_a_plan_is_written_is_kept(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    body = prescription_body(starts_on=today, name="Hip and back", note="")
    plan = put(phone, f"prescriptions/{uuid.uuid4()}", body)
    opens(page, f"/plans/{plan['id']}")
    tap(button(page, "Change"))
    page.get_by_label("Note", exact=True).fill("Slowly")
    put(phone, f"prescriptions/{plan['id']}", {**body, "times_a_day": 5, "base_version": 1})
    # Another tab of hers fetches it.
    phone.new_tab().goto("/")
    wait_until("the other change is here", lambda: version_here(page, plan["id"]) == 2)
    page.bring_to_front()
    tap(button(page, "Save the plan"))
    says(page, "Your plan is saved")
    has_sent_all(page)
    (now,) = phone.rows("prescriptions")
    assert (now["note"], now["times_a_day"], now["version"]) == ("Slowly", 5, 3)


def test_an_exercise_is_taken_back_and_what_another_device_changed_meanwhile_stays(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    address = f"routines/{uuid.uuid4()}"
    mine = put(phone, address, {"name": "Before bed", "items": [routine_item("bridge"), routine_item("walking")]})
    opens(page, "/exercises/knee-to-chest")
    adds_to(page, "Before bed")
    says(page, "Knee to chest is now in “Before bed”.")
    has_sent_all(page)
    knee = phone.api(address)["items"][-1]
    items = [routine_item("walking"), knee, routine_item("bridge", repetitions=5)]
    put(phone, address, {"name": "At night", "items": items, "base_version": 2})
    phone.new_tab().goto("/")
    wait_until("the other change is here", lambda: version_here(page, mine["id"], "routines") == 3)
    page.bring_to_front()
    tap(button(page, "Undo"))
    has_sent_all(page)
    wait_until("it is taken back", lambda: phone.api(address)["version"] == 4)
    now = phone.api(address)
    assert (now["name"], now["items"]) == ("At night", [items[0], items[2]])


def version_here(page: Page, document: str, store: str = "prescriptions") -> int:
    return page.evaluate(
        """async ([document, store]) => {
          const names = (await indexedDB.databases()).map((one) => one.name);
          const name = names.find((one) => one !== 'unpinch-device');
          return new Promise((resolve, reject) => {
            const opening = indexedDB.open(name);
            opening.onerror = () => reject(opening.error);
            opening.onsuccess = () => {
              const db = opening.result;
              const asking = db.transaction(store).objectStore(store).get(document);
              asking.onsuccess = () => { db.close(); resolve(asking.result?.version ?? 0); };
            };
          });
        }""",
        [document, store],
    )


def test_the_profile_of_one_phone_does_not_undo_what_was_noted_on_another(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    opens(page, "/more/profile")
    cookies = {cookie["name"]: cookie["value"] for cookie in phone.context.cookies()}
    headers = {"X-CSRFToken": cookies["csrftoken"], "Referer": phone.address}
    noted = phone.context.request.patch(
        f"{phone.address}/api/v1/me", data={"conditions": ["osteoporosis"]}, headers=headers
    )
    assert noted.ok, noted.text()
    page.get_by_label("Name", exact=True).fill("Ali")
    tap(button(page, "Save"))
    says(page, "Saved")
    assert phone.api("me")["conditions"] == ["osteoporosis"]
