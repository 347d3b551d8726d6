"""Whose history importers, producers and missions read of buying requests and of what may fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from inquiries.models import BuyingRequest, Match


def rows_read_by(user: User) -> Iterator[QuerySet[Any]]:
    """One's own requests, the invitations of one's producers, and for staff what their markets make theirs."""
    yield BuyingRequest.objects.owned_by(user)
    yield Match.objects.answered_by(user)
    if user.is_staff and user.has_perm("inquiries.decide_request"):
        yield BuyingRequest.objects.decided_by_staff(user)
        yield Match.objects.decided_by_staff(user)
