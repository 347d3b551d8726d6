"""Which kinds of product a query names: the words of the thesaurus as they are, not their stems.

Documents are found by stems, of which two words may share one; a kind that is called just like the query goes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from catalog.models import CommodityTerm
from catalog.search_words import bare_words
from kit.keeping import kept

KEPT_SECONDS: Final = 60
MOST: Final = 8


class Kinds(NamedTuple):
    """Commodities that a query names, and how much of it they are: 1 is all of its words, 0 none."""

    commodities: tuple[int, ...] = ()
    share: float = 0.0


NO_KINDS: Final = Kinds()


def kinds_asked(text: str) -> Kinds:
    """The kinds whose name or synonym is in the query, the longest; else those whose name the query begins to say.

    None when that would be many: “leather” names no kind.
    """
    asked, terms = bare_words(text), _terms()
    found: dict[int, set[int]] = defaultdict(set)
    partly: set[int] = set()
    for word in asked:
        for commodity, term in terms.get(word, ()):
            if term <= asked:
                found[len(term)].add(commodity)
            elif asked < term:
                partly.add(commodity)
    if found:
        longest = max(found)
        return Kinds(tuple(sorted(found[longest])[: 2 * MOST]), longest / len(asked))
    return Kinds(tuple(sorted(partly)), 0.5) if 0 < len(partly) <= MOST else NO_KINDS


@kept(KEPT_SECONDS)
def _terms() -> Mapping[str, list[tuple[int, frozenset[str]]]]:
    """The terms of the thesaurus by each of their words, as they were at most a minute ago."""
    found: dict[str, dict[tuple[int, frozenset[str]], None]] = defaultdict(dict)
    for commodity, term in CommodityTerm.objects.values_list("commodity", "plain"):
        for word in (words := bare_words(term)):
            found[word][commodity, words] = None
    return {word: list(terms) for word, terms in found.items()}
