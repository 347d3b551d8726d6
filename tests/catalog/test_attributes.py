"""The facts of a template: one function cleans them for form, API and submit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from catalog import attributes
from catalog.models import AttributeField, AttributeKind, AttributeTemplate
from kit.languages import CONTENT_LANGUAGES

pytestmark = pytest.mark.django_db
TEMPLATES = json.loads((Path(attributes.__file__).parent / "reference" / "attribute_templates.json").read_text())
CHOICES = [{"value": "eva", "label": {"en": "EVA"}}, {"value": "pu", "label": {"en": "PU foam"}}]


@pytest.fixture
def template():
    template = AttributeTemplate.objects.create(slug="footwear", name={"en": "Footwear"})
    for kind in AttributeKind.values:
        choices = CHOICES if kind.startswith("choice") else []
        AttributeField.objects.create(
            template=template, key=f"a_{kind}", label={"en": kind}, kind=kind, choices=choices, unit="cm"
        )
    return template


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", " Cow\u200b leather ", "Cow leather"),
        ("number", "2.5", 2.5),
        ("number", 3, 3),
        ("number", "1,250", 1250),
        ("integer", "12", 12),
        ("choice", "eva", "eva"),
        ("choices", ["pu", "eva", "pu"], ["pu", "eva"]),
        ("yes_no", "no", False),
        ("yes_no", True, True),
    ],
)
def test_each_kind_has_one_stored_form(template, kind, given, kept):
    assert attributes.clean(template, {f"a_{kind}": given}) == {f"a_{kind}": kept}


@pytest.mark.parametrize(
    ("kind", "given"),
    [("text", "x" * 301), ("text", 5), ("text", {"a": 1}), ("number", "high"), ("number", -1), ("number", 10**9),
     ("number", "NaN"), ("number", True), ("integer", "2.5"), ("choice", "wool"), ("choice", {"a": 1}),
     ("choices", "eva"), ("choices", ["eva", "wool"]), ("yes_no", "perhaps"), ("yes_no", 7)],
)  # fmt: skip
def test_what_does_not_fit_its_kind_is_refused_by_name(template, kind, given):
    with pytest.raises(ValidationError) as refused:
        attributes.clean(template, {f"a_{kind}": given, "a_text" if kind != "text" else "a_number": "1"})
    assert list(refused.value.error_dict) == [f"a_{kind}"]


def test_what_the_template_does_not_know_or_is_empty_is_left_out(template):
    assert attributes.clean(template, {"unknown": "x", "a_text": "", "a_choices": [], "a_number": None}) == {}
    assert attributes.clean(None, {"a_text": "x"}) == {}


def test_missing_facts_are_the_required_ones_without_an_answer(template):
    template.fields.filter(key__in=["a_yes_no", "a_text"]).update(required=True)
    assert [field.key for field in attributes.missing(template, {"a_yes_no": False})] == ["a_text"]


def test_facts_are_shown_in_words_with_their_unit(template):
    values = {"a_choices": ["pu", "eva"], "a_number": 1250.5, "a_yes_no": False}
    shown = {fact.label: fact.text.replace("\xa0", " ") for fact in attributes.shown(template, values)}
    assert shown == {"number": "1,250.5 cm", "choices": "PU foam, EVA", "yes_no": "no"}


def test_the_templates_we_ship_are_whole_in_four_languages():
    slugs = {one["slug"] for one in TEMPLATES["templates"]}
    assert slugs >= {"footwear", "textiles", "furniture", "food", "coffee_spices", "handicraft", "cosmetics",
                     "tobacco", "minerals", "other"}  # fmt: skip
    for template in TEMPLATES["templates"]:
        keys = [field["key"] for field in template["fields"]]
        assert len(keys) == len(set(keys)), template["slug"]
        for field in template["fields"]:
            texts = [
                template["name"],
                field["label"],
                field.get("hint"),
                *(c["label"] for c in field.get("choices", [])),
            ]
            assert all(set(text) == set(CONTENT_LANGUAGES) and all(text.values()) for text in texts if text), field
            row = AttributeField(template=AttributeTemplate(slug=template["slug"], name=template["name"]), **field)
            row.clean_fields(exclude={"template"})
            assert bool(field.get("choices")) == field["kind"].startswith("choice"), field
