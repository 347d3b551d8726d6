"""A quotation on A4 paper, in the active language: who offers whom what, on which terms, until when."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.unit_names import quantity
from inquiries.asked_facts import written_in
from inquiries.freight import Freight, freight_of
from inquiries.models import Quotation, QuotationLine
from kit.countries import country_name
from kit.languages import pick
from kit.money import format_money, quantize
from kit.units import format_cbm, format_kg
from promotion.pdf.paper import GREY, HEIGHT, INDIGO, INNER, MARGIN, SAND, Align, Paper

COLUMNS: Final = (84.0, 30.0, 32.0, 36.0)
BOTTOM: Final = 276.0
LABEL: Final = 42.0
QR: Final = 24.0


def draw(quotation: Quotation) -> bytes:
    """The PDF. `quotation` was read by `for_showing`; one more query for the containers."""
    paper = Paper(
        title=_("Quotation %(number)s") % {"number": quotation.number},
        language=translation.get_language() or "en",
        made_at=timezone.now(),
    )
    y = _head(paper, quotation)
    y = _lines(paper, quotation, y + 4)
    y = _terms(paper, quotation, y + 5)
    _note(paper, quotation, y)
    return bytes(paper.output() or b"")


def _head(paper: Paper, quotation: Quotation) -> float:
    enquiry = quotation.enquiry
    _page(paper, quotation)
    paper.mark(MARGIN, 14, 12)
    title = _("Quotation %(number)s") % {"number": quotation.number}
    y = paper.block(MARGIN + 16, 14, INNER - 16 - QR - 4, title, size=18, bold=True, colour=INDIGO, most=1)
    made = _("Of %(day)s") % {"day": date_format(quotation.created_at)}
    paper.block(MARGIN + 16, y, INNER - 16 - QR - 4, made, size=9, colour=GREY)
    paper.qr(f"{settings.SITE_URL}{reverse('quotation_detail', args=[quotation.pk])}", 210 - MARGIN - QR, 12, QR)
    half = INNER / 2 - 4
    y = 42.0
    from_y = paper.block(MARGIN, y, half, _("Offered by"), size=8, colour=GREY)
    from_y = paper.block(MARGIN, from_y, half, enquiry.producer.trade_name, size=11, bold=True, most=2)
    from_y = paper.block(MARGIN, from_y, half, _("Indonesia"), size=9)
    to_y = paper.block(MARGIN + half + 8, y, half, _("For"), size=8, colour=GREY)
    to_y = paper.block(MARGIN + half + 8, to_y, half, enquiry.importer.company, size=11, bold=True, most=2)
    to_y = paper.block(MARGIN + half + 8, to_y, half, country_name(enquiry.importer.country), size=9)
    return max(from_y, to_y)


def _lines(paper: Paper, quotation: Quotation, y: float) -> float:
    labels = (_("Product"), _("Quantity"), _("Price per unit"), _("Amount"))
    paper.ground(MARGIN, y, INNER, 7, INDIGO)
    _cells(paper, labels, y + 1.4, (255, 255, 255), bold=True)
    y += 8
    for line in quotation.lines.all():
        y = _room(paper, quotation, y, 14)
        height = _cells(paper, _row(line, quotation.currency), y + 1, (17, 17, 17))
        y += height + 2
        paper.rule(MARGIN, y, INNER)
    y = _room(paper, quotation, y, 10)
    paper.ground(MARGIN, y + 0.5, INNER, 8, SAND)
    total = _("Total %(rule)s %(place)s") % {"rule": quotation.incoterm_id, "place": quotation.place}
    paper.block(MARGIN + 2, y + 2, 110, total, size=10, bold=True, most=1)
    amount = format_money(quantize(quotation.total(), quotation.currency), quotation.currency)
    paper.block(MARGIN + 110, y + 2, INNER - 112, amount, size=10, bold=True, most=1, align="right")
    return y + 9


def _row(line: QuotationLine, currency: str) -> tuple[str, str, str, str]:
    return (
        pick(line.title).text,
        quantity(line.quantity, line.unit_id),
        format_money(line.unit_price, currency),
        format_money(quantize(line.amount(), currency), currency),
    )


def _cells(
    paper: Paper, row: tuple[str, str, str, str], y: float, colour: tuple[int, int, int], *, bold: bool = False
) -> float:
    x, lowest = MARGIN + 2, y
    for number, (width, text) in enumerate(zip(COLUMNS, row, strict=True)):
        align: Align = "right" if number else "left"
        end = paper.block(
            x, y, width - 4, text, size=9, bold=bold, colour=colour, most=2 if number == 0 else 1, align=align
        )
        lowest, x = max(lowest, end), x + width
    return lowest - y


def _terms(paper: Paper, quotation: Quotation, y: float) -> float:
    for label, value in _terms_of(quotation, freight_of(quotation.lines.all())):
        y = _room(paper, quotation, y, 10)
        paper.block(MARGIN, y, LABEL - 2, label, size=9, colour=GREY, most=2)
        y = max(paper.block(MARGIN + LABEL, y, INNER - LABEL, value, size=9, most=4), y + 5) + 0.8
    return y


def _terms_of(quotation: Quotation, freight: Freight) -> list[tuple[str, str]]:
    days = quotation.lead_time_days
    payment = [str(quotation.get_payment_terms_display())]
    if quotation.deposit_percent:
        payment.append(_("%(percent)s %% deposit") % {"percent": quotation.deposit_percent})
    if quotation.payment_days:
        payment.append(_days(quotation.payment_days))
    terms = [
        (_("Incoterm 2020"), f"{quotation.incoterm} · {quotation.place}"),
        (_("Valid until"), date_format(quotation.valid_until)),
        (_("Lead time"), _days(days)),
        (_("Payment"), ", ".join(payment)),
        (_("Packing"), quotation.packing_note),
        (_("Packing and freight"), _on_the_way(freight)),
    ]
    return [(label, value) for label, value in terms if value]


def _note(paper: Paper, quotation: Quotation, y: float) -> None:
    """What the producer wrote, whole, and in which language when that is not the reader's."""
    paragraphs = [line for line in quotation.note.splitlines() if line.strip()]
    if paragraphs:
        y = _room(paper, quotation, y, 20)
        y = paper.block(MARGIN, y + 4, INNER, _("Note"), size=9, bold=True, colour=INDIGO)
    for paragraph in paragraphs:
        y = _room(paper, quotation, y, paper.height_of(paragraph, INNER, 9))
        y = paper.block(MARGIN, y, INNER, paragraph, size=9)
    if foreign := written_in(quotation.note or quotation.packing_note, quotation.language):
        paper.block(MARGIN, _room(paper, quotation, y, 8) + 2, INNER, foreign, size=8, colour=GREY)


def _days(days: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _on_the_way(freight: Freight) -> str:
    if not freight.is_known:
        return ""
    cartons = ngettext("%(number)d carton", "%(number)d cartons", freight.cartons) % {"number": freight.cartons}
    parts = [cartons, format_cbm(freight.cbm)]
    if freight.gross_kg:
        parts.append(format_kg(freight.gross_kg))
    shares = [f"{share.name}: {share.percent}\u00a0%" for share in freight.shares]
    return f"{', '.join(parts)}. {' · '.join(shares)}"


def _room(paper: Paper, quotation: Quotation, y: float, height: float) -> float:
    """The place to go on: on a new page when this one has no room for so much."""
    if y + height <= BOTTOM:
        return y
    _page(paper, quotation)
    return 18.0


def _page(paper: Paper, quotation: Quotation) -> None:
    paper.add_page()
    foot = _("As of %(day)s. An offer of the producer; the contract is between buyer and producer. Page %(page)d") % {
        "day": date_format(timezone.now().date()),
        "page": paper.page_no(),
    }
    paper.block(MARGIN, HEIGHT - 14, INNER, f"{quotation.number} · {foot}", size=7, colour=GREY, most=2)
