"""
Makes a PDF of a sheet. Run as a program, it is the press itself: JSON in, PDF out.

Typst holds a few dozen megabytes once it has set a page, and keeps them. The web worker has none to spare, so each
sheet is set by a process of its own, which ends with it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# A sheet of thirty exercises takes about two on a slow machine. Meanwhile a thread of the web server waits, of few.
PATIENCE_SECONDS = 30


class PressFailed(Exception):
    """No PDF came out. Does not say why in Typst's words: those could quote the sheet, and end in a log."""


class PressBusy(PressFailed):
    """The machine is too loaded to print now. Later it may well come out."""


def print_sheet(sheet: dict[str, Any]) -> bytes:
    """The sheet (see `sheet.make_sheet`) as a PDF. Raises PressFailed, PressBusy."""
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and file
            [sys.executable, "-P", str(HERE / "press.py")],
            input=json.dumps(sheet).encode(),
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        # Without its cause, which holds what was printed so far.
        raise PressBusy(f"the press took more than {PATIENCE_SECONDS} s") from None
    if done.returncode < 0:
        # Ended from outside: by a machine that runs out of memory, or shuts down.
        raise PressBusy(f"the press was ended by signal {-done.returncode}")
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise PressFailed(f"the press ended with {done.returncode}")
    return done.stdout


def set_type(sheet: bytes) -> bytes:
    """
    PDF/UA-1, with the tags that a screen reader goes by. A name with signs that no font here has (an emoji) cannot
    claim that standard: the same tagged PDF then, without the claim.
    """
    import typst

    options: dict[str, Any] = {
        "root": HERE,
        "font_paths": [HERE / "fonts"],
        "sys_inputs": {"sheet": sheet.decode()},
        # Says nothing of when, and the same sheet is the same file.
        "timestamp": 0,
    }
    try:
        return typst.compile(HERE / "handout.typ", pdf_standards="ua-1", **options)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return typst.compile(HERE / "handout.typ", **options)


if __name__ == "__main__":
    sys.stdout.buffer.write(set_type(sys.stdin.buffer.read()))
