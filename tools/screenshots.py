"""
The README's picture, `docs/screens.png`, taken from the running app: `python tools/screenshots.py ADDRESS E-MAIL
PASSWORD`, with what `make run` and `make demo` printed.
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs" / "screens.png"
GAP, SCALE, SIZE = 24, 1.25, {"width": 360, "height": 740}


def sign_in(page: Page, address: str, email: str, password: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.locator("input[type=password]").fill(password)
    page.locator("form button[type=submit]").click()
    page.locator("nav").wait_for()
    # Two years of diary arrive page by page.
    page.wait_for_timeout(6000)


def screens(page: Page, address: str) -> list[bytes]:
    shots = []
    for path in ("/", "/log", "/history?range=90"):
        page.goto(address + path)
        page.wait_for_timeout(2500)
        shots.append(page.screenshot())
    page.goto(f"{address}/stretch")
    page.get_by_role("link", name="Start").first.click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_timeout(19_000)
    shots.insert(2, page.screenshot())
    return shots


def main() -> int:
    address, email, password = sys.argv[1:]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(viewport=SIZE, device_scale_factor=SCALE, has_touch=True, is_mobile=True)
        page = context.new_page()
        sign_in(page, address, email, password)
        pictures = [Image.open(BytesIO(shot)) for shot in screens(page, address)]
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    board = Image.new("RGB", (width, pictures[0].height + 2 * GAP), "#d6d1c4")
    left = GAP
    for picture in pictures:
        board.paste(picture, (left, GAP))
        left += picture.width + GAP
    board.quantize(256).save(TARGET, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
