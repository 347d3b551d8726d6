"""Components of the staff's pages: queue rows, compared lines, fields under review."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Literal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.comparison import Line
from catalog.photo_address import photo_url
from catalog.promise import Standing, Wait
from kit.languages import interface_language, pick
from kit.templatetags.kit_parts import badge
from markets.admin.history import Event
from markets.admin.listings import ListingRow
from markets.admin.lookalikes import Lookalike
from markets.admin.neighbours import Neighbours
from markets.admin.queue import QueueRow
from markets.admin.review_page import Judged
from markets.admin.shortcuts import HELP, QUEUE, REVIEW
from markets.models import Market

register = template.Library()
KINDS = {Standing.OK: "ok", Standing.WARN: "warn", Standing.OVER: "bad"}


@register.simple_tag
def diff_line(line: Line) -> SafeString:
    """A compared text, its differing words in <ins> and <del>."""
    parts = [
        format_html("<{0}>{1}</{0}>", piece.mark, piece.text) if piece.mark != "same" else piece.text
        for piece in line.pieces
    ]
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag
def diff_photo(line: Line) -> SafeString:
    """A compared picture; one that came or went says so."""
    note = {"ins": _("added"), "del": _("removed")}.get(line.mark, "")
    return format_html(
        '<a class="diff-photo{}" href="{}"><img src="{}" alt="{}" width="96" height="96" loading="lazy">{}</a>',
        f" diff-photo--{line.mark}" if note else "",
        photo_url(line.fact.photo, 1280),
        photo_url(line.fact.photo, 320),
        line.fact.text or _("photo without a description"),
        format_html("<span>{}</span>", note) if note else "",
    )


@register.simple_tag
def promise_badge(wait: Wait) -> SafeString:
    """How the wait stands against the promise: what is left of it, or by how much it is over."""
    amount = short_time(abs(wait.left))
    text = _("%(time)s over") if wait.standing == Standing.OVER else _("%(time)s left")
    icon_name = None if wait.standing == Standing.OVER else "clock"
    return badge(text % {"time": amount}, KINDS[wait.standing], icon_name=icon_name)


@register.filter
def short_time(span: datetime.timedelta) -> str:
    """Days and hours, or hours and minutes; a number of the largest two units."""
    days, minutes = span.days, span.seconds // 60
    hours, minutes = divmod(minutes, 60)
    if days:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}


@register.inclusion_tag("components/review_field.html")
def review_field(field: Judged, *, is_open: bool, may_decide: bool, has_public: bool) -> dict[str, object]:
    """One field of a revision: both sides, checks, earlier requests, and the verdict of who has the claim."""
    return {"field": field, "row": field.row, "is_open": is_open, "may_decide": may_decide, "has_public": has_public}


@register.inclusion_tag("components/lookalikes.html")
def lookalikes(rows: Sequence[Lookalike]) -> dict[str, object]:
    """A warning of other producers whose name is easily taken for this one's; nothing when there are none."""
    return {"rows": rows}


@register.inclusion_tag("components/queue_row.html")
def queue_row(row: QueueRow, *, short: bool = False, query: str = "") -> dict[str, object]:
    """A revision in the queue, with the claim as a form of its own. `short`: without tick, markets and claimant.

    `query` are the filters of the queue, which go along to the review ("?…").
    """
    revision = row.revision
    return {"row": row, "revision": revision, "product": revision.product, "short": short, "query": query}


@register.inclusion_tag("components/queue_steps.html")
def queue_steps(neighbours: Neighbours) -> dict[str, object]:
    """From review to review in the order of the queue."""
    return {"neighbours": neighbours}


@register.inclusion_tag("components/shortcuts.html")
def shortcuts(page: Literal["queue", "review"]) -> dict[str, object]:
    """The keys of a page: a dialog, and the switch for who does not want them."""
    return {"keys": [*(QUEUE if page == "queue" else REVIEW).keys, HELP]}


@register.inclusion_tag("components/history_events.html")
def history_events(events: Sequence[Event]) -> dict[str, object]:
    """What happened, when, by whom and why."""
    return {"events": events}


@register.inclusion_tag("components/listing_row.html")
def listing_row(
    row: ListingRow, *, market: Market, is_first: bool, is_last: bool, can_tick: bool, kept_query: str = ""
) -> dict[str, object]:
    """A product on the listings desk, decided or not; `can_tick`: with a box for the form of several at once.

    `kept_query` is the page of the list, to which a move comes back ("?…").
    """
    return {
        "row": row,
        "product": row.product,
        "listing": row.listing,
        "market": market,
        "is_first": is_first,
        "is_last": is_last,
        "can_tick": can_tick,
        "kept_query": kept_query,
    }


@register.simple_tag
def translated_text(texts: Mapping[str, str]) -> SafeString:
    """A text for the reader, marked with its language when that is not the page's."""
    found = pick(texts)
    return format_html('<span lang="{}">{}</span>', interface_language(found.language) or "en", found.text)
