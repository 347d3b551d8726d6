from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from kit.text import clean_name, clean_text, validate_name, validate_text

HIDDEN = [
    "\x00",
    "\x1b",
    "\x7f",
    "\x85",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u061c",
    "\u200b",
    "\u2060",
    "\ufeff",
    "\U000e0041",
]


@pytest.mark.parametrize("char", HIDDEN)
def test_S20_hidden_characters_are_refused_and_cleaning_removes_them(char) -> None:
    for validate, clean in ((validate_name, clean_name), (validate_text, clean_text)):
        with pytest.raises(ValidationError):
            validate(f"Batik{char}Tulis")
        validate(clean(f"Batik{char}Tulis"))


@pytest.mark.parametrize("name", ["", "123", "—", "🩴", "5 %"])
def test_S20_a_name_needs_a_letter(name) -> None:
    with pytest.raises(ValidationError, match="letter"):
        validate_name(name)


@pytest.mark.parametrize("name", ["Açaí & Co.", "Ñandú", "UD. Sandal Mojo 2", "染物", "O'Higgins"])
def test_S20_honest_names_are_kept_as_they_are(name) -> None:
    validate_name(name)
    assert clean_name(name) == name


def test_S20_names_are_composed_and_on_one_line() -> None:
    assert clean_name("  Cafe\u0301\n  de\tJava\u3000 ") == "Café de Java"


def test_text_keeps_its_lines_and_emoji() -> None:
    assert clean_text(" one\r\ntwo\rthree\u2028four\t👩\u200d🏭 ") == "one\ntwo\nthree\nfour\t👩\u200d🏭"


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_S21_whatever_is_sent_is_valid_once_cleaned(value: str) -> None:
    text = clean_text(value)
    validate_text(text)
    assert clean_text(text) == text == unicodedata.normalize("NFC", text)
    text.encode()
    name = clean_name(value)
    assert clean_name(name) == name
    if any(char.isalpha() for char in name):
        validate_name(name)
