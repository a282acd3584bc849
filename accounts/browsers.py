"""
What a browser says of itself, in the few words that a person can make use of: "Firefox on Windows". Pure.

Whatever calls itself by no name that is known here is called nothing: a guess would look like knowledge.
"""

from __future__ import annotations

import re

# The first that is found counts: Edge, Opera and Samsung's browser call themselves Chrome too, and Chrome Safari.
BROWSERS = (
    (r"\bEdg(?:e|A|iOS)?/", "Edge"),
    (r"\b(?:OPR|OPX|Opera)/", "Opera"),
    (r"\bSamsungBrowser/", "Samsung Internet"),
    (r"\b(?:Firefox|FxiOS)/", "Firefox"),
    (r"\b(?:(?:Headless)?Chrome|Chromium|CriOS)/", "Chrome"),
    (r"\bVersion/[\d.]+.*\bSafari/", "Safari"),
)
SYSTEMS = (
    (r"\bWindows\b", "Windows"),
    (r"\bAndroid\b", "Android"),
    (r"\biPhone\b", "iPhone"),
    (r"\biPad\b", "iPad"),
    (r"\bMacintosh\b", "Mac"),
    (r"\bCrOS\b", "ChromeOS"),
    (r"\bLinux\b", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """All of it our words: nothing of what the browser wrote is repeated."""
    browser, system = found_in(BROWSERS, user_agent), found_in(SYSTEMS, user_agent)
    return f"{browser} on {system}" if browser and system else browser or system or ""


def found_in(rules: tuple[tuple[str, str], ...], user_agent: str) -> str | None:
    return next((name for rule, name in rules if re.search(rule, user_agent[:500])), None)
