"""The form field of a text in four languages."""

from __future__ import annotations

import pytest
from django import forms
from django.utils.translation import override

from kit.fields import TranslatedField
from kit.translated_forms import TranslatedFormField


class StoryForm(forms.Form):
    story = TranslatedFormField(max_length=20, label="Story", required=False)


@pytest.mark.parametrize(("language", "first"), [("id", "story_id"), ("en", "story_en"), ("pt-br", "story_pt")])
def test_the_readers_language_comes_first(language, first):
    with override(language):
        drawn = StoryForm()["story"].as_widget()
    assert (
        min(("story_id", "story_en", "story_es", "story_pt"), key=lambda name: drawn.index(f'name="{name}"')) == first
    )


def test_texts_are_cleaned_and_empty_ones_dropped():
    form = StoryForm({"story_id": " Sandal\u202e  kulit ", "story_en": "   ", "story_xx": "no"})
    assert form.is_valid() and form.cleaned_data["story"] == {"id": "Sandal kulit"}


def test_each_language_has_its_own_limit_and_sentence():
    form = StoryForm({"story_es": "x" * 21, "story_pt": "y" * 30, "story_en": "short"})
    assert not form.is_valid() and len(form.errors["story"]) == 2
    assert "Spanish: at most 20 characters; now there are 21." in form.errors["story"]


def test_what_was_typed_is_shown_again_and_the_others_are_opened():
    drawn = StoryForm({"story_es": "x" * 21})["story"].as_widget()
    assert "x" * 21 in drawn and "<details open" in drawn


def test_a_required_text_needs_one_language():
    class Needed(forms.Form):
        story = TranslatedFormField()

    assert not Needed({"story_id": ""}).is_valid() and Needed({"story_id": "Ada"}).is_valid()


def test_markup_in_a_text_is_only_text():
    assert "<script>" not in StoryForm({"story_en": "<script>"})["story"].as_widget()


def test_a_model_field_brings_the_form_field_with_its_limit():
    field = TranslatedField("story", max_length=300).formfield()
    assert isinstance(field, TranslatedFormField) and field.max_length == 300 and not field.required
