"""From roughly where somebody asks."""

from __future__ import annotations

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from rest_framework.request import Request


def network_of(request: HttpRequest | Request) -> str:
    """The caller's address, as far as a proxy of ours vouches for it, cut to /24 or /48; empty when there is none."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (ImproperlyConfigured, PermissionDenied, ValueError):
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or ipaddress.IPv6Address(int(address))
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))
