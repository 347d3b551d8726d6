"""Parts bound into one document: pages in order, an outline, and what it says of itself."""

from __future__ import annotations

import io
from typing import NamedTuple

import pikepdf

from kit.languages import interface_language


class Entry(NamedTuple):
    """A product in a document and the page it stands on, counted from 1."""

    title: str
    producer: str
    page: int


class Drawn(NamedTuple):
    """A drawn part."""

    content: bytes
    pages: int
    entries: list[Entry]


class Bound(NamedTuple):
    """A whole document."""

    content: bytes
    pages: int


def bind(parts: list[bytes], *, title: str, language: str, entries: list[Entry]) -> Bound:
    """One document of all the parts; the outline leads to every product."""
    whole = pikepdf.new()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as opened:
            whole.pages.extend(opened.pages)
    with whole.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(entry.title, entry.page - 1) for entry in entries)
    whole.Root.Lang = pikepdf.String(interface_language(language))
    whole.docinfo["/Title"] = title
    whole.docinfo["/Author"] = "INA Access"
    out = io.BytesIO()
    whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Bound(out.getvalue(), len(whole.pages))
