from __future__ import annotations

import datetime
import io
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.models import AuditEntry
from catalog.models import AttributeField, AttributeTemplate, Photo, PriceOffer, Product, ProductRevision
from tests import factories as make

MINE, PRODUCTS = "/api/v1/my/revisions/", "/api/v1/my/products/"


@pytest.fixture
def own(db):
    return make.MembershipFactory()


@pytest.fixture
def desk(own, client_of):
    return client_of(own.user)


@pytest.fixture
def draft(own):
    return make.RevisionFactory(complete=True, product=make.ProductFactory(producer=own.producer))


def offer(**fields):
    return {
        "incoterm": "FOB", "place": "Surabaya", "currency": "USD", "unit_price": "6.80", "from_quantity": "300",
        "valid_until": make.in_days(30).isoformat(), **fields,
    }  # fmt: skip


def picture(side=900):
    file = io.BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(file, "PNG")
    file.seek(0)
    file.name = "../foto sandal.png"
    return file


def test_what_is_told_may_be_sent_back_unchanged(desk, draft):
    told = desk.get(f"{MINE}{draft.pk}/").json()
    again = desk.patch(f"{MINE}{draft.pk}/", {**told["content"], "version": told["version"]})
    assert again.status_code == 200, again.json()
    assert again.json()["content"] == told["content"] and again.json()["version"] == told["version"] + 1


def test_only_what_is_sent_changes(desk, draft):
    before = desk.get(f"{MINE}{draft.pk}/").json()["content"]
    after = desk.patch(f"{MINE}{draft.pk}/", {"version": 1, "gross_kg": 13.5, "brand": "Asli"}).json()["content"]
    assert after == {**before, "gross_kg": "13.5", "brand": "Asli"}


@pytest.mark.parametrize("language", ["en", "es", "id", "pt-br"])
def test_numbers_are_the_same_whatever_the_language(desk, draft, language):
    sent = {"version": 1, "gross_kg": "13.500", "moq": 1200, "offers": [offer(unit_price="1.234")]}
    told = desk.patch(f"{MINE}{draft.pk}/?lang={language}", sent).json()["content"]
    assert (told["gross_kg"], told["moq"], told["offers"][0]["unit_price"]) == ("13.5", "1200", "1.234")


def test_a_unit_that_is_counted_does_not_go_with_a_price_from_a_part_of_it(desk, draft, own):
    kilogram = make.UnitFactory(code="KGM", symbol="kg", name={"en": "kilogram"}, kind="mass")
    weighed = {"version": 1, "unit": kilogram.pk, "moq": "2.5", "offers": [offer(from_quantity="2.5")]}
    assert desk.patch(f"{MINE}{draft.pk}/", weighed).json()["content"]["moq"] == "2.5"
    refused = desk.patch(f"{MINE}{draft.pk}/", {"version": 2, "unit": "PR"})
    assert refused.status_code == 400 and set(refused.json()["fields"]) == {"moq", "unit"}
    counted = {"version": 2, "unit": "PR", "moq": "3", "offers": [offer(from_quantity="3.00")]}
    assert desk.patch(f"{MINE}{draft.pk}/", counted).status_code == 200


def test_S30_an_older_version_is_refused_with_both_values(desk, draft, own):
    desk.patch(f"{MINE}{draft.pk}/", {"version": 1, "moq": "400", "brand": "Asli"})
    refused = desk.patch(f"{MINE}{draft.pk}/", {"version": 1, "moq": "500", "brand": "Asli"})
    assert refused.status_code == 409 and refused.json()["code"] == "revision_moved"
    assert refused.json()["fields"] == {"moq": {"yours": "500", "saved": "400"}}
    draft.refresh_from_db()
    assert draft.moq == Decimal(400)


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({"offers": [offer(), offer(from_quantity="900", unit_price="7.00")]}, "offers.1.unit_price"),
        ({"offers": [offer(), offer()]}, "offers.1.from_quantity"),
        ({"offers": [offer(valid_until=make.in_days(181).isoformat())]}, "offers.0.valid_until"),
        ({"offers": [offer(incoterm="ZZZ")]}, "offers.0.incoterm"),
        ({"offers": [offer(unit_price="0")]}, "offers.0.unit_price"),
        ({"offers": [offer(currency="XXX")]}, "offers.0.currency"),
        ({"net_kg": "99"}, "net_kg"),
        ({"sample_price": "5", "sample_currency": ""}, "sample_currency"),
        ({"moq": "0"}, "moq"),
        ({"moq": "-5"}, "moq"),
        ({"moq": "1234.5"}, "moq"),
        ({"offers": [offer(from_quantity="0.5")]}, "offers.0.from_quantity"),
        ({"hs6": "123456"}, "hs6"),
        ({"target_markets": ["ID"]}, "target_markets"),
        ({"attributes": {"colour": "red"}}, "attributes.colour"),
        ({"photos": [{"photo": "7e57d004-2b97-0e7a-b45f-5387367791cd"}]}, "photos.0.photo"),
        ({"certificates": [987654321]}, "certificates"),
        ({"title": {"en": "x" * 121}}, "title"),
        ({"description": {"id": "x" * 5001}}, "description"),
        ({"state": "approved"}, "state"),
        ({"product": 1}, "product"),
    ],
)
def test_what_the_page_would_not_take_is_refused_by_its_path(desk, draft, sent, path):
    refused = desk.patch(f"{MINE}{draft.pk}/", {"version": 1, "brand": "Lost?", **sent})
    assert refused.status_code == 400, refused.json()
    assert list(refused.json()["fields"]) == [path]
    draft.refresh_from_db()
    assert draft.brand == "" and draft.version == 1


