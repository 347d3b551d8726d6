"""The parts a picture file is made of: a small file with millions of them keeps a decoder busy for seconds.

Looks at the frame of a JPEG or PNG only, before anything is decoded. WebP needs none of this.
"""

from __future__ import annotations

import re
from typing import Final

MAX_SEGMENTS: Final = 2_000
"""JPEG markers; a profile or metadata in pieces of 64 KB needs 240 at 15 MB."""
MAX_SCANS: Final = 100
"""Passes over a JPEG; a progressive one has about 10."""
MAX_FILLER: Final = 64 * 1024
MAX_CHUNKS: Final = 20_000
"""PNG chunks; encoders cut the data into 8 KB or more, which makes 2,000 at 15 MB."""

# Within packed data 0xff is followed by 00, or by a restart marker.
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)


def is_overloaded(data: bytes) -> bool:
    """Whether a JPEG or PNG has more parts than an honest one."""
    if data.startswith(b"\xff\xd8\xff"):
        return _is_overloaded_jpeg(data)
    return data.startswith(b"\x89PNG") and _is_overloaded_png(data)


def _is_overloaded_jpeg(data: bytes) -> bool:
    """Walks the first picture in the file; phones put others behind its end."""
    position, scans = 2, 0
    for _segment in range(MAX_SEGMENTS):
        found = _MARKER.search(data, position)
        if found is None:
            return False
        if not scans and found.start() - position > MAX_FILLER:
            return True
        if found[1] == b"\xd9":
            return False
        position = found.end() + int.from_bytes(data[found.end() : found.end() + 2])
        scans += found[1] == b"\xda"
        if scans > MAX_SCANS:
            return True
    return True


def _is_overloaded_png(data: bytes) -> bool:
    position = 8
    for _chunk in range(MAX_CHUNKS):
        if position >= len(data) or data[position + 4 : position + 8] == b"IEND":
            return False
        position += 12 + int.from_bytes(data[position : position + 4])
    return True
