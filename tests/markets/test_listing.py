from typing import Any

import pytest

from accounts.models import AuditEntry, Letter
from accounts.workflow import Refused, TransitionNotAllowed
from catalog.models import MarketRank
from catalog.models.revision_state import SelfReview
from markets.models import MarketListing
from markets.models.listing_state import MOST_PROMOTED
from tests import factories as make

pytestmark = pytest.mark.django_db
STATES = ["requested", "listed", "declined", "withdrawn", "proposed"]
CALLS: dict[str, dict[str, Any]] = {
    "list": {},
    "decline": {"reason": "price"},
    "withdraw": {},
    "propose": {},
    "accept": {},
    "refuse": {},
    "promote": {"until": None},
    "rank": {"rank": 3},
    "reword": {"pitch": {"es": "Cuero"}},
}
METHOD = {verb: verb for verb in CALLS} | {"rank": "rank_at"}


@pytest.fixture
def curator():
    return make.UserFactory(mission=True)


def asking(**fields):
    product = make.ProductFactory(published=True, target_markets=["CL"], **fields)
    make.MembershipFactory(producer=product.producer)
    return product


def listing_in(state, verb):
    product = asking()
    if verb in {"propose", "accept", "refuse"}:
        product.target_markets = []
        product.save()
    reason = {"decline_reason": "price"} if state == "declined" else {}
    return make.MarketListingFactory(product=product, state=state, **reason)


def call(listing, verb, by):
    getattr(listing, METHOD[verb])(by=by, **CALLS[verb])


ARROWS = [(verb, state) for verb, (starts, _end) in MarketListing.TRANSITIONS.items() for state in sorted(starts)]
FORBIDDEN = [(verb, state) for verb in CALLS for state in STATES if (verb, state) not in ARROWS]


def test_every_verb_of_the_table_is_tried():
    assert set(CALLS) == set(MarketListing.TRANSITIONS)


@pytest.mark.parametrize(("verb", "state"), ARROWS)
def test_each_arrow_leads_where_the_drawing_says(verb, state, curator):
    listing = listing_in(state, verb)
    call(listing, verb, curator)
    listing.refresh_from_db()
    assert listing.state == MarketListing.TRANSITIONS[verb][1]
    entry = AuditEntry.objects.get(object_type="markets.marketlisting")
    assert (entry.verb, entry.from_state, entry.to_state, entry.by_id) == (verb, state, listing.state, curator.pk)


@pytest.mark.parametrize(("verb", "state"), FORBIDDEN)
def test_each_other_arrow_is_refused_and_leaves_no_trace(verb, state, curator):
    listing = listing_in(state, verb)
    with pytest.raises(TransitionNotAllowed):
        call(listing, verb, curator)
    listing.refresh_from_db()
    assert listing.state == state
    assert not AuditEntry.objects.exists() and not Letter.objects.exists()


@pytest.mark.parametrize(
    ("verb", "kind"), [("list", "Now offered"), ("decline", "Not offered"), ("withdraw", "No longer offered")]
)
def test_the_producer_is_told(verb, kind, curator):
    listing = listing_in("listed" if verb == "withdraw" else "requested", verb)
    call(listing, verb, curator)
    assert Letter.objects.get().subject.startswith(kind)


def test_the_first_decision_makes_the_row():
    listing = MarketListing.of(asking(), make.MarketFactory())
    listing.decline(by=make.UserFactory(mission=True), reason="no_demand", note="Try again in June.")
    row = MarketListing.objects.get()
    assert (row.state, row.decline_reason, row.decline_note) == ("declined", "no_demand", "Try again in June.")


def test_a_refused_first_decision_leaves_no_row(curator):
    product = make.ProductFactory(published=True, target_markets=["BR"])
    with pytest.raises(Refused) as refusal:
        MarketListing.of(product, make.MarketFactory()).list(by=curator)
    assert refusal.value.code == "not_requested"
    assert not MarketListing.objects.exists()


