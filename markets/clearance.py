"""The clearance card: what is known about bringing a product into the reader's market, and what nobody checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from catalog.models import Passport
from catalog.showing import Text, text_for_reader
from catalog.showing_facts import dotted
from kit.keeping import kept
from kit.languages import pick
from markets.models import KindAnswer, Market, MarketRule, RuleStanding

BADGES: Final = {
    RuleStanding.CHECKED: "ok",
    RuleStanding.OLD: "warn",
    RuleStanding.UNCONFIRMED: "warn",
    RuleStanding.ENDED: "bad",
}


class RuleFace(NamedTuple):
    """A rule for a reader: what it is about and says, how far it may be relied on, and where it is from."""

    topic: str
    about: str
    text: Text
    standing: str
    badge: str
    checked: str
    source_title: str
    source_url: str


class ClearanceRow(NamedTuple):
    """One topic of the card. `rule` None: not checked. `ended`: a sentence about a closer rule that ended, or ""."""

    topic: str
    rule: RuleFace | None
    ended: str


class ClearanceCard(NamedTuple):
    """The topics of a product in a market; `known` of them somebody checked."""

    market: str
    market_url: str
    rows: list[ClearanceRow]
    known: int


def card_of(product: Passport, market: Market) -> ClearanceCard:
    """The card for the reader. One query."""
    answers = MarketRule.objects.for_product(product, market)
    return ClearanceCard(
        market=pick(market.name).text,
        market_url=reverse("market_detail", args=[market.pk]),
        rows=[_row(answer) for answer in answers],
        known=sum(1 for answer in answers if answer.is_known),
    )


def face_of_rule(rule: MarketRule) -> RuleFace:
    """The rule in the reader's words. No query."""
    standing = rule.standing()
    return RuleFace(
        topic=str(rule.get_kind_display()),
        about=about(rule),
        text=text_for_reader(rule.text),
        standing=str(standing.label),
        badge=BADGES[standing],
        checked=_("Checked on %(day)s") % {"day": formats.date_format(rule.checked_on)} if rule.checked_on else "",
        source_title=rule.source_title,
        source_url=rule.source_url,
    )


def about(rule: MarketRule) -> str:
    """Which goods a rule is about, in words. No query."""
    if rule.product_id:
        return _("this product")
    return _("HS %(code)s") % {"code": dotted(rule.hs_id)} if rule.hs_id else _("all goods")


@kept(60)
def market_names() -> Mapping[str, Market]:
    """The markets by code, as they were at most a minute ago."""
    return {market.pk: market for market in Market.objects.all()}


def market_choices() -> list[tuple[str, str]]:
    """(code, name) of the markets in the reader's alphabet."""
    named = [(code, pick(market.name).text) for code, market in market_names().items()]
    return sorted(named, key=lambda choice: choice[1].casefold())


def _row(answer: KindAnswer) -> ClearanceRow:
    ended = ""
    if answer.ended is not None and answer.ended.valid_until is not None:
        facts = {"goods": about(answer.ended), "day": formats.date_format(answer.ended.valid_until)}
        ended = _("A rule about %(goods)s is no longer valid: it ended on %(day)s. What replaced it was not checked.")
        ended %= facts
    rule = face_of_rule(answer.rule) if answer.rule else None
    return ClearanceRow(str(answer.kind.label), rule, ended)
