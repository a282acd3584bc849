"""
What a channel is: for some leased deliveries, a function that takes one to its endpoint and says what came of it.

A channel writes nothing about the delivery and opens no transaction: whoever leased it records the answer, under the
lease. It raises only what is a fault of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol
from uuid import UUID

from reminders.models import Delivery


class Came(StrEnum):
    ACCEPTED = "accepted"
    """The other side took it. Nobody knows whether it was read: never called delivered."""
    RETRY = "retry"
    GONE = "gone"
    """The endpoint is no more; another channel steps in."""
    FAILED = "failed"


class Sent(NamedTuple):
    came: Came
    problem: str = ""
    """A code for the row and the log; names nobody."""
    after: timedelta | None = None
    """With RETRY: not before; None as usual."""
    down: bool = False
    """With RETRY: nobody is reached by this channel now, and the next would wait as long for nothing."""
    tried: bool = True
    """With RETRY: whether it went out at all; if not, it counts as no attempt."""


Send = Callable[[Delivery], Sent]
"""Takes one, with its owner, occurrence and reminder at hand, in at most twenty seconds."""


class Channel(Protocol):
    def endpoints_of(self, owners: Collection[UUID]) -> Mapping[UUID, Sequence[str]]:
        """Where each of these people can be reached by it; people who cannot be are left out."""

    def sending(self, deliveries: Sequence[Delivery]) -> AbstractContextManager[Send]:
        """
        For any of these, in any order. Entered, it reads at once what they need; left, it writes what can be lost.

        A push is sent by several threads at the same time where the operator wants that, and asks no database.
        """
