"""JSON from strangers: bounded in size and depth, and a mistake is a 400, never a crash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any, cast

from rest_framework import exceptions
from rest_framework.parsers import JSONParser

from accounts.problems import TooLarge

LIMIT = 256 * 1024


class _Bounded:
    """A stream that refuses to hand out more than `limit` bytes, whatever the headers promised."""

    def __init__(self, stream: Any, limit: int) -> None:
        self.stream, self.left = stream, limit

    def read(self, size: int = -1) -> bytes:
        data: bytes = self.stream.read(self.left + 1 if size < 0 else min(size, self.left + 1))
        self.left -= len(data)
        if self.left < 0:
            raise TooLarge
        return data


class BoundedJSONParser(JSONParser):
    limit = LIMIT

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        request = (parser_context or {}).get("request")
        length = request.META.get("CONTENT_LENGTH") if request else None
        if length and length.isdigit() and int(length) > self.limit:
            raise TooLarge
        try:
            data = super().parse(cast(IO[Any], _Bounded(stream, self.limit)), media_type, parser_context)
            # Half a surrogate pair is JSON but no text: no database takes it, and no refusal could quote it.
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError as error:
            raise exceptions.ParseError("The JSON is nested too deeply.") from error
        except UnicodeEncodeError as error:
            raise exceptions.ParseError("The JSON holds half of a surrogate pair.") from error
        return data


class BatchJSONParser(BoundedJSONParser):
    limit = 4 * 1024 * 1024
