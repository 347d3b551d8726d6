"""Pictures and documents that people send: checked, made anew from their pixels, stored in our sizes.

The only place that decodes pictures. What a person sent is never stored or served: of a picture only
the pixels survive (turned upright, in sRGB), a PDF is kept only when it holds nothing active.
Limits are constants beside what they bound.
"""

from kit.uploads.documents import StoredDocument, delete_document, read_document, store_first_page
from kit.uploads.likeness import ALIKE, distance, is_telling, stored_likeness
from kit.uploads.pictures import (
    PictureSize,
    StoredPicture,
    delete_picture,
    picture_path,
    picture_sizes,
    store_picture,
    stored_bytes,
)
from kit.uploads.printing import cut_picture
from kit.uploads.refusals import MAX_DOCUMENT_BYTES, MAX_PICTURE_BYTES, UploadRefused

__all__ = [
    "ALIKE",
    "MAX_DOCUMENT_BYTES",
    "MAX_PICTURE_BYTES",
    "PictureSize",
    "StoredDocument",
    "StoredPicture",
    "UploadRefused",
    "cut_picture",
    "delete_document",
    "delete_picture",
    "distance",
    "is_telling",
    "picture_path",
    "picture_sizes",
    "read_document",
    "store_first_page",
    "store_picture",
    "stored_bytes",
    "stored_likeness",
]
