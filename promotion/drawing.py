"""Which drawing makes which kind of document. Loads the PDF library: import it where something is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from promotion.document_content import as_of_text, items_of, shelf_of
from promotion.models import Document, DocumentKind
from promotion.pdf import catalogue, price_list
from promotion.pdf.bound import Bound, Drawn, Entry, bind
from promotion.pdf.catalogue import Frame


def draw_part(document: Document, product_ids: list[int]) -> Drawn:
    """The next pages, in the document's language; pages before them are counted from what is done."""
    items, frame = list(items_of(document, product_ids)), _frame(document)
    before = sum(part["pages"] for part in document.parts)
    if document.kind == DocumentKind.PRICE_LIST:
        is_first = document.done == 0
        if not items and not is_first:
            return Drawn(b"", 0, [])
        return price_list.draw_prices(
            frame, items, first_page=before + 1, shelf=shelf_of(document) if is_first else None
        )
    first = catalogue.front_pages(document.total) + before + 1
    return catalogue.draw_products(frame, items, per_page=document.per_page, first_page=first)


def draw_whole(document: Document, parts: Sequence[bytes]) -> Bound:
    """The parts with what stands before and behind them."""
    entries = [Entry(*entry) for part in document.parts for entry in part["entries"]]
    frame, bound = _frame(document), list(parts)
    if document.kind != DocumentKind.PRICE_LIST:
        front = catalogue.front_pages(document.total)
        last = front + sum(part["pages"] for part in document.parts)
        bound.insert(0, catalogue.draw_front(frame, shelf_of(document), entries, pages=front))
        if entries:
            bound.append(catalogue.draw_index(frame, entries, first_page=last + 1).content)
    return bind(bound, title=frame.title, language=document.language, entries=entries)


def _frame(document: Document) -> Frame:
    return Frame(shelf_of(document).title, as_of_text(document), document.language, document.asked_at)
