"""The page on which a collection is written: its form, its products, those to add, others' changes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.db.models import Prefetch, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import PhotoPlacement, Product
from catalog.photo_address import photo_url
from catalog.vocabulary import vocabulary
from kit.languages import CONTENT_LANGUAGE_NAMES, CONTENT_LANGUAGES
from kit.text import clean_text
from markets.admin import collection_form
from markets.admin.collection_form import LABELS, CollectionForm, NoteForm, Values, mark, note_prefix
from markets.models import Collection, Market
from markets.models.collection import MOST_ITEMS, TEXTS
from markets.models.collection_item import products_to_collect

MOST_FOUND: Final = 12
LONGEST_BASE: Final = 1000  # characters, of eight short fingerprints
ACTS: Final = ("up", "down", "remove", "add", "find")


class ItemRow(NamedTuple):
    """A product of the collection. `photo` is what would be its cover; None where it may have none."""

    product: Product
    form: NoteForm | None
    thumb: str
    photo: int | None
    is_cover: bool
    is_hidden: bool


class Difference(NamedTuple):
    """A value that two people changed differently, and what is saved, in words."""

    label: str
    saved: str


@dataclass
class EditPage:
    """A collection as it is opened, or as it was sent: then `data` is what was typed."""

    collection: Collection
    user: User
    data: QueryDict | None = None
    becomes_public: bool = False
    differences: list[Difference] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.saved = collection_form.stored(self.collection)
        self.form = CollectionForm(
            self.data,
            initial=self.saved,
            user=self.user,
            collection=self.collection,
            becomes_public=self.becomes_public,
        )
        self.query = clean_text(self.data.get("q", "") if self.data else "")[:80]
        self.order = self._order()
        self.notes = {
            pk: NoteForm(self.data, prefix=note_prefix(pk), initial={"note": dict(self.saved["items"]).get(pk, {})})
            for pk in self.order
        }

    @property
    def sent(self) -> QueryDict:
        """What was typed. Raises LookupError when the page was only opened."""
        if self.data is None:
            raise LookupError("nothing was sent")
        return self.data

    # --- what was asked ---------------------------------------------------------------------------

    def act(self, act: str, value: str) -> None:
        """Move, remove or add a product in what was typed; nothing is saved."""
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 18 else 0
        order = list(self.order)
        if act == "add" and number not in order:
            order.append(number)
        elif act != "add" and number in order:
            at = order.index(number)
            order.pop(at)
            if act != "remove":
                order.insert(max(at - 1, 0) if act == "up" else at + 1, number)
        self.sent.setlist("order", [str(pk) for pk in order])
        self.__post_init__()

    def is_valid(self) -> bool:
        """Can all of it be saved?"""
        return all([self.form.is_valid(), *(note.is_valid() for note in self.notes.values())])

    def values(self) -> Values:
        """What was typed; only after `is_valid`."""
        items = [[pk, note.cleaned_data["note"]] for pk, note in self.notes.items()]
        return {**self.form.values(), "items": items}

    def seen_version(self) -> int:
        """The version at which the page was opened; 0, never a present one, when it is not told."""
        text = self.sent.get("version", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def merge(self) -> None:
        """Take what only the other one changed into what was typed; what both changed becomes `differences`."""
        seen, typed, found = self._seen_marks(), self.values(), []
        for name, saved in self.saved.items():
            if typed[name] == saved or seen.get(name) == mark(saved):
                continue
            if seen.get(name) == mark(typed[name]):
                collection_form.write(self.sent, name, self.saved)
            else:
                found.append(Difference(str(LABELS[name]), self._in_words(name, saved)))
        self.sent["version"] = str(self.collection.version)
        self.sent["base"] = self.base
        self.__post_init__()
        self.differences = found

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def base(self) -> str:
        """The fingerprints of what is saved."""
        return json.dumps(collection_form.marks(self.saved))

    @property
    def shown_base(self) -> str:
        """The fingerprints of what this person saw when they opened the page."""
        return self.base if self.data is None else self.data.get("base", "")

    @property
    def shown_version(self) -> int:
        """The version that this person saw."""
        return self.collection.version if self.data is None else self.seen_version()

    def rows(self) -> list[ItemRow]:
        """The products in the order of the page."""
        public = set(products_to_collect(self.market()).filter(pk__in=self.order).values_list("pk", flat=True))
        found = {product.pk: product for product in _for_rows(Product.objects.filter(pk__in=self.order))}
        cover = self.form["cover"].value() or ""
        return [_row(found[pk], self.notes[pk], str(cover), is_hidden=pk not in public) for pk in self.order]

    def found(self) -> list[ItemRow]:
        """Products to add: offered in the market that is chosen in the page, not in the collection yet."""
        products = products_to_collect(self.market()).exclude(pk__in=self.order)
        if self.query:
            matches = Q(producer__trade_name__icontains=self.query)
            for language in CONTENT_LANGUAGES:
                matches |= Q(**{f"title__{language}__icontains": self.query})
            products = products.filter(matches)
        return [_row(one, None, "") for one in _for_rows(products.order_by("-pk"))[:MOST_FOUND]]

    def market(self) -> Market | None:
        """The market that is chosen in the page, if the person may choose it; else the saved one."""
        code = self.form["market"].value() or ""
        if code in dict(self.form.choices.markets):
            return Market.objects.filter(pk=code).first()
        return self.collection.market

    def _order(self) -> list[int]:
        """The products that were sent, without those that are neither in the collection nor to be had."""
        saved = [pk for pk, _note in self.saved["items"]]
        if self.data is None:
            return saved
        sent = [
            int(text) for text in self.data.getlist("order") if text.isascii() and text.isdigit() and len(text) < 18
        ]
        wanted = list(dict.fromkeys(sent))[: MOST_ITEMS + 1]
        known = set(products_to_collect(self.market()).filter(pk__in=wanted).values_list("pk", flat=True))
        return [pk for pk in wanted if pk in known or pk in saved]

    def _seen_marks(self) -> dict[str, str]:
        try:
            seen = json.loads(self.sent.get("base", "")[:LONGEST_BASE])
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}

    def _in_words(self, name: str, saved: Any) -> str:
        if name in TEXTS:
            return "\n".join(f"{CONTENT_LANGUAGE_NAMES[key]}: {text}" for key, text in saved.items()) or "–"
        if name == "items":
            titles = {one.pk: str(one) for one in Product.objects.filter(pk__in=[pk for pk, _note in saved])}
            return "\n".join(f"{number}. {titles[pk]}" for number, (pk, _note) in enumerate(saved, 1)) or "–"
        if name == "cover":
            return _("another photo") if saved else _("none chosen")
        choices = dict(getattr(self.form.choices, f"{name}s", ()))
        return str(choices.get(saved, saved)) or "–"


def _for_rows(products: Any) -> Any:
    photos = PhotoPlacement.objects.order_by("position", "pk").select_related("photo")
    return products.select_related("producer__regency").prefetch_related(Prefetch("placements", photos))


def _row(product: Product, form: NoteForm | None, cover: str, *, is_hidden: bool = False) -> ItemRow:
    photos = [placed.photo for placed in product.placements.all()]
    photo = next((one for one in photos if str(one.pk) == cover), next(iter(photos), None))
    may_cover = photo is not None and vocabulary().may_be_promoted(product.category_id)
    return ItemRow(
        product,
        form,
        thumb=photo_url(photo.key, 320) if photo else "",
        photo=photo.pk if photo and may_cover else None,
        is_cover=photo is not None and str(photo.pk) == cover,
        is_hidden=is_hidden,
    )
