"""
Makes a PDF of a sheet.

Typst holds a few dozen megabytes once it has set a page, and keeps them. The web worker has none to spare, so each
sheet is set by a process of its own, which ends with it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from exercises.handout.row_heads import with_row_heads

HERE = Path(__file__).parent
# A sheet of thirty exercises takes about two on a slow machine. Meanwhile a thread of the web server waits, of few.
PATIENCE_SECONDS = 30
# Typst takes memory in very many small pieces. From one arena that grows by large steps, in large pages where there are
# any, that takes a fifth less of all the time, and hardly more memory. Whatever is not glibc takes no notice.
MEMORY = f"glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1:glibc.malloc.top_pad={16 << 20}"


class PressFailed(Exception):
    """No PDF came out. Does not say why in Typst's words: those could quote the sheet, and end in a log."""


class PressBusy(PressFailed):
    """The machine is too loaded to print now. Later it may well come out."""


def print_sheet(sheet: dict[str, Any]) -> bytes:
    """The sheet (see `sheet.make_sheet`) as a PDF. Raises PressFailed, PressBusy."""
    return print_by(HERE / "handout.typ", sheet)


def print_by(template: Path, sheet: dict[str, Any]) -> bytes:
    """Whatever that Typst file makes of `sys.inputs.sheet`, as a PDF. Raises PressFailed, PressBusy."""
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and file
            [sys.executable, "-P", str(HERE / "compositor.py"), str(template)],
            input=json.dumps(sheet).encode(),
            env={**os.environ, "GLIBC_TUNABLES": MEMORY},
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
    return with_row_heads(done.stdout)
