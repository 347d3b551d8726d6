"""The markets as a map of equal tiles: roughly where each lies, none too small to be pressed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from markets.showing import MarketTile

STEP: Final = 36  # units of the drawing from tile to tile
SIZE: Final = 32
PLACES: Final[Mapping[str, tuple[int, int]]] = {  # column from the west, row from the north: a scheme, no geometry
    "MX": (0, 0), "BS": (5, 0),
    "BZ": (1, 1), "CU": (4, 1), "HT": (5, 1), "DO": (6, 1), "KN": (8, 1), "AG": (9, 1),
    "GT": (0, 2), "HN": (1, 2), "JM": (4, 2), "DM": (8, 2),
    "SV": (0, 3), "NI": (1, 3), "LC": (8, 3), "BB": (9, 3),
    "CR": (1, 4), "VC": (8, 4),
    "PA": (2, 5), "GD": (8, 5),
    "CO": (3, 6), "VE": (4, 6), "GY": (5, 6), "SR": (6, 6), "TT": (8, 6),
    "EC": (2, 7), "BR": (5, 7),
    "PE": (3, 8), "BO": (4, 8),
    "CL": (3, 9), "AR": (4, 9), "PY": (5, 9),
    "UY": (5, 10),
}  # fmt: skip
WIDTH: Final = STEP * (1 + max(column for column, _row in PLACES.values()))
HEIGHT: Final = STEP * (1 + max(row for _column, row in PLACES.values()))


class MapTile(NamedTuple):
    """A market on the map; `label` names it in full to whoever does not see the map."""

    url: str
    code: str
    label: str
    x: int
    y: int
    is_first: bool
    is_offering: bool


class MarketMap(NamedTuple):
    """The drawing: its size and its tiles, in the order of the list below it."""

    width: int
    height: int
    size: int
    tiles: list[MapTile]


def map_of(tiles: Iterable[MarketTile], *, first_priority: int) -> MarketMap:
    """Those of `tiles` that have a place on the map."""
    placed = [_placed(tile, first_priority) for tile in tiles if tile.code in PLACES]
    return MarketMap(WIDTH, HEIGHT, SIZE, placed)


def _placed(tile: MarketTile, first_priority: int) -> MapTile:
    column, row = PLACES[tile.code]
    facts = {"code": tile.code, "market": tile.name, "offered": tile.second}
    label = _("%(code)s, %(market)s: %(offered)s") % facts if tile.second else f"{tile.code}, {tile.name}"
    is_first = tile.priority == first_priority
    return MapTile(tile.url, tile.code, label, column * STEP, row * STEP, is_first, tile.offered > 0)
