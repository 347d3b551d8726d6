"""Where things are: provinces and regencies of Indonesia, markets with what is known of them, missions."""

from __future__ import annotations

import datetime

from exporters.models import Province, Regency
from inaaccess.reference.tables import Loaded, put, read, several, texts, yes
from markets.models import Accreditation, Market, MarketRule, Mission


def provinces(*, overwrite: bool) -> Loaded:
    """The provinces. Nobody edits them here, so they always follow the file."""
    wanted = (Province(code=row["code"], name=row["name"]) for row in read("provinces.csv"))
    return put(Province.objects.all(), wanted, key=["code"], overwrite=True)


def regencies(*, overwrite: bool) -> Loaded:
    """The regencies and cities. Nobody edits them here, so they always follow the file."""
    wanted = (
        Regency(code=row["code"], name=row["name"], province_id=row["province_code"]) for row in read("regencies.csv")
    )
    return put(Regency.objects.all(), wanted, key=["code"], overwrite=True)


def markets(*, overwrite: bool) -> Loaded:
    """The 33 countries of Latin America and the Caribbean."""
    wanted = (
        Market(
            iso2=row["iso2"],
            name=texts(row, "name"),
            subregion=row["un_m49_subregion"],
            languages=several(row["languages"]),
            currency=row["currency"],
            priority=int(row["priority"]),
            demand_sectors=several(row["demand_sectors"]),
            trade_blocs=several(row["trade_bloc"]),
            label_language=row["label_language"],
            agreement="" if row["agreement_with_indonesia"] == "none" else row["agreement_with_indonesia"],
            agreement_status=row["agreement_status"],
            note=row["note"],
            source=row["source"],
            checked_on=datetime.date.fromisoformat(row["checked_on"]),
        )
        for row in read("markets.csv")
    )
    return put(Market.objects.all(), wanted, key=["iso2"], overwrite=overwrite)


def missions(*, overwrite: bool) -> Loaded:
    """Embassies, trade centres and one honorary consulate."""
    wanted = (
        Mission(
            code=row["code"],
            type=row["type"],
            city=row["city"],
            country=row["country_iso2"],
            is_verified=yes(row["verified"]),
            source=row["source"],
            note=row["note"],
        )
        for row in read("missions.csv")
    )
    return put(Mission.objects.all(), wanted, key=["code"], overwrite=overwrite)


def accreditations(*, overwrite: bool) -> Loaded:
    """Which mission covers which market. One that staff ended is not made again."""
    missions_by_code = dict(Mission.objects.values_list("code", "pk"))
    ended = set(Accreditation.objects.filter(until__isnull=False).values_list("mission", "market"))
    wanted = (
        Accreditation(
            mission_id=missions_by_code[row["mission_code"]],
            market_id=row["country_iso2"],
            is_resident=yes(row["resident"]),
            verified_as_of=row["verified_as_of"],
            source=row["source"],
        )
        for row in read("accreditations.csv")
        if (missions_by_code[row["mission_code"]], row["country_iso2"]) not in ended
    )
    current = Accreditation.objects.filter(until__isnull=True)
    return put(current, wanted, key=["mission_id", "market_id"], overwrite=overwrite)


def market_rules(*, overwrite: bool) -> Loaded:
    """The two agreements, each with its status, and the languages of labels, which no source confirms yet."""
    wanted = (
        MarketRule(
            market_id=row["market"],
            kind=row["kind"],
            hs_id=row["hs"] or None,
            text=texts(row, "text"),
            source_title=row["source_title"],
            source_url=row["source_url"],
            checked_on=_day(row["checked_on"]),
            valid_until=_day(row["valid_until"]),
        )
        for row in read("market_rules.csv")
    )
    key = ["market_id", "kind", "hs_id", "product_id"]
    return put(MarketRule.objects.all(), wanted, key=key, overwrite=overwrite)


def _day(cell: str) -> datetime.date | None:
    return datetime.date.fromisoformat(cell) if cell else None