def test_facts_of_the_category_are_typed(desk, draft):
    template = AttributeTemplate.objects.create(slug="footwear", name={"en": "Footwear"})
    ask = {"template": template, "label": {"en": "A fact"}}
    AttributeField.objects.create(key="heel_cm", kind="number", unit="cm", **ask)
    AttributeField.objects.create(key="lined", kind="yes_no", **ask)
    choices = [{"value": "eu", "label": {"en": "EU"}}, {"value": "br", "label": {"en": "BR"}}]
    AttributeField.objects.create(key="sizes", kind="choices", choices=choices, **ask)
    draft.category.template = template
    draft.category.save()
    AttributeField.objects.create(key="seasons", kind="choices", choices=choices, **ask)
    facts = {"heel_cm": 1.234, "lined": False, "sizes": ["eu", "br"]}
    told = desk.patch(f"{MINE}{draft.pk}/?lang=es", {"version": 1, "attributes": facts}).json()["content"]
    assert told["attributes"] == facts
    kept = desk.patch(f"{MINE}{draft.pk}/?lang=es", {"version": 2, "brand": "Asli"}).json()["content"]
    assert kept["attributes"] == facts
    refused = desk.patch(f"{MINE}{draft.pk}/", {"version": 3, "attributes": {"sizes": ["us"], "heel_cm": "high"}})
    assert set(refused.json()["fields"]) == {"attributes.sizes", "attributes.heel_cm"}


def test_another_commodity_brings_its_code_and_category(desk, draft):
    other = make.CommodityFactory(
        slug="batik-cloth",
        hs6=make.HSCodeFactory(code="520852"),
        category=make.CategoryFactory(slug="batik", parent=None),
    )
    told = desk.patch(f"{MINE}{draft.pk}/", {"version": 1, "commodity": other.slug}).json()["content"]
    assert (told["hs6"], told["category"]) == ("520852", "batik")


def test_offers_are_replaced_whole(desk, draft):
    desk.patch(f"{MINE}{draft.pk}/", {"version": 1, "offers": [offer(), offer(incoterm="FOB", place="Semarang")]})
    assert PriceOffer.objects.filter(revision=draft).count() == 2
    desk.patch(f"{MINE}{draft.pk}/", {"version": 2, "offers": []})
    assert not PriceOffer.objects.filter(revision=draft).exists()


def test_a_photo_is_uploaded_placed_moved_and_taken_out(desk, draft):
    told = desk.post("/api/v1/my/photos/", {"revision": draft.pk, "file": picture()}, format="multipart").json()
    assert told["version"] == 2 and told["width"] == 900
    first = {"photo": told["photo"], "alt": {"es": "Una sandalia"}}
    moved = desk.patch(f"{MINE}{draft.pk}/", {"version": 2, "photos": [first]}).json()
    assert [one["photo"] for one in moved["photos"]] == [told["photo"]]
    assert moved["content"]["photos"] == [first]
    assert Photo.objects.count() == 1 and default_storage.exists(f"pictures/{told['photo']}/640.webp")


def test_S12_what_is_no_picture_is_refused_with_its_name(desk, draft):
    file = io.BytesIO(b"<svg onload=alert(1)>")
    file.name = "foto.jpg"
    refused = desk.post("/api/v1/my/photos/", {"revision": draft.pk, "file": file}, format="multipart")
    assert refused.status_code == 400 and "foto.jpg" in refused.json()["fields"]["file"][0]


def test_a_photo_for_a_foreign_revision_is_refused_like_one_for_none(desk):
    foreign = make.RevisionFactory()
    answers = [
        desk.post("/api/v1/my/photos/", {"revision": pk, "file": picture()}, format="multipart").json()
        for pk in (foreign.pk, 987654321)
    ]
    assert answers[0] == answers[1] and list(answers[0]["fields"]) == ["revision"]


def test_S6_uploads_are_limited_by_producer(desk, draft, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "upload": (1, 3600)}
    sent = {"revision": draft.pk}
    assert desk.post("/api/v1/my/photos/", {**sent, "file": picture()}, format="multipart").status_code == 201
    assert desk.post("/api/v1/my/photos/", {**sent, "file": picture()}, format="multipart").status_code == 429


def test_a_photo_of_somebody_else_cannot_be_placed(desk, draft):
    foreign = make.PhotoFactory()
    refused = desk.patch(f"{MINE}{draft.pk}/", {"version": 1, "photos": [{"photo": str(foreign.key)}]})
    assert refused.json()["fields"] == {"photos.0.photo": ["This producer has no such photo."]}


