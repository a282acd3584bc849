"""A push message sealed for one browser by RFC 8291: `aes128gcm`, in one record."""

from __future__ import annotations

import base64
import binascii
import os
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey

# `cryptography` is imported where it is used: it takes 10 MB, and a web server that serves no push needs none of it.

# The standard makes services take 4,096 bytes; some take less, and a notification needs a few hundred.
LONGEST_SEALED = 3000
_RECORD = 4096
_POINT, _AUTH, _SALT, _TAG = 65, 16, 16, 16
_HEADER = _SALT + 4 + 1 + _POINT


class TooLong(ValueError):
    """Sealed, the message would be longer than LONGEST_SEALED bytes."""


class BadKey(ValueError):
    """Not what a browser's subscription holds."""


def seal(message: bytes, *, p256dh: str, auth: str) -> bytes:
    """`message` readable only with the private key behind `p256dh`. Raises TooLong and BadKey."""
    from cryptography.hazmat.primitives.asymmetric import ec

    return sealed_with(
        message, p256dh=p256dh, auth=auth, ours=ec.generate_private_key(ec.SECP256R1()), salt=os.urandom(_SALT)
    )


def sealed_with(message: bytes, *, p256dh: str, auth: str, ours: EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """`seal` with nothing left to chance. A key or a salt used twice gives the messages away."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if _HEADER + len(message) + 1 + _TAG > LONGEST_SEALED:
        raise TooLong
    theirs = read_public_key(p256dh)
    points = point_of(theirs) + point_of(ours.public_key())
    shared = _derive(read_auth(auth), b"WebPush: info\0" + points, 32, ours.exchange(ec.ECDH(), theirs))
    key = _derive(salt, b"Content-Encoding: aes128gcm\0", 16, shared)
    nonce = _derive(salt, b"Content-Encoding: nonce\0", 12, shared)
    # The 2 says that this record is the last.
    record = AESGCM(key).encrypt(nonce, message + b"\x02", None)
    return salt + struct.pack("!LB", _RECORD, _POINT) + points[_POINT:] + record


def read_public_key(text: str) -> EllipticCurvePublicKey:
    """A subscription's `p256dh`: a point of the curve P-256, not compressed, in base64url. Raises BadKey."""
    from cryptography.hazmat.primitives.asymmetric import ec

    point = decode(text)
    if len(point) != _POINT or point[0] != 4:
        raise BadKey("Must be an uncompressed P-256 point of 65 bytes, in base64url.")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise BadKey("Must be a point of the curve P-256.") from error


def read_auth(text: str) -> bytes:
    """A subscription's `auth`: 16 bytes in base64url. Raises BadKey."""
    secret = decode(text)
    if len(secret) != _AUTH:
        raise BadKey("Must be 16 bytes, in base64url.")
    return secret


def point_of(key: EllipticCurvePublicKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encode(data: bytes) -> str:
    """Base64url without padding, as the Push API spells keys."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Base64url, padded or not. Raises BadKey."""
    bare = text.rstrip("=")
    try:
        data = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars="-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadKey("Must be base64url.") from error
    if encode(data) != bare:
        # Bits that nothing reads, or `+` and `/`: two spellings of one key would be two keys.
        raise BadKey("Must be base64url.")
    return data


def _derive(salt: bytes, info: bytes, length: int, secret: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, salt, info).derive(secret)
