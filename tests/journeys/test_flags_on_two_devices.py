"""What a person does with a sign on one phone holds on the other, also when it was done without a network."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.faults.server import Server
from tests.journeys.browser import Phone
from tests.journeys.playing import open_routine, put
from tests.journeys.questioning import has_read_it
from tests.journeys.steps import (
    Person,
    a_person,
    button,
    has_sent_all,
    is_signed_in,
    link,
    settled,
    shows_unsent,
    sign_in,
    sign_up,
    tap,
    wait_until,
)
from tests.journeys.test_something_is_badly_wrong import advice, answers_yes

pytestmark = pytest.mark.journey

WHAT_TO_DO = "What to do, and when it is over"
FLAGS = """async () => {
  const name = (await indexedDB.databases()).map((one) => one.name).find((one) => one !== 'unpinch-device');
  const db = await new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => resolve(opening.result);
  });
  const asking = db.transaction('flags').objectStore('flags').getAll();
  await new Promise((resolve) => { asking.onsuccess = resolve; });
  db.close();
  return asking.result.map(({ rule, state }) => [rule, state]);
}"""

MakePhone = Callable[..., Phone]


def server_knows(phone: Phone, *states: str) -> None:
    wait_until(f"the server's flags are {states}", lambda: [flag["state"] for flag in phone.rows("flags")] == [*states])


def phone_knows(page: Page, *states: str) -> None:
    """From the server: what is done on this phone itself is shown before."""
    wait_until(f"the phone's flags are {states}", lambda: [state for _, state in page.evaluate(FLAGS)] == [*states])


def looks_again(page: Page, *states: str) -> None:
    page.reload()
    is_signed_in(page)
    phone_knows(page, *states)


def post(phone: Phone, path: str, body: dict[str, Any]) -> None:
    """As another device of hers would."""
    token = next(one["value"] for one in phone.context.cookies() if one["name"] == "csrftoken")
    address = f"{phone.address}/api/v1/{path}"
    headers = {"X-CSRFToken": token, "Referer": f"{phone.address}/"}
    answer = phone.context.request.post(address, data=body, headers=headers)
    assert answer.ok, answer.text()


def has_a_sign(phone: Phone) -> Person:
    who = a_person()
    sign_up(phone.page, who)
    answers_yes(phone.page)
    advice(phone.page)
    has_read_it(phone.page)
    has_sent_all(phone.page)
    server_knows(phone, "seen")
    return who


def settles(page: Page) -> None:
    tap(link(page, WHAT_TO_DO))
    tap(button(page, "A doctor has checked it"))
    tap(button(page, "Yes, that is so"))
    expect(page.get_by_text("No sign is open.")).to_be_visible()


def test_a_sign_settled_on_one_phone_is_gone_on_the_other_until_it_is_reopened(
    phone: Phone, server: Server, make_phone: MakePhone
):
    who = has_a_sign(phone)
    other = make_phone(server.address)
    sign_in(other.page, who)
    expect(link(other.page, WHAT_TO_DO)).to_be_visible()
    # What to do was read on the first phone.
    phone_knows(other.page, "seen")
    expect(button(other.page, "I have read this")).to_be_hidden()

    beside = phone.new_tab()
    beside.goto("/")
    expect(link(beside, WHAT_TO_DO)).to_be_visible()
    settles(phone.page)
    server_knows(phone, "resolved")
    expect(link(beside, WHAT_TO_DO)).to_be_hidden()
    beside.close()
    looks_again(other.page, "resolved")
    expect(link(other.page, WHAT_TO_DO)).to_be_hidden()
    other.page.goto("/signs")
    expect(other.page.get_by_text("No sign is open.")).to_be_visible()

    (flag,) = other.rows("flags")
    assert flag["reason"] == "checked"
    post(other, f"flags/{flag['id']}/reopen", {})
    phone.page.goto("/")
    looks_again(phone.page, "reopened")
    expect(link(phone.page, WHAT_TO_DO)).to_be_visible()


def test_a_sign_settled_without_a_network_stays_settled_over_a_reload_and_arrives(phone: Phone):
    page = phone.page
    has_a_sign(phone)
    looks_again(page, "seen")
    settled(page)
    phone.go_offline()
    settles(page)
    page.goto("/")
    shows_unsent(page, 1)
    page.reload()
    shows_unsent(page, 1)
    expect(link(page, WHAT_TO_DO)).to_be_hidden()
    phone.go_online()
    server_knows(phone, "resolved")
    phone_knows(page, "resolved")
    expect(link(page, WHAT_TO_DO)).to_be_hidden()


def test_a_sign_noted_and_settled_without_a_network_arrives_as_both(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    settled(page)
    phone.go_offline()
    answers_yes(page)
    advice(page)
    has_read_it(page)
    # Times are to the second: what was settled within the same one would not be over.
    page.wait_for_function("(since) => Date.now() - since > 1100", arg=page.evaluate("Date.now()"))
    settles(page)
    phone.go_online()
    server_knows(phone, "resolved")
    assert [change["state"] for change in phone.rows("flags")[0]["changes"]] == ["open", "seen", "resolved"]


def test_a_sign_of_a_newer_app_stops_the_player(server: Server, make_phone: MakePhone):
    # A worker's own requests would pass the newer server by.
    page = make_phone(server.address, service_workers="block").page
    sign_up(page, a_person())
    open_routine(page)
    player = page.url
    noted = (datetime.now().astimezone() - timedelta(days=30)).isoformat(timespec="seconds")
    flag = {
        "id": str(uuid.uuid4()),
        "rule": "moon-walk",
        "stream": None,
        "level": "E",
        "state": "open",
        "reason": None,
        "evidence": {
            "signs": [
                {
                    "source": "log",
                    "id": str(uuid.uuid4()),
                    "answer": None,
                    "level": "E",
                    "at": noted,
                    "withdrawn": False,
                }
            ]
        },
        **dict.fromkeys(("opened_at", "raised_at", "changed_at"), noted),
        **dict.fromkeys(("seen_at", "resolved_at", "snoozed_until")),
        "changes": [],
    }

    def as_a_newer_server(route: Route) -> None:
        if route.request.method == "POST":
            flag.update(state="seen", seen_at=noted)
            return route.fulfill(json=flag)
        return route.fulfill(json={"results": [flag], "next": None})

    page.route(re.compile(r"/api/v1/flags[?/]"), as_a_newer_server)
    page.goto("/")
    advice(page)
    expect(page.get_by_text("A sign that this phone cannot name").first).to_be_visible()
    expect(link(page, re.compile("^Call 112"))).to_be_visible()
    has_read_it(page)
    phone_knows(page, "seen")
    page.goto(player)
    expect(page.get_by_text("No exercises until it has been checked.")).to_be_visible()
    expect(button(page, "Start")).to_be_hidden()


def test_an_entrys_emergency_is_confirmed_once_for_both_phones(phone: Phone, server: Server, make_phone: MakePhone):
    page = phone.page
    who = a_person()
    sign_up(page, who)
    has_marked_the_saddle(phone)
    page.reload()
    advice(page)
    expect(page.get_by_text(re.compile("^You marked this in your entry"))).to_be_visible()
    page.goto("/stretch")
    advice(page)
    has_read_it(page)
    server_knows(phone, "seen")
    page.goto("/stretch")
    expect(link(page, re.compile("^Call 112"))).to_be_visible()
    expect(page.get_by_text("This needs checking now").first).to_be_visible()

    other = make_phone(server.address)
    sign_in(other.page, who)
    expect(other.page.get_by_text("This needs checking now").first).to_be_visible()
    phone_knows(other.page, "seen")
    expect(button(other.page, "I have read this")).to_be_hidden()


def test_an_entrys_emergency_is_settled_where_signs_are(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    has_marked_the_saddle(phone)
    page.reload()
    advice(page)
    has_read_it(page)
    # Within one second the mark would be the later of the two.
    page.wait_for_function("(since) => Date.now() - since > 1100", arg=page.evaluate("Date.now()"))
    settles(page)
    server_knows(phone, "resolved")
    page.goto("/")
    expect(page.get_by_text("This needs checking now")).to_be_hidden()


def test_what_cannot_be_read_stops_exercise_until_the_person_has_looked(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    open_routine(page)
    page.add_init_script("""
      const readAll = IDBObjectStore.prototype.getAll;
      IDBObjectStore.prototype.getAll = function (...asked) {
        if (this.name === 'checks') throw new DOMException('broken', 'UnknownError');
        return readAll.apply(this, asked);
      };
    """)
    page.reload()
    expect(page.get_by_text("We cannot tell whether exercise is safe now")).to_be_visible()
    expect(button(page, "Start")).to_be_hidden()
    tap(button(page, "I have none of these signs: go on"))
    expect(button(page, "Start")).to_be_visible()


def test_an_entrys_emergency_confirmed_without_a_network_is_not_asked_again(phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    has_marked_the_saddle(phone)
    page.reload()
    advice(page)
    settled(page)
    phone.go_offline()
    has_read_it(page)
    page.reload()
    shows_unsent(page, 1)
    expect(button(page, "I have read this")).to_be_hidden()
    phone.go_online()
    server_knows(phone, "seen")


def has_marked_the_saddle(phone: Phone) -> None:
    """In an entry that was made elsewhere."""
    reading = {"region": "saddle", "side": "midline", "pain": None, "numbness": 3, "tingling": None, "weakness": None}
    body = {
        "occurred_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "time_zone": "Europe/Berlin",
        "readings": [{**reading, "qualities": []}],
        "sleep_quality": None,
        "triggers": [],
        "note": "",
        "self_care": [],
    }
    put(phone, f"logs/{uuid.uuid4()}", body)
