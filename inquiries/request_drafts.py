"""A buying request that a visitor wrote before having an account: kept sealed in the visit, until it is sent.

Signing in keeps the visit, so the form comes back filled in. A picture is not kept: it is asked for again.
"""

from __future__ import annotations

from typing import Final

from cryptography.fernet import InvalidToken
from django.http import HttpRequest, QueryDict

from kit.sealing import seal, unseal

KEY: Final = "buying_request_draft"
PURPOSE: Final = b"inquiries.request_drafts"
LONGEST: Final = 100_000
NOT_KEPT: Final = ("csrfmiddlewaretoken", "submission_key", "seen_version", "find", "pick_commodity")


def keep(request: HttpRequest, typed: QueryDict) -> None:
    """Keep what was typed in place of what was kept before; more than any form can hold is not kept."""
    kept = typed.copy()
    for name in NOT_KEPT:
        kept.pop(name, None)
    text = kept.urlencode()
    if len(text) <= LONGEST:
        request.session[KEY] = seal(text, purpose=PURPOSE)


def kept(request: HttpRequest) -> QueryDict | None:
    """What is kept of this visit; None without a draft, or when it cannot be read any more."""
    sealed = request.session.get(KEY)
    if not sealed:
        return None
    try:
        return QueryDict(unseal(sealed, purpose=PURPOSE))
    except InvalidToken:
        return None


def forget(request: HttpRequest) -> None:
    """It was sent, or is not wanted."""
    request.session.pop(KEY, None)
