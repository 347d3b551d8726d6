from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import translation

from kit.templatetags.kit_parts import Step, Todo

PAGES = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
TEMPLATES = sorted(path for path in PAGES if path.parent.name != "mails")  # mail programs read no file of styles
SPRITE = (Path(settings.BASE_DIR) / "static" / "img" / "icons.svg").read_text(encoding="utf-8")
HOSTILE = '"><script>alert(1)</script>'


def draw(source: str, **given: object) -> str:
    return Template("{% load kit_parts %}" + source).render(Context(given))


class OfferForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As registered")
    moq = forms.IntegerField(label="MOQ", widget=forms.TextInput(attrs={"data-suffix": "pairs", "class": "num"}))
    price = forms.DecimalField(
        required=False, widget=forms.TextInput(attrs={"data-prefix": "USD", "data-needed": "1"}), label="Price"
    )
    note = forms.CharField(required=False, max_length=500, widget=forms.Textarea, label="Note")
    kind = forms.ChoiceField(choices=[("a", "Importer"), ("b", "Producer")], widget=forms.RadioSelect, label="You are")
    agreed = forms.BooleanField(label="I agree")


def order_of(html: str, *parts: str) -> bool:
    places = [html.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def test_a_field_shows_label_hint_control_and_error_in_this_order():
    html = OfferForm({"name": ""})["name"].as_field_group()
    assert order_of(html, "<label", "id_name_helptext", "<input", "id_name_error")


def test_a_wrong_field_says_so_and_names_hint_then_error():
    html = OfferForm({"name": ""})["name"].as_field_group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html and "#circle-alert" in html


def test_a_right_field_has_no_error_and_is_not_invalid():
    html = OfferForm({"name": "Andes"})["name"].as_field_group()
    assert "aria-invalid" not in html and "id_name_error" not in html


def test_a_control_keeps_the_classes_of_its_widget():
    assert 'class="input num"' in OfferForm()["moq"].as_field_group()


def test_units_and_currencies_stand_beside_the_control():
    html = OfferForm()["moq"].as_field_group()
    assert order_of(html, 'class="affix"', "<input", "<span>pairs</span>")
    assert order_of(OfferForm()["price"].as_field_group(), "<span>USD</span>", "<input")


def test_what_a_submission_needs_is_marked_although_a_draft_may_lack_it():
    html = OfferForm()["price"].as_field_group()
    assert 'class="req"' in html and " required " not in html


def test_optional_fields_are_marked_where_the_form_says_so():
    form = OfferForm()
    assert "(optional)" not in form["note"].as_field_group()
    form.mark_optional = True  # type: ignore[attr-defined]
    assert "(optional)" in form["note"].as_field_group()


def test_a_long_text_has_a_counter():
    assert 'data-counter="id_note"' in OfferForm()["note"].as_field_group()


def test_a_browser_does_not_cut_a_long_text_without_a_word():
    drawn = OfferForm()["note"].as_field_group()
    assert "data-longest=" in drawn and "maxlength" not in drawn


def test_choices_are_a_fieldset_with_a_label_for_each():
    html = OfferForm({})["kind"].as_field_group()
    assert "<fieldset" in html and "<legend>You are" in html and 'aria-describedby="id_kind_error"' in html
    assert html.count('class="choice"') == 2 and 'for="id_kind_1"' in html


def test_a_tick_has_its_label_around_it():
    html = OfferForm()["agreed"].as_field_group()
    assert 'type="checkbox"' in html and "choice--bare" in html


def test_the_error_summary_links_to_each_field_and_counts():
    html = draw("{% error_summary form %}", form=OfferForm({"name": "x", "moq": "three"}))
    assert "3 things need your attention" in html
    assert 'href="#id_moq"' in html and 'href="#id_kind_0"' in html and 'href="#id_name"' not in html


def test_the_error_summary_names_the_row_of_a_formset():
    rows = forms.formset_factory(OfferForm, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-moq": "1", "form-1-moq": "x"}, initial=[{}, {}]
    )
    assert re.search(r'href="#id_form-1-moq">Row 2: MOQ', draw("{% error_summary rows %}", rows=rows))


def test_no_error_no_summary():
    assert draw("{% error_summary form %}", form=OfferForm()).strip() == ""


@pytest.mark.parametrize(
    "source",
    [
        "{% badge text 'ok' %}",
        "{% button text 'primary' about=text name='x' value=text %}",
        "{% button_link text text %}",
        "{% alert 'warn' title=text %}{{ text }}{% endalert %}",
        "{% dialog 'd' text %}{{ text }}{% enddialog %}",
        "{% crumbs text text text %}",
        "{% empty_state text text url=text action=text %}",
        "{% facts pairs %}{% terms pairs %}{% stats pairs counted_on=text %}{% trail pairs %}",
        "{% filter_chips pairs text %}",
        "{% progress 5 text %}",
        "{% pager 1 2 next_url=text first_url=text %}",
        "{% steps steps %}{% todo_list todos %}",
        "{% thumb text %}",
    ],
)
def test_a_component_writes_what_people_typed_as_text(source: str):
    html = draw(
        source,
        text=HOSTILE,
        pairs=[(HOSTILE, HOSTILE)],
        steps=[Step(HOSTILE, HOSTILE)],
        todos=[Todo("pencil", HOSTILE, HOSTILE, HOSTILE, HOSTILE)],
    )
    assert "<script" not in html and "&lt;script&gt;" in html


def test_facts_leave_out_what_is_not_known():
    html = draw("{% facts items %}", items=[("HS", "6403.59"), ("Shelf life", ""), ("Lead time", None), ("Stock", 0)])
    assert "HS" in html and "Stock" in html and "Shelf life" not in html and "Lead time" not in html


def test_the_current_step_and_the_done_ones_are_told():
    html = draw(
        "{% steps steps %}", steps=[Step("What", "#a", "done"), Step("Terms", "#b", "current"), Step("Photos", "#c")]
    )
    assert html.count('aria-current="step"') == 1 and html.count("(complete)") == 1


def test_a_component_without_its_input_is_refused_when_the_page_is_compiled():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load kit_parts %}{% progress %}")


def test_every_language_draws_the_marks():
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            assert draw("{% pager 1 2 next_url='/x' %}").count("<a ") == 1


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_templates_use_known_icons_and_nothing_inline(template: Path):
    source = template.read_text(encoding="utf-8")
    for name in re.findall(r'{% icon "([^"]+)"|icon_name="([^"]+)"', source):
        assert f'id="{name[0] or name[1]}"' in SPRITE, f"no icon {name}"
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|\|safe\b|autoescape off", source)
    for tag in re.findall(r"<script[^>]*>", source):
        assert "src=" in tag or "application/ld+json" in tag


@pytest.mark.parametrize("language", ["en", "id"])
def test_numbers_that_a_browser_reads_are_not_written_for_people(language: str):
    photo = {"id": 12345, "number": 1, "src": "/p", "alt": "Sole", "width": 1280, "height": 1024}
    with translation.override(language):
        item = render_to_string("components/photo_item.html", {"photo": photo})
        gallery = render_to_string("components/gallery.html", {"photos": [photo]})
    assert 'value="12345"' in item and 'width="1280"' in gallery and 'height="1024"' in gallery
