"""Who owes the next word and until when, in the words of each side; times in the reader's zone."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from inquiries.models import Enquiry, EnquiryState, Side, Stage, Turn

SOON = datetime.timedelta(days=1)
GOOD = {EnquiryState.ACCEPTED}
ENDED_BADLY = {EnquiryState.REFUSED, EnquiryState.DECLINED, EnquiryState.EXPIRED, EnquiryState.DISCARDED}


class Standing(NamedTuple):
    """How an enquiry stands, as a badge: `kind` as of the component `badge`."""

    text: str
    kind: str
    icon: str = ""


def moment(time: datetime.datetime) -> str:
    """A moment with its day of the week and its zone: “Thu 26 Nov, 17:00 WIB”; the year when it is not this one."""
    local = timezone.localtime(time)
    this_year = local.year == timezone.localtime().year
    return date_format(local, "MOMENT_FORMAT" if this_year else "MOMENT_WITH_YEAR_FORMAT")


def standing_for(enquiry: Enquiry, side: str) -> Standing:
    """What the side should know first."""
    if enquiry.state == EnquiryState.HELD:
        return Standing(_("The Indonesian mission looks at it first"), "info", "clock")
    if enquiry.turn == Turn.PRODUCER and enquiry.due_at:
        return _owed_by_producer(enquiry, side, enquiry.due_at)
    if enquiry.turn == Turn.IMPORTER:
        return _owed_by_importer(enquiry, side)
    kind = "ok" if enquiry.state in GOOD else "bad" if enquiry.state in ENDED_BADLY else ""
    return Standing(capfirst(str(enquiry.get_state_display())), kind)


def owed_sentence(enquiry: Enquiry) -> str:
    """Who answers by when, as a sentence for the importer; "" when nobody owes the importer a word."""
    if enquiry.turn != Turn.PRODUCER or not enquiry.due_at:
        return ""
    facts = {"producer": enquiry.producer.trade_name, "moment": moment(enquiry.due_at)}
    if not enquiry.is_overdue():
        return _("%(producer)s answers by %(moment)s.") % facts
    if enquiry.stage >= Stage.MISSION_TOLD:
        return (
            _("%(producer)s has not answered; it was due by %(moment)s. The Indonesian mission knows and asks there.")
            % facts
        )
    return _("%(producer)s has not answered; it was due by %(moment)s.") % facts


def _owed_by_producer(enquiry: Enquiry, side: str, due: datetime.datetime) -> Standing:
    facts = {"moment": moment(due)}
    if enquiry.is_overdue():
        return Standing(_("Overdue since %(moment)s") % facts, "bad", "clock")
    if side == Side.PRODUCER:
        kind = "warn" if due - timezone.now() < SOON else "info"
        return Standing(_("Answer before %(moment)s") % facts, kind, "clock")
    return Standing(_("Answer due by %(moment)s") % facts, "info", "clock")


def _owed_by_importer(enquiry: Enquiry, side: str) -> Standing:
    if side == Side.PRODUCER:
        return Standing(_("Waiting for the importer"), "", "clock")
    if enquiry.state == EnquiryState.QUOTED:
        return Standing(_("Quoted: look at the offer"), "accent", "file-text")
    if enquiry.state == EnquiryState.ANSWERED:
        return Standing(_("Answered: it is your turn"), "accent", "message-square")
    return Standing(_("You are asked something"), "accent", "message-square")
