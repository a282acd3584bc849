"""Phones: real Chromium at 360 x 740, each with a storage of its own, that notice every fault the app reports."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect, sync_playwright

from tests.faults.server import BUILD, ROOT

SMALL_PHONE = {"width": 360, "height": 740}
# Chromium heeds the last such list alone, so it holds Playwright's too. Ours are the last two: every window's address
# bar, which nobody sees, would open two pages of its own for what it suggests.
WITHOUT = [
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay"),
    *("MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch"),
    *("TcpPortRandomizationWin", "ThirdPartyStoragePartitioning"),
    *("WebUIOmniboxAimPopup", "WebUIOmniboxPopup"),
]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(WITHOUT)}",
]
# How long what is waited for may take on a machine that is busy. What never comes is as wrong after it.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
# The browser's own word for a request that was refused or did not get through.
LOST = r"Failed to load resource: net::ERR_"
REFUSED = r"Failed to load resource: the server responded with a status of {}"


class Phone:
    """One device of one person. Its tabs share cookies and storage; nothing is shared with another phone."""

    def __init__(self, browser: Browser, address: str, name: str, **options: Any) -> None:
        self.name, self.address = name, address
        self.keeps_a_copy = options.get("service_workers") != "block"
        self.faults: list[str] = []
        # allauth's way of saying that it has done what was asked, and that nobody is signed in now.
        self.expected = [REFUSED.format(401) + r".*/auth/(session|password/reset)\)$"]
        settings: dict[str, Any] = {
            "viewport": SMALL_PHONE,
            "has_touch": True,
            "is_mobile": True,
            "device_scale_factor": 2,
            "locale": "en-GB",
            "timezone_id": "Europe/Berlin",
            "base_url": address,
            **options,
        }
        self.context: BrowserContext = browser.new_context(**settings)
        self.context.set_default_timeout(PATIENCE)
        self.context.on("weberror", lambda error: self.faults.append(f"uncaught: {error.error}"))
        self.context.on("console", self._hear)
        self.page = self.new_tab()

    def new_tab(self) -> Page:
        return self.context.new_page()

    def _hear(self, message: ConsoleMessage) -> None:
        # What the content security policy refuses arrives here too.
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def expect(self, *patterns: str) -> None:
        """Faults of this test's own making: what the browser says of a cut network, of a refusal."""
        self.expected += patterns

    def unexpected_faults(self) -> list[str]:
        return [fault for fault in self.faults if not any(re.search(pattern, fault) for pattern in self.expected)]

    # --- the network ---------------------------------------------------------------------------
    def go_offline(self) -> None:
        assert self.keeps_a_copy, "a journey that is marked as online goes offline"
        self.expect(LOST)
        self.context.set_offline(True)

    def go_online(self) -> None:
        self.context.set_offline(False)

    # --- what the server holds for whoever is signed in here -----------------------------------
    def api(self, path: str) -> Any:
        answer = self.context.request.get(f"{self.address}/api/v1/{path}")
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    def rows(self, kind: str = "logs") -> list[dict[str, Any]]:
        return self.api(kind)["results"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.failed:
        item.went_wrong = True  # type: ignore[attr-defined]
    return report


def playwright_beside_django() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread, where Django would refuse its ORM to the tests that come after.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    assert program, "Chromium is missing: install the Debian package chromium."
    assert (BUILD / "shell.html").exists(), "static/build is missing: run `make build`."
    for playwright in playwright_beside_django():
        found = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def make_phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Phone]]:
    """
    `make_phone(address)`: one more phone. A fault that it reports, and that the test did not expect, fails. In a
    journey marked as online it is a browser without service workers, where the app goes without its copy.
    """
    phones: list[Phone] = []
    ways = {"service_workers": "block"} if request.node.get_closest_marker("online") else {}

    def make(address: str, **options: Any) -> Phone:
        phones.append(Phone(browser, address, f"phone-{len(phones)}", **{**ways, **options}))
        return phones[-1]

    yield make
    went_wrong = getattr(request.node, "went_wrong", False)
    faults = [f"{phone.name}: {fault}" for phone in phones for fault in phone.unexpected_faults()]
    if went_wrong or faults:
        take_pictures(request.node.name, phones)
    for phone in phones:
        phone.context.close()
    assert not faults, "the app reported faults:\n" + "\n".join(faults)


def take_pictures(test: str, phones: list[Phone]) -> None:
    folder = ROOT / "test-results" / re.sub(r"[^\w-]+", "-", test).strip("-")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for phone in phones:
        for number, page in enumerate(phone.context.pages):
            picture(page, folder / f"{phone.name}-tab-{number}.png")


def picture(page: Page, path: Path) -> None:
    try:
        page.screenshot(path=path, timeout=3_000)
        path.with_suffix(".txt").write_text(f"{page.url}\n\n{page.locator('body').aria_snapshot(timeout=3_000)}\n")
    except Exception as cause:  # a picture that cannot be taken must not hide why it was wanted
        path.with_suffix(".txt").write_text(f"{page.url}\n\nno picture: {cause}\n")
