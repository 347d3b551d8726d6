from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from catalog.unit_names import plural, quantity
from tests.factories import UnitFactory


@pytest.mark.parametrize(
    ("language", "name", "many"),
    [
        ("en", "pair", "pairs"),
        ("en", "box", "boxes"),
        ("en", "pouch", "pouches"),
        ("en", "hundred", "hundred"),
        ("en", "twenty foot container", "twenty foot containers"),
        ("es", "par", "pares"),
        ("es", "pieza", "piezas"),
        ("es", "cartón", "cartones"),
        ("es", "bolsa flexible", "bolsas flexibles"),
        ("es", "contenedor de 20 pies", "contenedores de 20 pies"),
        ("pt", "par", "pares"),
        ("pt", "peça", "peças"),
        ("pt", "galão americano", "galões americanos"),
        ("pt", "caixa de papelão", "caixas de papelão"),
        ("pt", "embalagem flexível", "embalagens flexíveis"),
        ("pt", "pallet", "pallets"),
        ("id", "pasang", "pasang"),
    ],
)
def test_the_name_of_a_unit_has_its_plural(language, name, many):
    assert plural(name, language) == many


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "amount", "text"),
    [
        ("en", "1", "1 pair"),
        ("en", "1200", "1,200 pairs"),
        ("es", "2.5", "2,5 pares"),
        ("pt-br", "1200", "1.200 pares"),
        ("id", "1200", "1.200 pasang"),
    ],
)
def test_amounts_stand_with_their_unit(language, amount, text):
    unit = UnitFactory()
    with override(language):
        assert quantity(Decimal(amount), unit.code).replace("\xa0", " ") == text


@pytest.mark.django_db
def test_measures_are_written_by_their_symbol():
    unit = UnitFactory(code="KGM", symbol="kg", name={"en": "kilogram"}, kind="mass")

    assert quantity(Decimal(500), unit.code) == "500\xa0kg"
    assert quantity(None, unit.code) == "" and quantity(Decimal(5), None) == "5"
