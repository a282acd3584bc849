"""Whatever somebody wrote, as it may stand in a report. Pure."""

from __future__ import annotations

from exercises.handout.sheet import plain as cleaned


def plain(text: str) -> str:
    """On one line, without controls, and without what would turn the text around it."""
    # Most words are harmless as they are, and ten years of notes are many.
    return " ".join(text.split(" ")).strip() if text.isascii() and text.isprintable() else cleaned(text)
