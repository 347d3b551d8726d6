"""The step of packing: computed on the server, whatever the browser shows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from catalog.models import Container
from tests.catalog.desk import as_sent, draft_of, signed_in, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    Container.objects.create(code="20GP", name="20-foot", usable_cbm=Decimal(28), max_payload_kg=28200)
    return draft_of(signed_in(client).producer)


def test_volume_and_units_of_a_container_are_computed_from_what_is_saved(client, draft):
    sides = {"units_per_carton": "24", "carton_length_cm": "60", "carton_width_cm": "42", "carton_height_cm": "38"}
    client.post(url(draft, "packing"), as_sent(client, draft, "packing", **sides, gross_kg="14.2", net_kg="12.8"))
    page = words(client.get(url(draft, "packing")))
    assert "0.096 m³" in page and "7,008" in page  # 292 cartons of 24


def test_payload_limits_heavy_cartons(client, draft):
    client.post(url(draft, "packing"), as_sent(client, draft, "packing", gross_kg="1000", net_kg="900"))
    assert "672" in words(client.get(url(draft, "packing")))  # 28 cartons of 24


def test_the_net_weight_is_not_above_the_gross(client, draft):
    answer = client.post(url(draft, "packing"), as_sent(client, draft, "packing", gross_kg="10", net_kg="11"))
    draft.refresh_from_db()
    assert answer.status_code == 422 and draft.net_kg <= draft.gross_kg
    assert "not above the gross" in words(answer)


def test_a_gross_weight_below_the_saved_net_weight_saves_neither(client, draft):
    sent = as_sent(client, draft, "packing", gross_kg="5", net_kg="heavy")
    assert client.post(url(draft, "packing"), sent).status_code == 422
    draft.refresh_from_db()
    assert (draft.gross_kg, draft.net_kg) == (Decimal("14.2"), Decimal("12.8"))


@pytest.mark.parametrize("typed", ["0", "-4", "abc", "1e9", "99999999"])
def test_impossible_measures_are_refused(client, draft, typed):
    assert (
        client.post(url(draft, "packing"), as_sent(client, draft, "packing", carton_length_cm=typed)).status_code == 422
    )


def test_an_unknown_carton_is_shown_as_unknown(client, draft):
    empty = dict.fromkeys(("carton_length_cm", "carton_width_cm", "carton_height_cm"), "")
    client.post(url(draft, "packing"), as_sent(client, draft, "packing", **empty))
    assert "Volume of a carton – m³" in words(client.get(url(draft, "packing")))
