"""Files into the storage, all or none."""

from __future__ import annotations

from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import Storage


def write_all(files: dict[str, bytes], storage: Storage) -> None:
    """Write every file; if one fails, remove those already written and pass the error on."""
    try:
        for name, content in files.items():
            storage.save(name, ContentFile(content))
    except BaseException:
        for name in files:
            with suppress(OSError):
                storage.delete(name)
        raise
