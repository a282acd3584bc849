"""A channel that sends nothing anywhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from uuid import UUID

from reminders.models import Delivery
from reminders.sending import Came, Send, Sent


class Recorder:
    """A channel that keeps what it was handed, and answers as a test tells it."""

    def __init__(self) -> None:
        self.taken: list[Delivery] = []
        self.answers: list[Sent | Exception] = []
        self.reaches = True

    def endpoints_of(self, owners: Collection[UUID]) -> dict[UUID, list[str]]:
        return {owner: [""] for owner in owners} if self.reaches else {}

    def sending(self, _: Sequence[Delivery]) -> AbstractContextManager[Send]:
        return nullcontext(self.send)

    def send(self, delivery: Delivery) -> Sent:
        self.taken.append(delivery)
        answer = self.answers.pop(0) if self.answers else Sent(Came.ACCEPTED)
        if isinstance(answer, Exception):
            raise answer
        return answer
