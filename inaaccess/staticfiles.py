"""One stylesheet for the browser, one file per component for us: `css/app.css` is joined, never kept.

A page may wait for one stylesheet only. The files of `static/css/` are joined when the static files are collected
(production) or asked for (development): `layers.css` first, which gives the order of the layers, then the others
by name, so that strength comes from the layers and not from the order of the files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCE = Path(settings.BASE_DIR) / "static" / "css"
FIRST = "layers.css"
APART = {
    "admin-frame.css",
    "admin.css",
    "admin-controls.css",
    "admin-desk.css",
}  # of the staff pages: before and after Django's own styles
JOINED = "css/app.css"


def joined_stylesheet(source: Path = SOURCE) -> str:
    """Every component's styles in one text, without comments and indentation."""
    files = sorted(
        (file for file in source.glob("*.css") if file.name not in APART), key=lambda f: (f.name != FIRST, f.name)
    )
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    lines = (line.strip() for line in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


class StylesheetFinder(BaseFinder):
    """Finds `css/app.css`, joined anew whenever a source has changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=Path(settings.DATA_DIR) / "joined")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != JOINED:
            return []
        found = str(self._write())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        self._write()
        yield JOINED, self.storage

    def _write(self) -> Path:
        target = Path(self.storage.path(JOINED))
        text = joined_stylesheet()
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            aside = target.with_suffix(f".{os.getpid()}")
            aside.write_text(text, encoding="utf-8")
            aside.replace(target)  # another process never reads half a file
        return target
