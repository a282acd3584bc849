"""A new version waits until the person agrees; the app offers to be installed and takes no for an answer."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.faults.server import BUILD, Server, prepare
from tests.journeys.browser import LOST, Phone
from tests.journeys.steps import a_person, button, has_sent_all, log, mark, places_of, save, settled, sign_up, tap

pytestmark = pytest.mark.journey


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own, with a copy of the build that may be replaced."""
    build = tmp_path / "build"
    shutil.copytree(BUILD, build)
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    prepare(data_dir)
    server = Server(data_dir, settings="tests.faults.settings", build=build)
    server.start()
    yield server
    server.stop()


def release(server: Server, version: str) -> None:
    """The next version, as an operator brings it: other files, and the server started again."""
    assert server.build
    old = json.loads((server.build / "_app" / "version.json").read_text())["version"]
    for file in [*server.build.glob("*.html"), *server.build.glob("*.js"), server.build / "_app" / "version.json"]:
        file.write_text(file.read_text().replace(old, version))
        for suffix in (".br", ".gz"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
    shell = server.build / "shell.html"
    page = shell.read_text()
    shell.write_text(re.sub(r"(script-src [^;]*)'sha256-[^']+'", rf"\1'{fingerprint(page)}'", page))
    server.stop()
    server.start()


def fingerprint(page: str) -> str:
    """Of the one script within the page, as its content security policy names it."""
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode()


def version_of(page: Page) -> str:
    """Of the running page: Kit keeps it under a name of its own."""
    content = page.content()
    found = re.search(r'version: "(\w+)"', content)
    assert found, content
    return found[1]


def copies(page: Page) -> list[str]:
    return page.evaluate("caches.keys()")


def test_a_new_version_waits_until_the_person_agrees_and_loses_nothing(server: Server, phone: Phone):
    page = phone.page
    phone.expect(LOST)
    sign_up(page, a_person())
    settled(page)
    # From the second load on the worker answers, with the copy that it has.
    page.reload()
    first = version_of(page)
    page.goto("/log")
    mark(page, "Left calf", Pain=3)

    release(server, "20991231")
    notice = page.get_by_text("A new version is ready")
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    expect(notice).to_be_visible()
    # It is offered, and no more: the half-written entry stands, a reload brings the old version again.
    expect(button(page, "Left calf, pain 3").first).to_be_visible()
    page.reload()
    assert version_of(page) == first
    expect(notice).to_be_visible()
    save(page)

    with page.expect_event("load"):
        tap(button(page, "Use the new version"))
    expect(notice).to_be_hidden()
    assert version_of(page) == "20991231"
    # The copy before is kept for a tab that may still run it.
    assert copies(page) == [f"unpinch-app-{first}", "unpinch-app-20991231"]
    has_sent_all(page)
    assert [places_of(row) for row in phone.rows()] == [{("calf", "left")}]

    phone.go_offline()
    page.goto("/history")
    expect(page.get_by_role("heading", level=1)).to_have_text("History")
    assert version_of(page) == "20991231"


def today(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


OFFER = """() => {
  const event = new Event('beforeinstallprompt', { cancelable: true });
  window.asked = 0;
  event.prompt = () => { window.asked += 1; return Promise.resolve({ outcome: 'accepted' }); };
  dispatchEvent(event);
  return event.defaultPrevented;
}"""


def test_the_app_offers_to_be_installed(server: Server, phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    log(page, "Left calf", Pain=3)
    today(page)
    # The browser's own bar is held back until the person wants it.
    assert page.evaluate(OFFER)
    expect(page.get_by_text("Keep Unpinch at hand")).to_be_visible()
    tap(button(page, "Install"))
    expect(page.get_by_text("Keep Unpinch at hand")).to_be_hidden()
    assert page.evaluate("window.asked") == 1


def test_not_now_is_an_answer_that_lasts(server: Server, phone: Phone):
    page = phone.page
    sign_up(page, a_person())
    log(page, "Left calf", Pain=3)
    today(page)
    page.evaluate(OFFER)
    tap(button(page, "Not now"))
    expect(page.get_by_text("Keep Unpinch at hand")).to_be_hidden()
    today(page)
    page.evaluate(OFFER)
    expect(page.get_by_text("Keep Unpinch at hand")).to_be_hidden()


def test_the_app_can_be_installed_as_far_as_the_browser_can_tell(server: Server, phone: Phone):
    page = phone.page
    page.goto("/")
    settled(page)
    page.reload()
    faults = phone.context.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    # Playwright's phones are private windows, from which nothing can be installed.
    assert [fault["errorId"] for fault in faults if fault["errorId"] != "in-incognito"] == []
