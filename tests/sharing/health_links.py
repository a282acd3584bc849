"""Made-up reports sealed as SMART Health Links, and what stands in such a link and its file."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import timezone

from accounts.models import User
from sharing.health_links import keep_sealed, seal_report
from sharing.models import Report, ShareLink
from sharing.models.tokens import hash_of, new_token
from sharing.snapshot import Snapshot
from tests.sharing.snapshots import example

PDF = b"%PDF-1.7\nnot really"
HOST = "https://unpinch.example"


def lend(owner: User, *, base_url: str = HOST, **fields: Any) -> tuple[ShareLink, str]:
    """A share of the example, and its shlink."""
    share = ShareLink.objects.create(
        owner=owner,
        report=Report.objects.create(owner=owner, made_at=timezone.now(), snapshot=example()),
        token_hash=hash_of(new_token()),
        shl_hash=hash_of(new_token()),
        **{"expires_at": timezone.now() + timedelta(days=30), **fields},
    )
    return share, sealed_for(share, example(), base_url)


def sealed_for(share: ShareLink, snapshot: Snapshot, base_url: str) -> str:
    return keep_sealed(share=share, sealed=seal_report(snapshot=snapshot, pdf=PDF, base_url=base_url))


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def payload(link: str) -> dict[str, Any]:
    assert link.startswith("shlink:/")
    return json.loads(decoded(link.removeprefix("shlink:/")))


def opened(jwe: str, key: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and content, by the bare algorithm: no library of ours has to agree with itself."""
    header, wrapped_key, iv, sealed, tag = jwe.split(".")
    assert wrapped_key == ""
    content = AESGCM(decoded(key)).decrypt(decoded(iv), decoded(sealed) + decoded(tag), header.encode())
    return json.loads(decoded(header)), json.loads(content)
