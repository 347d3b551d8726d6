"""Addresses of the page in hand: the same page in the other languages, and its canonical one."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language

NAMES = {"id": "Bahasa Indonesia", "en": "English", "es": "Español", "pt-br": "Português"}


class LanguageLink(NamedTuple):
    """`tag` is the language as HTML writes it (pt-BR), `short` what stands on the link (PT)."""

    code: str
    tag: str
    short: str
    name: str
    url: str
    is_current: bool


def language_links(request: HttpRequest | None) -> list[LanguageLink]:
    """A link per language, the query kept."""
    query = request.META.get("QUERY_STRING", "") if request else ""
    current = get_language() or settings.LANGUAGE_CODE
    links = []
    for code, _name in settings.LANGUAGES:
        url = in_language(request, code) + (f"?{query}" if query else "")
        links.append(LanguageLink(code, _tag(code), code[:2].upper(), NAMES[code], url, code == current))
    return links


def in_language(request: HttpRequest | None, code: str) -> str:
    """The path of this page in another language; that language's home where the path names none.

    Every translated address is the same but for its first part, so that no address has to be resolved and built
    again for each page shown (also true of addresses that lead nowhere: the 404 page keeps them).
    """
    root = get_script_prefix()
    parts = (request.path[len(root) :] if request else "").split("/", 1)
    rest = parts[1] if len(parts) == 2 and parts[0] in NAMES else ""
    return f"{root}{code}/{rest}"


def canonical_url(request: HttpRequest | None) -> str:
    """The one address of this page in its language, without a query."""
    return _absolute(request.path) if request else ""


def alternate_urls(request: HttpRequest | None) -> list[tuple[str, str]]:
    """(hreflang, absolute address) per language, and English for everybody else."""
    if request is None:
        return []
    found = [(_tag(code), _absolute(in_language(request, code))) for code, _name in settings.LANGUAGES]
    return [*found, ("x-default", _absolute(in_language(request, "en")))]


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _tag(code: str) -> str:
    return code[:2] if len(code) == 2 else f"{code[:2]}-{code[3:].upper()}"
