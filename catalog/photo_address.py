"""Where the sizes of a photo are served: the address of the view `photo`, built without resolving it each time."""

from __future__ import annotations

import uuid
from typing import Final

WIDTHS: Final = (320, 640, 1280)  # WebP, by the longer side


def photo_url(key: uuid.UUID | str | None, size: str | int = 640) -> str:
    """The address of a size: 320, 640, 1280 (WebP) or "preview" (JPEG); "" without a photo."""
    return f"/photos/{key}/{size}" if key else ""


def srcset(key: uuid.UUID | str, *widths: int) -> str:
    """The sizes for a browser to choose from."""
    return ", ".join(f"/photos/{key}/{width} {width}w" for width in widths or WIDTHS)
