"""Components about buying requests."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from inquiries import request_facts
from inquiries.models import BuyingRequest, Match
from kit.countries import country_name
from kit.templatetags.kit_parts import badge

register = template.Library()

BADGES = {
    "submitted": "info", "open": "ok", "rejected": "bad", "expired": "warn",
    "invited": "warn", "offered": "ok",
}  # fmt: skip


@register.simple_tag
def request_title(request: BuyingRequest) -> SafeString:
    """What is wanted, in the importer's words, marked with their language."""
    return request_facts.title_of(request)


@register.simple_tag
def request_kind(request: BuyingRequest) -> str:
    """The commodity in the reader's language; "" without one."""
    return request_facts.kind_of(request)


@register.simple_tag
def request_amount(request: BuyingRequest) -> str:
    """How much, and how often."""
    return request_facts.amount_of(request)


@register.simple_tag
def request_badge(request: BuyingRequest) -> SafeString:
    """How a buying request stands."""
    return badge(request.get_state_display(), BADGES.get(request.state, ""))


@register.simple_tag
def match_badge(match: Match) -> SafeString:
    """How a match stands."""
    return badge(match.get_state_display(), BADGES.get(match.state, ""))


@register.simple_tag
def country(code: str) -> str:
    """The country's name for the reader."""
    return country_name(code)


@register.inclusion_tag("components/match_findings.html")
def match_findings(reasons: Sequence[str], lacking: Sequence[str] = ()) -> dict[str, object]:
    """What speaks for a product, then what is missing; sentences in the reader's language."""
    return {"reasons": reasons, "lacking": lacking}
