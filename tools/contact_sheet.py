"""
Every exercise as one picture to look over: its still frames with their steps on both sides, and frames at regular
points of the whole cycle. `python tools/contact_sheet.py [SLUG ...] [--out FOLDER] [--dark | --both] [--frames 12]`
writes FOLDER/SLUG.png each, and FOLDER/all.png (the stills of all) when no slug is named.
"""

from __future__ import annotations

import argparse
import html
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "exercises" / "catalogue"
NOT_EXERCISES = {"routines", "schema"}
STYLE = """
body { margin: 0; padding: 12px; width: 1500px; font: 13px/1.3 sans-serif; background: #fff; color: #1c2528 }
h1 { font-size: 18px; margin: 0 0 2px } h2 { font-size: 13px; margin: 10px 0 4px; color: #4d5a5f }
ol { margin: 0 0 6px; padding-left: 20px; color: #4d5a5f }
div { display: grid; gap: 6px } figure { margin: 0; padding: 4px; border: 1px solid #d6d1c4 }
svg { display: block; width: 100%; height: auto } figcaption { font-size: 12px }
.stills { grid-template-columns: repeat(5, 1fr) } .cycle { grid-template-columns: repeat(6, 1fr) }
section { display: inline-block; vertical-align: top; margin: 0 14px 10px 0 }
section h1 { font-size: 14px } section div { display: flex; gap: 2px }
section svg { height: 150px; width: auto }
.dark figure { background: #1d2427; color: #e9ecea; border-color: #38434a }
"""


def drawn(slugs: list[str], schemes: str, frames: int) -> dict[str, Any]:
    node = shutil.which("node") or sys.exit("contact_sheet: no node on the path")
    script = str(ROOT / "tools" / "contact_sheet.mjs")
    run = subprocess.run([node, script, schemes, str(frames), *slugs], capture_output=True, check=False)
    if run.returncode:
        sys.exit(run.stderr.decode())
    sheets: dict[str, Any] = json.loads(run.stdout)
    return sheets


def section(sheet: dict[str, Any], *, whole: bool) -> str:
    rows = sheet["rows"]
    if not whole:
        small = "".join(f"<figure>{one['svg']}</figure>" for one in rows[0]["frames"])
        return f"<section><h1>{html.escape(sheet['name'])}</h1><div>{small}</div></section>"
    parts = [f"<h1>{html.escape(sheet['name'])}</h1>"]
    parts.append("<ol>" + "".join(f"<li>{html.escape(step)}" for step in sheet["steps"]) + "</ol>")
    for row in rows:
        kind = "stills" if "stills" in row["title"] else "cycle"
        parts.append(f"<h2>{row['title']}</h2><div class='{kind} {row['title'].split(',')[0]}'>")
        parts += [
            f"<figure>{one['svg']}<figcaption>{html.escape(one['caption'])}</figcaption></figure>"
            for one in row["frames"]
        ]
        parts.append("</div>")
    return "".join(parts)


def photograph(page: Page, body: str, target: Path) -> None:
    page.set_content(f"<!doctype html><meta charset='utf-8'><style>{STYLE}</style>{body}")
    page.screenshot(path=str(target), full_page=True)
    print(target)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("slugs", nargs="*")
    parser.add_argument("--out", type=Path, default=ROOT / "test-results" / "figures")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--both", action="store_true")
    parser.add_argument("--frames", type=int, default=12)
    options = parser.parse_args()
    schemes = "light,dark" if options.both else "dark" if options.dark else "light"
    known = sorted(file.stem for file in CATALOGUE.glob("*.json") if file.stem not in NOT_EXERCISES)
    sheets = drawn(options.slugs or known, schemes, options.frames)
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1524, "height": 900})
        for slug, sheet in sheets.items():
            photograph(page, section(sheet, whole=True), options.out / f"{slug}.png")
        if not options.slugs:
            everything = "".join(section(sheet, whole=False) for sheet in sheets.values())
            photograph(page, everything, options.out / "all.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
