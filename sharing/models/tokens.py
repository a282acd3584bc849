"""Secrets that open something: made here, handed out once, kept as their hash."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata


def new_token() -> str:
    """32 random bytes in base64url: 43 characters."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def spelled(passcode: str) -> str:
    """As it is hashed: told on the telephone and typed on another keyboard, the same signs are the same passcode."""
    return unicodedata.normalize("NFKC", passcode.encode(errors="replace").decode()).strip()
