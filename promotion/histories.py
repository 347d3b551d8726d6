"""Whose history missions read of campaigns and documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from promotion.scope import campaigns_of, documents_of


def rows_read_by(user: User) -> Iterator[QuerySet[Any]]:
    """Those that `user` keeps with colleagues."""
    if not user.has_perm("promotion.run_campaign"):
        return
    yield campaigns_of(user)
    yield documents_of(user)
