"""Components of the catalogue; those that a page has many of are written without a template."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog import photo_address, structured_data
from catalog.list_facets import Facet, Option
from catalog.showing import ProductPage
from catalog.showing_facts import hs_named
from kit.templatetags.kit_parts import badge

register = template.Library()
CHOICE: Final = '<li><label class="check"><input type="{}" name="{}" value="{}">{}{}</label></li>'
CHOSEN: Final = '<li><label class="check"><input type="{}" name="{}" value="{}" checked>{}{}</label></li>'


register.simple_tag(hs_named)


@register.simple_tag
def photo_url(key: uuid.UUID | str | None, size: str | int = 640) -> str:
    """The address of a photo's size: 320, 640, 1280 or "preview"; "" without a photo."""
    return photo_address.photo_url(key, size)


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Structured data for search engines."""
    return structured_data.json_ld(data)


@register.inclusion_tag("components/crumbs.html")
def product_crumbs(home_label: object, home_url: str, page: ProductPage) -> dict[str, object]:
    """The shelf of a product: home, category, its child, the product."""
    return {"links": [(home_label, home_url), *page.crumbs], "here": page.commodity or page.title.text}


@register.simple_tag
@lru_cache(maxsize=256)
def facet_choices(facet: Facet) -> SafeString:
    """The values of a facet as boxes to tick; most readers see the same."""
    boxes = ((_box(facet, option),) for option in facet.options)
    return format_html_join("", "{}", boxes)


def _box(facet: Facet, option: Option) -> SafeString:
    label = format_html('<span lang="{}">{}</span>', option.lang, option.label) if option.lang else option.label
    amount = format_html(" <small>{}</small>", option.amount) if option.amount else ""
    box = CHOSEN if option.checked else CHOICE
    return format_html(box, facet.kind, facet.name, option.value, label, amount)


@register.simple_tag
def badges(names: Iterable[object]) -> SafeString:
    """Certificates that hold, as badges."""
    return format_html_join(" ", "{}", ((badge(name, "ok", icon_name="shield-check"),) for name in names))
