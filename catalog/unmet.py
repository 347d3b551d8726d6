"""What buyers looked for in vain: words, language, the market asked for, the day, and nothing of the buyer.

A program that reads the site is not a buyer, and what one visit asks again counts once: for half an hour a keyed hash
of address, browser and words is remembered, from which nobody can tell either.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Any, Final

from django.core.cache import cache
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from accounts.ratelimit import client_address
from catalog.models import UnmetQuery
from kit.programs import is_program
from kit.text import clean_name

A_VISIT: Final = 1800  # seconds
MOST_A_DAY: Final = 20_000
_KEY: Final = "unmet:key"
_PERSONAL = re.compile(r"@|[0-9](?:[\s().+/-]*[0-9]){6}|://")


def record_unmet(request: HttpRequest, query: str, market: str = "") -> bool:
    """Keep a query that found nothing; whether it counted.

    Left out: programs, a visit's repetitions, and texts that look like an address or a number of a person.
    """
    text = clean_name(query).casefold()[:200]
    agent = request.headers.get("User-Agent", "")
    if not text or is_program(agent) or _PERSONAL.search(text):
        return False
    if not cache.add(f"unmet:{_trace(request, agent, text, market)}", 1, A_VISIT):
        return False
    today = timezone.now().date()
    asked: dict[str, Any] = {"text": text, "language": get_language() or "en", "market": market, "day": today}
    if UnmetQuery.objects.filter(**asked).update(visits=F("visits") + 1):
        return True
    if UnmetQuery.objects.filter(day=today).count() >= MOST_A_DAY:
        return False
    row, is_new = UnmetQuery.objects.get_or_create(**asked)
    if not is_new:
        UnmetQuery.objects.filter(pk=row.pk).update(visits=F("visits") + 1)
    return True


def _trace(request: HttpRequest, agent: str, *parts: str) -> str:
    """What tells a repetition for half an hour; its key is thrown away after two."""
    key = cache.get_or_set(_KEY, secrets.token_hex, 4 * A_VISIT)
    said = "\n".join((client_address(request), agent, *parts))
    return hmac.new(str(key).encode(), said.encode(), hashlib.sha256).hexdigest()[:32]
