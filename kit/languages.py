"""The four languages: interface codes (id, en, es, pt-br) and content keys (id, en, es, pt)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CONTENT_LANGUAGES = ("id", "en", "es", "pt")
CONTENT_LANGUAGE_NAMES = {"id": _("Indonesian"), "en": _("English"), "es": _("Spanish"), "pt": _("Portuguese")}
INTERFACE_LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


class Picked(NamedTuple):
    """A text and the content key of the language that it is in ("" when there is no text)."""

    text: str
    language: str


def content_key(language: str | None = None) -> str:
    """The content key of an interface language, by default the reader's: "pt-br" → "pt"."""
    key = (language or get_language() or "en").split("-")[0]
    return key if key in CONTENT_LANGUAGES else "en"


def interface_language(key: str) -> str:
    """The interface language of a content key: "pt" → "pt-br"."""
    return "pt-br" if key == "pt" else key


def pick(texts: Mapping[str, str] | None, language: str | None = None) -> Picked:
    """The text for a reader: theirs, else English, else Indonesian, else any."""
    texts = texts or {}
    for key in (content_key(language), "en", "id", *CONTENT_LANGUAGES):
        if text := texts.get(key, ""):
            return Picked(text, key)
    return Picked("", "")
