"""The first text of a pitch: from the product's own words, in the market's languages, for a person to edit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from catalog.models import Product
from kit.languages import CONTENT_LANGUAGES, content_key
from markets.models import Market

LONGEST_PITCH: Final = 400  # characters a language


def pitch_languages(market: Market) -> list[str]:
    """The content languages that buyers of a market read; English where they read none of ours."""
    spoken = {content_key(language) for language in market.languages if language in {"en", "es", "id", "pt"}}
    return [key for key in CONTENT_LANGUAGES if key in spoken] or ["en"]


def draft_pitch(product: Product, languages: Iterable[str]) -> dict[str, str]:
    """The summary, or the start of the description, in each of `languages` in which the product has it.

    Nothing is translated: a language without a text of the producer's stays out.
    """
    drafts = {key: product.summary.get(key) or _start(product.description.get(key, "")) for key in languages}
    return {key: text[:LONGEST_PITCH] for key, text in drafts.items() if text}


def _start(text: str) -> str:
    """As many whole words as a pitch holds."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_PITCH:
        return text
    return text[: LONGEST_PITCH - 1].rpartition(" ")[0] + "…"
