import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.workflow import Refused
from catalog.models import Product, ProductRevision, ProductSearch
from markets.models import MarketListing
from markets.models.listing_state import MOST_PROMOTED
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run each act in its own thread and connection, starting together; "done" or the refusal's code of each."""
    barrier, outcomes = threading.Barrier(len(acts)), {}

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            barrier.wait()
            act()
            outcomes[number] = "done"
        except Refused as refusal:
            outcomes[number] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes[number] for number in range(len(acts)))


def test_two_missions_decide_first_at_once_and_one_decision_stands():
    market = make.MarketFactory()
    product = make.ProductFactory(published=True, target_markets=["CL"])
    one, other = make.UserFactory(mission=True), make.UserFactory(mission=True)
    outcomes = at_once(
        lambda: MarketListing.of(product, market).decline(by=one, reason="price"),
        lambda: MarketListing.of(product, market).decline(by=other, reason="label"),
    )
    assert outcomes == ["done", "transition_not_allowed"]
    listing = MarketListing.objects.get()
    assert listing.state == "declined"
    entry = AuditEntry.objects.get(object_type="markets.marketlisting")
    assert (entry.by_id, entry.why) == (listing.decided_by_id, listing.decline_reason)


def test_two_reviewers_claim_at_once_and_one_has_it():
    revision = make.RevisionFactory(submitted=True)
    one, other = make.UserFactory(ministry=True), make.UserFactory(ministry=True)
    outcomes = at_once(
        lambda: ProductRevision.objects.get(pk=revision.pk).claim(by=one),
        lambda: ProductRevision.objects.get(pk=revision.pk).claim(by=other),
    )
    assert outcomes == ["done", "transition_not_allowed"]
    revision.refresh_from_db()
    assert revision.claimed_by_id == AuditEntry.objects.get(verb="claim").by_id


def test_two_promotions_at_once_do_not_pass_the_limit_together():
    market, curator = make.MarketFactory(), make.UserFactory(mission=True)
    for _turn in range(MOST_PROMOTED - 1):
        make.MarketListingFactory(listed=True, market=market, promoted_until=make.in_days(3))
    one, other = (make.MarketListingFactory(listed=True, market=market) for _turn in range(2))
    outcomes = at_once(
        lambda: one.promote(by=curator, until=make.in_days(3)),
        lambda: other.promote(by=curator, until=make.in_days(3)),
    )
    assert outcomes == ["done", "promoted_full"]


def test_two_reviewers_claim_from_the_queue_at_once_and_one_page_says_no():
    revision = make.RevisionFactory(submitted=True)
    answers = []

    def press(user):
        client = Client()
        client.force_login(user)
        answers.append(client.post(reverse("admin:revision_claim", args=[revision.pk])).status_code)

    one, other = make.UserFactory(ministry=True), make.UserFactory(ministry=True)
    at_once(lambda: press(one), lambda: press(other))
    assert sorted(answers) == [302, 409]
    assert AuditEntry.objects.filter(verb="claim").count() == 1


def test_a_second_approval_of_the_same_page_is_refused():
    reviewer = make.UserFactory(ministry=True)
    revision = make.RevisionFactory(in_review=True, claimed_by=reviewer)
    answers = []

    def press():
        client = Client()
        client.force_login(reviewer)
        said = {"do": "approve", "seen_version": revision.version}
        answers.append(client.post(reverse("admin:review_revision", args=[revision.pk]), said).status_code)

    at_once(press, press)
    assert sorted(answers) == [302, 409]
    assert AuditEntry.objects.filter(verb="approve").count() == 1


def test_two_missions_list_in_two_markets_at_once_and_both_are_found():
    product = make.ProductFactory(published=True, target_markets=["CL", "PE"])
    chile, peru = make.MarketFactory(), make.MarketFactory(iso2="PE")
    one, other = make.UserFactory(mission=True), make.UserFactory(mission=True)
    for _round in range(5):
        outcomes = at_once(
            lambda: MarketListing.of(product, chile).list(by=one),
            lambda: MarketListing.of(product, peru).list(by=other),
        )
        assert outcomes == ["done", "done"]
        assert ProductSearch.objects.get(product=product).market_codes == ["CL", "PE"]
        for market in (chile, peru):
            MarketListing.of(product, market).withdraw(by=one)


@pytest.mark.parametrize("rank", [1, None])
def test_two_products_are_listed_at_once_and_each_has_its_rank(rank):
    market, curator = make.MarketFactory(), make.UserFactory(mission=True)
    one, other = (
        MarketListing.of(make.ProductFactory(published=True, target_markets=["CL"]), market) for _turn in "ab"
    )
    outcomes = at_once(lambda: one.list(by=curator, rank=rank), lambda: other.list(by=curator, rank=rank))
    assert outcomes == ["done", "done"]
    assert sorted(MarketListing.objects.values_list("rank", flat=True)) == [1, 2]


def test_a_proposal_is_accepted_while_another_market_withdraws():
    product = make.ProductFactory(published=True, target_markets=["PE"])
    chile, peru = make.MarketFactory(), make.MarketFactory(iso2="PE")
    mission, owner = make.UserFactory(mission=True), make.MembershipFactory(producer=product.producer).user
    MarketListing.of(product, peru).list(by=mission)
    MarketListing.of(product, chile).propose(by=mission)
    outcomes = at_once(
        lambda: MarketListing.of(product, chile).accept(by=owner),
        lambda: MarketListing.of(product, peru).withdraw(by=mission),
    )
    assert outcomes == ["done", "done"]
    assert ProductSearch.objects.get(product=product).market_codes == ["CL"]


def test_a_market_is_added_to_a_change_that_is_begun_at_the_same_moment():
    owner = make.MembershipFactory(producer__state="listed", producer__slug="sandal")
    product = make.ProductFactory(published=True, producer=owner.producer, target_markets=["PE"])
    outcomes = at_once(
        lambda: Product.objects.get(pk=product.pk).add_target_market("CL", by=owner.user),
        lambda: ProductRevision.begin(Product.objects.get(pk=product.pk), by=owner.user),
    )
    product.refresh_from_db()
    assert outcomes == ["done", "done"]
    revision = product.open_revision()
    assert revision and product.target_markets == revision.target_markets == ["PE", "CL"]