@pytest.mark.parametrize("verb", ["list", "decline", "propose"])
def test_only_what_is_public_is_decided(verb, curator):
    product = asking(producer=make.ProducerFactory(suspended=True))
    with pytest.raises(Refused) as refusal:
        call(MarketListing.of(product, make.MarketFactory()), verb, curator)
    assert refusal.value.code == "product_not_public"


def test_a_mission_does_not_decline_in_the_producers_name(curator):
    with pytest.raises(Refused) as refusal:
        MarketListing.of(asking(), make.MarketFactory()).decline(by=curator, reason="producer")
    assert refusal.value.code == "reason_unknown"


def test_what_was_asked_for_is_not_proposed(curator):
    with pytest.raises(Refused) as refusal:
        MarketListing.of(asking(), make.MarketFactory()).propose(by=curator)
    assert refusal.value.code == "already_requested"


def test_accepting_adds_the_market_to_the_public_content_and_to_the_open_revision(curator):
    product = make.ProductFactory(published=True, target_markets=["BR"])
    owner = make.MembershipFactory(producer=product.producer).user
    draft = make.RevisionFactory(product=product, target_markets=["BR"], version=4)
    listing = MarketListing.of(product, make.MarketFactory())
    listing.propose(by=curator)
    MarketListing.objects.get().accept(by=owner)
    product.refresh_from_db()
    draft.refresh_from_db()
    assert product.target_markets == draft.target_markets == ["BR", "CL"]
    assert draft.version == 5
    assert list(MarketListing.objects.public()) == [listing]
    assert Letter.objects.get(recipient=curator).subject.startswith("Accepted for Chile")


def test_a_product_in_a_reviewers_hands_is_not_changed_by_accepting(curator):
    listing = listing_in("proposed", "accept")
    make.RevisionFactory(product=listing.product, in_review=True)
    with pytest.raises(Refused) as refusal:
        listing.accept(by=curator)
    assert refusal.value.code == "in_review"
    listing.refresh_from_db()
    assert listing.state == "proposed"


def test_refusing_tells_the_mission_why(curator):
    listing = listing_in("proposed", "refuse")
    listing.decided_by = curator
    listing.save()
    listing.refuse(by=make.UserFactory(), why="We have no stock.")
    assert (listing.state, listing.decline_reason, listing.decline_note) == (
        "declined", "producer", "We have no stock.",
    )  # fmt: skip
    assert "We have no stock." in Letter.objects.get(recipient=curator).body


def test_a_new_listing_comes_last_in_its_market(curator):
    make.MarketListingFactory(listed=True, rank=7)
    listing = MarketListing.of(asking(), make.MarketFactory())
    listing.list(by=curator)
    assert listing.rank == 8


def ranks():
    told = MarketListing.objects.listed().filter(market="CL").order_by("rank", "product_id")
    found = MarketRank.objects.filter(market_code="CL").order_by("rank", "product_id")
    return list(told.values_list("product", "rank")), list(found.values_list("product", "rank"))


def test_those_at_a_rank_that_is_given_away_make_room(curator):
    first, second, far = (MarketListing.of(asking(), make.MarketFactory()) for _turn in range(3))
    for listing, rank in ((first, 1), (second, 2), (far, 9)):
        listing.list(by=curator, rank=rank)
    elsewhere = make.MarketListingFactory(listed=True, rank=1, market=make.MarketFactory(iso2="PE"))
    new = MarketListing.of(asking(), make.MarketFactory())
    new.list(by=curator, rank=1)
    told, found = ranks()
    assert told == found == [(new.product_id, 1), (first.product_id, 2), (second.product_id, 3), (far.product_id, 9)]
    elsewhere.refresh_from_db()
    assert elsewhere.rank == 1
    far.rank_at(2, by=curator)
    told, found = ranks()
    assert told == found == [(new.product_id, 1), (far.product_id, 2), (first.product_id, 3), (second.product_id, 4)]


