"""Where a file waits while its request arrives: on the disk without a name, and never more of it than any limit takes.

Django's own handler makes named files, which a killed server leaves behind, and keeps whatever is sent.
"""

from __future__ import annotations

import tempfile
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from kit.uploads.refusals import MAX_PICTURE_BYTES

MOST_KEPT: Final = MAX_PICTURE_BYTES + 1
"""Bytes kept of one file: one more than the largest that is taken, so that a longer one is seen to be too long."""


class NamelessFileHandler(FileUploadHandler):
    """Keeps what is too large for memory in a file that the system removes with the process, even by kill -9."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = tempfile.TemporaryFile(dir=self._folder())
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        part = raw_data[: MOST_KEPT - self.kept]
        self.file.write(part)
        self.kept += len(part)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        self.file.flush()  # a full disk says so here, and not when somebody reads
        self.file.seek(0)
        return UploadedFile(
            self.file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()

    def _folder(self) -> str | None:
        from django.conf import settings

        return settings.FILE_UPLOAD_TEMP_DIR
