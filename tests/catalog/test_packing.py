from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.packing import Carton, ContainerSpec, cbm, units_per_container

TWENTY_FOOT = ContainerSpec("20GP", Decimal("28.0"), Decimal("21700"))
SHOES = Carton(
    units=24,
    length_cm=Decimal("60"),
    width_cm=Decimal("40"),
    height_cm=Decimal("35.5"),
    gross_kg=Decimal("14.2"),
    net_kg=Decimal("12"),
)


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), places=places, allow_nan=False)


cartons = st.builds(
    Carton,
    units=st.integers(1, 5_000),
    length_cm=decimals("0.1", "999.9", 1),
    width_cm=decimals("0.1", "999.9", 1),
    height_cm=decimals("0.1", "999.9", 1),
    gross_kg=decimals("0.001", "9999.999", 3),
    net_kg=st.just(Decimal(0)),
)
containers = st.builds(
    ContainerSpec, code=st.just("X"), usable_cbm=decimals("1", "100", 1), max_payload_kg=decimals("1", "40000", 0)
)


def volume(carton: Carton) -> Fraction:
    return Fraction(carton.length_cm) * Fraction(carton.width_cm) * Fraction(carton.height_cm) / 1_000_000


def test_a_carton_of_shoes() -> None:
    assert cbm(SHOES) == Decimal("0.085")
    load = units_per_container(SHOES, TWENTY_FOOT)
    assert (load.cartons, load.units, load.limited_by) == (328, 7_872, "volume")


def test_the_load_is_counted_from_the_exact_volume_not_from_the_rounded_one() -> None:
    small = replace(SHOES, length_cm=Decimal("10"), width_cm=Decimal("10"), height_cm=Decimal("4.6"))
    assert cbm(small) == Decimal("0.000")
    assert units_per_container(small, replace(TWENTY_FOOT, max_payload_kg=Decimal(10**9))).cartons == 60_869


def test_heavy_goods_are_limited_by_payload() -> None:
    minerals = replace(SHOES, gross_kg=Decimal("140"))
    load = units_per_container(minerals, TWENTY_FOOT)
    assert (load.cartons, load.limited_by) == (155, "payload")


def test_half_a_litre_is_rounded_up() -> None:
    assert cbm(replace(SHOES, length_cm=Decimal("10"), width_cm=Decimal("10"), height_cm=Decimal("5"))) == Decimal(
        "0.001"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"units": 0},
        {"length_cm": Decimal(0)},
        {"height_cm": Decimal(-1)},
        {"gross_kg": Decimal(0)},
        {"net_kg": Decimal("14.3")},
        {"net_kg": Decimal(-1)},
    ],
)
def test_an_impossible_carton_cannot_be_made(wrong) -> None:
    with pytest.raises(ValueError, match="A carton has"):
        replace(SHOES, **wrong)


@given(cartons, containers)
def test_a_load_keeps_both_limits_and_one_carton_more_breaks_the_one_it_names(carton, container) -> None:
    load = units_per_container(carton, container)
    assert load.units == load.cartons * carton.units
    assert load.cartons * volume(carton) <= Fraction(container.usable_cbm)
    assert load.cartons * Fraction(carton.gross_kg) <= Fraction(container.max_payload_kg)
    if load.limited_by == "volume":
        assert (load.cartons + 1) * volume(carton) > Fraction(container.usable_cbm)
    else:
        assert (load.cartons + 1) * Fraction(carton.gross_kg) > Fraction(container.max_payload_kg)
        assert (load.cartons + 1) * volume(carton) <= Fraction(container.usable_cbm)


@given(cartons, containers, decimals("0", "100", 1))
def test_a_larger_or_heavier_carton_never_loads_more(carton, container, more) -> None:
    load = units_per_container(carton, container)
    for side in ("length_cm", "width_cm", "height_cm", "gross_kg"):
        changed = replace(carton, **{side: getattr(carton, side) + more})
        assert units_per_container(changed, container).cartons <= load.cartons


@given(cartons, containers, decimals("0", "100", 1))
def test_a_roomier_or_stronger_container_never_loads_less(carton, container, more) -> None:
    load = units_per_container(carton, container)
    for limit in ("usable_cbm", "max_payload_kg"):
        changed = replace(container, **{limit: getattr(container, limit) + more})
        assert units_per_container(carton, changed).units >= load.units


@given(cartons)
def test_the_shown_volume_is_within_half_a_litre_and_does_not_care_how_the_carton_lies(carton) -> None:
    assert abs(Fraction(cbm(carton)) - volume(carton)) <= Fraction(1, 2000)
    assert cbm(carton).as_tuple().exponent == -3
    assert cbm(replace(carton, length_cm=carton.height_cm, height_cm=carton.length_cm)) == cbm(carton)


@pytest.mark.parametrize(
    ("change", "limit"), [({"gross_kg": Decimal(21_701)}, "payload"), ({"length_cm": Decimal(19_800)}, "volume")]
)
def test_a_carton_beyond_a_limit_does_not_load_at_all(change, limit) -> None:
    load = units_per_container(replace(SHOES, **change), TWENTY_FOOT)
    assert (load.units, load.cartons, load.limited_by) == (0, 0, limit)
