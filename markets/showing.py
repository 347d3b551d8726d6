"""Markets as the public sees them: who offers there, what is in demand, what is known of agreements, and since when."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import Case, CharField, Count, F, Func, When
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.models import ProductSearch
from catalog.showing import Text, text_for_reader
from kit.countries import country_name
from kit.keeping import kept
from kit.languages import pick
from markets.models import Accreditation, Market, Mission, MissionType
from markets.models.rule import OLD_DAYS

SECTORS: Final = {
    "footwear": (gettext_lazy("Footwear"), "footwear", "footprints"),
    "textiles": (gettext_lazy("Textiles and clothing"), "textiles-apparel", "shirt"),
    "furniture": (gettext_lazy("Furniture"), "furniture-home", "armchair"),
    "food": (gettext_lazy("Food"), "food-snacks", "cookie"),
    "coffee": (gettext_lazy("Coffee, cocoa and tea"), "coffee-cocoa-tea", "coffee"),
    "spices": (gettext_lazy("Spices and oils"), "spices-oils", "sprout"),
    "handicrafts": (gettext_lazy("Handicrafts"), "handicrafts", "gem"),
}
LANGUAGES: Final = {
    "id": gettext_lazy("Indonesian"), "en": gettext_lazy("English"), "es": gettext_lazy("Spanish"),
    "pt": gettext_lazy("Portuguese"), "fr": gettext_lazy("French"), "nl": gettext_lazy("Dutch"),
    "ht": gettext_lazy("Haitian Creole"),
}  # fmt: skip

CITIES: Final = {
    "Brasília": gettext_lazy("Brasília"), "Havana": gettext_lazy("Havana"), "Mexico City": gettext_lazy("Mexico City"),
    "Panama City": gettext_lazy("Panama City"),
}  # fmt: skip
"""Those that other languages call otherwise."""
CAREER_FIRST: Final = (
    Case(When(mission__type=MissionType.HONORARY, then=1), default=0),
    "-is_resident",
    "mission__type",
    "pk",
)
"""An honorary consul works under an embassy: that one stands first, also when it resides elsewhere."""


class MissionFace(NamedTuple):
    """A mission that covers a market, and whether it resides there. What it has not told us is ""."""

    name: str
    kind: str
    place: str
    is_resident: bool
    source: str
    address: str
    opening_hours: Text
    languages: str


class Sector(NamedTuple):
    """A sector in demand, and where its products are."""

    name: str
    url: str
    icon: str


class MarketTile(NamedTuple):
    """A market in a list."""

    url: str
    code: str
    name: str
    note: str
    second: str
    priority: int
    offered: int


@dataclass(frozen=True)
class Checked:
    """Where a fact is from and when it was checked; None means that nobody has. Old after twelve months."""

    source: str
    on: datetime.date | None

    @property
    def text(self) -> str:
        """When it was checked, in words."""
        if self.on is None:
            return _("Not checked yet")
        return _("Checked on %(day)s") % {"day": formats.date_format(self.on)}

    @property
    def is_old(self) -> bool:
        """Is the check older than twelve months, or missing?"""
        return self.on is None or (timezone.now().date() - self.on).days > OLD_DAYS


def mission_name(mission: Mission) -> str:
    """A mission in the reader's words: “Embassy of Indonesia in Santiago”."""
    names = {
        MissionType.EMBASSY: _("Embassy of Indonesia in %(city)s"),
        MissionType.CONSULATE: _("Consulate General of Indonesia in %(city)s"),
        MissionType.HONORARY: _("Honorary Consulate of Indonesia in %(city)s"),
        MissionType.ITPC: _("Indonesian Trade Promotion Centre in %(city)s"),
    }
    return names[MissionType(mission.type)] % {"city": city_name(mission)}


def mission_short_name(mission: Mission) -> str:
    """The same in brief, where it is plain whose mission it is."""
    names = {
        MissionType.EMBASSY: _("Embassy in %(city)s"),
        MissionType.CONSULATE: _("Consulate General in %(city)s"),
        MissionType.HONORARY: _("Honorary Consulate in %(city)s"),
        MissionType.ITPC: _("Trade centre in %(city)s"),
    }
    return names[MissionType(mission.type)] % {"city": city_name(mission)}


def city_name(mission: Mission) -> str:
    """Where it is, in the reader's words."""
    return str(CITIES.get(mission.city, mission.city))


def missions_of(market: Market) -> list[MissionFace]:
    """The missions that cover a market today, the resident ones first, an honorary consul last."""
    rows = Accreditation.objects.current().filter(market=market).select_related("mission")
    return [
        MissionFace(
            name=mission_name(row.mission),
            kind=str(row.mission),
            place=f"{city_name(row.mission)}, {country_name(row.mission.country)}",
            is_resident=row.is_resident,
            source=row.source,
            address=row.mission.address,
            opening_hours=text_for_reader(row.mission.opening_hours),
            languages=", ".join(language_name(code) for code in row.mission.languages),
        )
        for row in rows.order_by(*CAREER_FIRST)
    ]


def sectors_of(market: Market) -> list[Sector]:
    """The sectors in demand; one that we have no shelf for is searched by its name."""
    base = reverse("product_list")
    found = []
    for slug in market.demand_sectors:
        name, shelf, icon = SECTORS.get(slug, (slug.replace("-", " ").capitalize(), "", "package"))
        query = f"category={shelf}" if shelf else f"q={slug}"
        found.append(Sector(str(name), f"{base}?{query}&market={market.iso2}", icon))
    return found


def blocs_of(market: Market) -> str:
    """The trade blocs it belongs to: by their letters, or by their name in the reader's language."""
    return ", ".join(_("Pacific Alliance") if bloc == "Pacific Alliance" else bloc for bloc in market.trade_blocs)


def agreement_text(market: Market) -> str:
    """What is known of a trade agreement; "" when nobody has checked."""
    name = "" if market.agreement.lower() == "none" else market.agreement
    if market.checked_on is None:
        return ""
    if name:
        return _("%(agreement)s: %(status)s") % {"agreement": name, "status": market.get_agreement_status_display()}
    return str(market.get_agreement_status_display())


def language_name(code: str) -> str:
    """A language of labels in the reader's words."""
    return str(LANGUAGES.get(code, code))


@kept(60)
def market_rows() -> list[tuple[Market, list[Mission], int]]:
    """The markets by priority with their missions of today and the number of products offered there."""
    missions: dict[str, list[Mission]] = defaultdict(list)
    current = Accreditation.objects.current().select_related("mission").order_by(*CAREER_FIRST)
    for row in current:
        missions[row.market_id].append(row.mission)
    listed_in = Func(F("market_codes"), function="unnest", output_field=CharField())
    offered = ProductSearch.objects.order_by().values_list(listed_in).annotate(Count("pk"))
    counts = dict(offered)
    return [(market, missions[market.pk], counts.get(market.pk, 0)) for market in Market.objects.all()]


def market_tiles() -> list[MarketTile]:
    """All markets, by priority, then by name for the reader."""
    tiles = [
        MarketTile(
            url=reverse("market_detail", args=[market.iso2]),
            code=market.iso2,
            name=pick(market.name).text,
            note=mission_short_name(missions[0]) if missions else _("no mission known"),
            second=ngettext("%(count)d product offered", "%(count)d products offered", count) % {"count": count}
            if count
            else "",
            priority=market.priority,
            offered=count,
        )
        for market, missions, count in market_rows()
    ]
    return sorted(tiles, key=lambda tile: (tile.priority, tile.name.casefold()))
