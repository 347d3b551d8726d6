"""Whose history a person may read: each app names its own rows here, when it is ready.

The trail knows objects by kind and number only, and this app knows none of them. So the upper apps say which of their
rows a person's scope holds; `AuditEntry.objects.visible_to` asks all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from accounts.models import User

RowsOf = Callable[["User"], Iterable[QuerySet[Any]]]
_sources: dict[str, RowsOf] = {}


def tell_rows(source: RowsOf) -> None:
    """Ask `source`, too, which rows a person reads the history of. Called by `AppConfig.ready`."""
    _sources[source.__module__] = source


def rows_read_by(user: User) -> Iterator[QuerySet[Any]]:
    """The rows of every app whose history `user` reads; one model may come more than once."""
    for source in _sources.values():
        yield from source(user)
