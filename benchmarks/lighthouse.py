"""
Lighthouse on a phone profile (its own throttling) against a real server with the built app, in Debian's Chromium:
the welcome screen and sign-up of a new visitor, and Today of a person who has signed in on this device.
`python -m benchmarks.lighthouse` prints JSON.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.serving import Server, server
from tests.processes import free_port

HERE = Path(__file__).resolve().parent / "web"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
# benchmarks/seed_logs.py makes her; it cannot be imported here, because it starts Django.
EMAIL, PASSWORD = "bench@example.org", "a passphrase of the benchmark"
TARGETS = {"performance": 95, "accessibility": 100, "best-practices": 100}


def install() -> None:
    if not (HERE / "node_modules" / "lighthouse").is_dir():
        command = ["npm", "install", "--no-save", "--no-fund", "--no-audit"]
        subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def chromium(target: Server, signed_in: bool) -> Iterator[int]:
    """A Chromium that Lighthouse can reach by the port given; signed in as a person does it, by the form."""
    program = shutil.which("chromium")
    if not program:
        raise SystemExit("lighthouse: Debian's package chromium is missing.")
    port = free_port()
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=program, args=[*FLAGS, f"--remote-debugging-port={port}"]
        )
        if signed_in:
            page = context.new_page()
            page.goto(f"http://localhost:{target.port}/sign-in")
            page.get_by_label("E-mail").fill(EMAIL)
            page.locator("input[type=password]").fill(PASSWORD)
            page.locator("form button[type=submit]").click()
            page.get_by_role("navigation").wait_for()
            # The first fill of the diary ends before the measurement begins.
            page.wait_for_timeout(8_000)
            page.close()
        yield port
        context.close()


def audit(target: Server, path: str, signed_in: bool) -> dict:
    with tempfile.TemporaryDirectory() as folder, chromium(target, signed_in) as port:
        report = Path(folder) / "report.json"
        command = ["npx", "lighthouse", f"http://localhost:{target.port}{path}", "--quiet", "--output=json"]
        command += [f"--output-path={report}", f"--port={port}", "--form-factor=mobile"]
        command += ["--only-categories=performance,accessibility,best-practices"]
        if signed_in:
            command.append("--disable-storage-reset")
        subprocess.run(command, cwd=HERE, check=True)
        found = json.loads(report.read_text())
    failing = [name for name, one in found["audits"].items() if one.get("score") is not None and one["score"] < 0.9]
    scores = {name: round(category["score"] * 100) for name, category in found["categories"].items()}
    return {
        **scores,
        "first_contentful_paint_ms": round(found["audits"]["first-contentful-paint"]["numericValue"]),
        "largest_contentful_paint_ms": round(found["audits"]["largest-contentful-paint"]["numericValue"]),
        "total_blocking_ms": round(found["audits"]["total-blocking-time"]["numericValue"]),
        "not_full": failing,
    }


def main() -> int:
    install()
    with server("seed_small") as target:
        measured = {
            "welcome": audit(target, "/", signed_in=False),
            "sign up": audit(target, "/sign-up", signed_in=False),
            "today": audit(target, "/", signed_in=True),
        }
    print(json.dumps({"measured": measured, "targets": TARGETS}, indent=2))
    well = all(scores[name] >= least for scores in measured.values() for name, least in TARGETS.items())
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
