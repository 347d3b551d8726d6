"""S9: long, not common, not of this site's words; no rules about signs, pasting allowed, argon2id."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User


@pytest.mark.parametrize(
    "password",
    ["short", "elevenchars", "123456789012", "qwertyuiop123", "Indonesia2026!", "inaaccess-2026", "Mojokerto12345",
     "KBRI-Santiago"[:4] + "-2026-2026", "siti.rahayu@example.test", "aaaaaaaaaaa"],
)  # fmt: skip
def test_S9_a_password_that_is_guessed_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(email="siti.rahayu@example.test", name="Siti Rahayu"))


@pytest.mark.parametrize(
    "password", ["rotan dan kayu jati", "x" * 12 + "yz" * 58, "saya suka batik parang", "ขิงข่าตะไคร้ใบมะกรูด"]
)
def test_S9_long_ones_of_ones_own_are_taken_whatever_their_signs(password):
    validate_password(password, User(email="siti@example.test", name="Siti"))


def test_S9_they_are_kept_by_argon2id():
    assert make_password("rotan dan kayu jati").startswith("argon2$argon2id$")


def test_S9_no_page_forbids_pasting():
    sources = [
        *Path(settings.BASE_DIR, "static", "js").glob("*.js"),
        *Path(settings.BASE_DIR, "templates").rglob("*.html"),
    ]
    assert not [source for source in sources if re.search(r"onpaste|[\"']paste[\"']", source.read_text())]
