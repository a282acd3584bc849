"""
What stands on the page of a report: the printed sheet's very words and figures, with pictures for a screen. Pure.
"""

from __future__ import annotations

from typing import Any

from sharing.rendering.body import HEIGHT, WIDTH
from sharing.rendering.chart import chart_svg
from sharing.rendering.pdf_sheet import make_sheet
from sharing.snapshot import Snapshot

# As wide as a small phone, with letters that can be read there.
SMALL_CHART = (340, 260)
# What can be jumped to, in the order of the page.
PARTS = ("red", "question", "changes", "chart", "flags", "files", "exercises", "measures", "body", "daily", "notes")
# A longer table is closed on a screen until somebody wants it.
FOLDED_FROM = 11


def page_of(snapshot: Snapshot) -> dict[str, Any]:
    language = snapshot["language"]
    sheet = make_sheet(snapshot, paper="a4", language=language)
    if sheet["chart"] and sheet["chart"]["svg"]:
        width, height = SMALL_CHART
        sheet["chart"]["small"] = chart_svg(snapshot, width=width, height=height, language=language)
    sheet["drawing"] = {"width": WIDTH, "height": HEIGHT}
    if sheet["red"] and snapshot["red_flags"]:
        notable = snapshot["red_flags"]["notable"]
        strong = [one["level"] in ("E", "D") for one in notable]
        sheet["red"]["rows"] = [[*row, urgent] for row, urgent in zip(sheet["red"]["rows"], strong, strict=True)]
    if sheet["flags"]:
        # A template takes `.items` of a dictionary for its method.
        sheet["flags"]["items_"] = sheet["flags"]["items"]
    sheet["contents"] = [part for part in PARTS if part == "files" or sheet[part]]
    tables = {name: sheet[name] for name in ("daily", "notes") if sheet[name]}
    sheet["folded"] = {name: count for name, table in tables.items() if (count := len(table["rows"])) >= FOLDED_FROM}
    return sheet
