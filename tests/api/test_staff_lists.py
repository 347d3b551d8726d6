"""Filters and orders of the lists about markets: allow-lists, total orders, the same cost however long."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from markets.models import Market
from tests import factories as make

V1 = "/api/v1"
CHILE = f"{V1}/markets/CL/listings/"


@pytest.fixture
def post(db):
    make.AccreditationFactory()
    return make.MissionStaffFactory()


@pytest.fixture
def staff(post, client_of):
    return client_of(post.user)


def found(client, address, key, **asked):
    answer = client.get(address, asked)
    assert answer.status_code == 200, answer.content
    return [one[key] for one in answer.json()["results"]]


def paged(client, address, key, **asked):
    """The same list, one row a page."""
    rows, asked = [], {**asked, "page_size": 1}
    answer = client.get(address, asked).json()
    while True:
        rows += [one[key] for one in answer["results"]]
        if answer["next"] is None:
            return rows
        answer = client.get(answer["next"]).json()


class TestMarkets:
    @pytest.fixture(autouse=True)
    def rows(self, post):
        make.MarketFactory(
            iso2="BR", priority=1, subregion="South America", demand_sectors=["footwear"], agreement_status="signed"
        )
        Market.objects.filter(pk="CL").update(priority=2, subregion="South America", agreement_status="in_force")
        make.MarketFactory(iso2="CU", priority=3, subregion="Caribbean")

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({}, ["BR", "CL", "CU"]),
            ({"priority": "2"}, ["CL"]),
            ({"subregion": "South America"}, ["BR", "CL"]),
            ({"sector": "footwear"}, ["BR"]),
            ({"agreement_status": "in_force"}, ["CL"]),
            ({"mission": "KBRI-SCL"}, ["CL"]),
            ({"sort": "code"}, ["BR", "CL", "CU"]),
        ],
    )
    def test_each_filter_narrows(self, visitor, asked, expected):
        assert found(visitor, f"{V1}/markets/", "iso2", **asked) == expected
        assert paged(visitor, f"{V1}/markets/", "iso2", **asked) == expected

    @pytest.mark.parametrize("asked", [{"priority": "9"}, {"sector": "x"}, {"mission": "x"}, {"sort": "name__en"}])
    def test_S27_a_value_that_is_not_known_is_refused(self, visitor, asked):
        assert list(visitor.get(f"{V1}/markets/", asked).json()["fields"]) == list(asked)


class TestMissions:
    def test_they_are_found_by_kind_and_by_market(self, visitor, post):
        make.MissionFactory(code="ITPC-SAO", type="itpc", city="São Paulo", country="BR")
        assert found(visitor, f"{V1}/missions/", "code", type="itpc") == ["ITPC-SAO"]
        assert found(visitor, f"{V1}/missions/", "code", market="CL") == ["KBRI-SCL"]
        assert paged(visitor, f"{V1}/missions/", "code", sort="country") == ["ITPC-SAO", "KBRI-SCL"]

    def test_its_people_and_note_are_read_by_its_own_staff_and_the_ministry(self, visitor, post, staff, client_of):
        type(post.mission).objects.update(note="Kunci di laci.")
        other = make.MissionStaffFactory(mission=make.MissionFactory(code="KBRI-BSB"))
        here = f"{V1}/missions/KBRI-SCL/"
        told = {"note": "Kunci di laci.", "people": [{"id": post.user.pk, "name": post.user.name}]}
        for reader in (staff, client_of(make.UserFactory(ministry=True))):
            answer = reader.get(here)
            assert answer.json()["for_staff"] == told and "private" in answer["Cache-Control"]
        for reader in (visitor, client_of(other.user), client_of(make.UserFactory())):
            assert reader.get(here).json()["for_staff"] is None


class TestListings:
    def listed(self, rank, **fields):
        product = make.ProductFactory(published=True, target_markets=["CL"], **fields.pop("product", {}))
        return make.MarketListingFactory(listed=True, product=product, rank=rank, **fields)

    def test_what_is_listed_is_read_by_rank_or_by_the_day_of_the_decision(self, staff):
        now, day = timezone.now(), datetime.timedelta(days=1)
        rows = [self.listed(rank, decided_at=now - age * day) for rank, age in ((2, 1), (1, 3), (2, 2))]
        first, second, third = (row.product.slug for row in rows)
        for read in (found, paged):
            assert read(staff, CHILE, "product", state="listed", sort="rank") == [second, first, third]
            assert read(staff, CHILE, "product", state="listed", sort="decided") == [first, third, second]
            assert read(staff, CHILE, "product", sort="newest") == [third, second, first]

    def test_promoted_category_and_province_narrow(self, staff):
        plain = self.listed(1, product={"category": make.CategoryFactory(slug="bags")})
        shown = self.listed(2, promoted_until=make.in_days(3))
        far = self.listed(3, product={"producer": make.ProducerFactory(
            listed=True, regency=make.RegencyFactory(code="51.01", province=make.ProvinceFactory(code="51"))
        )})  # fmt: skip
        assert found(staff, CHILE, "product", promoted="true") == [shown.product.slug]
        assert found(staff, CHILE, "product", category="bags") == [plain.product.slug]
        assert found(staff, CHILE, "product", province="51") == [far.product.slug]

    @pytest.mark.parametrize(
        "asked",
        [
            {"sort": "rank"},
            {"sort": "decided", "state": "requested"},
            {"sort": "decided"},
            {"sort": "product__producer"},
        ],
    )
    def test_S27_an_order_that_the_list_does_not_have_is_refused(self, staff, asked):
        assert list(staff.get(CHILE, asked).json()["fields"]) == ["sort"]

    def test_a_position_of_one_order_is_none_of_another(self, staff):
        for rank in (1, 2):
            self.listed(rank)
        address = staff.get(CHILE, {"state": "listed", "sort": "rank", "page_size": 1}).json()["next"]
        assert staff.get(address.replace("sort=rank", "sort=decided")).json()["fields"].keys() == {"after"}

    @pytest.mark.parametrize("asked", [{"state": "listed", "sort": "rank"}, {"promoted": "true"}])
    def test_it_costs_the_same_however_long(self, staff, asked):
        staff.get(CHILE)
        counts = []
        for number in (1, 11):
            for rank in range(number):
                self.listed(rank + 1, promoted_until=make.in_days(3))
            with CaptureQueriesContext(connection) as queries:
                staff.get(CHILE, asked)
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 9


class TestReviews:
    def test_the_queue_is_narrowed_and_turned_round(self, staff):
        bag = make.RevisionFactory(
            submitted=True, target_markets=["CL"], category=make.CategoryFactory(slug="bags"),
            submitted_at=timezone.now() - datetime.timedelta(days=2),
        )  # fmt: skip
        sandal = make.RevisionFactory(submitted=True, target_markets=["CL"])
        queue = f"{V1}/reviews/"
        assert found(staff, queue, "id") == [bag.pk, sandal.pk]
        assert paged(staff, queue, "id", sort="newest") == [sandal.pk, bag.pk]
        assert found(staff, queue, "id", category="bags") == [bag.pk]
        assert found(staff, queue, "id", province="35") == [bag.pk, sandal.pk]
        assert list(staff.get(queue, {"sort": "submitted_by"}).json()["fields"]) == ["sort"]
        assert list(staff.get(queue, {"province": "99"}).json()["fields"]) == ["province"]


class TestCertificates:
    def test_they_are_narrowed_and_sorted_by_their_end(self, client_of, db):
        ministry = client_of(make.UserFactory(ministry=True))
        late = make.CertificateFactory(verified=True, expires_on=make.in_days(200))
        soon = make.CertificateFactory(verified=True, expires_on=make.in_days(20), type__code="SVLK")
        never = make.CertificateFactory(verified=True, expires_on=None)
        here = f"{V1}/certificates/"
        assert paged(ministry, here, "id", sort="ending") == [soon.pk, late.pk, never.pk]
        assert found(ministry, here, "id", ends_within="30") == [soon.pk]
        assert found(ministry, here, "id", type="SVLK") == [soon.pk]
        assert len(found(ministry, here, "id", sort="newest", province="35")) == 3
        for asked in ({"ends_within": "-1"}, {"ends_within": "9999"}, {"type": "x"}, {"sort": "producer__nib"}):
            assert list(ministry.get(here, asked).json()["fields"]) == list(asked)
