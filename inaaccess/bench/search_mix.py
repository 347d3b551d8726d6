"""The searches that are measured: a thousand, as different as those of visitors, the same for the same seed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Final

from django.db.models import Count

from catalog.models import Category, Commodity, Product, ProductSearch
from catalog.narrowing import Filters
from catalog.search import Sort
from kit.languages import CONTENT_LANGUAGES

SHARES: Final = {
    "common_word": 18, "rare_word": 14, "phrase": 18, "typo": 10, "hs": 8, "nothing": 4, "browse": 10,
    "filtered": 8, "text_filtered": 10,
}  # fmt: skip
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Search:
    """What a visitor asks, and the class that its time belongs to."""

    kind: str
    query: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE


class Mix:
    """Draws searches from the words, codes and places of the present database."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw
        counted = dict(Product.objects.published().values_list("commodity").annotate(n=Count("pk")).order_by())
        self.commodities = list(Commodity.objects.order_by("pk"))
        self.weights = [counted.get(one.pk, 0) for one in self.commodities]
        self.categories = list(Category.objects.order_by("pk").values_list("pk", flat=True))
        self.codes = list(Commodity.objects.order_by("pk").values_list("hs6", flat=True))
        self.last = ProductSearch.objects.order_by("-pk").values_list("pk", flat=True)[0]

    def searches(self, count: int) -> list[Search]:
        """So many searches, shuffled, each class with its share."""
        total = sum(SHARES.values())
        drawn = [getattr(self, kind)() for kind, share in SHARES.items() for _number in range(count * share // total)]
        self.draw.shuffle(drawn)
        return drawn

    def common_word(self) -> Search:
        """A word of a commodity that many products are of."""
        return Search("common_word", self.draw.choice(self._words(self._name())))

    def rare_word(self) -> Search:
        """The last word of a product's title: few others have it."""
        first = self.draw.randint(1, self.last)
        row = ProductSearch.objects.filter(pk__gte=first).select_related("product").only("product__title")
        title = row.order_by("pk")[0].product.title
        return Search("rare_word", title[self.draw.choice(sorted(title))].split()[-1])

    def phrase(self) -> Search:
        """A commodity by its name or a synonym, in any language."""
        commodity = self._commodity()
        key = self.draw.choice(CONTENT_LANGUAGES)
        synonyms = commodity.synonyms.get(key) or [commodity.name[key]]
        return Search("phrase", self.draw.choice([commodity.name[key], self.draw.choice(synonyms)]))

    def typo(self) -> Search:
        """A commodity's name with a slip in its longest word: a letter left out, doubled, changed or two swapped."""
        name = self._name()
        word = max(self._words(name), key=len)
        at = self.draw.randint(1, max(1, len(word) - 2))
        slips = (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + self.draw.choice(LETTERS) + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        )
        return Search("typo", name.replace(word, self.draw.choice(slips)))

    def hs(self) -> Search:
        """A chapter, a heading or a subheading, with or without its dots."""
        code = str(self.draw.choice(self.codes))
        return Search("hs", self.draw.choice([code[:2], code[:4], f"{code[:4]}.{code[4:]}", code]))

    def nothing(self) -> Search:
        """Letters that are no word."""
        return Search("nothing", "".join(self.draw.choices("qxzjwv", k=self.draw.randint(8, 12))))

    def browse(self) -> Search:
        """No text: everything, or one category; any order."""
        chosen = (self.draw.choice(self.categories),) if self.draw.random() < 0.7 else ()
        return Search("browse", filters=Filters(categories=chosen), sort=self.draw.choice(list(Sort)))

    def filtered(self) -> Search:
        """No text, one to three filters."""
        return Search("filtered", filters=self._filters(self.draw.randint(1, 3)))

    def text_filtered(self) -> Search:
        """A word or a phrase, with one or two filters."""
        asked = self.draw.choice([self.common_word, self.phrase])()
        return Search("text_filtered", asked.query, self._filters(self.draw.randint(1, 2)))

    def beginnings(self, count: int) -> list[str]:
        """What is in the search box while somebody types, two to nine letters."""
        return [self._name().lower()[: self.draw.randint(2, 9)].strip() for _number in range(count)]

    def _filters(self, count: int) -> Filters:
        draw = self.draw
        choices = {
            "categories": (draw.choice(self.categories),), "hs": (str(draw.choice(self.codes))[:2],),
            "markets": (draw.choice(["BR", "CL", "MX", "PE", "AR"]),), "certificates": (draw.choice(["SNI", "HALAL"]),),
            "incoterms": (draw.choice(["FOB", "CIF"]),), "provinces": (draw.choice(["35", "32", "33", "51", "73"]),),
            "moq_max": Decimal(draw.choice([60, 430, 1000])), "price_max": Decimal(draw.choice([3, 20, 80])),
            "lead_max": draw.choice([14, 30, 45]),
        }  # fmt: skip
        return Filters(**{name: choices[name] for name in draw.sample(sorted(choices), count)})  # type: ignore[arg-type]

    def _commodity(self) -> Commodity:
        return self.draw.choices(self.commodities, self.weights)[0]

    def _name(self) -> str:
        names: dict[str, str] = self._commodity().name
        return names[self.draw.choice(sorted(names))]

    def _words(self, name: str) -> list[str]:
        return re.findall(r"[^\W\d_]{4,}", name) or [name]
