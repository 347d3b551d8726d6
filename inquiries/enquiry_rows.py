"""The rows of both sides' lists of enquiries: what they are about, how they stand, what is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from catalog.unit_names import quantity
from inquiries.answer_times import Standing, moment, standing_for
from inquiries.models import Enquiry, EnquiryLine, EnquiryRound
from kit.languages import pick

LINES_NAMED = 3


@dataclass(frozen=True)
class Row:
    """An enquiry in a list of one side."""

    enquiry: Enquiry
    standing: Standing
    about: str
    is_unread: bool


@dataclass(frozen=True)
class RoundRows:
    """Enquiries that were sent together; `sentence` says when and to how many, `rows` are those that are shown."""

    sentence: str
    rows: Sequence[Row]


def rows_of(enquiries: Iterable[Enquiry], side: str) -> list[Row]:
    """One after the other, as the side reads them; the lines are prefetched."""
    return [
        Row(enquiry, standing_for(enquiry, side), _about(list(enquiry.lines.all())), enquiry.is_unread_by(side))
        for enquiry in enquiries
    ]


def rounds_of(rounds: Sequence[EnquiryRound], enquiries: Iterable[Enquiry], side: str) -> list[RoundRows]:
    """The rounds of a page with their rows. `rounds` are annotated with `producers`, how many were asked."""
    by_round: dict[int, list[Row]] = defaultdict(list)
    for row in rows_of(enquiries, side):
        by_round[row.enquiry.round_id].append(row)
    return [RoundRows(_sentence(sent), by_round[sent.pk]) for sent in rounds]


def _sentence(sent: EnquiryRound) -> str:
    number: int = sent.producers  # type: ignore[attr-defined]
    told = ngettext(
        "Sent on %(moment)s to %(number)d producer", "Sent together on %(moment)s to %(number)d producers", number
    )
    return told % {"moment": moment(sent.sent_at), "number": number}


def _about(lines: Sequence[EnquiryLine]) -> str:
    """The first products with their quantities, and how many more."""
    named = [_named(line) for line in lines[:LINES_NAMED]]
    if more := len(lines) - len(named):
        named.append(ngettext("and %(number)d more", "and %(number)d more", more) % {"number": more})
    return ", ".join(named)


def _named(line: EnquiryLine) -> str:
    title = pick(line.title).text
    amount = quantity(line.quantity, line.unit_id)
    return f"{title} ({amount})" if amount else title
