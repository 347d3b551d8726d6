"""What the product is: words, commodity, HS code, category and the facts that the category asks for."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog import attributes
from catalog.forms.step import StepForm
from catalog.models import AttributeField, AttributeKind, BusinessModel, Category, Commodity, HSCode, ProductRevision
from kit.languages import pick
from kit.numbers import NumberField
from kit.translated_forms import TranslatedFormField

PREFIX = "attr_"


class HSCodeField(forms.ModelChoiceField[HSCode]):
    """A subheading of HS 2022 typed as 640399 or 6403.99."""

    def to_python(self, value: Any) -> HSCode | None:
        if isinstance(value, str):
            value = "".join(char for char in value if char not in ". \u00a0")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, HSCode):
            return value.dotted
        text = str(value or "")
        return f"{text[:4]}.{text[4:]}" if len(text) == 6 and text.isdigit() else value


class WhatForm(StepForm):
    """The first step. Picking another commodity fills the HS code and the category, unless they were changed too."""

    name: ClassVar[str] = "what"

    commodity = forms.ModelChoiceField(
        Commodity.objects.select_related("hs6", "category"),
        required=False,
        widget=forms.HiddenInput,
        label=_("Commodity"),
    )
    hs6 = HSCodeField(
        HSCode.objects.filter(level=6),
        required=False,
        label=_("HS code (6 digits)"),
        help_text=_("Type the digits, or a word to look for."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "maxlength": 12, "autocomplete": "off", "data-needed": True}
        ),
        error_messages={"invalid_choice": _("This is no 6-digit code of HS 2022.")},
    )

    materials = TranslatedFormField(max_length=300, rows=0, required=False, label=_("Materials"))
    materials_origin = TranslatedFormField(
        max_length=200, rows=0, required=False, label=_("Origin of the materials"), help_text=_("Where they come from.")
    )
    storage = TranslatedFormField(max_length=200, rows=0, required=False, label=_("How to store it"))
    business_models = forms.MultipleChoiceField(
        choices=BusinessModel.choices, required=False, widget=forms.CheckboxSelectMultiple, label=_("You sell")
    )

    class Meta:
        model = ProductRevision
        fields = [
            "title", "commodity", "hs6", "category", "summary", "description",
            "materials", "materials_origin", "brand", "business_models", "shelf_life_days", "storage",
        ]  # fmt: skip
        labels = {
            "title": _("Name of the product"),
            "category": _("Category"),
            "summary": _("Summary"),
            "description": _("Description"),
            "brand": _("Brand"),
            "shelf_life_days": _("Shelf life"),
        }
        help_texts = {
            "title": _("The thing, its kind or material, its size. Without “best” or “cheapest”."),
            "summary": _("One or two sentences that a buyer reads first."),
            "description": _("What it is made of, how, and what it is for. Staff check the translations."),
            "brand": _("If it has one."),
        }

    def add_fields(self) -> None:
        self.fields["shelf_life_days"].widget.attrs["data-suffix"] = _("days")
        self.fields["category"].widget.attrs["data-needed"] = True
        self.fields["hs6"].widget.attrs["data-suggest"] = reverse("hs_suggest")
        category_field = cast("forms.ModelChoiceField[Category]", self.fields["category"])
        category_field.queryset = Category.objects.select_related("parent").order_by("parent__position", "position")
        category_field.widget.choices = category_choices()
        self.template = self._template()
        for asked in attributes.fields_of(self.template):
            self.fields[PREFIX + asked.key] = attribute_form_field(asked)
            self.initial[PREFIX + asked.key] = _initial(asked, self.revision.attributes.get(asked.key))

    def attribute_fields(self) -> list[forms.BoundField]:
        """The facts of the category, to be drawn."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def in_words(self, name: str, *, mine: bool) -> str:
        if name != "commodity":
            return super().in_words(name, mine=mine)
        chosen = self.typed(name) if mine else self.stored(name)
        return str(Commodity.objects.filter(pk=chosen).first() or "") if chosen.isascii() and chosen.isdigit() else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._follow_commodity(cleaned)
        self._clean_attributes(cleaned)
        return cleaned

    def apply_to(self, revision: ProductRevision) -> None:
        super().apply_to(revision)
        known = {asked.key for asked in attributes.fields_of(revision.template)}
        left = {name for name in self.fields if name in self.errors or not self.is_sent(name)}
        kept = {key: value for key, value in revision.attributes.items() if key in known and PREFIX + key in left}
        revision.attributes = {**kept, **self.cleaned_data.get("attributes", {})}

    def _template(self) -> Any:
        """The template of the category that was sent, else of the saved one."""
        pk = str(self.data.get("category", "")) if self.is_bound else ""
        if pk.isascii() and pk.isdigit() and len(pk) < 10:
            category = Category.objects.select_related("template", "parent__template").filter(pk=pk).first()
            return category and (category.template or (category.parent and category.parent.template))
        return self.revision.template

    def _follow_commodity(self, cleaned: dict[str, Any]) -> None:
        commodity = cleaned.get("commodity")
        if commodity is None or commodity.pk == self.initial.get("commodity"):
            return
        if "hs6" in self.errors or self._is_as_before(cleaned, "hs6"):
            self._fill(cleaned, "hs6", commodity.hs6)
        if "category" in self.errors or self._is_as_before(cleaned, "category"):
            self._fill(cleaned, "category", commodity.category)

    def _fill(self, cleaned: dict[str, Any], name: str, value: Any) -> None:
        self.errors.pop(name, None)
        cleaned[name] = value
        self.filled |= {name}

    def _is_as_before(self, cleaned: dict[str, Any], name: str) -> bool:
        value = cleaned.get(name)
        return value is None or value.pk == self.initial.get(name)

    def _clean_attributes(self, cleaned: dict[str, Any]) -> None:
        category = cleaned.get("category")
        template = category and (category.template or (category.parent and category.parent.template))
        sent = {name.removeprefix(PREFIX): value for name, value in cleaned.items() if name.startswith(PREFIX)}
        known = {asked.key: asked for asked in attributes.fields_of(template)}
        values: dict[str, Any] = {}
        for key, value in sent.items():
            if key not in known or value in attributes.EMPTY:
                continue
            try:
                values[key] = attributes.clean_value(known[key], value)
            except ValidationError as error:
                self.add_error(PREFIX + key, error)
        cleaned["attributes"] = values


