"""Limits that hold when many processes ask at once: one upsert a try, judged by the database's clock.

Limits are settings.RATE_LIMITS: scope → (times, seconds). Those of log-in and reset are allauth's: ACCOUNT_RATE_LIMITS.
"""

from __future__ import annotations

import hashlib
import math

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

UPSERT = """
INSERT INTO accounts_ratelimit AS mine (scope, key_hash, tries, ends_at)
VALUES (%(scope)s, %(key)s, 1, clock_timestamp() + %(window)s * interval '1 second')
ON CONFLICT (scope, key_hash) DO UPDATE SET
    tries = CASE WHEN mine.ends_at <= clock_timestamp() THEN 1 ELSE least(mine.tries + 1, %(limit)s + 1) END,
    ends_at = CASE WHEN mine.ends_at <= clock_timestamp() THEN EXCLUDED.ends_at ELSE mine.ends_at END
RETURNING tries, extract(epoch FROM ends_at - clock_timestamp())
"""


class TooMany(Exception):
    """The limit of a scope is reached. Pages and the API answer 429 with Retry-After: `retry_after` seconds."""

    code = "too_many_tries"

    def __init__(self, retry_after: int) -> None:
        self.message = _("Too many tries. Please wait and try again.")
        super().__init__(str(retry_after))
        self.retry_after = retry_after


def hit(scope: str, key: str) -> None:
    """Count one try of `key`; raises TooMany beyond the limit, KeyError for a scope without one.

    Call it outside a transaction that may be undone, or the try is not counted.
    """
    limit, window = settings.RATE_LIMITS[scope]
    key_hash = hashlib.sha256(key.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, {"scope": scope, "key": key_hash, "window": window, "limit": limit})
        tries, left = cursor.fetchone()
    if tries > limit:
        raise TooMany(max(1, math.ceil(left)))


def client_address(request: HttpRequest) -> str:
    """Who asks, by network address; what a client claims counts only behind the trusted proxies (TRUSTED_PROXIES)."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",")]
    if proxies and hops[0] and len(hops) >= proxies:
        return hops[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
