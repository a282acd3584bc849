"""
Who has to hear when a person's clock moves to another time zone.

Higher apps name what they do in their `AppConfig.ready`: nothing here knows of them.
"""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import User

followers: list[Callable[[User], None]] = []


def tell_followers(user: User) -> None:
    """In the transaction that keeps the new zone."""
    for follow in followers:
        follow(user)
