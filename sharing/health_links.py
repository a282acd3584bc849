"""
SMART Health Links (HL7 STU 1): a report sealed with a key that stands in the link alone.

The server keeps the sealed file and the hash of the link's id; whoever reads its disk reads no report in it.
"""

from __future__ import annotations

import base64
import io
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import segno
from django.core import signing
from django.core.cache import cache
from django.db import transaction
from jwcrypto.jwe import JWE
from jwcrypto.jwk import JWK

from sharing.models import ShareFile, ShareLink
from sharing.models.tokens import hash_of, new_token
from sharing.rendering.fhir import report_bundle
from sharing.snapshot import Snapshot

FHIR = "application/fhir+json"
# What the standard allows.
LONGEST_URL = 128
LONGEST_LABEL = 80
# Larger files are fetched by an address of their own, which works once and as long as this.
EMBED_AT_MOST = 4 * 1024 * 1024
LOCATION_SECONDS = 60
SALT = "sharing.health_links.location"


@dataclass(frozen=True)
class Sealed:
    """A report under a key of its own, and the address that its link will have; both open it, and are kept nowhere."""

    id_hash: str
    jwe: str
    url: str = field(repr=False)
    key: str = field(repr=False)


def seal_report(*, snapshot: Snapshot, pdf: bytes | None, base_url: str) -> Sealed:
    """
    The Bundle, with the PDF in it, if there is one. Of a long diary it takes seconds, and writes nothing: it comes
    before the transaction that `keep_sealed` belongs in.

    ValueError: `base_url` is so long that the link would be longer than the standard allows.
    """
    link_id, key = new_token(), secrets.token_urlsafe(32)
    url = f"{base_url.rstrip('/')}/shl/{link_id}"
    if len(url) > LONGEST_URL:
        raise ValueError(f"the address of a health link may have {LONGEST_URL} characters")
    bundle = json.dumps(report_bundle(snapshot, pdf=pdf), ensure_ascii=False, separators=(",", ":"))
    return Sealed(id_hash=hash_of(link_id), jwe=seal(bundle.encode(), key), url=url, key=key)


@transaction.atomic
def keep_sealed(*, share: ShareLink, sealed: Sealed) -> str:
    """
    Make `share`, which is stored already, a SMART Health Link too: gives it the id (`shl_hash`) and its one file.
    Answers `shlink:/...`, which is known to nobody afterwards: neither id nor key is kept.
    """
    share.shl_hash = sealed.id_hash
    share.save(update_fields=["shl_hash"])
    share.files.all().delete()
    ShareFile.objects.create(share=share, content_type=FHIR, jwe=sealed.jwe)
    return shlink(url=sealed.url, key=sealed.key, share=share)


def seal(content: bytes, key: str) -> str:
    """
    A compact JWE, `dir` and A256GCM with an IV of its own.

    Not zipped, though the standard allows it and a tenth would be left: whoever opens it guards against files that
    swell. `jose`, by which most viewers open it, knew no `zip` from 5.0 to 6.1 and since 6.2 refuses what is more than
    250 kB unzipped, as go-jose and jose-jwt do, unless told otherwise. The report of a year is 2 MB.
    """
    header = {"alg": "dir", "enc": "A256GCM", "cty": FHIR}
    box = JWE(content, json.dumps(header, separators=(",", ":")))
    box.add_recipient(JWK(kty="oct", k=key))
    return str(box.serialize(compact=True))


def shlink(*, url: str, key: str, share: ShareLink) -> str:
    """
    The flags are `P` with a passcode, or none. Never `L`, for long-term use: that asks viewers to come back for
    changes, and a report is frozen. A link that lives for months opens the same file on its last day. Nor `U`, which
    has no manifest, and so neither a passcode nor the name of who asks.
    """
    payload: dict[str, Any] = {"url": url, "key": key, "exp": int(share.expires_at.timestamp())}
    if share.passcode:
        payload["flag"] = "P"
    if share.label:
        payload["label"] = share.label[:LONGEST_LABEL]
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return "shlink:/" + base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode("ascii")


def viewer_url(link: str, base_url: str) -> str:
    """The link so that a browser opens it in our own viewer; what stands after the # never reaches the server."""
    return f"{base_url.rstrip('/')}/shl#{link}"


def qr_svg(text: str) -> str:
    """A QR code, level M, four modules of margin, without a size of its own: it takes the width that it is given."""
    out = io.BytesIO()
    code = segno.make(text, error="m", boost_error=False, micro=False)
    code.save(out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True, nl=False)
    return out.getvalue().decode()


def find_health_link(link_id: str) -> ShareLink | None:
    """The share whose health link has that id, living or not."""
    return ShareLink.objects.filter(shl_hash=hash_of(link_id)).select_related("owner").first()


def manifest_of(share: ShareLink, *, url: str, embed_at_most: int | None) -> dict[str, Any]:
    """
    The files of the link, each within it or, longer than the viewer takes, at an address below `url`. They are final,
    as `shlink` says why: no `Retry-After` invites a viewer to ask again.
    """
    limit = EMBED_AT_MOST if embed_at_most is None else min(embed_at_most, EMBED_AT_MOST)
    files = [
        {
            "contentType": file.content_type,
            **({"embedded": file.jwe} if len(file.jwe) <= limit else location(file, url)),
        }
        for file in share.files.order_by("pk")
    ]
    return {"status": "finalized", "files": files}


def location(file: ShareFile, url: str) -> dict[str, str]:
    token = signing.dumps([file.pk, secrets.token_urlsafe(12)], salt=SALT)
    return {"location": f"{url}/files/{token}"}


def file_at(share: ShareLink, token: str) -> ShareFile | None:
    """The file of `share` that `token` was made out for, once, within `LOCATION_SECONDS`."""
    try:
        file_id, nonce = signing.loads(token, salt=SALT, max_age=LOCATION_SECONDS)
    except signing.BadSignature:
        return None
    if not cache.add(f"{SALT}.{nonce}", 1, timeout=LOCATION_SECONDS * 2):
        return None
    return share.files.filter(pk=file_id).first()
