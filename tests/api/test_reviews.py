from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.indexing import reindex
from tests import factories as make

REVIEWS = "/api/v1/reviews/"


@pytest.fixture
def reviewer(db):
    make.AccreditationFactory()
    return make.MissionStaffFactory().user


@pytest.fixture
def staff(reviewer, client_of):
    return client_of(reviewer)


def handed_in(**fields):
    return make.RevisionFactory(submitted=True, target_markets=["CL"], **fields)


def in_hand(reviewer, **fields):
    return make.RevisionFactory(in_review=True, target_markets=["CL"], claimed_by=reviewer, **fields)


def test_the_queue_is_what_waits_in_ones_markets(staff, reviewer):
    waiting, mine = handed_in(), in_hand(reviewer)
    make.RevisionFactory(submitted=True, target_markets=["BR"])
    make.RevisionFactory(complete=True, target_markets=["CL"])
    decided = make.RevisionFactory(approved=True, target_markets=["CL"])

    def ids(**asked):
        return {one["id"] for one in staff.get(REVIEWS, asked).json()["results"]}

    assert ids() == {waiting.pk, mine.pk}
    assert ids(claimed="me") == {mine.pk} and ids(claimed="nobody") == {waiting.pk}
    assert ids(state="approved") == {decided.pk} and ids(market="CL") == {waiting.pk, mine.pk}
    assert staff.get(REVIEWS, {"state": "draft"}).status_code == 400


def test_a_proposal_stands_beside_what_is_public(staff, reviewer):
    product = make.ProductFactory(published=True, target_markets=["CL"])
    revision = in_hand(reviewer, product=product, moq=5)
    told = staff.get(f"{REVIEWS}{revision.pk}/").json()
    assert told["public"]["moq"] == "300" and told["content"]["moq"] == "5"
    assert "moq" in told["changed"] and "category" not in told["changed"]
    assert {"field": "photos", "kind": "info", "message": "Fewer than three photos"} in told["checks"]


def test_people_of_another_mission_are_called_by_their_post(staff, reviewer):
    elsewhere = make.MissionStaffFactory(
        mission=make.MissionFactory(code="KBRI-LIM", city="Lima"), user__name="Arif Nugroho"
    )
    theirs, mine = in_hand(elsewhere.user), in_hand(reviewer)
    told = {one["id"]: one["claimed_by"] for one in staff.get(REVIEWS).json()["results"]}
    assert told[theirs.pk] == {"id": elsewhere.user.pk, "name": str(elsewhere.mission), "is_me": False}
    assert told[mine.pk] == {"id": reviewer.pk, "name": reviewer.name, "is_me": True}


def test_the_first_to_claim_has_it(staff, reviewer, client_of):
    revision = handed_in()
    colleague = client_of(make.MissionStaffFactory(mission=reviewer.mission_posts.get().mission).user)
    assert staff.post(f"{REVIEWS}{revision.pk}/claim/").json()["claimed_by"]["is_me"]
    assert colleague.post(f"{REVIEWS}{revision.pk}/claim/").status_code == 409
    refused = colleague.post(f"{REVIEWS}{revision.pk}/approve/", {"seen_version": 1})
    assert refused.json()["code"] == "not_claimant"
    assert staff.post(f"{REVIEWS}{revision.pk}/release/").json()["state"] == "submitted"


def test_S4_nobody_reviews_what_they_wrote(staff, reviewer):
    revision = handed_in(author_ids=[reviewer.pk])
    refused = staff.post(f"{REVIEWS}{revision.pk}/claim/")
    assert refused.status_code == 409 and refused.json()["code"] == "self_review"


@pytest.mark.parametrize(
    ("verb", "sent", "path"),
    [
        ("approve", {}, "seen_version"),
        ("approve", {"seen_version": 1, "translations": {"title": {"de": "x"}}}, "translations.title"),
        ("request-changes", {"seen_version": 1, "requests": []}, "requests"),
        ("request-changes", {"seen_version": 1, "requests": [{"field": "moq", "comment": "x", "reason": "?"}]},
         "requests.0.reason"),
        ("request-changes", {"seen_version": 1, "requests": [{"field": "?", "comment": "x", "reason": "other"}]},
         "requests.0.field"),
        ("request-changes", {"seen_version": 1, "requests": [{"field": "moq", "comment": " ", "reason": "other"}]},
         "requests.0.comment"),
        ("reject", {"seen_version": 1}, "why"),
        ("reject", {"seen_version": 1, "why": "x" * 1001}, "why"),
    ],
)  # fmt: skip
def test_a_decision_without_its_words_is_refused(staff, reviewer, verb, sent, path):
    revision = in_hand(reviewer)
    refused = staff.post(f"{REVIEWS}{revision.pk}/{verb}/", sent)
    assert refused.status_code == 400 and list(refused.json()["fields"]) == [path]
    revision.refresh_from_db()
    assert revision.state == "in_review"


