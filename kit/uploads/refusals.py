"""Why a file is not taken, said to the person who sent it."""

from __future__ import annotations

from typing import Final, Literal, Protocol

from django.utils.translation import gettext_lazy as _

MAX_PICTURE_BYTES: Final = 15 * 1024 * 1024
MAX_DOCUMENT_BYTES: Final = 10 * 1024 * 1024

RefusalCode = Literal[
    "empty",
    "too_large",
    "not_a_picture",
    "animated",
    "too_many_pixels",
    "unreadable",
    "not_a_document",
    "pdf_encrypted",
    "pdf_active",
    "pdf_unreadable",
    "quota_reached",
    "attachments_full",
]
_SENTENCES: Final = {
    "empty": _("“%(name)s” is empty."),
    "too_large": _("“%(name)s” is larger than %(megabytes)s MB."),
    "not_a_picture": _("“%(name)s” is not a JPEG, PNG or WebP picture."),
    "animated": _("“%(name)s” is an animation; please send a still picture."),
    "too_many_pixels": _(
        "“%(name)s” has too many pixels; the limits are 12,000 pixels a side and 52 megapixels in all."
    ),
    "unreadable": _("We cannot read the picture “%(name)s”; it may be damaged."),
    "not_a_document": _("“%(name)s” is neither a PDF nor a JPEG, PNG or WebP picture."),
    "pdf_encrypted": _("“%(name)s” is protected by a password; please send it without protection."),
    "pdf_active": _("“%(name)s” contains scripts or attached files; please print it to a new PDF and send that."),
    "quota_reached": _(
        "“%(name)s” was not added: the photos and certificates of this producer take up the %(megabytes)s MB "
        "there are. Remove some that are no longer needed."
    ),
    "attachments_full": _(
        "“%(name)s” was not attached: the files that you sent with enquiries take up the %(megabytes)s MB there are."
    ),
    "pdf_unreadable": _("We cannot read the PDF “%(name)s”; please print it to a new PDF and send that."),
}


class UploadRefused(ValueError):
    """A file we do not take; `code` is stable, `sentence()` is for the person who sent it."""

    def __init__(self, code: RefusalCode, *, max_bytes: int = MAX_PICTURE_BYTES) -> None:
        super().__init__(code)
        self.code = code
        self.max_bytes = max_bytes

    def sentence(self, name: str) -> str:
        """What is wrong with the file called `name`, in the active language."""
        return str(_SENTENCES[self.code]) % {"name": name, "megabytes": self.max_bytes // (1024 * 1024)}


class Readable(Protocol):
    """What we need of an upload: an UploadedFile or any binary file."""

    def read(self, size: int = ..., /) -> bytes: ...


def read_bounded(file: Readable, max_bytes: int) -> bytes:
    """All of a file; refused when it is empty or larger than `max_bytes`."""
    data = file.read(max_bytes + 1)
    if not data:
        raise UploadRefused("empty", max_bytes=max_bytes)
    if len(data) > max_bytes:
        raise UploadRefused("too_large", max_bytes=max_bytes)
    return data
