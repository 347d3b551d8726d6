"""The desk's pages about importers and where they stand under /admin/; each is named like its function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inquiries.admin import handover, notes

PAGES: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("importers/<int:pk>/notes/", notes.importer_notes),
    ("importers/notes/<int:pk>/", notes.importer_note_change),
    ("handover/", handover.handover),
)
