"""What the clock does for promotion; each may run twice."""

from __future__ import annotations

from promotion import sheets, visits
from promotion.models import Document


def count_visits() -> int:
    """Add up the visits that were written down; how many."""
    return visits.flush()


def forget_stale() -> int:
    """Delete kept sheets of earlier days and documents whose time is over; how many."""
    expired = list(Document.objects.expired())
    for document in expired:
        document.forget()
    return sheets.forget_stale() + len(expired)
