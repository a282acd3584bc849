"""The real app and its outbox against a server that dies in the middle: every entry arrives, and arrives once."""

from __future__ import annotations

import pytest

from tests.faults.server import Server
from tests.journeys.browser import LOST, Phone
from tests.journeys.steps import a_person, has_sent_all, log, places_of, settled, shows_unsent, sign_up, unsent

pytestmark = pytest.mark.fault

PLACES = ["Left calf", "Left heel", "Left knee", "Right calf", "Right heel"]


@pytest.fixture
def phone(server: Server, make_phone) -> Phone:
    phone = make_phone(server.address)
    phone.expect(LOST)
    sign_up(phone.page, a_person("alice"))
    settled(phone.page)
    return phone


def the_server_comes_back(server: Server, phone: Phone) -> None:
    server.wait_until_dead()
    assert server.fault_happened
    assert server.is_intact()
    server.start()
    # She looks at the app again.
    phone.page.reload()
    has_sent_all(phone.page)


def arrived_once(phone: Phone, entries: int) -> None:
    rows = phone.rows()
    assert len(rows) == entries
    assert len({row["id"] for row in rows}) == entries
    assert {row["version"] for row in rows} == {1}


@pytest.mark.parametrize(("moment", "written"), [("before", 0), ("after", 1)])
def test_it_dies_around_the_commit_of_an_entry(server: Server, phone: Phone, moment: str, written: int):
    server.arm(moment, path="/api/v1/logs")
    log(phone.page, "Left calf", Pain=4)
    server.wait_until_dead()
    shows_unsent(phone.page, 1)
    with server.database() as rows:
        assert rows.execute("SELECT count(*) FROM tracker_symptomlog").fetchone() == (written,)
    the_server_comes_back(server, phone)
    arrived_once(phone, 1)


@pytest.mark.parametrize(("moment", "written"), [("before", 2), ("after", 3)])
def test_it_dies_in_the_middle_of_a_batch(server: Server, phone: Phone, moment: str, written: int):
    phone.go_offline()
    for place in PLACES:
        log(phone.page, place, Pain=4)
    shows_unsent(phone.page, len(PLACES))
    server.arm(moment, path="/api/v1/logs/batch", commit=3)
    phone.go_online()
    server.wait_until_dead()
    # None of them was acknowledged, so none has left the phone.
    assert unsent(phone.page) == len(PLACES)
    with server.database() as rows:
        assert rows.execute("SELECT count(*) FROM tracker_symptomlog").fetchone() == (written,)
    the_server_comes_back(server, phone)
    arrived_once(phone, len(PLACES))
    assert set().union(*(places_of(row) for row in phone.rows())) == {
        ("calf", "left"),
        ("heel", "left"),
        ("knee", "left"),
        ("calf", "right"),
        ("heel", "right"),
    }


def test_a_correction_whose_answer_was_lost_is_made_once(server: Server, phone: Phone):
    page = phone.page
    log(page, "Left calf", Pain=8)
    has_sent_all(page)
    (row,) = phone.rows()
    server.arm("after", path="/api/v1/logs")
    page.goto(f"/log/{row['id']}")
    page.get_by_role("button", name="Left calf, pain 8").first.tap()
    sheet = page.get_by_role("dialog", name="Left calf")
    sheet.get_by_role("radiogroup", name="Pain").get_by_role("radio", name="3", exact=True).tap()
    sheet.get_by_role("button", name="Done").tap()
    page.get_by_role("button", name="Save the changes").tap()
    the_server_comes_back(server, phone)
    (corrected,) = phone.rows()
    assert (corrected["version"], corrected["readings"][0]["pain"]) == (2, 3)
    assert [one["version"] for one in phone.api(f"logs/{row['id']}/history")["results"]] == [2, 1]
