"""A device that speaks HTTP and knows no more than the contract: it keeps its cookies and repeats what got lost."""

from __future__ import annotations

import http.client
import itertools
import json
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timedelta
from http.cookiejar import CookieJar
from typing import Any
from zoneinfo import ZoneInfo

from tests.people import PASSWORD

_numbers = itertools.count(1)


class NoAnswer(Exception):
    """The connection broke: whether the request took effect is not known."""


class Client:
    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )
        self.email = ""

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        request = urllib.request.Request(self.address + path, method=method)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        for cookie in self.cookies:
            if cookie.name == "csrftoken":
                request.add_header("X-CSRFToken", cookie.value or "")
        try:
            with self.opener.open(request, timeout=30) as answer:
                status, content = answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            status, content = refusal.code, refusal.read()
        except (OSError, http.client.HTTPException) as cause:
            raise NoAnswer(str(cause)) from cause
        return status, json.loads(content) if content else None

    def sign_up(self, name: str = "alice") -> Client:
        self.email = f"{name}-{uuid.uuid4().hex[:8]}@example.org"
        # Its answer is "nobody", and brings the token that writing needs.
        self.ask("GET", "/_allauth/browser/v1/auth/session")
        status, body = self.ask("POST", "/_allauth/browser/v1/auth/signup", {"email": self.email, "password": PASSWORD})
        assert status == 200, body
        return self

    def put_log(self, id: str, body: dict[str, Any]) -> tuple[int, Any]:
        return self.ask("PUT", f"/api/v1/logs/{id}", body)

    def logs(self) -> list[dict[str, Any]]:
        """The whole diary, page after page."""
        status, page = self.ask("GET", "/api/v1/logs")
        found = []
        while True:
            assert status == 200, page
            found += page["results"]
            if not page["next"]:
                return found
            status, page = self.ask("GET", page["next"].removeprefix(self.address))


def new_id() -> str:
    return str(uuid.uuid4())


def a_log(**fields: Any) -> dict[str, Any]:
    """An entry that differs from every other one by its note."""
    number = next(_numbers)
    moment = datetime.now(ZoneInfo("Europe/Berlin")).replace(microsecond=0) - timedelta(minutes=number)
    return {
        "occurred_at": moment.isoformat(),
        "time_zone": "Europe/Berlin",
        "readings": [
            {
                "region": "calf",
                "side": "left",
                "pain": 4,
                "numbness": 6,
                "tingling": None,
                "weakness": 0,
                "qualities": ["burning"],
            }
        ],
        "sleep_quality": None,
        "triggers": [],
        "note": f"entry {number}",
        "self_care": [],
        **fields,
    }