def test_english_is_required_to_publish_and_the_reviewer_may_write_it(staff, reviewer):
    revision = in_hand(reviewer, title={"id": "Sandal"})
    here = f"{REVIEWS}{revision.pk}/approve/"
    assert staff.post(here, {"seen_version": 1}).json()["code"] == "english_missing"
    told = staff.post(here, {"seen_version": 1, "translations": {"title": {"en": "Sandals"}}}).json()
    assert told["state"] == "approved" and told["title"]["en"] == "Sandals"


def test_a_rejection_says_why(staff, reviewer):
    revision = in_hand(reviewer)
    told = staff.post(f"{REVIEWS}{revision.pk}/reject/", {"seen_version": 1, "why": "Ganda."}).json()
    assert told["state"] == "rejected" and told["rejection"] == "Ganda."


def test_the_queue_costs_the_same_however_long(staff):
    staff.get(REVIEWS)
    counts = []
    for number in (1, 11):
        for _ in range(number):
            handed_in()
        with CaptureQueriesContext(connection) as asked:
            assert len(staff.get(REVIEWS).json()["results"]) >= number
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


# --- listings --------------------------------------------------------------------------------------

CHILE = "/api/v1/markets/CL/listings/"


@pytest.fixture
def product(db):
    product = make.ProductFactory(published=True, target_markets=["CL"])
    reindex([product.pk])
    return product


def test_a_product_is_listed_ranked_promoted_and_withdrawn(staff, product):
    here = f"{CHILE}{product.slug}/"
    assert staff.get(here).json()["state"] == "requested"
    assert staff.post(f"{here}list/", {"pitch": {"es": "Cuero"}}).json()["rank"] == 1
    assert staff.post(f"{here}rank/", {"rank": 7}).json()["rank"] == 7
    until = make.in_days(30).isoformat()
    assert staff.post(f"{here}promote/", {"until": until}).json()["promoted_until"] == until
    assert staff.post(f"{here}list/").status_code == 409
    told = staff.post(f"{here}withdraw/", {"why": "Sudah habis."}).json()
    assert told["state"] == "withdrawn" and not told["is_public"] and told["rank"] is None


def test_a_product_is_declined_with_one_of_the_reasons(staff, product):
    here = f"{CHILE}{product.slug}/decline/"
    assert list(staff.post(here, {"reason": "producer"}).json()["fields"]) == ["reason"]
    told = staff.post(here, {"reason": "no_demand", "note": "Coba tahun depan."}).json()
    assert told["state"] == "declined" and told["decline_note"] == "Coba tahun depan."
    assert [one["state"] for one in staff.get(CHILE, {"state": "declined"}).json()["results"]] == ["declined"]
    assert staff.get(CHILE, {"state": "requested"}).json()["results"] == []


def test_a_product_that_did_not_ask_is_proposed(staff, product):
    other = make.ProductFactory(published=True, target_markets=[])
    here = f"{CHILE}{other.slug}/"
    assert staff.get(here).json()["state"] == "not_requested"
    assert staff.post(f"{here}list/").json()["code"] == "not_requested"
    assert staff.post(f"{here}propose/", {"pitch": {"id": "Cocok"}}).json()["state"] == "proposed"


def test_another_missions_market_is_not_there(staff, product):
    make.MarketFactory(iso2="BR")
    foreign = staff.post(f"/api/v1/markets/BR/listings/{product.slug}/list/")
    assert foreign.status_code == 404
    assert foreign.json() == staff.post(f"/api/v1/markets/ZZ/listings/{product.slug}/list/").json()


def test_listings_cost_the_same_however_many(staff, product):
    staff.get(CHILE)
    counts = []
    for number in (1, 11):
        for _ in range(number):
            make.MarketListingFactory(listed=True, product=make.ProductFactory(published=True, target_markets=["CL"]))
        with CaptureQueriesContext(connection) as asked:
            assert len(staff.get(CHILE).json()["results"]) > number
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9
