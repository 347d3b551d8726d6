"""Incoterms 2020 in one picture: for each rule how far the producer pays, and where the risk passes to the buyer."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Station(IntEnum):
    """Where goods are on their way."""

    GATE = 0
    CARRIER = 1
    QUAY = 2
    ON_BOARD = 3
    ARRIVAL = 4
    DOOR = 5


STATIONS: Final = {
    Station.GATE: gettext_lazy("the producer's premises"),
    Station.CARRIER: gettext_lazy("handed to the carrier"),
    Station.QUAY: gettext_lazy("alongside the ship"),
    Station.ON_BOARD: gettext_lazy("on board in the port of loading"),
    Station.ARRIVAL: gettext_lazy("the port of arrival"),
    Station.DOOR: gettext_lazy("the named place in your country"),
}
S = Station
RULES: Final[Mapping[str, tuple[str, Station, Station]]] = {  # name, paid until, risk until: Incoterms 2020
    "EXW": ("Ex Works", S.GATE, S.GATE),
    "FCA": ("Free Carrier", S.CARRIER, S.CARRIER),
    "FAS": ("Free Alongside Ship", S.QUAY, S.QUAY),
    "FOB": ("Free On Board", S.ON_BOARD, S.ON_BOARD),
    "CFR": ("Cost and Freight", S.ARRIVAL, S.ON_BOARD),
    "CIF": ("Cost, Insurance and Freight", S.ARRIVAL, S.ON_BOARD),
    "CPT": ("Carriage Paid To", S.DOOR, S.CARRIER),
    "CIP": ("Carriage and Insurance Paid To", S.DOOR, S.CARRIER),
    "DAP": ("Delivered at Place", S.DOOR, S.DOOR),
    "DPU": ("Delivered at Place Unloaded", S.DOOR, S.DOOR),
    "DDP": ("Delivered Duty Paid", S.DOOR, S.DOOR),
}
LEFT: Final = 56  # units of the drawing
STEP: Final = 56
TOP: Final = 36
LINE: Final = 24


class PlaceMark(NamedTuple):
    """A place on the way: its number on the picture and its name beside it."""

    number: int
    name: str
    x: int


class RuleLine(NamedTuple):
    """One rule as a line of the picture and as a row in words."""

    code: str
    name: str
    y: int
    text_y: int
    width: int
    risk_x: int
    paid: str
    risk: str
    more: str


class IncotermsPicture(NamedTuple):
    """The whole picture; `left` and `top` are where its lines begin."""

    width: int
    height: int
    left: int
    bottom: int
    stations: list[PlaceMark]
    lines: list[RuleLine]


def incoterms_picture() -> IncotermsPicture:
    """The picture in the reader's language, the same for all who read it."""
    stations = [PlaceMark(station + 1, str(name), LEFT + station * STEP) for station, name in STATIONS.items()]
    lines = [_line(code, place) for place, code in enumerate(RULES)]
    bottom = TOP + LINE * len(lines)
    return IncotermsPicture(LEFT + STEP * (len(stations) - 1) + 16, bottom + 8, LEFT, bottom, stations, lines)


def _line(code: str, place: int) -> RuleLine:
    name, paid, risk = RULES[code]
    y = TOP + LINE * place + LINE // 2
    return RuleLine(
        code=code,
        name=name,
        y=y,
        text_y=y + 4,
        width=paid * STEP,
        risk_x=LEFT + risk * STEP,
        paid=str(STATIONS[paid]),
        risk=str(STATIONS[risk]),
        more=_more(code),
    )


def _more(code: str) -> str:
    """What else sets a rule apart."""
    notes = {
        "EXW": _("You clear the goods for export."),
        "CIF": _("The producer insures the transport."),
        "CIP": _("The producer insures the transport."),
        "DPU": _("The producer unloads."),
        "DDP": _("The producer clears the import and pays its duties."),
    }
    by_sea = _("Sea and inland waterway only.") if code in ("FAS", "FOB", "CFR", "CIF") else ""
    return " ".join(note for note in (notes.get(code, ""), by_sea) if note)
