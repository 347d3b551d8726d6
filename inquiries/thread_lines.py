"""The thread of an enquiry as one side reads it: who says what and when, coded parts in the reader's language."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AuditEntry, User
from accounts.models.audit import AMONG_STAFF
from accounts.naming import People
from accounts.verbs import verb_label
from inquiries.answer_times import moment
from inquiries.asked_facts import written_in
from inquiries.models import (
    Enquiry,
    EnquiryAttachment,
    EnquiryMessage,
    EnquiryState,
    MessageKind,
    Quotation,
    Side,
    Stage,
)
from inquiries.models.enquiry_state import OPEN_STATES
from inquiries.thread_pages import ThreadPage
from kit.money import format_money, quantize

LOOK: Final = {Side.IMPORTER: "", Side.PRODUCER: "", Side.MISSION: "msg--mission"}
IN_THREAD: Final = ("write", "read", "download", "look", "export")
"""Verbs that the trail of the page leaves out: what was written stands in the thread."""
MOST_EVENTS: Final = 20


@dataclass(frozen=True)
class ThreadLine:
    """A message. `written_in` names the language of its text when that is not the reader's own."""

    who: str
    at: datetime.datetime
    is_own: bool
    look: str = ""
    heading: str = ""
    facts: Sequence[tuple[str, str]] = ()
    text: str = ""
    language: str = ""
    written_in: str = ""
    aside: str = ""
    files: Sequence[EnquiryAttachment] = ()
    quotation: Quotation | None = None


def thread_of(enquiry: Enquiry, page: ThreadPage, reader: User, side: str) -> list[ThreadLine]:
    """The messages of a page in their order; before the first of all, what the importer sent."""
    rows = page.messages
    strangers = [row.author_id for row in rows if row.side in {side, Side.MISSION} and row.author_id != reader.pk]
    people = People.read(reader, strangers)
    prefetch_related_objects([row.quotation for row in rows if row.quotation], "lines")
    opening = [] if page.earlier else [_opening(enquiry, side)]
    return [*opening, *(_line(enquiry, row, reader, side, people) for row in rows)]


def trail_of(enquiry: Enquiry, reader: User) -> list[tuple[str, str]]:
    """What happened, newest first: (what, when and by whom)."""
    about = AuditEntry.objects.filter(object_type=enquiry._meta.label_lower, object_id=str(enquiry.pk))
    entries = list(about.exclude(verb__in=[*AMONG_STAFF, *IN_THREAD]).order_by("-pk")[:MOST_EVENTS])
    people = People.of(reader, entries)
    return [(_event(entry), _when(entry, people)) for entry in entries]


def closed_sentence(enquiry: Enquiry, side: str) -> str:
    """Why nobody writes here any more; "" while it is open or held."""
    if enquiry.state in OPEN_STATES or enquiry.state == EnquiryState.HELD:
        return ""
    facts = {
        "day": date_format(timezone.localtime(enquiry.closed_at or enquiry.last_message_at)),
        "state": str(enquiry.get_state_display()),
        "producer": enquiry.producer.trade_name,
        "why": _reason_of_end(enquiry),
    }
    if enquiry.state == EnquiryState.EXPIRED and side == Side.IMPORTER:
        return _("Closed on %(day)s: %(producer)s did not answer within 30 days.") % facts
    if facts["why"]:
        return _("Closed on %(day)s: %(state)s, because: %(why)s") % facts
    return _("Closed on %(day)s: %(state)s.") % facts


def _reason_of_end(enquiry: Enquiry) -> str:
    coded = enquiry.get_refusal_reason_display() or enquiry.get_decline_reason_display()
    return ". ".join(str(part) for part in (coded, enquiry.closing_note) if part)


def _opening(enquiry: Enquiry, side: str) -> ThreadLine:
    sent = enquiry.round
    return ThreadLine(
        who=_("You") if side == Side.IMPORTER else enquiry.importer.company,
        at=enquiry.sent_at,
        is_own=side == Side.IMPORTER,
        heading="" if sent.text else _("Enquiry without a message"),
        text=sent.text,
        language=sent.language,
        written_in=written_in(sent.text, sent.language),
    )


def _line(enquiry: Enquiry, row: EnquiryMessage, reader: User, side: str, people: People) -> ThreadLine:
    if row.quotation is not None:
        row.quotation.enquiry = enquiry  # its number is that of the enquiry
    return ThreadLine(
        who=_who(enquiry, row, reader, side, people),
        at=row.written_at,
        is_own=row.side == side,
        look=LOOK[Side(row.side)],
        heading="" if row.kind == MessageKind.TEXT else str(row.get_kind_display()),
        facts=_facts(row),
        text=row.text,
        language=row.language,
        written_in=written_in(row.text, row.language),
        aside=_aside(row, side),
        files=list(row.attachments.all()),
        quotation=row.quotation,
    )


def _who(enquiry: Enquiry, row: EnquiryMessage, reader: User, side: str, people: People) -> str:
    if row.side == side and row.author_id == reader.pk:
        return _("You")
    if row.author_id and row.side in {side, Side.MISSION}:
        return people.name(row.author_id)
    if row.side == Side.MISSION:
        return str(Side.MISSION.label)
    return enquiry.importer.company if row.side == Side.IMPORTER else enquiry.producer.trade_name


def _aside(row: EnquiryMessage, side: str) -> str:
    """Says so when not everybody reads it."""
    if not row.reader:
        return ""
    if side == Side.MISSION:
        return _("Read by one side alone: %(side)s") % {"side": row.get_reader_display()}
    return _("For you alone: the other side does not read this.")


def _facts(row: EnquiryMessage) -> list[tuple[str, str]]:
    facts = [(_("Reason"), str(row.get_reason_display()))] if row.reason else []
    if row.sample_price is not None:
        price = format_money(row.sample_price, row.sample_currency) if row.sample_price else _("free")
        facts.append((_("Price of the samples"), price))
    if row.sample_days is not None:
        days = ngettext("within %(days)d day", "within %(days)d days", row.sample_days) % {"days": row.sample_days}
        facts.append((_("Samples are sent"), days))
    return [*facts, *_offered(row.quotation)] if row.quotation else facts


def _offered(quotation: Quotation) -> list[tuple[str, str]]:
    """What a quotation comes to, and until when it holds."""
    total = _("Total %(rule)s %(place)s") % {"rule": quotation.incoterm_id, "place": quotation.place}
    return [
        (total, format_money(quantize(quotation.total(), quotation.currency), quotation.currency)),
        (_("Valid until"), date_format(quotation.valid_until, "SHORT_DATE_FORMAT")),
    ]


def _event(entry: AuditEntry) -> str:
    if entry.verb == "clock" and entry.why.startswith("T+"):
        return capfirst(str(Stage(int(entry.why.removeprefix("T+"))).label))
    return capfirst(verb_label(entry.verb))


def _when(entry: AuditEntry, people: People) -> str:
    return _("%(moment)s, %(who)s") % {"moment": moment(entry.at), "who": people.who(entry)}
