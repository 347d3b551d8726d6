"""What log lines and audit entries say of the request they came from."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass


def nobody() -> object:
    """Outside a request nobody asks."""
    return None


@dataclass(frozen=True)
class RequestFacts:
    """The request's id and its sender's network, both empty outside a request; `who` says who is signed in by now."""

    request_id: str = ""
    network: str = ""
    who: Callable[[], object] = nobody


current_request: ContextVar[RequestFacts] = ContextVar("current_request", default=RequestFacts())  # noqa: B039  frozen


def network_of(address: str) -> str:
    """The network of an address, for privacy: /24 of IPv4, /48 of IPv6; "" when it is none."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 48), strict=False))
