"""
Who sends, by RFC 8292: the server's own keys, and the token that each push carries.

A browser binds a subscription to the one key it was made with. So there may be several: the newest is handed out, the
older ones serve until nobody's subscription needs them.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from reminders.push.sealing import BadKey, decode, encode, point_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

HOUR = 3600
# At most 24 h are allowed; a token is used for an hour, and the clocks of both sides may differ.
_HOURS_VALID = 12


@dataclass(frozen=True)
class PushKey:
    secret: str = field(repr=False)
    """The private number of a P-256 key, 32 bytes in base64url."""

    @cached_property
    def private(self) -> EllipticCurvePrivateKey:
        """Raises BadKey."""
        from cryptography.hazmat.primitives.asymmetric import ec

        number = decode(self.secret)
        if len(number) != 32:
            raise BadKey("Must be 32 bytes, in base64url.")
        try:
            return ec.derive_private_key(int.from_bytes(number), ec.SECP256R1())
        except ValueError as error:
            raise BadKey("Must be a private key of the curve P-256.") from error

    @cached_property
    def public(self) -> str:
        """What a browser subscribes with: an uncompressed point in base64url."""
        return encode(point_of(self.private.public_key()))

    @cached_property
    def id(self) -> str:
        return encode(hashlib.sha256(self.public.encode("ascii")).digest()[:9])


class PushKeys:
    """Never empty; the first is the newest."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._keys = [PushKey(secret) for secret in secrets]

    def __iter__(self) -> Iterator[PushKey]:
        return iter(self._keys)

    @property
    def newest(self) -> PushKey:
        return self._keys[0]

    def get(self, id: str) -> PushKey | None:
        return next((key for key in self._keys if key.id == id), None)


@dataclass(frozen=True)
class Signer:
    contact: str
    """`mailto:` or `https:`: where a push service complains. Apple's refuses everything else."""

    def authorization(self, key: PushKey, origin: str) -> str:
        """The header for a push to `origin`, the scheme, host and port of the endpoint."""
        return _authorization(self.contact, key, origin, int(time.time()) // HOUR)


# Signing takes as long as all the sealing, and services ask not to be shown a new token each time.
@lru_cache(maxsize=256)
def _authorization(contact: str, key: PushKey, origin: str, hour: int) -> str:
    import jwt

    claims = {"aud": origin, "exp": (hour + _HOURS_VALID) * HOUR, "sub": contact}
    return f"vapid t={jwt.encode(claims, key.private, algorithm='ES256')}, k={key.public}"
