"""A physiotherapist opens a SMART Health Link in our own viewer: the key stays in the browser, whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from sharing.health_links import viewer_url
from sharing.models import ShareLink
from tests.journeys.browser import REFUSED, Phone
from tests.journeys.reach import WIDER_THAN_THE_PHONE, Axe
from tests.sharing.health_links import PDF, lend, payload, sealed_for
from tests.sharing.snapshots import example

pytestmark = pytest.mark.journey

HOSTILE = "<img src=x onerror=document.title='taken'>"


@pytest.fixture
def host(live_server, settings) -> str:
    cache.clear()
    settings.OWN_URL = live_server.url
    return live_server.url


@pytest.fixture
def desk(host: str, make_phone: Callable[..., Phone]) -> Phone:
    """A browser that knows nothing of Unpinch."""
    return make_phone(host)


def follow(desk: Phone, link: str) -> None:
    desk.page.goto("about:blank")
    desk.page.goto(viewer_url(link, desk.address))


def open_as(desk: Phone, name: str, passcode: str = "") -> None:
    desk.page.get_by_label("Who opens it?").fill(name)
    if passcode:
        desk.page.get_by_label("Passcode").fill(passcode)
    desk.page.keyboard.press("Enter")


def is_told(desk: Phone, words: str) -> None:
    expect(desk.page.get_by_role("alert")).to_contain_text(words)


def is_open(desk: Phone) -> None:
    expect(desk.page.get_by_role("heading", name="Report of", exact=False)).to_be_focused()


def cells(desk: Phone, table: str, row: str) -> list[str]:
    found = desk.page.get_by_role("region", name=table).get_by_role("row").filter(has_text=row)
    return found.first.get_by_role("cell").all_inner_texts()


def test_a_report_is_unlocked_in_the_browser_alone(alice, desk, tmp_path: Path):
    share, link = lend(alice, base_url=desk.address, label="For the clinic")
    sent: list[str] = []
    desk.page.on("request", lambda one: sent.append(f"{one.url} {one.post_data} {one.headers}"))

    follow(desk, link)
    expect(desk.page.get_by_text("For the clinic")).to_be_visible()
    open_as(desk, "City Physio")
    is_open(desk)

    page = desk.page
    expect(page.get_by_role("heading", name="Report of Alice Example")).to_be_visible()
    expect(page.get_by_text("7 September 2026 to 1 November 2026")).to_be_visible()
    expect(page.get_by_text("50 of 56 days logged")).to_be_visible()
    expect(page.get_by_text("May I go back to cycling?")).to_be_visible()
    expect(page.get_by_text("30 October 2026, 19:02 (Europe/Berlin)")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="6.2 to 3.1")).to_contain_text("\u22123.1 Better")
    assert cells(desk, "Exercises", "Bridge") == ["54", "39", "4", "6"]
    assert cells(desk, "Day by day", "8 Sept") == ["6", "2", "4", "5"]
    assert cells(desk, "Day by day", "15 Sept") == ["", "", "", ""], "nothing was logged"
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as a PDF").click()
    assert download.value.suggested_filename == "unpinch-2026-09-07-to-2026-11-01.pdf"
    download.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes() == PDF

    assert any("/shl/" in one for one in sent)
    assert not [one for one in sent if payload(link)["key"] in one], "the key left the browser"
    assert not desk.context.cookies()
    assert share.accesses.get().reader_name == "City Physio"


def test_what_cannot_wait_stands_first_and_what_is_over_says_until_when(alice, desk):
    [worse] = example()["flags"]
    urgent = {**worse, "rule": "foot-drop", "stream": "", "level": "D", "title": "Needs checking: A weak foot"}
    over = {**urgent, "state": "resolved", "resolved_on": "2026-10-14", "reason": "checked"}
    flags = [{**one, "id": f"0192f0c1-0000-7000-8000-00000000000{n}"} for n, one in enumerate((urgent, over, worse))]
    share, _ = lend(alice, base_url=desk.address)
    follow(desk, sealed_for(share, example(flags=flags), desk.address))
    open_as(desk, "City Physio")
    is_open(desk)

    page = desk.page
    expect(page.get_by_text("1 sign that cannot wait is open: see “What needs checking”.")).to_be_in_viewport()
    listed = page.get_by_role("listitem")
    over = "same day · over · it was looked at, the patient says · 12 October 2026 to 14 October 2026"
    expect(listed.filter(has_text=over)).to_have_count(1)
    expect(listed.filter(has_text="same day · open · since 12 October 2026")).to_have_count(1)
    expect(listed.filter(has_text="Weakness")).to_contain_text("Not rated")


def test_the_days_of_a_report_of_two_years_have_their_year(alice, desk):
    days = [{**one, "date": one["date"].replace("2026-11", "2027-01")} for one in example()["days"]]
    period = {**example()["period"], "end": "2027-01-01"}
    share, _ = lend(alice, base_url=desk.address)
    follow(desk, sealed_for(share, example(days=days, period=period), desk.address))
    open_as(desk, "City Physio")
    is_open(desk)

    assert cells(desk, "Day by day", "8 Sept 2026") == ["6", "2", "4", "5"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_within_everybodys_reach(alice, host, make_phone, scheme):
    desk = make_phone(host, color_scheme=scheme)
    _, link = lend(alice, base_url=host, passcode=make_password("2468"), label="For the clinic")

    asked = desk.page.get_by_label("Who opens it?")
    follow(desk, link)
    for step in (lambda: expect(asked).to_be_visible(), lambda: (open_as(desk, "City Physio", "2468"), is_open(desk))):
        step()
        assert Axe(desk).faults() == []
        assert desk.page.evaluate(WIDER_THAN_THE_PHONE) is None


def test_the_passcode_is_asked_for_and_wrong_ones_are_counted(alice, desk):
    desk.expect(REFUSED.format(401), REFUSED.format(404))
    _, link = lend(alice, base_url=desk.address, passcode=make_password("2468"), attempts_left=3)
    follow(desk, link)

    desk.page.keyboard.press("Tab")
    open_as(desk, "City Physio")
    is_told(desk, "This report needs a passcode.")
    expect(desk.page.get_by_label("Passcode")).to_be_focused()
    open_as(desk, "City Physio", "1111")
    is_told(desk, "2 attempts are left")
    open_as(desk, "City Physio", "2222")
    is_told(desk, "One attempt is left")
    open_as(desk, "City Physio", "2468")
    is_open(desk)


def test_too_many_wrong_passcodes_close_the_link(alice, desk):
    desk.expect(REFUSED.format(401), REFUSED.format(404))
    _, link = lend(alice, base_url=desk.address, passcode=make_password("2468"), attempts_left=1)

    follow(desk, link)
    open_as(desk, "City Physio", "1111")
    is_told(desk, "closed for good")
    expect(desk.page.get_by_label("Passcode")).to_be_hidden()
    follow(desk, link)
    open_as(desk, "City Physio", "2468")
    is_told(desk, "This link is closed")


def test_nobody_opens_it_without_a_name(alice, desk):
    _, link = lend(alice, base_url=desk.address)

    follow(desk, link)
    open_as(desk, "  ")
    is_told(desk, "Please say who opens it.")
    open_as(desk, "City Physio")
    is_open(desk)


def test_a_link_that_was_taken_back_opens_nothing_any_more(alice, desk):
    desk.expect(REFUSED.format(404))
    share, link = lend(alice, base_url=desk.address)
    follow(desk, link)

    ShareLink.objects.filter(pk=share.pk).update(revoked_at=timezone.now())
    open_as(desk, "City Physio")
    is_told(desk, "This link is closed")
    expect(desk.page.get_by_label("Who opens it?")).to_be_hidden()


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (lambda link: link[:-20], "This link is not complete"),
        (lambda link: "shlink:/" + "e30", "This link is not complete"),
        (lambda link: "", "There is no link in this address"),
    ],
)
def test_half_a_link_is_told_as_such(alice, desk, broken: Callable[[str], str], words):
    _, link = lend(alice, base_url=desk.address)

    follow(desk, broken(link))
    is_told(desk, words)


def test_an_expired_link_and_one_of_another_service_are_told_without_asking_anybody(alice, desk):
    _, expired = lend(alice, base_url=desk.address, expires_at=timezone.now() - timedelta(minutes=1))
    _, elsewhere = lend(alice, base_url="https://records.example")
    asked: list[str] = []
    desk.page.on("request", lambda one: asked.append(one.method))

    follow(desk, expired)
    is_told(desk, "This link has expired.")
    follow(desk, elsewhere)
    is_told(desk, "This link belongs to another service: records.example.")
    assert "POST" not in asked


def test_without_a_network_it_can_be_tried_again(alice, desk):
    _, link = lend(alice, base_url=desk.address)
    follow(desk, link)

    desk.go_offline()
    open_as(desk, "City Physio")
    is_told(desk, "could not be reached")
    desk.go_online()
    open_as(desk, "City Physio")
    is_open(desk)


def test_a_patients_markup_stays_text(alice, desk):
    share, _ = lend(alice, base_url=desk.address)
    hostile: Any = example(patient={"name": HOSTILE, "conditions": []}, question=f"</script>{HOSTILE}")
    hostile["exercises"][0]["name"] = HOSTILE
    hostile["flags"][0]["because"] = HOSTILE
    link = sealed_for(share, hostile, desk.address)

    follow(desk, link)
    open_as(desk, HOSTILE)
    is_open(desk)
    expect(desk.page.get_by_role("heading", name=f"Report of {HOSTILE}")).to_be_visible()
    assert desk.page.locator("img").count() == 0
    assert desk.page.title() != "taken"
