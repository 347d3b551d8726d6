"""What a curator may say about a collection, and what of it is in its tables: the same values in one shape."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.submissions import KeyedForm
from catalog.models import Photo
from kit.languages import CONTENT_LANGUAGES
from kit.translated_forms import TranslatedFormField
from markets.curating import choices_of
from markets.models import Chosen, Collection, CollectionState, Market, Mission
from markets.models.collection import LONGEST_INTRODUCTION, TEXTS
from markets.models.collection_item import LONGEST_ITEM_NOTE

Values = dict[str, Any]  # by name, as JSON has it: texts by language, codes, days as 2026-12-01, items [[pk, note], …]
LABELS: Final = {
    "title": gettext_lazy("Title"),
    "introduction": gettext_lazy("Introduction"),
    "market": gettext_lazy("Market"),
    "mission": gettext_lazy("Curated by"),
    "starts_on": gettext_lazy("Shown from"),
    "ends_on": gettext_lazy("Shown until"),
    "cover": gettext_lazy("Cover photo"),
    "items": gettext_lazy("Products"),
}
ENGLISH_MISSING: Final = gettext_lazy("Write it in English too: a public collection needs it.")


class PlaceForm(forms.Form):
    """For whom, and by whom."""

    title = TranslatedFormField(label=LABELS["title"], max_length=120)
    market = forms.ChoiceField(label=LABELS["market"], required=False)
    mission = forms.ChoiceField(label=LABELS["mission"], required=False)

    def __init__(self, *args: Any, user: User, collection: Collection | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices_of(user, collection)
        for name, choices in (("market", self.choices.markets), ("mission", self.choices.missions)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].required = all(value for value, _label in choices)

    def places(self) -> dict[str, Any]:
        """The market and the mission as the verbs take them."""
        said = self.cleaned_data
        return {
            "market": Market.objects.get(pk=said["market"]) if said["market"] else None,
            "mission": Mission.objects.get(pk=said["mission"]) if said["mission"] else None,
        }


class StartForm(PlaceForm, KeyedForm):
    """A new collection."""


class CollectionForm(PlaceForm):
    """All that a collection says but its products."""

    introduction = TranslatedFormField(
        label=LABELS["introduction"],
        help_text=gettext_lazy("At most 600 characters. State facts, no superlatives."),
        max_length=LONGEST_INTRODUCTION,
        rows=4,
        required=False,
    )
    starts_on = forms.DateField(
        label=LABELS["starts_on"],
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=LABELS["ends_on"],
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    cover = forms.CharField(required=False, max_length=18)
    field_order = ("title", "introduction", "market", "mission", "starts_on", "ends_on")

    def __init__(self, *args: Any, collection: Collection, becomes_public: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, collection=collection, **kwargs)
        self.needs_english = becomes_public or collection.state == CollectionState.PUBLISHED

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in TEXTS:
            if self.needs_english and name in cleaned and not cleaned[name].get("en"):
                self.add_error(name, ENGLISH_MISSING)
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        return cleaned

    def content(self) -> dict[str, Any]:
        """What `Collection.rewrite` takes."""
        said = self.cleaned_data
        texts = {name: said[name] for name in (*TEXTS, "starts_on", "ends_on")}
        cover = Photo.objects.filter(pk=said["cover"]).first() if said["cover"].isdecimal() else None
        return {**texts, **self.places(), "cover": cover}

    def values(self) -> Values:
        """What was typed, in the shape of `stored`."""
        said = self.cleaned_data
        days = {name: _day(said[name]) for name in ("starts_on", "ends_on")}
        return {**{name: said[name] for name in (*TEXTS, "market", "mission", "cover")}, **days}


class NoteForm(forms.Form):
    """Why a product is in the collection."""

    note = TranslatedFormField(
        label=gettext_lazy("Note: why it is here"), max_length=LONGEST_ITEM_NOTE, rows=2, required=False
    )


class CoverForm(forms.Form):
    """A picture of the curator's own."""

    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("JPEG, PNG or WebP, 15 MB at most; best a wide one, without text on it."),
        error_messages={"required": gettext_lazy("Choose a picture first.")},
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


def note_prefix(product_id: int) -> str:
    """The prefix of the fields about a product."""
    return f"item-{product_id}"


def stored(collection: Collection) -> Values:
    """What is saved. One query."""
    items = collection.items.order_by("position").values_list("product", "note")
    return {
        **{name: getattr(collection, name) for name in TEXTS},
        "market": collection.market_id or "",
        "mission": str(collection.mission_id or ""),
        "starts_on": _day(collection.starts_on),
        "ends_on": _day(collection.ends_on),
        "cover": str(collection.cover_id or ""),
        "items": [[pk, note] for pk, note in items],
    }


def chosen(values: Values) -> list[Chosen]:
    """The products of `values` as `Collection.rewrite` takes them."""
    return [Chosen(pk, note) for pk, note in values["items"]]


def write(data: QueryDict, name: str, values: Values) -> None:
    """Put one value into what a form sent, as if it had been typed."""
    value = values[name]
    if name in TEXTS:
        _write_texts(data, name, value)
    elif name == "items":
        data.setlist("order", [str(pk) for pk, _note in value])
        for pk, note in value:
            _write_texts(data, f"{note_prefix(pk)}-note", note)
    else:
        data[name] = value


def marks(values: Values) -> dict[str, str]:
    """A short fingerprint of every value."""
    return {name: mark(value) for name, value in values.items()}


def mark(value: Any) -> str:
    """A short fingerprint of one value."""
    plain = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2s(plain.encode(), digest_size=5).hexdigest()


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _write_texts(data: QueryDict, name: str, texts: dict[str, str]) -> None:
    for language in CONTENT_LANGUAGES:
        data[f"{name}_{language}"] = texts.get(language, "")
