"""The operator's own secrets, made at the first start and readable by nobody else."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

# One less than the order of the curve P-256: how many private keys there are.
P256_KEYS = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550


def secret_key(data_dir: Path) -> str:
    """The key in `data_dir/secret.key`; made there, mode 600, if there is none. Two first starts agree on one key."""
    return kept(data_dir / "secret.key", lambda: secrets.token_urlsafe(64))


def push_keys(path: Path) -> list[str]:
    """The keys of web push in `path`, a line each, newest first; one is made there if there is none."""
    return kept(path, new_push_key).split()


def new_push_key() -> str:
    """A private key of the curve P-256: 32 bytes, in base64url without padding."""
    number = 1 + secrets.randbelow(P256_KEYS)
    return base64.urlsafe_b64encode(number.to_bytes(32)).rstrip(b"=").decode("ascii")


def is_push_key(text: str) -> bool:
    try:
        number = int.from_bytes(base64.b64decode(f"{text}=", altchars="-_", validate=True))
    except ValueError:
        return False
    return len(text) == 43 and 0 < number <= P256_KEYS


def kept(path: Path, make: Callable[[], str]) -> str:
    """What `path` holds, or what was made for it, mode 600."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = write_draft(path, make())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="utf-8")


def write_draft(path: Path, text: str) -> Path:
    """Written whole under another name, to be put in its place at once: no reader ever sees half a key."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft
