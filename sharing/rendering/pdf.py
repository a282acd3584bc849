"""A report as a tagged PDF (PDF/UA-1), set by Typst in a process of its own. Pure."""

from __future__ import annotations

import json
import re
from pathlib import Path

from exercises.handout.press import PressBusy, PressFailed, print_by
from sharing.rendering.pdf_sheet import make_sheet
from sharing.snapshot import Snapshot

__all__ = ["PressBusy", "PressFailed", "report_pdf"]

TEMPLATE = Path(__file__).parent / "pdf.typ"
# Every script that is written from right to left, and the Arabic signs for numbers.
TURNED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


def report_pdf(snapshot: Snapshot, *, paper: str = "a4", language: str | None = None) -> bytes:
    """`paper`: `a4` or `us-letter`; `language`: the reader's, else the snapshot's. Raises PressFailed, PressBusy."""
    sheet = make_sheet(snapshot, paper=paper, language=language or snapshot["language"])
    # Typst (0.15.0) breaks down over two letters from right to left in a font that pairs them, where pairing is off.
    return print_by(TEMPLATE, {**sheet, "pairing": bool(TURNED.search(json.dumps(sheet, ensure_ascii=False)))})