def test_a_free_rank_moves_nobody(curator):
    make.MarketListingFactory(listed=True, rank=1)
    other = make.MarketListingFactory(listed=True, rank=4)
    other.rank_at(3, by=curator)
    other.rank_at(3, by=curator)
    assert [rank for _product, rank in ranks()[0]] == [1, 3]


def test_withdrawing_ends_the_promotion(curator):
    listing = make.MarketListingFactory(listed=True, promoted_until=make.in_days(9))
    listing.withdraw(by=curator)
    assert listing.promoted_until is None


@pytest.mark.parametrize("days", [-1, 181])
def test_a_promotion_ends_within_180_days(days, curator):
    with pytest.raises(Refused) as refusal:
        make.MarketListingFactory(listed=True).promote(by=curator, until=make.in_days(days))
    assert refusal.value.code == "promotion_day"


@pytest.mark.parametrize("level", ["category", "parent"])
def test_tobacco_is_never_promoted(level, curator):
    listing = make.MarketListingFactory(listed=True)
    category = listing.product.category if level == "category" else listing.product.category.parent
    category.may_be_promoted = False
    category.save()
    with pytest.raises(Refused) as refusal:
        listing.promote(by=curator, until=make.in_days(5))
    assert refusal.value.code == "not_promotable"


def test_at_most_twelve_are_promoted_in_a_market(curator):
    for _turn in range(MOST_PROMOTED):
        make.MarketListingFactory(listed=True).promote(by=curator, until=make.in_days(5))
    thirteenth = make.MarketListingFactory(listed=True)
    with pytest.raises(Refused) as refusal:
        thirteenth.promote(by=curator, until=make.in_days(5))
    assert refusal.value.code == "promoted_full"
    elsewhere = make.MarketListingFactory(listed=True, market=make.MarketFactory(iso2="BR"))
    elsewhere.promote(by=curator, until=make.in_days(5))
    assert MarketListing.objects.promoted().count() == MOST_PROMOTED + 1


def test_a_pitch_is_a_text_by_language(curator):
    from django.core.exceptions import ValidationError

    listing = MarketListing.of(asking(), make.MarketFactory())
    with pytest.raises(ValidationError):
        listing.list(by=curator, pitch={"fr": "Sandales"})
    listing = MarketListing.of(listing.product, listing.market)
    listing.list(by=curator, pitch={"es": "Sandalias de cuero"})
    assert MarketListing.objects.get().pitch == {"es": "Sandalias de cuero"}


def test_a_pitch_is_reworded_while_it_is_offered_and_nothing_else_changes(curator):
    listing = make.MarketListingFactory(listed=True, product=asking(), pitch={"es": "Kuero"}, rank=4)
    decided = listing.decided_at, listing.decided_by
    listing.reword(by=curator, pitch={"es": "Cuero", "en": "Leather"})
    listing.refresh_from_db()
    assert (listing.pitch, listing.state, listing.rank) == ({"es": "Cuero", "en": "Leather"}, "listed", 4)
    assert (listing.decided_at, listing.decided_by) == decided
    assert AuditEntry.objects.get().verb == "reword" and not Letter.objects.exists()


@pytest.mark.parametrize("verb", ["list", "decline", "withdraw", "propose", "promote", "rank_at", "reword"])
def test_S4_nobody_decides_about_a_product_of_their_own_producer(verb):
    state = {"withdraw": "listed", "promote": "listed", "rank_at": "listed", "reword": "listed"}.get(verb)
    markets = [] if verb == "propose" else ["CL"]
    product = make.ProductFactory(published=True, target_markets=markets)
    listing = make.MarketListingFactory(product=product, **({state: True} if state else {}))
    member = make.MembershipFactory(producer=product.producer, user=make.UserFactory(mission=True)).user
    said: dict[str, Any] = {
        "decline": {"reason": "price"}, "promote": {"until": None}, "rank_at": {"rank": 2},
        "reword": {"pitch": {"es": "Cuero"}},
    }  # fmt: skip
    with pytest.raises(SelfReview):
        getattr(listing, verb)(by=member, **said.get(verb, {}))
