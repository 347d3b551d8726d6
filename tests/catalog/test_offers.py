from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from catalog.offers import MAX_VALID_DAYS, broken_tiers, is_expired, is_valid, last_day_allowed, lowest_valid

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Tier:
    unit_price: Decimal | None
    from_quantity: Decimal | int | None
    incoterm_id: str = "FOB"
    place: str = "Surabaya"
    currency: str = "USD"
    valid_until: date | None = TODAY


def tier(price: str, quantity: int, **other: Any) -> Tier:
    return replace(Tier(Decimal(price), quantity), **other)


def reasons(*tiers: Tier) -> list[tuple[Decimal | None, str]]:
    return [(broken.offer.unit_price, broken.reason) for broken in broken_tiers(tiers)]


def test_tiers_may_fall_or_stay_in_any_order_of_rows() -> None:
    assert reasons(tier("5", 1000), tier("6", 500), tier("6.8", 100), tier("5", 2000)) == []


def test_a_tier_that_costs_more_than_a_smaller_one_is_broken() -> None:
    assert reasons(tier("6", 100), tier("6.01", 500), tier("6", 900)) == [(Decimal("6.01"), "dearer")]


def test_the_same_quantity_twice_is_broken() -> None:
    assert reasons(tier("6", 100), tier("5", 100)) == [(Decimal("5"), "twice")]


def test_the_same_quantity_written_as_another_number_is_the_same() -> None:
    assert [reason for _price, reason in reasons(tier("6", 100), Tier(Decimal(6), Decimal("100.00")))] == ["twice"]


def test_rules_places_and_currencies_are_judged_apart() -> None:
    assert (
        reasons(
            tier("6", 100),
            tier("9", 500, incoterm_id="CIF"),
            tier("9", 500, place="Jakarta"),
            tier("90000", 500, currency="IDR"),
        )
        == []
    )


def test_a_place_is_the_same_in_any_case_and_spacing() -> None:
    assert len(reasons(tier("6", 100), tier("7", 500, place=" SURABAYA  "))) == 1


def test_a_row_not_filled_in_yet_is_not_judged() -> None:
    assert broken_tiers([Tier(None, 100), Tier(Decimal(1), None), tier("1", 100)]) == []


prices = st.decimals(Decimal("0.0001"), 1_000, places=4, allow_nan=False)
tiers = st.builds(Tier, prices, st.integers(1, 60), st.sampled_from(["FOB", "CIF"]), st.sampled_from(["a", "b"]))


@given(st.lists(tiers, max_size=12))
def test_no_tier_is_broken_exactly_when_prices_fall_or_stay(offers: list[Tier]) -> None:
    def follows(one: Tier, other: Tier) -> bool:
        assert one.unit_price and other.unit_price and one.from_quantity and other.from_quantity
        if (one.incoterm_id, one.place) != (other.incoterm_id, other.place):
            return True
        if one.from_quantity == other.from_quantity:
            return False
        return (one.from_quantity < other.from_quantity) == (one.unit_price > other.unit_price) or (
            one.unit_price == other.unit_price
        )

    in_order = all(follows(one, other) for place, one in enumerate(offers) for other in offers[place + 1 :])
    assert (broken_tiers(offers) == []) == in_order


@given(st.lists(tiers, max_size=12), st.randoms())
def test_the_order_of_rows_changes_nothing_of_whether_they_hold(offers, chance) -> None:
    mixed = list(offers)
    chance.shuffle(mixed)
    assert (broken_tiers(mixed) == []) == (broken_tiers(offers) == [])


@given(st.lists(tiers, max_size=12))
def test_what_is_left_without_the_broken_tiers_holds(offers) -> None:
    broken = [id(found.offer) for found in broken_tiers(offers)]
    assert broken_tiers([offer for offer in offers if id(offer) not in broken]) == []


def test_a_price_holds_on_its_last_day_and_not_after() -> None:
    offer = tier("6", 100)
    assert is_valid(offer, TODAY)
    assert is_expired(offer, TODAY + timedelta(days=1))
    assert not is_valid(offer, TODAY + timedelta(days=1))
    assert not is_valid(replace(offer, valid_until=None), TODAY)
    assert not is_valid(replace(offer, unit_price=None), TODAY)


def test_a_price_may_hold_180_days() -> None:
    assert (last_day_allowed(TODAY) - TODAY).days == MAX_VALID_DAYS == 180


def test_the_lowest_price_is_one_that_still_holds() -> None:
    expired = replace(tier("1", 100), valid_until=TODAY - timedelta(days=1))
    best = tier("5", 900)
    assert lowest_valid([expired, tier("6", 100), best], TODAY) is best
    assert lowest_valid([expired], TODAY) is None


def test_currencies_are_compared_by_their_rate_only() -> None:
    rupiah, dollar = tier("80000", 100, currency="IDR"), tier("6", 100)
    assert lowest_valid([rupiah, dollar], TODAY, {"IDR": Decimal("0.00006")}) is rupiah
    assert lowest_valid([rupiah, dollar], TODAY) is dollar
    peso = tier("5", 100, currency="MXN")
    assert lowest_valid([rupiah, peso], TODAY) is rupiah
