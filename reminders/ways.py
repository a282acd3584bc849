"""Every channel by its name, and by which of them people can be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.conf import settings

from accounts.models import User
from reminders import by_mail, by_push
from reminders.sending import Channel

# Beside the app's own list, `inbox`, where whatever has come due stands without being sent.
CHANNELS: dict[str, Channel] = {"push": by_push, "email": by_mail}
# Whoever cannot be reached by the first is told by the second.
INSTEAD = {"push": "email"}


def at_once(channel: str) -> int:
    """How many of it a process has on their way at the same time."""
    return settings.PUSHES_IN_FLIGHT if channel == "push" else 1


class Reach:
    """Where some people can be reached, a query a channel."""

    def __init__(self, owners: Collection[UUID]) -> None:
        self.known: dict[str, Mapping[UUID, Sequence[str]]] = {"inbox": {owner: [""] for owner in owners}}
        # Whom the operator has shut out is told nothing.
        active = list(User.objects.filter(pk__in=owners, is_active=True).values_list("pk", flat=True)) if owners else []
        for name, channel in CHANNELS.items():
            self.known[name] = channel.endpoints_of(active) if active else {}

    def places(self, owner: UUID, channels: Iterable[str]) -> list[tuple[str, str]]:
        """(channel, endpoint) of each place, by the channels that were chosen or what stands in for them."""
        reached = dict.fromkeys(self.way(owner, channel) for channel in channels)
        return [(name, endpoint) for name in reached for endpoint in self.known.get(name, {}).get(owner, ())]

    def way(self, owner: UUID, channel: str) -> str:
        return channel if owner in self.known.get(channel, {}) else INSTEAD.get(channel, channel)