def attribute_form_field(asked: AttributeField) -> forms.Field:
    """The control of one fact, with its unit beside it."""
    common: dict[str, Any] = {"label": str(asked), "help_text": pick(asked.hint).text, "required": False}
    attrs = {"data-suffix": asked.unit} if asked.unit else {}
    if asked.required:
        attrs["data-needed"] = "1"
    options = list(attributes.choices_of(asked).items())
    if asked.kind in (AttributeKind.NUMBER, AttributeKind.INTEGER):
        return NumberField(max_digits=18, widget=forms.TextInput(attrs=attrs), **common)
    if asked.kind == AttributeKind.CHOICE:
        return forms.ChoiceField(choices=[("", "—"), *options], widget=forms.Select(attrs=attrs), **common)
    if asked.kind == AttributeKind.CHOICES:
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple(attrs=attrs), **common)
    if asked.kind == AttributeKind.YES_NO:
        answers = [("", "—"), ("yes", _("yes")), ("no", _("no"))]
        return forms.ChoiceField(choices=answers, widget=forms.Select(attrs=attrs), **common)
    return forms.CharField(max_length=attributes.MAX_TEXT, widget=forms.TextInput(attrs=attrs), **common)


def category_choices() -> list[tuple[str, Any]]:
    """Categories in their two levels; the upper one can be chosen when no lower one fits."""
    tops: dict[int, tuple[str, list[tuple[int, str]]]] = {}
    rows = list(Category.objects.order_by("position", "slug"))
    for top in (row for row in rows if row.parent_id is None):
        tops[top.pk] = (str(top), [(top.pk, _("%(category)s (general)") % {"category": top})])
    for row in rows:
        if row.parent_id in tops:
            tops[row.parent_id][1].append((row.pk, str(row)))
    return [("", "—"), *((name, options) for name, options in tops.values())]


def _initial(asked: AttributeField, value: Any) -> Any:
    if asked.kind == AttributeKind.YES_NO:
        return {True: "yes", False: "no"}.get(value, "")
    return value
