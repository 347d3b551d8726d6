"""What the application writes into its tables: text as it was meant, never what cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from kit.text import validate_text

TABLE = re.compile(
    r'^\s*(?:INSERT INTO|UPDATE) "((?:accounts|catalog|exporters|inquiries|markets|promotion|webhooks)_\w+)"'
)
NOT_OF_PEOPLE = {"accounts_submissionkey"}  # made of hashes


class Stored:
    """An execute wrapper that notes each text of an INSERT or UPDATE which is not in NFC or has hidden characters."""

    def __init__(self) -> None:
        self.wrong: set[str] = set()
        self.texts = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = TABLE.match(sql)
        if found and found[1] not in NOT_OF_PEOPLE:
            for text in texts_in(params):
                self.texts += 1
                if not is_clean(text):
                    self.wrong.add(f"{found[1]}: {text[:60]!r}")
        return execute(sql, params, many, context)


def texts_in(value: Any) -> Iterator[str]:
    """Every text inside parameters, lists and JSON."""
    value = getattr(value, "adapted", value)  # psycopg2's Json
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_in(key)
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


def is_clean(text: str) -> bool:
    """Whether it is in NFC and without hidden characters."""
    try:
        validate_text(text)
    except Exception:
        return False
    return unicodedata.is_normalized("NFC", text)
