"""Who gets what answer from every address: the access matrix, one row per URL name and method.

A row is `row(name, {role: status}, method, kwargs, data)`. Roles are those of tests/world.py; `ALL` answers for those
that the row does not name. Values of `kwargs` and `data` that begin with "=" are paths into the world:
{"pk": "=draft.pk"}. A dict under `data` is sent as a form, or as JSON to an address under /api/. Every status 404
about an object must look exactly like the 404 of a missing one; the runner checks that too.

Each app's owner adds to the list of that app only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.world import ROLES

ALL = "all the others"
LOGIN = 302  # a visitor is sent to the log-in page


class Row(NamedTuple):
    name: str
    status: Mapping[str, int]
    method: str
    kwargs: Mapping[str, Any]
    data: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def row(
    name: str,
    status: Mapping[str, int] | int,
    method: str = "GET",
    kwargs: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> Row:
    """A row; a bare number answers every role. Raises ValueError when a role has no status or is unknown."""
    by_role = {ALL: status} if isinstance(status, int) else dict(status)
    rest = by_role.pop(ALL, None)
    if unknown := set(by_role) - set(ROLES):
        raise ValueError(f"{name}: unknown roles {sorted(unknown)}")
    full = {role: by_role.get(role, rest) for role in ROLES}
    if missing := [role for role, answer in full.items() if answer is None]:
        raise ValueError(f"{name}: no status for {missing}")
    status_of = {role: answer for role, answer in full.items() if answer is not None}
    return Row(name, status_of, method, kwargs or {}, data or {})


ACCOUNTS: list[Row] = []

EXPORTERS: list[Row] = []

CATALOG: list[Row] = []

MARKETS: list[Row] = []

INQUIRIES: list[Row] = []

INAACCESS: list[Row] = [
    row("healthz", 200),
    row("readyz", 200),
]

API: list[Row] = []

TABLE = [*ACCOUNTS, *EXPORTERS, *CATALOG, *MARKETS, *INQUIRIES, *INAACCESS, *API]
