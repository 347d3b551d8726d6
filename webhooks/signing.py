"""How a request is signed, so that its receiver knows that it is ours and new: the scheme of standardwebhooks.com.

The signature is HMAC-SHA256 over `id.timestamp.body` with the webhook's secret. Receivers find libraries for it in
most languages, or do it in three lines (docs/webhooks.md).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Final

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32


def new_secret() -> str:
    """A secret that nobody has, as its receiver keeps it: whsec_<base64>."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, *, event_id: str, timestamp: int, body: bytes) -> str:
    """The value of the header `Webhook-Signature`. `timestamp`: seconds of the Unix clock."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{event_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
