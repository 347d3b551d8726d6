"""PDFs made in code: plain ones as printers write them, and ones that hide something."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator

from tests.kit import picture_corpus


def pdf(*objects: bytes, catalog: bytes = b"", trailer: bytes = b"") -> bytes:
    """A small PDF: its catalogue with `catalog` in it, one page, then `objects` from number 4 on."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, trailer, len(out))
    )


def stream(body: bytes, head: bytes = b"/Filter /FlateDecode") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(body), body)


SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def accepted_files() -> Iterator[tuple[str, bytes]]:
    yield "scanned", picture_corpus.save(picture_corpus.draw(800, 600), "PDF", title="SVLK 0042: JavaScript Ltd.")
    yield "smallest", pdf()
    yield "packed_page", pdf(stream(zlib.compress(b"BT (hello) Tj ET" * 500)))
    yield (
        "packed_and_ascii85",
        pdf(
            stream(
                base64.a85encode(zlib.compress(b"BT (hello) Tj ET")) + b"~>", b"/Filter [/ASCII85Decode /FlateDecode]"
            )
        ),
    )
    yield "object_stream", pdf(stream(zlib.compress(b"5 0 << /Type /Font >>"), b"/Type /ObjStm /Filter /FlateDecode"))
    yield "photograph_inside", pdf(stream(bytes(range(256)) * 2_000, b"/Subtype /Image /Filter /DCTDecode"))
    yield "spaces_after_the_end", pdf() + b"\r\n\0\n"
    yield "opens_at_page_one", pdf(catalog=b"/OpenAction [3 0 R /Fit]")
    yield "font_name_like_a_short_name", pdf(b"<< /Type /Font /BaseFont /AAAAAA+Calibri /JSName 1 >>")
    yield "word_in_text", pdf(b"(see the JavaScript Launch guide)")


def slow_file() -> bytes:
    """Begins a stream a million times and ends none: scanned once, or the server stands still."""
    return b"%PDF-1.7\n" + b"stream\n" * 1_000_000 + b"%%EOF"


def refused_files() -> Iterator[tuple[str, bytes, str]]:
    yield "script", pdf(catalog=b"/OpenAction " + SCRIPT), "pdf_active"
    yield "script_by_short_name", pdf(b"<< /JS 5 0 R >>"), "pdf_active"
    yield "script_escaped", pdf(catalog=b"/OpenAction << /S /#4aava#53cript /#4AS (x) >>"), "pdf_active"
    yield (
        "script_wholly_escaped",
        pdf(b"<< /S /" + b"".join(b"#%02x" % c for c in b"JavaScript") + b" >>"),
        "pdf_active",
    )
    yield "additional_actions", pdf(b"<< /AA << /O 5 0 R >> >>"), "pdf_active"
    yield "launch", pdf(b"<< /S /Launch /F (cmd.exe) >>"), "pdf_active"
    yield "attachment", pdf(b"<< /Names << /EmbeddedFiles 5 0 R >> >>"), "pdf_active"
    yield "attached_stream", pdf(stream(b"x", b"/Type /EmbeddedFile")), "pdf_active"
    yield "rich_media", pdf(b"<< /Subtype /RichMedia >>"), "pdf_active"
    yield "form_with_scripts", pdf(b"<< /AcroForm << /XFA 5 0 R >> >>"), "pdf_active"
    packed = zlib.compress(b"5 0 " + SCRIPT)
    yield "script_in_object_stream", pdf(stream(packed, b"/Type /ObjStm /N 1 /Filter /FlateDecode")), "pdf_active"
    yield "script_in_unnamed_stream", pdf(stream(packed)), "pdf_active"
    yield (
        "short_name_in_object_stream",
        pdf(stream(zlib.compress(b"5 0 << /JS 6 0 R >>"), b"/Type/ObjStm/Filter/FlateDecode")),
        "pdf_active",
    )
    yield (
        "script_in_ascii85",
        pdf(stream(base64.a85encode(packed) + b"~>", b"/Filter [/ASCII85Decode /FlateDecode]")),
        "pdf_active",
    )
    yield "script_in_hex", pdf(stream(packed.hex().encode() + b">", b"/Filter [/AHx /Fl]")), "pdf_active"
    yield (
        "script_across_pieces",
        pdf(stream(zlib.compress(b" " * (1024 * 1024 - 5) + b"/JavaScript " + b" " * 100))),
        "pdf_active",
    )
    yield "script_behind_a_false_stream", pdf(b"null %stream\n", SCRIPT, b"null %endstream"), "pdf_active"
    yield "objects_by_another_filter", pdf(stream(b"x", b"/Type /ObjStm /Filter /LZWDecode")), "pdf_unreadable"
    yield (
        "objects_by_predictor",
        pdf(stream(packed, b"/Type /ObjStm /Filter /FlateDecode /DecodeParms << /Predictor 12 >>")),
        "pdf_unreadable",
    )
    yield "objects_that_do_not_unpack", pdf(stream(b"junk", b"/Type /ObjStm /Filter /FlateDecode")), "pdf_unreadable"
    yield "encrypted", pdf(trailer=b"/Encrypt 4 0 R"), "pdf_encrypted"
    yield "encrypted_escaped", pdf(trailer=b"/#45ncrypt 4 0 R"), "pdf_encrypted"
    yield "html_behind", pdf() + b"<html><script>alert(1)</script>", "pdf_unreadable"
    yield "html_inside", pdf(b"(<ScRiPt >alert(1)</script>)"), "pdf_unreadable"
    yield "zip_behind", pdf() + b"PK\x03\x04" + b"\0" * 30 + b"PK\x05\x06" + b"\0" * 18, "pdf_unreadable"
    yield "zip_inside", pdf(stream(b"PK\x03\x04" + b"\0" * 30 + b"PK\x05\x06" + b"\0" * 18, b"")), "pdf_unreadable"
    yield "no_end", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "pdf_unreadable"
    yield "unknown_version", pdf().replace(b"%PDF-1.7", b"%PDF-9.7"), "pdf_unreadable"
    yield "header_not_first", b"\n" + pdf(), "not_a_document"
    yield "html_first", b"<html>" + pdf(), "not_a_document"
    yield "bomb", pdf(*[stream(zlib.compress(b"\0" * 60_000_000, 9)) for _ in range(5)]), "pdf_unreadable"
    yield "streams_without_end", b"%PDF-1.7\n" + b"stream\n" * 1_000_000, "pdf_unreadable"
    yield "million_streams", pdf(b"stream\nendstream\n" * 500_000), "pdf_unreadable"
    yield "word_document", b"PK\x03\x04" + b"\0" * 200, "not_a_document"
    yield "empty", b"", "empty"
    yield "larger_than_10_megabytes", pdf(b"(" + b"x" * 10_500_000 + b")"), "too_large"
