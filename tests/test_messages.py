"""Every message of ours is there in Indonesian, Spanish and Portuguese (English is the source)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
LOCALES = ("id", "es", "pt_BR")
PACKAGES = ("inaaccess", "webhooks", "inquiries", "promotion", "markets", "catalog", "exporters", "accounts", "kit")
KEYWORDS: dict[str, Any] = {
    name: shape
    for names, shape in {
        ("_", "gettext", "gettext_lazy", "gettext_noop"): None,
        ("ngettext", "ngettext_lazy"): (1, 2),
        ("pgettext", "pgettext_lazy"): ((1, "c"), 2),
        ("npgettext", "npgettext_lazy"): ((1, "c"), 2, 3),
    }.items()
    for name in names
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|<[^>]+>")


def sources() -> Iterator[tuple[Path, str]]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if not {"migrations", "demo"} & set(path.parts):
                yield path, path.read_text()
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix in {".html", ".txt"}:
            code = templatize(path.read_text(), origin=str(path))
            yield path, "\n".join(line.lstrip() for line in code.splitlines())


def messages_in_the_source() -> set[tuple[str, str]]:
    """(context, message), singular where there is a plural."""
    found = set()
    for _path, text in sources():
        for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
            singular = message[0] if isinstance(message, tuple) else message
            found.add((context or "", singular))
    return found


def catalogue(locale: str) -> Catalog:
    with (ROOT / "locale" / locale / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=locale)


def texts(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, list | tuple) else [str(message.string)]


def singular(message: Message) -> str:
    return str(message.id[0]) if isinstance(message.id, list | tuple) else str(message.id)


def by_message(entries: Catalog) -> dict[tuple[str, str], list[str]]:
    return {(as_text(entry.context or ""), singular(entry)): texts(entry) for entry in entries if entry.id}


def as_text(context: str | bytes) -> str:
    """Babel reads the context of a compiled message as bytes."""
    return context.decode() if isinstance(context, bytes) else context


@pytest.fixture(scope="module")
def asked() -> set[tuple[str, str]]:
    return messages_in_the_source()


def test_the_source_is_read(asked):
    assert len(asked) > 1000
    assert ("", "Skip to content") in asked


@pytest.mark.parametrize("locale", LOCALES)
def test_no_message_is_missing_empty_or_fuzzy(locale, asked):
    done = {
        (message.context or "", singular(message))
        for message in catalogue(locale)
        if message.id and not message.fuzzy and all(texts(message))
    }
    assert not sorted(asked - done)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_message_is_left_over(locale, asked):
    kept = {(message.context or "", singular(message)) for message in catalogue(locale) if message.id}
    assert not sorted(kept - asked)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_translation_keeps_the_placeholders(locale):
    for message in catalogue(locale):
        if message.id:
            plural = message.id[-1] if isinstance(message.id, tuple) else str(message.id)
            wanted = sorted(PLACEHOLDER.findall(plural))
            assert sorted(PLACEHOLDER.findall(texts(message)[-1])) == wanted, message.id


@pytest.mark.parametrize("locale", LOCALES)
def test_the_compiled_file_says_the_same(locale):
    with (ROOT / "locale" / locale / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = by_message(read_mo(file))
    assert compiled == by_message(catalogue(locale))
