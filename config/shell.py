"""The one page behind every screen's address: the web build's shell, with the policy it was built with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe

_POLICY = re.compile(r'http-equiv="content-security-policy" content="([^"]+)"', re.IGNORECASE)


@dataclass(frozen=True)
class Shell:
    policy: str
    plain: bytes
    encoded: dict[str, bytes]


@cache
def read_shell(build: Path) -> Shell:
    page = build / "shell.html"
    plain = page.read_bytes()
    encoded = {
        name: page.with_name(f"shell.html.{suffix}").read_bytes()
        for name, suffix in (("br", "br"), ("gzip", "gz"))
        if page.with_name(f"shell.html.{suffix}").exists()
    }
    found = _POLICY.search(plain.decode())
    if found is None:
        raise RuntimeError("The web build's shell carries no content security policy.")
    return Shell(found[1].replace("&#39;", "'") + "; frame-ancestors 'none'", plain, encoded)


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    try:
        page = read_shell(settings.WEB_BUILD)
    except FileNotFoundError:
        return HttpResponse("The web app is not built yet: run `make build`.", status=503, content_type="text/plain")
    accepted = {token.split(";")[0].strip() for token in request.headers.get("Accept-Encoding", "").split(",")}
    encoding = next((name for name in page.encoded if name in accepted), None)
    response = HttpResponse(page.encoded[encoding] if encoding else page.plain, content_type="text/html; charset=utf-8")
    if encoding:
        response["Content-Encoding"] = encoding
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = page.policy
    # The app's first write needs the token, and this is the only page that Django renders for it.
    get_token(request)
    return response
