"""The verbs and words of a collection, from every state."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.verbs import LABELS
from accounts.workflow import Refused, TransitionNotAllowed
from markets.models import Chosen, Collection, CollectionMoved, CollectionState
from tests import factories as make
from tests.markets.collections import kretek, offered

pytestmark = pytest.mark.django_db
ARROWS = [
    (verb, state, target if state in starts else None)
    for verb, (starts, target) in Collection.TRANSITIONS.items()
    for state in CollectionState.values
]


@pytest.fixture
def curator():
    return make.UserFactory(mission=True)


def in_state(state, **fields):
    traits = {} if state == "draft" else {state: True}
    return make.CollectionFactory(products=[offered()], **traits, **fields)


def verbs_of(collection):
    rows = AuditEntry.objects.filter(object_type="markets.collection", object_id=str(collection.pk))
    return list(rows.order_by("pk").values_list("verb", "from_state", "to_state"))


# --- the drawing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("verb", "state", "target"), ARROWS)
def test_each_verb_leads_where_the_table_says_or_is_refused(curator, verb, state, target):
    collection = in_state(state)

    if target is None:
        with pytest.raises(TransitionNotAllowed):
            getattr(collection, verb)(by=curator)
        assert not AuditEntry.objects.exists()
    else:
        getattr(collection, verb)(by=curator)
        assert verbs_of(collection) == [(verb, state, target)]
    collection.refresh_from_db()
    assert collection.state == (target or state)


def test_every_verb_has_its_word_in_the_trail():
    assert {*Collection.TRANSITIONS, "start", "rewrite", "share", "unshare"} <= set(LABELS)


@pytest.mark.parametrize("lacking", ["title", "introduction"])
@pytest.mark.parametrize(("verb", "state"), [("publish", "draft"), ("reopen", "archived")])
def test_what_has_no_english_does_not_become_public(curator, verb, state, lacking):
    collection = in_state(state, **{lacking: {"es": "Sandalias"}})

    with pytest.raises(Refused) as refusal:
        getattr(collection, verb)(by=curator)

    assert refusal.value.code == "english_missing"
    collection.refresh_from_db()
    assert collection.state == state


def test_what_has_no_public_product_does_not_become_public(curator):
    collection = in_state("draft")
    collection.items.get().product.retire(by=curator)

    with pytest.raises(Refused) as refusal:
        collection.publish(by=curator)

    assert refusal.value.code == "collection_empty"


# --- what it says ----------------------------------------------------------------------------------


def test_a_collection_is_started_as_a_draft_with_an_address_of_its_title(curator):
    collection = Collection.objects.start(by=curator, title={"en": "Sandals & shoes"}, market=make.MarketFactory())

    assert (collection.state, collection.slug) == ("draft", f"sandals-shoes-{collection.pk}")
    assert verbs_of(collection) == [("start", "", "draft")]


def test_a_mission_curates_only_where_it_is_accredited(curator):
    brasilia = make.MissionFactory(code="KBRI-BSB", city="Brasília", country="BR")

    with pytest.raises(Refused) as refusal:
        Collection.objects.start(by=curator, title={"en": "X"}, market=make.MarketFactory(), mission=brasilia)
    assert refusal.value.code == "mission_elsewhere" and not Collection.objects.exists()

    collection = in_state("draft")
    with pytest.raises(Refused):
        collection.rewrite(by=curator, seen_version=1, mission=brasilia)


def test_the_address_follows_the_title_until_it_was_public_and_never_after(curator):
    collection = in_state("draft")

    collection.rewrite(by=curator, seen_version=1, title={"en": "Leather for Chile"})
    assert collection.slug == f"leather-for-chile-{collection.pk}"
    collection.publish(by=curator)
    collection.rewrite(by=curator, seen_version=2, title={"en": "Another title"})
    collection.archive(by=curator)
    collection.rewrite(by=curator, seen_version=3, title={"en": "A third title"})

    collection.refresh_from_db()
    assert collection.slug == f"leather-for-chile-{collection.pk}" and collection.title == {"en": "A third title"}


@pytest.mark.parametrize("state", CollectionState.values)
def test_a_stale_change_is_refused_and_leaves_no_trace(curator, state):
    collection, stale = in_state(state), Collection.objects.get()
    collection.rewrite(by=curator, seen_version=1, title={"en": "Mine"})

    with pytest.raises(CollectionMoved):
        stale.rewrite(by=curator, seen_version=1, title={"en": "Theirs"}, items=[])

    collection.refresh_from_db()
    assert (collection.title, collection.version, collection.items.count()) == ({"en": "Mine"}, 2, 1)
    assert verbs_of(collection) == [("rewrite", state, state)]


def test_a_public_one_keeps_its_english_and_a_product(curator):
    collection = in_state("published")

    for changes, code in (
        ({"title": {"es": "Sandalias"}}, "english_missing"),
        ({"introduction": {}}, "english_missing"),
        ({"items": []}, "collection_empty"),
    ):
        with pytest.raises(Refused) as refusal:
            collection.rewrite(by=curator, seen_version=1, **changes)
        assert refusal.value.code == code
    with pytest.raises(IntegrityError), transaction.atomic():
        Collection.objects.update(title={"es": "Sandalias"})


def test_too_long_texts_and_a_period_that_ends_before_it_begins_are_refused(curator):
    collection = in_state("draft")

    with pytest.raises(ValidationError):
        collection.rewrite(by=curator, seen_version=1, title={"en": "x" * 121})
    with pytest.raises(Refused) as refusal:
        collection.rewrite(by=curator, seen_version=1, starts_on=make.in_days(2), ends_on=make.in_days(1))

    assert refusal.value.code == "period"
    with pytest.raises(IntegrityError), transaction.atomic():
        Collection.objects.update(starts_on=make.in_days(2), ends_on=make.in_days(1))


# --- the cover -------------------------------------------------------------------------------------


def test_the_cover_is_a_photo_of_one_of_its_products_and_goes_with_it(curator):
    inside, outside = offered(), offered()
    collection = make.CollectionFactory(products=[inside, outside])
    photo = inside.placements.get().photo
    collection.rewrite(by=curator, seen_version=1, cover=photo)
    assert collection.cover == photo

    collection.rewrite(by=curator, seen_version=2, items=[Chosen(outside.pk, {})])
    assert collection.cover is None
    with pytest.raises(Refused) as refusal:
        collection.rewrite(by=curator, seen_version=3, cover=photo)
    assert refusal.value.code == "cover_elsewhere"


def test_tobacco_is_never_a_cover(curator):
    product = kretek()
    collection = make.CollectionFactory(products=[product])

    with pytest.raises(Refused) as refusal:
        collection.rewrite(by=curator, seen_version=1, cover=product.placements.get().photo)

    assert refusal.value.code == "cover_elsewhere"
    assert not Collection.objects.featurable().exists()


# --- the preview -----------------------------------------------------------------------------------


def test_a_preview_link_lasts_fourteen_days_and_a_new_one_ends_the_one_before(curator):
    collection = in_state("draft")
    collection.share(by=curator)
    before = collection.preview_nonce
    assert collection.is_shared and (collection.preview_until - timezone.now()).days == 13

    collection.share(by=curator)
    assert collection.preview_nonce not in ("", before)
    collection.unshare(by=curator)
    collection.unshare(by=curator)

    assert not collection.is_shared and collection.preview_nonce == ""
    assert [verb for verb, _from, _to in verbs_of(collection)] == ["share", "share", "unshare"]


def test_archiving_ends_the_preview_and_an_archived_one_gets_none(curator):
    collection = in_state("draft")
    collection.share(by=curator)
    collection.archive(by=curator)

    assert not collection.is_shared
    with pytest.raises(Refused) as refusal:
        collection.share(by=curator)
    assert refusal.value.code == "archived"


# --- the words -------------------------------------------------------------------------------------


def test_public_is_published_and_within_its_period():
    fields = {"published": True}
    open_end = make.CollectionFactory(**fields)
    current = make.CollectionFactory(starts_on=make.in_days(0), ends_on=make.in_days(0), **fields)
    coming = make.CollectionFactory(starts_on=make.in_days(1), **fields)
    ended = make.CollectionFactory(ends_on=make.in_days(-1), **fields)
    draft, archived = make.CollectionFactory(), make.CollectionFactory(archived=True)
    thrown_away = make.CollectionFactory(state="archived")

    assert set(Collection.objects.public()) == {open_end, current}
    assert {one for one in Collection.objects.all() if one.is_public} == {open_end, current}
    assert set(Collection.objects.over()) == {ended, archived}
    assert {coming, draft, thrown_away}.isdisjoint(Collection.objects.over())


def test_a_mission_edits_the_collections_of_its_markets_and_the_ministry_all():
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    own, foreign = make.CollectionFactory(), make.CollectionFactory(market=make.MarketFactory(iso2="BR"))
    for_all = make.CollectionFactory(market=None)
    ministry, producer = make.UserFactory(ministry=True), make.UserFactory()

    assert set(Collection.objects.editable_by(post.user)) == {own}
    assert set(Collection.objects.editable_by(ministry)) == {own, foreign, for_all}
    assert not Collection.objects.editable_by(producer).exists()
    assert set(Collection.objects.visible_to(post.user)) == {own}
    assert not Collection.objects.visible_to(producer).exists()
