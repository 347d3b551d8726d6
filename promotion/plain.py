"""Words for paper: cleaned of what steers or hides text, and without the markup that pages carry."""

from __future__ import annotations

import html

from django.utils.html import strip_tags

from kit.text import clean_name, clean_text


def line(value: object) -> str:
    """A text on one line, a number beside its unit. What a page marks up keeps only its words."""
    return "\u00a0".join(clean_name(part) for part in _without_markup(value).split("\u00a0"))


def paragraphs(value: object) -> str:
    """A text of several lines."""
    return clean_text(_without_markup(value))


def _without_markup(value: object) -> str:
    text = str(value or "")
    return html.unescape(strip_tags(text)) if hasattr(value, "__html__") else text
