"""Tells the database who asks before a statement that touches powers or scopes, for the entries that it writes itself.

The triggers (inaaccess/migrations/0002_track_powers.py) read the settings `audit.*`. They hold for the transaction,
or for the one statement where there is none, so that no later statement of the connection borrows a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.models import User
from kit.tracing import current_request

TABLES: Final = (
    "accounts_user",
    "accounts_user_groups",
    "accounts_user_user_permissions",
    "auth_group_permissions",
    "exporters_certificate",
    "exporters_membership",
    "exporters_officerscope",
    "markets_accreditation",
    "markets_missionstaff",
)
_WRITES: Final = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|MERGE|WITH)\b", re.I)
_TRACKED: Final = re.compile(
    rf"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO)\s+(?:ONLY\s+)?\"?(?:{'|'.join(TABLES)})\b", re.I
)
_TELL: Final = """SELECT set_config('audit.by', %s, %s), set_config('audit.superuser', %s, %s),
    set_config('audit.request', %s, %s), set_config('audit.network', %s, %s)"""

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def tell_who(execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Wraps every statement of a connection; only those that write to tracked tables cost a second one."""
    text = sql if isinstance(sql, str) else str(sql)
    if not (_WRITES.match(text) and _TRACKED.search(text)):
        return execute(sql, params, many, context)
    connection: BaseDatabaseWrapper = context["connection"]
    facts = current_request.get()
    user = facts.who()
    person = user if isinstance(user, User) or getattr(user, "pk", None) else None
    by, superuser = (str(person.pk), "yes" if person.is_superuser else "") if person else ("", "")  # type: ignore[attr-defined]
    in_transaction = connection.in_atomic_block
    _set(connection, in_transaction, by, superuser, facts.request_id, facts.network)
    try:
        return execute(sql, params, many, context)
    finally:
        if not in_transaction and connection.is_usable():
            _set(connection, in_transaction, "", "", "", "")


def listen(connection: BaseDatabaseWrapper, **_given: Any) -> None:
    """A new connection tells who asks (receiver of connection_created)."""
    if tell_who not in connection.execute_wrappers:
        connection.execute_wrappers.append(tell_who)


def _set(connection: BaseDatabaseWrapper, in_transaction: bool, *values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [part for value in values for part in (value, in_transaction)])