def test_S29_a_product_is_started_once_however_often_it_is_sent(desk):
    sent = {"title": {"id": "Sandal"}}
    first, again = (desk.post(PRODUCTS, sent, HTTP_IDEMPOTENCY_KEY="k1") for _ in range(2))
    assert first.status_code == again.status_code == 201 and first.json() == again.json()
    assert Product.objects.count() == 1
    other = desk.post(PRODUCTS, {"title": {"id": "Batik"}}, HTTP_IDEMPOTENCY_KEY="k1")
    assert other.status_code == 422 and other.json()["code"] == "submission_key_reused"
    assert desk.post(PRODUCTS, sent, HTTP_IDEMPOTENCY_KEY="k2").status_code == 201


def test_a_wrong_value_starts_nothing(desk):
    assert desk.post(PRODUCTS, {"hs6": "123456"}, HTTP_IDEMPOTENCY_KEY="k1").status_code == 400
    assert not Product.objects.exists() and not AuditEntry.objects.filter(verb="start").exists()
    assert desk.post(PRODUCTS, {}, HTTP_IDEMPOTENCY_KEY="k1").status_code == 201


def test_who_works_on_several_producers_says_whose_product_it_is(desk, own):
    second = make.MembershipFactory(user=own.user).producer
    refused = desk.post(PRODUCTS, {})
    assert refused.status_code == 400 and second.trade_name in refused.json()["fields"]["producer"][0]
    assert desk.post(PRODUCTS, {"producer": second.pk}).json()["producer"]["id"] == second.pk
    foreign = make.ProducerFactory()
    assert desk.post(PRODUCTS, {"producer": foreign.pk}).status_code == 400


def test_a_published_product_is_revised_and_stays_as_it_is(desk, own):
    product = make.ProductFactory(published=True, producer=own.producer)
    opened = desk.post(f"{PRODUCTS}{product.pk}/revise/", {})
    assert opened.status_code == 201 and opened.json()["content"]["moq"] == "300"
    twice = desk.post(f"{PRODUCTS}{product.pk}/revise/", {})
    assert twice.status_code == 409 and twice.json()["code"] == "revision_open"
    desk.patch(f"{MINE}{opened.json()['id']}/", {"version": 1, "moq": "10"})
    product.refresh_from_db()
    assert product.moq == Decimal(300)
    (told,) = desk.get(PRODUCTS).json()["results"]
    assert told["open_revision"]["id"] == opened.json()["id"]


def test_a_revision_starts_from_a_closed_one_if_asked(desk, draft):
    desk.post(f"{MINE}{draft.pk}/withdraw/")
    opened = desk.post(f"{PRODUCTS}{draft.product_id}/revise/", {"from_revision": draft.pk})
    assert opened.status_code == 201 and opened.json()["content"]["moq"] == "300"
    wrong = desk.post(f"{PRODUCTS}{draft.product_id}/revise/", {"from_revision": 987654})
    assert wrong.status_code == 400


def test_retire_restore_confirm(desk, own):
    product = make.ProductFactory(published=True, producer=own.producer, confirmed_on=None)
    here = f"{PRODUCTS}{product.pk}/"
    assert desk.post(f"{here}confirm/").json()["confirmed_on"] == datetime.datetime.now(datetime.UTC).date().isoformat()
    assert desk.post(f"{here}retire/").json()["state"] == "retired"
    refused = desk.post(f"{here}retire/")
    assert refused.status_code == 409 and refused.json()["code"] == "transition_not_allowed"
    assert desk.post(f"{here}restore/").json()["state"] == "published"


def test_what_reviewers_have_in_hand_is_not_edited(desk, own):
    product = make.ProductFactory(producer=own.producer)
    revision = make.RevisionFactory(in_review=True, product=product)
    refused = desk.patch(f"{MINE}{revision.pk}/", {"version": 1, "moq": "5"})
    assert refused.status_code == 409 and refused.json()["code"] == "transition_not_allowed"


@pytest.mark.parametrize("address", [MINE, PRODUCTS, "/api/v1/my/photos/", "/api/v1/my/certificates/"])
def test_own_lists_cost_the_same_however_long(desk, own, address):
    desk.get(address)  # the first use of a token is noted
    counts = []
    for number in (1, 11):
        for _ in range(number):
            product = make.ProductFactory(producer=own.producer)
            make.RevisionFactory(complete=True, product=product)
            make.CertificateFactory(producer=own.producer)
        with CaptureQueriesContext(connection) as asked:
            assert len(desk.get(address).json()["results"]) >= number
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_S2_no_foreign_field_is_written(desk, draft):
    for name in (
        "producer",
        "claimed_by",
        "decided_by",
        "number",
        "slug",
        "author_ids",
        "confirmed_on",
        "translated_by",
    ):
        assert desk.patch(f"{MINE}{draft.pk}/", {"version": 1, name: 1}).status_code == 400, name
    assert ProductRevision.objects.get().version == 1
