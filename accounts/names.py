"""What a person or a place calls itself, as it may stand beside other people's words. Pure."""

from __future__ import annotations

import re
import unicodedata

# Letters by their kind, and yet nothing is seen of them.
BLANK = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " ")
# Scripts without capitals, as Persian and Hindi, tell words apart by a joiner within one; elsewhere it only hides.
JOINER = re.compile("[\u200c\u200d]")
GONE = ("Cf", "Cs", "Co")
# What this Python does not know yet may be a letter or a picture of a newer Unicode; these never will be.
NEVER = re.compile(
    "[\ufdd0-\ufdef]|[" + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)) + "]"
)
SPACE = ("Cc", "Zs", "Zl", "Zp")


def clean_name(text: str) -> str:
    """On one line, without controls, without what is not seen and without what turns the text around it."""
    text = unicodedata.normalize("NFC", text).translate(BLANK)
    kept = []
    for place, sign in enumerate(text):
        kind = unicodedata.category(sign)
        if kind in SPACE:
            kept.append(" ")
        elif not NEVER.match(sign) and (kind not in GONE or (JOINER.match(sign) and joins(text, place))):
            kept.append(sign)
    return " ".join("".join(kept).split())


def joins(text: str, place: int) -> bool:
    around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    return len(around) == 2 and all(unicodedata.category(sign) in ("Lo", "Mn", "Mc") for sign in around)
