"""Whose history missions read of webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from webhooks.scope import deliveries_of, webhooks_of


def rows_read_by(user: User) -> Iterator[QuerySet[Any]]:
    """Those that `user` keeps with colleagues."""
    if not user.has_perm("webhooks.keep_webhook"):
        return
    yield webhooks_of(user)
    yield deliveries_of(user)
