"""How often a person may ask for what costs a lot."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView


class Makings(UserRateThrottle):
    """Each report is counted from the whole diary, and kept: megabytes of one who has written for thirty years."""

    scope = "reports-made"
    rate = "60/hour"

    def allow_request(self, request: Request, view: APIView) -> bool:
        return request.method != "POST" or bool(super().allow_request(request, view))
