"""SQL of how texts become lexemes: each language by its configuration, in documents and queries alike.

Spanish is indexed with and without accents, where it has any: its stemmer needs both.
"""

from __future__ import annotations

from typing import Final

from catalog.stems import kept_whole
from kit.languages import CONTENT_LANGUAGES

CONFIGURATIONS: Final = (*((f"cat_{key}", key) for key in CONTENT_LANGUAGES), ("spanish", "es"))


def readable(configuration: str, text: str) -> str:
    """SQL: a text as its configuration should read it. Portuguese plurals become singulars: limões, limão."""
    if configuration == "cat_pt":
        text = f"regexp_replace({text}, '(?<=\\w)(ões|oes|ães|aes|ãos|aos)\\M', 'ão', 'gi')"
    return kept_whole(configuration, text)


def whole_title(text: str) -> str:
    """SQL: the token of a title as a whole, case and accents aside; who types just that finds it first."""
    return f"'t' || left(md5(lower(unaccent({text}))), 12)"


def document(configuration: str, text: str, weight: str) -> str:
    """SQL: a text as lexemes. Without a letter beyond ASCII, Spanish with accents is Spanish without them."""
    lexemes = f"setweight(to_tsvector('{configuration}', {readable(configuration, text)}), '{weight}')"
    return f"CASE WHEN {text} ~ '[^\\x01-\\x7f]' THEN {lexemes} ELSE '' END" if configuration == "spanish" else lexemes


def texts(weight: str, *columns: str) -> str:
    """TranslatedFields as one document, each language by its configuration."""
    documents = []
    for name, key in CONFIGURATIONS:
        parts = ", ".join(f"{column}->>'{key}'" for column in columns)
        documents.append(document(name, f"concat_ws(' ', {parts})", weight))
    return " || ".join(documents)
