"""The letter about what saved searches newly found."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts import letters
from catalog.cards import Card, cards
from catalog.new_matches import News
from catalog.search import take
from inquiries.stop_links import stop_all, stop_one

if TYPE_CHECKING:
    from inquiries.models import Importer, SavedSearch

MOST_SHOWN: Final = 20


class Section(NamedTuple):
    """A search in the letter: some of what it found, how many it found, and its addresses. `is_more`: or still more."""

    name: str
    cards: list[Card]
    number: int
    is_more: bool
    url: str
    stop_url: str

    @property
    def others(self) -> int:
        """How many are not shown."""
        return self.number - len(self.cards)


def new_matches(importer: Importer, told: Sequence[tuple[SavedSearch, News]], *, day: datetime.date) -> bool:
    """One letter a day about all searches with something new; False when none of it is to be seen any more."""
    person = importer.user
    with override(person.language):  # titles, prices and addresses as the reader reads them
        sections = [section for search, news in told if (section := _section(search, news)).cards]
        if not sections:
            return False
        context = {
            "sections": sections,
            "number": sum(section.number for section in sections),
            "is_more": any(section.is_more for section in sections),
            "stop_all_url": stop_all(importer),
        }
    letters.write("new_matches", event=f"new_matches:{importer.pk}:{day:%Y%m%d}", to=[person], context=context)
    return True


def _section(search: SavedSearch, news: News) -> Section:
    found = take(news.products[:MOST_SHOWN])
    gone = len(news.products[:MOST_SHOWN]) - len(found)
    newest = f"{reverse('product_list')}?{search.query}&sort=newest"
    shown = [card | {"url": f"{settings.SITE_URL}{card['url']}"} for card in cards(found)]
    return Section(search.name, shown, len(news.products) - gone, news.is_capped, newest, stop_one(search))
