"""Where a webhook may lead: https on a public host name, and never into a private network."""

from __future__ import annotations

import ipaddress
import socket
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from kit.contacts import validate_public_url

LOOPBACK: Final = ("127.0.0.1", "::1")
_WRAPPED: Final = [  # IPv6 that carries an IPv4 address, which may be a private one
    ipaddress.ip_network(block) for block in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")
]


class NotPublic(OSError):
    """The host name leads into a private network, or nowhere."""


def validate_address(value: str) -> None:
    """Refuse what a webhook may not be sent to; settings.WEBHOOKS_TO_LOOPBACK allows 127.0.0.1, by http too.

    Raises ValidationError (public_url). What the name leads to is looked at when something is sent.
    """
    if not is_loopback(value):
        validate_public_url(value)


def is_loopback(address: str) -> bool:
    """Is it this machine by number, where the settings allow that?"""
    try:
        parts = urlsplit(address)
        has_user, host = "@" in parts.netloc, parts.hostname
        _port = parts.port
    except ValueError:
        return False
    allowed: bool = settings.WEBHOOKS_TO_LOOPBACK
    return allowed and parts.scheme in ("http", "https") and host == LOOPBACK[0] and not has_user


def port_of(parts: SplitResult) -> int:
    """The port that a URL means."""
    return parts.port or (443 if parts.scheme == "https" else 80)


def resolve(host: str, port: int) -> str:
    """The one IP address to connect to. Raises NotPublic when the name leads nowhere, or anywhere that is private.

    The caller connects to this address and not to the name: a second look-up might answer otherwise.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotPublic("the host name is not known") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(may_connect(address) for address in addresses):
        raise NotPublic("the host name leads into a private network")
    return addresses[0]


def may_connect(address: str) -> bool:
    """Is it an address of the public internet (or this machine, where the settings allow that)?"""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if settings.WEBHOOKS_TO_LOOPBACK and address in LOOPBACK:
        return True
    if isinstance(ip, ipaddress.IPv6Address) and (ip.ipv4_mapped or any(ip in block for block in _WRAPPED)):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
