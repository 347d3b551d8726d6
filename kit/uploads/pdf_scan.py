"""What an uploaded PDF must not hold: protection, scripts, attachments, or another format hidden in it.

Two looks, and both must find nothing. First at the bytes: another format around the PDF, and names of active parts
anywhere, also where a strict reader does not look but a lenient one might (older versions of an object, a damaged
table). Then at the structure, as pikepdf reads it in a process with limits: every object, however it is packed.
It errs on the side of refusing: the person can always print to a new PDF.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Final, Literal

from kit.uploads.confined import ReaderFailed, read_pdf

Finding = Literal["pdf_encrypted", "pdf_active", "pdf_unreadable"]

MAX_INFLATED: Final = 256 * 1024 * 1024
"""Bytes unpacked in all before a PDF counts as unreadable: a bomb, or a scan nobody needs that large."""
MAX_STREAMS: Final = 20_000
CHUNK: Final = 1024 * 1024

# Long enough not to turn up by chance in packed bytes; a script needs /JavaScript wherever else it says /JS.
LONG_NAMES: Final = ("JavaScript", "EmbeddedFile", "EmbeddedFiles", "Launch", "RichMedia")
SHORT_NAMES: Final = ("JS", "AA", "XFA")

_STREAM_BEGINS = re.compile(rb"(?<!end)stream\r?\n")
_FOREIGN = re.compile(rb"<(?:script|html|!doctype|svg|iframe)[\s>]", re.IGNORECASE)
_END = re.compile(rb"%%EOF[\x00\t\n\f\r ]*\Z")
_FAR_FILTERS = re.compile(rb"/(?:LZW|RunLength|Crypt|DCT|JPX|JBIG2|CCITTFax|LZ|RL|Predictor)")
_ZIP_TAIL: Final = 22 + 65_535
_ANSWERS: Final[dict[bytes, Finding | None]] = {b"ok": None, b"encrypted": "pdf_encrypted", b"active": "pdf_active"}


def _named(*names: str) -> re.Pattern[bytes]:
    """Finds these PDF names whole, each character plain or as #xx (ISO 32000, 7.3.5)."""
    written = []
    for name in names:
        written.append(b"".join(b"(?:%c|#(?i:%02x))" % (ord(char), ord(char)) for char in name))
    return re.compile(rb"/(?:" + b"|".join(written) + rb")(?![A-Za-z0-9_.#+-])")


_LONG = _named(*LONG_NAMES)
_ALL = _named(*LONG_NAMES, *SHORT_NAMES)
_ENCRYPT = _named("Encrypt")
_OBJECT_STREAM = _named("ObjStm")


def find_danger(data: bytes) -> Finding | None:
    """The first reason not to keep this PDF, or None."""
    return _find_in_bytes(data) or _find_in_structure(data)


def _find_in_structure(data: bytes) -> Finding | None:
    try:
        answer = read_pdf("look", data)
    except ReaderFailed:
        return "pdf_unreadable"
    return _ANSWERS.get(answer, "pdf_unreadable")


def _find_in_bytes(data: bytes) -> Finding | None:
    if not data.startswith((b"%PDF-1.", b"%PDF-2.")) or _END.search(data[-2048:]) is None:
        return "pdf_unreadable"
    if _FOREIGN.search(data) or b"PK\x05\x06" in data[-_ZIP_TAIL:]:
        return "pdf_unreadable"
    streams = list(islice(_find_streams(data), MAX_STREAMS + 1))
    if len(streams) > MAX_STREAMS:
        return "pdf_unreadable"
    plain = _without_bodies(data, streams)
    if _ENCRYPT.search(plain):
        return "pdf_encrypted"
    if _ALL.search(plain) or _LONG.search(data):
        return "pdf_active"
    return _find_in_streams(data, streams)


def _find_streams(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the body of each stream begins and ends; goes over the file once."""
    position = 0
    while begins := _STREAM_BEGINS.search(data, position):
        end = data.find(b"endstream", begins.end())
        if end < 0:
            return
        yield begins.end(), end
        position = end + len(b"endstream")


def _without_bodies(data: bytes, streams: list[tuple[int, int]]) -> bytes:
    parts, position = [], 0
    for begin, end in streams:
        parts.append(data[position:begin])
        position = end
    return b"".join([*parts, data[position:]])


def _find_in_streams(data: bytes, streams: list[tuple[int, int]]) -> Finding | None:
    """Looks into packed streams; objects may live there, so nothing active may be hidden by packing it."""
    left = MAX_INFLATED
    position = 0
    for begin, end in streams:
        head = data[max(position, data.rfind(b"obj", position, begin)) : begin]
        position = end
        holds_objects = _OBJECT_STREAM.search(head) is not None
        if holds_objects and _FAR_FILTERS.search(head):
            return "pdf_unreadable"
        names = _ALL if holds_objects else _LONG
        before = b""
        for chunk in _unpack(data[begin:end]):
            left -= len(chunk)
            if left < 0:
                return "pdf_unreadable"
            if names.search(before + chunk):
                return "pdf_active"
            before = chunk[-64:]
        if holds_objects and not before and (b"Decode" in head or b"#" in head):
            return "pdf_unreadable"
    return None


def _unpack(body: bytes) -> Iterator[bytes]:
    """The unpacked bytes of a stream in pieces; nothing more once they are not a zlib stream."""
    packed = _from_ascii(body)
    inflate = zlib.decompressobj()
    try:
        while packed:
            piece = inflate.decompress(packed, CHUNK)
            if piece:
                yield piece
            packed = inflate.unconsumed_tail
            if inflate.eof or not piece:
                return
    except zlib.error:
        return


def _from_ascii(body: bytes) -> bytes:
    """Undoes ASCII85 or ASCII-hex around a packed stream."""
    text = body.strip()
    try:
        if text.endswith(b"~>"):
            return base64.a85decode(text.removeprefix(b"<~").removesuffix(b"~>"))
        if text.endswith(b">"):
            return binascii.unhexlify(b"".join(text[:-1].split()))
    except ValueError:
        return body
    return body
