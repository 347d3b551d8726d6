from decimal import Decimal

import pytest

from catalog import checks
from catalog.models import Container
from tests import factories as make

pytestmark = pytest.mark.django_db


def found(revision, field, certificates=()):
    results = checks.of(revision, certificates=list(certificates), containers=Container.objects.all())
    return [check.kind for check in results if check.field == field]


def test_a_sound_revision_has_nothing_bad():
    revision = make.RevisionFactory(submitted=True)
    assert "bad" not in {c.kind for c in checks.of(revision, certificates=[], containers=[])}


@pytest.mark.parametrize(("hs", "kind"), [("640399", "ok"), ("640220", "warn")])
def test_the_hs_code_is_held_against_the_commodity(hs, kind):
    revision = make.RevisionFactory(submitted=True, hs6=make.HSCodeFactory(code=hs))
    assert found(revision, "hs6") == [kind]


def test_another_category_than_the_commoditys_is_named():
    revision = make.RevisionFactory(submitted=True, category=make.CategoryFactory(slug="shoes", parent=None))
    assert found(revision, "category") == ["warn"]


@pytest.mark.parametrize(("side", "kind"), [(800, "ok"), (799, "bad")])
def test_the_shorter_side_of_a_photo_has_800_pixels(side, kind):
    revision = make.RevisionFactory(submitted=True)
    revision.placements.all().delete()
    make.PhotoPlacementFactory(revision=revision, photo__height=side)
    assert found(revision, "photos")[0] == kind


def test_tiers_that_rise_and_prices_that_ended_are_named():
    revision = make.RevisionFactory(submitted=True)
    make.PriceOfferFactory(revision=revision, from_quantity=900, unit_price=Decimal("7.50"))
    make.PriceOfferFactory(revision=revision, from_quantity=2000, unit_price=Decimal("5.50"), expired=True)
    assert found(revision, "offers") == ["warn", "bad"]


def test_a_price_may_hold_for_180_days():
    revision = make.RevisionFactory(submitted=True)
    revision.offers.update(valid_until=make.in_days(181))
    assert "bad" in found(revision, "offers")
    revision.offers.update(valid_until=make.in_days(180))
    assert found(revision, "offers") == ["ok"]


def test_no_valid_price_is_bad():
    revision = make.RevisionFactory(submitted=True)
    revision.offers.update(valid_until=make.in_days(-1))
    assert "bad" in found(revision, "offers")


def test_the_containers_load_is_computed():
    Container.objects.create(code="20GP", name="20-foot", usable_cbm=Decimal(28), max_payload_kg=28000)
    results = checks.of(make.RevisionFactory(submitted=True), certificates=[], containers=Container.objects.all())
    (message,) = [check.message for check in results if check.field == "units_per_carton"]
    assert message == "0.096\u00a0m³ a carton; 20′\u00a0GP: 7,008"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"verified": True}, "ok"),
        ({"verified": True, "expires_on": make.in_days(30)}, "warn"),
        ({"verified": True, "expired": True}, "bad"),
        ({}, "warn"),
        ({"rejected": True}, "bad"),
    ],
)
def test_each_certificate_stands_as_it_is(fields, kind):
    assert found(make.RevisionFactory(), "certificates", [make.CertificateFactory(**fields)]) == [kind]


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        ({"id": "a", "en": "b", "es": "c", "pt": "d"}, "ok"),
        ({"id": "a", "en": "b"}, "warn"),
        ({"id": "a"}, "bad"),
    ],
)
def test_missing_languages_are_named_and_english_is_needed(texts, kind):
    assert found(make.RevisionFactory(submitted=True, title=texts), "title") == [kind]


def test_a_minimum_order_above_a_months_capacity_is_named():
    assert found(make.RevisionFactory(submitted=True, moq=7000), "moq") == ["warn"]
