import pytest
from django.contrib.auth.models import AnonymousUser

from markets import scope
from tests import factories as make

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


@pytest.fixture
def santiago():
    """Somebody of the embassy that covers Chile, and of the consulate that covers it too: no row may come twice."""
    post = make.MissionStaffFactory()
    consulate = make.MissionFactory(code="KJRI-SCL", type="consulate")
    make.MissionStaffFactory(user=post.user, mission=consulate)
    for mission in (post.mission, consulate):
        make.AccreditationFactory(mission=mission, market=make.MarketFactory())
    make.AccreditationFactory(mission=consulate, market=make.MarketFactory(iso2="PE"))
    return post.user


@pytest.fixture
def ministry():
    return make.UserFactory(ministry=True)


def test_mission_staff_review_what_asks_for_a_market_of_theirs_once(santiago):
    ours = make.RevisionFactory(submitted=True, target_markets=["BR", "CL", "PE"])
    make.RevisionFactory(submitted=True, target_markets=["BR"])
    make.RevisionFactory(submitted=True, target_markets=[])
    assert list(scope.revisions_to_review(santiago)) == [ours]


def test_the_ministry_reviews_all_that_was_handed_in(ministry):
    revisions = [make.RevisionFactory(submitted=True, target_markets=markets) for markets in ([], ["BR"])]
    assert set(scope.revisions_to_review(ministry)) == set(revisions)


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_nobody_of_the_staff_sees_what_is_only_the_producers(state, santiago, ministry):
    make.RevisionFactory(state=state, target_markets=["CL"])
    assert not scope.revisions_to_review(santiago).exists()
    assert not scope.revisions_to_review(ministry).exists()


@pytest.mark.parametrize(("since", "until"), [(1, None), (None, -1)])
def test_an_accreditation_counts_while_it_lasts(since, until):
    post = make.MissionStaffFactory()
    make.AccreditationFactory(
        mission=post.mission, since=since and make.in_days(since), until=until and make.in_days(until)
    )
    make.RevisionFactory(submitted=True, target_markets=["CL"])
    assert not scope.markets_to_decide(post.user).exists()
    assert not scope.revisions_to_review(post.user).exists()


def test_a_visitor_and_a_producer_are_in_no_scope():
    certificate = make.CertificateFactory()
    member = make.MembershipFactory(producer=certificate.producer).user
    make.RevisionFactory(submitted=True, target_markets=["CL"], product__producer=certificate.producer)
    listing = make.MarketListingFactory(listed=True)
    for user in (STRANGER, member):
        assert not scope.revisions_to_review(user).exists()
        assert not scope.certificates_to_verify(user).exists()
        assert not scope.listings_of(user).exists()
        assert not scope.products_to_decide(user, listing.market).exists()
        assert not scope.producers_seen_by(user).exists()
        assert not scope.products_seen_by(user).exists()


def test_a_product_waits_until_the_first_decision(santiago):
    chile = make.MarketFactory()
    asking = make.ProductFactory(published=True, target_markets=["CL"])
    decided = make.ProductFactory(published=True, target_markets=["CL"])
    elsewhere = make.ProductFactory(published=True, target_markets=["BR"])
    make.ProductFactory(suspended=True, target_markets=["CL"])
    make.ProductFactory(published=True, target_markets=["CL"], producer=make.ProducerFactory(suspended=True))
    make.MarketListingFactory(declined=True, product=decided, market=chile)
    assert list(scope.products_waiting(santiago, chile)) == [asking]
    assert set(scope.products_to_decide(santiago, chile)) == {asking, decided}
    assert list(scope.products_to_propose(santiago, chile)) == [elsewhere]


def test_another_missions_market_is_empty_for_us(santiago, ministry):
    brazil = make.MarketFactory(iso2="BR")
    product = make.ProductFactory(published=True, target_markets=["BR"])
    make.MarketListingFactory(listed=True, market=brazil, product=product)
    assert not scope.products_to_decide(santiago, brazil).exists()
    assert not scope.products_to_propose(santiago, brazil).exists()
    assert not scope.listings_of(santiago).exists()
    assert scope.listings_of(ministry).count() == 1


def test_certificates_are_of_producers_who_ask_for_our_market(santiago, ministry):
    proposing = make.CertificateFactory()
    make.RevisionFactory(submitted=True, product__producer=proposing.producer, target_markets=["PE"])
    selling = make.CertificateFactory(verified=True)
    make.ProductFactory(published=True, producer__state="listed", producer=selling.producer, target_markets=["CL"])
    given_up, drafting = make.CertificateFactory(), make.CertificateFactory()
    make.RevisionFactory(withdrawn=True, product__producer=given_up.producer, target_markets=["CL"])
    make.RevisionFactory(product__producer=drafting.producer, target_markets=["CL"])
    assert set(scope.certificates_to_verify(santiago)) == {proposing, selling}
    assert set(scope.producers_seen_by(santiago)) == {proposing.producer, selling.producer}
    assert scope.certificates_to_verify(ministry).count() == 4


def test_products_seen_are_those_that_asked_or_were_decided(santiago, ministry):
    asking = make.ProductFactory(retired=True, target_markets=["CL"])
    proposing = make.RevisionFactory(submitted=True, target_markets=["CL"]).product
    decided = make.MarketListingFactory(proposed=True).product
    make.RevisionFactory(target_markets=["CL"], title={"en": "a draft"})
    make.ProductFactory(published=True, target_markets=["BR"])
    assert set(scope.products_seen_by(santiago)) == {asking, proposing, decided}
    assert scope.products_seen_by(ministry).count() == 5


def test_each_word_is_one_query(santiago, django_assert_num_queries):
    chile = make.MarketFactory()
    santiago.has_perm("any.thing")
    for rows in (
        scope.revisions_to_review(santiago),
        scope.certificates_to_verify(santiago),
        scope.products_to_decide(santiago, chile),
        scope.products_waiting(santiago, chile),
        scope.products_seen_by(santiago),
        scope.listings_of(santiago),
    ):
        with django_assert_num_queries(1):
            list(rows)
