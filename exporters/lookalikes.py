"""Producers whose name a reader takes for another's."""

from __future__ import annotations

from itertools import product
from typing import Final

from exporters.models import Producer
from exporters.models.producer_words import ProducerQuerySet
from kit.lookalikes import look_alike

MOST: Final = 5
JUDGED: Final = 50
"""Near names that are looked at word by word; those with the same skeleton come first among them."""


def lookalikes(producer: Producer, among: ProducerQuerySet) -> list[Producer]:
    """Up to MOST of `among` with a trade or legal name like one of `producer`'s, the nearest first. One query."""
    found = [other for other in among.named_near(producer)[:JUDGED] if _share_a_name(producer, other)]
    return found[:MOST]


def _share_a_name(one: Producer, two: Producer) -> bool:
    pairs = product((one.trade_name, one.legal_name), (two.trade_name, two.legal_name))
    return any(look_alike(name, other) for name, other in pairs)
