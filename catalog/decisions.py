"""Keeping what was decided: a row for the figures, and the reviewer's ticks in the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts import audit
from accounts.models import User

if TYPE_CHECKING:
    from catalog.models import ProductRevision


def record(
    outcome: str, revision: ProductRevision, *, by: User, seen_version: int, checked: Sequence[str] = ()
) -> None:
    """Write the round and, when something was ticked, the checklist as it stood. Inside the verb's transaction.

    The ticks are an audit entry of their own with the words of each item: "[x] …" and "[ ] …", a line each.
    """
    from catalog.models import ChecklistItem, Decision

    now = timezone.now()
    Decision.objects.create(
        revision=revision,
        outcome=outcome,
        version=seen_version,
        submitted_at=revision.submitted_at or now,
        decided_at=now,
        by=by,
    )
    if checked:
        items = ChecklistItem.objects.for_review(revision)
        lines = [f"[{'x' if item.code in checked else ' '}] {item}" for item in items]
        audit.record("check", revision, by=by, from_state="in_review", to_state="in_review", why="\n".join(lines))
