"""
Lighthouse on a phone profile (its own throttling) against a real server with the built app, in Debian's Chromium:
the welcome screen of a new visitor, and Today of a signed-in person. `python -m benchmarks.lighthouse` prints JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.serving import Server, server

HERE = Path(__file__).resolve().parent / "web"
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
TARGETS = {"performance": 95, "accessibility": 100, "best-practices": 100}


def install() -> None:
    if not (HERE / "node_modules" / "lighthouse").is_dir():
        subprocess.run(
            ["npm", "install", "--no-save", "--no-fund", "--no-audit"], cwd=HERE, check=True, stdout=subprocess.DEVNULL
        )


def audit(target: Server, path: str, signed_in: bool) -> dict:
    chromium = shutil.which("chromium")
    if not chromium:
        raise SystemExit("lighthouse: Debian's package chromium is missing.")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = ["npx", "lighthouse", f"http://localhost:{target.port}{path}", "--quiet", "--output=json"]
        command += [f"--output-path={report}", f"--chrome-flags={CHROMIUM}", "--form-factor=mobile"]
        command += ["--only-categories=performance,accessibility,best-practices"]
        if signed_in:
            headers = Path(folder) / "headers.json"
            headers.write_text(json.dumps({"Cookie": target.headers["Cookie"]}))
            command.append(f"--extra-headers={headers}")
        env = {**os.environ, "CHROME_PATH": chromium}
        subprocess.run(command, cwd=HERE, env=env, check=True)
        found = json.loads(report.read_text())
    failing = [
        name for name, audit in found["audits"].items() if audit.get("score") is not None and audit["score"] < 0.9
    ]
    scores = {name: round(category["score"] * 100) for name, category in found["categories"].items()}
    return {**scores, "first_contentful_paint_ms": round(found["audits"]["first-contentful-paint"]["numericValue"]),
            "largest_contentful_paint_ms": round(found["audits"]["largest-contentful-paint"]["numericValue"]),
            "total_blocking_ms": round(found["audits"]["total-blocking-time"]["numericValue"]),
            "not_full": failing}  # fmt: skip


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
