"""Collections in the API: everybody reads the public ones, curators write those of their markets."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Scope
from markets.models import Collection
from tests import factories as make
from tests.kit import picture_corpus
from tests.markets.collections import offered

pytestmark = pytest.mark.django_db
LIST = "/api/v1/collections/"


@pytest.fixture
def curator():
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    return post.user


def at(collection, verb=""):
    return f"{LIST}{collection.slug}/{verb}{'/' if verb else ''}"


def slugs(answer):
    return [one["slug"] for one in answer.json()["results"]]


# --- to read ---------------------------------------------------------------------------------------


def test_everybody_reads_the_public_ones_newest_first(visitor):
    chile = make.CollectionFactory(published=True, products=[offered()])
    for_all = make.CollectionFactory(published=True, market=None, products=[offered()])
    brazil = make.CollectionFactory(published=True, market=make.MarketFactory(iso2="BR"), products=[offered(iso2="BR")])
    make.CollectionFactory(), make.CollectionFactory(archived=True)

    assert slugs(visitor.get(LIST)) == [brazil.slug, for_all.slug, chile.slug]
    assert slugs(visitor.get(LIST, {"market": "CL"})) == [for_all.slug, chile.slug]
    assert visitor.get(LIST, {"market": "XX"}).status_code == 400
    assert visitor.get(LIST, {"colour": "red"}).status_code == 400
    first = visitor.get(LIST, {"page_size": 2}).json()
    assert slugs(visitor.get(first["next"].removeprefix("http://testserver"))) == [chile.slug]


def test_one_is_told_with_its_public_products_in_order(visitor):
    shown, gone = offered("Sandals"), offered("Clogs")
    collection = make.CollectionFactory(published=True, products=[gone, shown])
    collection.items.filter(product=shown).update(note={"es": "Nuevo"})
    gone.retire(by=make.UserFactory())

    told = visitor.get(at(collection)).json()

    assert (told["market"], told["mission"], told["products"], told["state"]) == ("CL", None, 1, "published")
    (item,) = told["items"]
    assert (item["position"], item["product"], item["note"], item["is_public"]) == (
        2,
        shown.slug,
        {"es": "Nuevo"},
        True,
    )
    assert item["listed"]["title"] == {"en": "Sandals"} and told["url"].endswith(f"/collections/{collection.slug}/")


def test_what_is_over_is_gone_and_a_draft_is_not_there(visitor):
    over, draft = make.CollectionFactory(archived=True), make.CollectionFactory()

    assert (visitor.get(at(over)).status_code, visitor.get(at(over)).json()["code"]) == (410, "collection_over")
    assert visitor.get(at(draft)).status_code == 404


def test_twelve_cost_as_many_queries_as_one(visitor):
    one = make.CollectionFactory(published=True, products=[offered()])
    twelve = make.CollectionFactory(published=True, products=[offered() for _number in range(12)])
    for address in (at(one), at(twelve), LIST):
        visitor.get(address)
    counts = []
    for address in (at(one), at(twelve), LIST):
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(address).status_code == 200
        counts.append(len(queries))
    for _number in range(10):
        make.CollectionFactory(published=True, products=[offered()])
    with CaptureQueriesContext(connection) as queries:
        assert len(slugs(visitor.get(LIST))) == 12

    assert counts[0] == counts[1] <= 6 and len(queries) == counts[2] <= 2, queries.captured_queries


# --- to write --------------------------------------------------------------------------------------


def test_from_a_title_to_a_public_collection(client_of, visitor, curator):
    client, one, two = client_of(curator), offered("Sandals"), offered("Clogs")
    begun = client.post(LIST, {"title": {"en": "Sandals for the summer"}, "market": "CL"})
    assert begun.status_code == 201
    slug, told = begun.json()["slug"], begun.json()
    assert (told["state"], told["mission"], told["version"]) == ("draft", "KBRI-SCL", 1)
    assert visitor.get(f"{LIST}{slug}/").status_code == 404 and client.get(f"{LIST}{slug}/").status_code == 200
    assert slugs(client.get(LIST, {"state": "draft"})) == [slug]

    changed = client.patch(f"{LIST}{slug}/", {
        "version": 1, "introduction": {"en": "Small orders."}, "ends_on": make.in_days(30).isoformat(),
        "cover": str(two.placements.get().photo.key),
        "items": [{"product": two.slug, "note": {"es": "Con madera"}}, {"product": one.slug}],
    })  # fmt: skip
    assert changed.status_code == 200 and changed.json()["version"] == 2
    assert [item["product"] for item in changed.json()["items"]] == [two.slug, one.slug]
    published = client.post(f"{LIST}{slug}/publish/")

    assert published.json()["state"] == "published" and visitor.get(f"{LIST}{slug}/").json()["products"] == 2
    assert list(AuditEntry.objects.filter(object_type="markets.collection").values_list("verb", flat=True)) == [
        "publish", "rewrite", "start",
    ]  # fmt: skip


def test_a_change_of_what_somebody_else_changed_is_refused(client_of, curator):
    collection = make.CollectionFactory(products=[offered()])
    client = client_of(curator)
    client.patch(at(collection), {"version": 1, "introduction": {"en": "First."}})

    second = client.patch(at(collection), {"version": 1, "introduction": {"en": "Second."}})

    assert (second.status_code, second.json()["code"]) == (409, "collection_moved")
    collection.refresh_from_db()
    assert collection.introduction == {"en": "First."} and collection.items.count() == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"title": {"en": "x" * 121}}, "title"),
        ({"title": {"de": "x"}}, "title"),
        ({"market": "BR"}, "market"),
        ({"market": None}, "market"),
        ({"mission": "KBRI-BSB"}, "mission"),
        ({"cover": "00000000-0000-0000-0000-000000000000"}, "cover"),
        ({"items": [{"product": "nothing-like-it"}]}, "items.0.product"),
        ({"items": [{"produkt": "x"}]}, "items.0.produkt"),
        ({"starts_on": "tomorrow"}, "starts_on"),
    ],
)
def test_a_wrong_value_is_named_and_changes_nothing(client_of, curator, sent, field):
    make.MissionFactory(code="KBRI-BSB", city="Brasília", country="BR"), make.MarketFactory(iso2="BR")
    collection = make.CollectionFactory(mission=curator.mission_posts.get().mission)

    answer = client_of(curator).patch(at(collection), {"version": 1, **sent})

    assert answer.status_code == 400 and field in answer.json()["fields"], answer.json()
    collection.refresh_from_db()
    assert collection.version == 1


@pytest.mark.parametrize(
    ("verb", "traits", "code"),
    [
        ("publish", {}, "collection_empty"),
        ("publish", {"introduction": {}}, "english_missing"),
        ("publish", {"published": True}, "transition_not_allowed"),
        ("reopen", {}, "transition_not_allowed"),
        ("archive", {"archived": True}, "transition_not_allowed"),
        ("share", {"archived": True}, "archived"),
    ],
)
def test_a_refusal_has_its_code(client_of, curator, verb, traits, code):
    answer = client_of(curator).post(at(make.CollectionFactory(**traits), verb))

    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert not AuditEntry.objects.filter(object_type="markets.collection").exists()


def test_archive_reopen_share_and_unshare(client_of, visitor, curator):
    client, collection = client_of(curator), make.CollectionFactory(published=True, products=[offered()])

    assert client.post(at(collection, "archive"), {"why": "The fair is over."}).json()["state"] == "archived"
    assert AuditEntry.objects.get(verb="archive").why == "The fair is over."
    assert client.post(at(collection, "reopen")).json()["state"] == "published"
    shared = client.post(at(collection, "share")).json()
    assert "/collections/preview/" in shared["preview_url"]
    assert client.post(at(collection, "unshare")).status_code == 200
    collection.refresh_from_db()
    assert not collection.is_shared


def test_sent_twice_with_one_key_it_is_done_once(client_of, curator):
    client = client_of(curator)
    sent = {"title": {"en": "Sandals"}, "market": "CL"}

    first, again = (client.post(LIST, sent, HTTP_IDEMPOTENCY_KEY="k1") for _time in range(2))

    assert first.json() == again.json() and Collection.objects.count() == 1
    assert client.post(LIST, {**sent, "title": {"en": "Other"}}, HTTP_IDEMPOTENCY_KEY="k1").status_code == 422
    collection = make.CollectionFactory(products=[offered()])
    published = [client.post(at(collection, "publish"), HTTP_IDEMPOTENCY_KEY="k2") for _time in range(2)]
    assert [answer.status_code for answer in published] == [200, 200]
    assert AuditEntry.objects.filter(verb="publish").count() == 1


# --- its cover -------------------------------------------------------------------------------------


def cover(content=None):
    return {"file": SimpleUploadedFile("stand.jpg", content or picture_corpus.camera_jpeg(), content_type="image/jpeg")}


def test_a_cover_is_uploaded_once_and_taken_out(client_of, curator):
    client, collection = client_of(curator), make.CollectionFactory(products=[offered()])

    first, again = (
        client.post(at(collection, "cover"), cover(), format="multipart", HTTP_IDEMPOTENCY_KEY="k1")
        for _time in range(2)
    )
    assert first.json() == again.json() and first.json()["own_cover"]
    collection.refresh_from_db()
    assert first.json()["cover_url"] == f"/photos/{collection.own_cover_key}/640"
    assert AuditEntry.objects.filter(verb="change_cover").count() == 1
    for _time in range(2):
        assert client.delete(at(collection, "cover")).json()["own_cover"] is False
    assert AuditEntry.objects.filter(verb="change_cover").count() == 2


def test_what_is_no_picture_is_told_beside_its_field(client_of, curator):
    client, collection = client_of(curator), make.CollectionFactory()

    wrong: tuple[dict[str, object], ...] = (cover(b"<svg onload=alert(1)>"), {})
    for sent in wrong:
        answer = client.post(at(collection, "cover"), sent, format="multipart")
        assert answer.status_code == 400 and "file" in answer.json()["fields"]
    collection.refresh_from_db()
    assert collection.own_cover_key is None


# --- whose it is -----------------------------------------------------------------------------------


def test_a_mission_cannot_touch_another_market(client_of, curator):
    client, brazil = client_of(curator), make.MarketFactory(iso2="BR")
    foreign = make.CollectionFactory(market=brazil, products=[offered(iso2="BR")])
    for_all = make.CollectionFactory(market=None, products=[offered()])

    for one in (foreign, for_all):
        assert client.get(at(one)).status_code == 404
        assert client.patch(at(one), {"version": 1, "title": {"en": "Mine"}}).status_code == 404
        assert client.patch(at(one), {"colour": "red"}).status_code == 404
        for verb in ("publish", "archive", "reopen", "share", "unshare"):
            assert client.post(at(one, verb)).status_code == 404
        assert client.post(at(one, "cover"), cover(), format="multipart").status_code == 404
        assert client.delete(at(one, "cover")).status_code == 404
    assert client.post(LIST, {"title": {"en": "X"}, "market": "BR"}).status_code == 400
    assert client.post(LIST, {"title": {"en": "X"}}).status_code == 400
    assert slugs(client.get(LIST, {"state": "draft"})) == []
    assert not AuditEntry.objects.filter(object_type="markets.collection").exists()


def test_the_ministry_curates_everywhere_and_for_all(client_of):
    client = client_of(make.UserFactory(ministry=True))
    foreign = make.CollectionFactory(market=make.MarketFactory(iso2="BR"))

    assert client.patch(at(foreign), {"version": 1, "market": None}).json()["market"] is None
    assert client.post(LIST, {"title": {"en": "For all"}}).json()["market"] is None


def test_the_power_and_the_scope_of_the_token_are_asked(client_of, visitor, curator):
    collection = make.CollectionFactory(published=True, products=[offered()])
    producer, reader = client_of(make.UserFactory()), client_of(curator, [Scope.CATALOGUE_READ])

    assert visitor.post(at(collection, "archive")).status_code == 401
    assert producer.post(at(collection, "archive")).status_code == 403
    assert reader.post(at(collection, "archive")).json()["code"] == "scope_missing"
    assert reader.get(at(collection)).status_code == 200
    assert reader.get(at(make.CollectionFactory())).status_code == 404
    assert reader.get(LIST, {"state": "draft"}).json()["code"] == "scope_missing"
    assert visitor.get(LIST, {"state": "draft"}).status_code == 401
    assert producer.get(LIST, {"state": "draft"}).status_code == 403
