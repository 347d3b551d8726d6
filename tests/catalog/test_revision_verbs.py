"""Every arrow of the revision and the product, and every arrow that is not drawn."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, Letter
from accounts.verbs import why_label
from accounts.workflow import Refused, TransitionNotAllowed
from catalog import clock
from catalog.models import Product, ProductRevision, ProductSearch, RevisionMoved
from catalog.models.request import Asked
from catalog.models.revision_state import Incomplete, SelfReview
from tests import factories as make

pytestmark = pytest.mark.django_db
STATES = [state.value for state in ProductRevision.S]
ASKED = [Asked("moq", "moq_missing", "Per colour, please.")]
VERBS: dict[str, Any] = {
    "submit": lambda revision, by: revision.submit(by=by),
    "withdraw": lambda revision, by: revision.withdraw(by=by),
    "claim": lambda revision, by: revision.claim(by=by),
    "release": lambda revision, by: revision.release(by=by),
    "approve": lambda revision, by: revision.approve(by=by, seen_version=revision.version),
    "request_changes": lambda revision, by: revision.request_changes(
        by=by, seen_version=revision.version, requests=ASKED
    ),
    "reject": lambda revision, by: revision.reject(by=by, seen_version=revision.version, why="A copy."),
}
ARROWS = [(verb, start) for verb, (starts, _to) in ProductRevision.TRANSITIONS.items() for start in sorted(starts)]
NOT_DRAWN = [(verb, state) for verb in VERBS for state in STATES if (verb, state) not in ARROWS]
LETTERS = {"submit": "revision_submitted", "approve": "revision_approved",
           "request_changes": "changes_requested", "reject": "revision_rejected"}  # fmt: skip


@pytest.fixture
def curator():
    return make.UserFactory(ministry=True)


def in_state(state: str, curator: Any) -> ProductRevision:
    traits = {"complete": True} if state == "draft" else {state: True}
    claim = {"claimed_by": curator} if state == "in_review" else {}
    revision = make.RevisionFactory(**traits, **claim)
    make.MembershipFactory(producer=revision.product.producer)
    return revision


def test_every_verb_of_the_drawing_is_tried():
    assert set(VERBS) == set(ProductRevision.TRANSITIONS)


@pytest.mark.parametrize(("verb", "state"), ARROWS)
def test_each_arrow_leads_to_its_state_with_an_entry_and_its_letter(verb, state, curator):
    revision = in_state(state, curator)
    VERBS[verb](revision, curator)
    revision.refresh_from_db()
    assert revision.state == ProductRevision.TRANSITIONS[verb][1]
    entry = AuditEntry.objects.get(verb=verb, object_type="catalog.productrevision")
    assert (entry.from_state, entry.to_state, entry.by) == (state, revision.state, curator)
    events = [letter.event.split(":")[0] for letter in Letter.objects.all()]
    assert events == ([LETTERS[verb]] if verb in LETTERS else [])


@pytest.mark.parametrize(("verb", "state"), NOT_DRAWN)
def test_each_other_arrow_is_refused_without_a_trace(verb, state, curator):
    revision = in_state(state, curator)
    with pytest.raises(TransitionNotAllowed):
        VERBS[verb](revision, curator)
    revision.refresh_from_db()
    assert revision.state == state and not AuditEntry.objects.exists() and not Letter.objects.exists()


def test_the_first_approval_publishes_all_at_once(curator):
    revision = in_state("in_review", curator)
    revision.approve(by=curator, seen_version=1)
    product = Product.objects.get(pk=revision.product_id)
    assert product.state == "published" and product.slug and product.title == revision.title
    assert product.producer.state == "listed" and product.offers.count() == product.placements.count() == 1
    assert ProductSearch.objects.filter(product=product).exists()


def test_the_public_content_stays_until_a_change_is_approved(curator):
    product = make.ProductFactory(published=True, moq=300)
    revision = ProductRevision.begin(product, by=make.UserFactory())
    ProductRevision.objects.filter(pk=revision.pk).update(moq=900)
    for step in ("submit", "claim"):
        revision.refresh_from_db()
        VERBS[step](revision, curator if step == "claim" else make.UserFactory())
        assert Product.objects.get(pk=product.pk).moq == 300
    slug = product.slug
    revision.refresh_from_db()
    revision.approve(by=curator, seen_version=revision.version)
    product.refresh_from_db()
    assert product.moq == 900 and product.slug == slug


@pytest.mark.parametrize("verb", ["approve", "request_changes", "reject"])
def test_a_decision_about_content_that_moved_is_refused(verb, curator):
    revision = in_state("in_review", curator)
    ProductRevision.objects.filter(pk=revision.pk).update(version=2)
    with pytest.raises(RevisionMoved):
        VERBS[verb](revision, curator)
    revision.refresh_from_db()
    assert revision.state == "in_review" and not AuditEntry.objects.exists()


@pytest.mark.parametrize("verb", ["approve", "request_changes", "reject"])
def test_only_who_claimed_it_decides(verb, curator):
    revision = in_state("in_review", curator)
    with pytest.raises(Refused) as refused:
        VERBS[verb](revision, make.UserFactory(ministry=True))
    assert refused.value.code == "not_claimant"


@pytest.mark.parametrize("tie", ["member", "author", "author_before"])
def test_nobody_reviews_their_own(tie, curator):
    revision = in_state("submitted", curator)
    if tie == "member":
        make.MembershipFactory(producer=revision.product.producer, user=curator)
    elif tie == "author_before":
        make.RevisionFactory(withdrawn=True, product__producer=revision.product.producer, author_ids=[curator.pk])
    else:
        ProductRevision.objects.filter(pk=revision.pk).update(author_ids=[curator.pk])
    with pytest.raises(SelfReview):
        revision.claim(by=curator)


def test_an_incomplete_revision_names_what_is_missing(curator):
    revision = make.RevisionFactory(complete=True, moq=None, hs6=None)
    with pytest.raises(Incomplete) as refused:
        revision.submit(by=curator)
    assert {part.field for part in refused.value.missing} == {"moq", "hs6"}


def test_changes_without_a_request_and_a_rejection_without_a_reason_are_refused(curator):
    revision = in_state("in_review", curator)
    with pytest.raises(Refused) as without_request:
        revision.request_changes(by=curator, seen_version=1, requests=[])
    with pytest.raises(Refused) as without_reason:
        revision.reject(by=curator, seen_version=1, why="  ")
    assert [without_request.value.code, without_reason.value.code] == ["no_request", "why_missing"]


def test_english_is_required_to_publish_and_a_reviewer_may_write_it(curator):
    revision = in_state("in_review", curator)
    revision.title = {"id": "Sandal kulit"}
    revision.save()
    with pytest.raises(Refused) as refused:
        revision.approve(by=curator, seen_version=1)
    assert refused.value.code == "english_missing"
    revision.approve(by=curator, seen_version=1, translations={"title": {"en": "Leather sandals", "id": "Lain"}})
    revision.refresh_from_db()
    assert revision.title == {"id": "Sandal kulit", "en": "Leather sandals"}
    assert revision.translated_by == {"title.en": curator.pk}
    assert {letter.event.split(":")[0] for letter in Letter.objects.all()} == {
        "translation_written",
        "revision_approved",
    }


@pytest.mark.parametrize(("minutes", "state"), [(119, "in_review"), (121, "submitted")])
def test_a_claim_lapses_after_two_hours(minutes, state, curator):
    revision = in_state("in_review", curator)
    claimed_at = timezone.now() - datetime.timedelta(minutes=minutes)
    ProductRevision.objects.filter(pk=revision.pk).update(claimed_at=claimed_at)
    assert clock.release_lapsed_claims() == (1 if state == "submitted" else 0)
    assert clock.release_lapsed_claims() == 0
    revision.refresh_from_db()
    assert revision.state == state and AuditEntry.objects.count() == (1 if state == "submitted" else 0)


PRODUCT_VERBS: dict[str, Any] = {
    "suspend": lambda product, by: product.suspend(by=by, why="Prohibited."),
    "retire": lambda product, by: product.retire(by=by),
    "restore": lambda product, by: product.restore(by=by, was=product.state),
}
PRODUCT_STATES = ["unpublished", "published", "suspended", "retired"]


@pytest.mark.parametrize("state", PRODUCT_STATES)
@pytest.mark.parametrize("verb", PRODUCT_VERBS)
def test_each_arrow_of_a_product(verb, state, curator):
    product = make.ProductFactory(**({} if state == "unpublished" else {state: True}))
    starts, target = Product.TRANSITIONS[verb]
    if state in starts:
        PRODUCT_VERBS[verb](product, curator)
        assert AuditEntry.objects.get(verb=verb).to_state == target
        assert ProductSearch.objects.filter(product=product).exists() == (target == "published")
    else:
        with pytest.raises(TransitionNotAllowed):
            PRODUCT_VERBS[verb](product, curator)
    product.refresh_from_db()
    assert product.state == (target if state in starts else state)


def test_a_producer_cannot_restore_what_staff_suspended(curator):
    product = make.ProductFactory(suspended=True)
    with pytest.raises(TransitionNotAllowed):
        product.restore(by=curator, was=Product.S.RETIRED)
    product.refresh_from_db()
    assert product.state == "suspended"


def test_a_second_round_about_the_same_content_writes_again_and_shows_its_own_requests(curator):
    revision = in_state("in_review", curator)
    owner = make.MembershipFactory(producer=revision.product.producer).user
    comments = ("The first photo is dark.", "It is still dark.")
    for number, comment in enumerate(comments):
        if number:
            revision.submit(by=owner)
            revision.claim(by=curator)
        asked = [Asked("photos", "photo_unclear", comment)]
        revision.request_changes(by=curator, seen_version=revision.version, requests=asked)
    assert [request.comment for request in revision.requests_now()] == [comments[1]]
    assert Letter.objects.filter(event__startswith="changes_requested", recipient=owner).count() == 2


def test_the_trail_says_why_changes_were_asked_for_in_codes_and_without_the_words(curator):
    revision = in_state("in_review", curator)
    asked = [Asked("photos", "photo_unclear", "Foto Pak Budi."), Asked("certificates", "cert_missing", "Mohon unggah.")]
    revision.request_changes(by=curator, seen_version=revision.version, requests=asked)
    entry = AuditEntry.objects.get(verb="request_changes")
    assert entry.why == "photos: photo_unclear\ncertificates: cert_missing"
    assert why_label(entry) == "Photos: photo unclear\nCertificates: certificate missing"


def test_each_suspension_is_told(curator):
    product = make.ProductFactory(published=True)
    make.MembershipFactory(producer=product.producer)
    for why in ("A complaint.", "Another complaint."):
        product.suspend(by=curator, why=why)
        product.restore(by=curator, was="suspended")
    assert Letter.objects.filter(event__startswith="product_suspended").count() == 2
