"""Writes the audit trail; what the request knows (id, shortened address) comes from the middleware."""

from __future__ import annotations

import logging

from django.db import models

from accounts.models import AuditEntry, User
from kit.tracing import current_request

log = logging.getLogger("audit")


def record(
    verb: str, thing: models.Model, *, by: User | None, from_state: str = "", to_state: str = "", why: str = ""
) -> AuditEntry:
    """Write one entry about `thing`, inside the caller's transaction, and a log line. `by` is None for the clock.

    Nothing that names a person belongs into it: ids only. The log gets neither values nor reasons.
    """
    facts = current_request.get()
    entry = AuditEntry.objects.create(
        by=by,
        verb=verb,
        object_type=thing._meta.label_lower,
        object_id=str(thing.pk),
        from_state=from_state,
        to_state=to_state,
        why=why,
        as_superuser=bool(by and by.is_superuser),
        request_id=facts.request_id,
        address=facts.network,
    )
    log.info("%s %s %s by %s", verb, entry.object_type, entry.object_id, by.pk if by else "the clock")
    return entry
