"""What happens to saved searches by the clock: one letter a person and day with what all of theirs newly found.

Safe to run twice and beside itself: a company's searches are looked at under its lock, and each look sets the day of
the next one.
"""

from __future__ import annotations

import datetime
import logging
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from catalog.new_matches import News, news_of
from inquiries import search_mails
from inquiries.models import Importer, SavedSearch
from inquiries.models.saved_search import next_look
from kit.limited_reads import TooSlow

MOST_A_RUN: Final = 300
"""Searches of one run; the others wait for the next, a few minutes later. A company's are never parted."""
log = logging.getLogger(__name__)


class Done(NamedTuple):
    """What was done about one company: how many searches were looked at, and whether there was something to tell."""

    searches: int
    is_written: bool


def write_search_letters() -> int:
    """Look at the searches whose day has come, company by company; how many letters were written."""
    today, last, looked, written = timezone.now().date(), 0, 0, 0
    failed: Exception | None = None
    while looked < MOST_A_RUN:
        due = SavedSearch.objects.due(today).filter(importer__gt=last).order_by("importer")
        first = due.values_list("importer", flat=True).first()
        if first is None:
            break
        last = first
        try:
            done = _look(last, today)
        except Exception as error:  # one company's trouble is not the next one's; the job fails in the end all the same
            log.exception("saved searches of importer %s", last)
            failed, done = error, Done(1, False)
        looked, written = looked + done.searches, written + done.is_written
    if failed is not None:
        raise failed
    return written


def _look(pk: int, today: datetime.date) -> Done:
    """Look at the due searches of one company, and write its letter when they found something new."""
    with transaction.atomic():
        rows = Importer.objects.select_related("user").select_for_update(of=("self",), skip_locked=True)
        importer = rows.filter(pk=pk).first()
        if importer is None:  # another worker is at it
            return Done(0, False)
        searches = list(SavedSearch.objects.due(today).owned_by(importer).order_by("pk"))
        told = _told(searches, today)
        is_written = bool(told) and importer.user.is_active and search_mails.new_matches(importer, told, day=today)
    return Done(len(searches), is_written)


def _told(searches: list[SavedSearch], today: datetime.date) -> list[tuple[SavedSearch, News]]:
    """The searches that found something new; each remembers what it found and when it looks again."""
    told = []
    for search in searches:
        news = _news_of(search)
        search.next_on = next_look(search.frequency, today)
        if news is not None:
            search.known, search.seen_until = news.known, news.seen_until
            told += [(search, news)] if news.products else []
        search.save(update_fields=["next_on", "known", "seen_until"])
    return told


def _news_of(search: SavedSearch) -> News | None:
    """What is new; None when the search took too long, which is left to the next look."""
    try:
        return news_of(search.query, known=search.known, seen_until=search.seen_until)
    except TooSlow:
        log.warning("saved search %s took too long", search.pk)
        return None
