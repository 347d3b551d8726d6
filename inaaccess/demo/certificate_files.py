"""Scans of the demo's certificates: a one-page PDF, or a picture of a paper, plainly marked as a sample."""

from __future__ import annotations

import io
from typing import IO, Any

from exporters.models import Producer
from inaaccess.demo import pictures


def scan_of(facts: dict[str, Any], producer: Producer) -> IO[bytes]:
    """The file that the producer hands in."""
    if facts.get("file") == "picture":
        return pictures.file_of("certificate-paper").open("rb")
    lines = [
        "SAMPLE FOR DEMONSTRATION ONLY",
        f"{facts['type']}  {facts['number']}",
        f"Issued by: {facts['issuer']}",
        f"Held by: {producer.legal_name or producer.trade_name}",
        f"{producer.address}, {producer.regency}",
    ]
    return io.BytesIO(pdf_page(lines))


def pdf_page(lines: list[str]) -> bytes:
    """A PDF of one A4 page with these lines of plain text, the first as its heading."""
    drawn = ["BT", "/F1 20 Tf", "72 740 Td"]
    for number, line in enumerate(lines):
        text = line.encode("latin-1", "replace").decode("latin-1")
        for char in "\\()":
            text = text.replace(char, f"\\{char}")
        drawn += [f"({text}) Tj", "/F1 12 Tf", f"0 {-44 if number == 0 else -24} Td"]
    stream = "\n".join([*drawn, "ET"]).encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    page, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(page))
        page += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(page)
    page += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    page += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    page += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(page)
