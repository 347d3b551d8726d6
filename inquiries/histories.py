"""Whose history missions read of what they keep about importers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from inquiries.models import ImporterNote


def rows_read_by(user: User) -> Iterator[QuerySet[Any]]:
    """The notes on importers of the missions of `user`."""
    if user.is_staff and user.has_perm("markets.write_note"):
        yield ImporterNote.objects.readable_by(user)
