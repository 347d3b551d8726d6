"""PDFs that hide something in their structure, as real writers pack it: only a reader of PDFs finds it."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from tests.kit.pdf_corpus import pdf, stream

PACKED = pikepdf.ObjectStreamMode.generate


def written(change: Any = None, **options: Any) -> bytes:
    """A PDF of one page, changed by `change(pdf)`, as qpdf writes it."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        if change:
            change(made)
        out = io.BytesIO()
        made.save(out, **options)
    return out.getvalue()


def _action(kind: str, **more: Any) -> Any:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = made.make_indirect(pikepdf.Dictionary(S=pikepdf.Name(kind), **more))

    return change


def _note(kind: str) -> Any:
    def change(made: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=[0, 0, 10, 10])
        made.pages[0].obj.Annots = made.make_indirect(pikepdf.Array([made.make_indirect(note)]))

    return change


def _attach(made: pikepdf.Pdf) -> None:
    made.attachments["invoice.exe"] = b"MZ" + b"\0" * 100


def _nested(made: pikepdf.Pdf) -> None:
    inner = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    made.Root.Deep = pikepdf.Array([pikepdf.Array([pikepdf.Dictionary(One=pikepdf.Array([inner]))])])


def kept_structures() -> Iterator[tuple[str, bytes]]:
    yield "packed_objects", written(object_stream_mode=PACKED)
    yield "for_fast_web_view", written(linearize=True)
    yield "link_to_a_page_of_the_web", written(_action("/URI", URI="https://bpjph.halal.go.id/"))
    yield (
        "signed_form",
        written(lambda made: made.Root.__setattr__("AcroForm", pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array()))),
    )
    yield "fifty_pages", written(lambda made: [made.add_blank_page() for _page in range(49)], object_stream_mode=PACKED)


def refused_structures() -> Iterator[tuple[str, bytes, str]]:
    for kind in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition"):
        packed = written(_action(kind, F="x"), object_stream_mode=PACKED)
        yield f"packed{kind.lower().replace('/', '_')}", packed, "pdf_active"
    for kind in ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"):
        yield f"note{kind.lower().replace('/', '_')}", written(_note(kind), object_stream_mode=PACKED), "pdf_active"
    yield "attachment_of_a_writer", written(_attach), "pdf_active"
    yield "attachment_packed", written(_attach, object_stream_mode=PACKED), "pdf_active"
    yield "deeply_nested", written(_nested, object_stream_mode=PACKED), "pdf_active"
    yield "password_of_the_reader", written(encryption=pikepdf.Encryption(owner="o", user="u")), "pdf_encrypted"
    yield "password_of_the_owner", written(encryption=pikepdf.Encryption(owner="o", user="", R=4)), "pdf_encrypted"
    yield "table_that_lies", pdf().replace(b"0000000015", b"0000000016"), "pdf_unreadable"
    yield "no_pages", pdf().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [] /Count 0     "), "pdf_unreadable"
    yield "pages_in_a_circle", pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "pdf_unreadable"


def hard_to_draw() -> Iterator[tuple[str, bytes]]:
    """Kept, since nothing of it is active, but the first page must not cost more than the limits."""
    image = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /Device%s /BitsPerComponent 8"
    for side in (30_000, 12_000):
        head = image % (side, side, b"RGB") + b" /Filter /FlateDecode"
        yield f"picture_of_{side}", _page(b"595 0 0 842 0 0 cm /Im Do", zlib.compress(b"\0" * 30_000_000, 9), head)
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /Im 5 0 R >> >>"
    yield "form_within_itself", _page(b"/Im Do", b"/Im Do /Im Do " * 50, form)
    yield "million_strokes", _page(b"0 0 m 595 842 l S\n" * 1_000_000, b"", b"")
    yield "page_of_a_kilometre", written(lambda made: made.pages[0].obj.__setattr__("MediaBox", [0, 0, 9_999_999, 9]))
    yield "page_of_nothing", written(lambda made: made.pages[0].obj.__setattr__("MediaBox", [0, 0, 0, 0]))


def _page(content: bytes, body: bytes, head: bytes) -> bytes:
    """Its page's content is object 4, what it draws object 5."""
    whole = pdf(stream(zlib.compress(content)), stream(body, head))
    page = b"/MediaBox [0 0 200 200] >>"
    more = b"/MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>"
    with pikepdf.open(io.BytesIO(whole.replace(page, more))) as opened:
        out = io.BytesIO()
        opened.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()
