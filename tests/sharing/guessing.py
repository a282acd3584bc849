"""
200 guesses of one passcode, many at a time, and how many of them were looked at. Run as a program, it makes its own
database first: SQLite, in a file, as an operator has it (the tests' lies in memory, where threads lock otherwise).
"""

from __future__ import annotations

import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

GUESSES, AT_ONCE = 200, 20


class CountingHasher(Argon2PasswordHasher):
    """Argon2 as in production; how often it was asked is the cost of the guesses, and what they could learn."""

    evaluated = 0
    lock = threading.Lock()

    def verify(self, password: str, encoded: str) -> bool:
        with CountingHasher.lock:
            CountingHasher.evaluated += 1
        return super().verify(password, encoded)


HASHERS = ["tests.sharing.guessing.CountingHasher"]


def guess_many(share: Any) -> list[int | None]:
    """What each guess was answered; all of them are wrong."""
    from django.db import connections

    from sharing.opening import try_passcode

    barrier = threading.Barrier(AT_ONCE)

    def guess(places: range) -> list[int | None]:
        try:
            barrier.wait()
            return [try_passcode(share=share, passcode=f"wrong {place}") for place in places]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        parts = pool.map(guess, (range(place, GUESSES, AT_ONCE) for place in range(AT_ONCE)))
        return [answer for part in parts for answer in part]


def main() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from sharing.opening import try_passcode
    from tests.people import make_person
    from tests.sharing.factories import lent

    settings.PASSWORD_HASHERS = HASHERS
    call_command("migrate", verbosity=0)
    share, _ = lent(make_person("alice"), passcode="right")
    answers = guess_many(share)
    evaluated = CountingHasher.evaluated
    right = try_passcode(share=share, passcode="right")
    share.refresh_from_db()
    found = {"answers": answers, "evaluated": evaluated, "right": right, "attempts_left": share.attempts_left}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    # The module that Django loads the hasher from, not this one, which is called __main__ and has a count of its own.
    from tests.sharing import guessing

    guessing.main()
