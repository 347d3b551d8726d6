"""The search row of each public product: written by the verbs, derived, rebuilt at any time."""

from __future__ import annotations

from collections.abc import Iterable


def reindex(product_ids: Iterable[int]) -> None:
    """Rebuild the search rows of these products; drop those that are not public any more."""


def set_markets(product_id: int, codes: Iterable[str]) -> None:
    """Push the markets where the product is listed into its search row; called by the verbs of markets."""
