from __future__ import annotations

import datetime
import io

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from PIL import Image

from accounts.models import Letter
from catalog.models import Product
from tests import factories as make

V1 = "/api/v1"
PASSWORD = "a very long password"


def picture(colour: str, side: int = 1000) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(file, "JPEG")
    file.seek(0)
    file.name = f"{colour}.jpg"
    return file


def in_by_token(client, user):
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    answer = client.post(f"{V1}/auth/token/", {"email": user.email.upper(), "password": PASSWORD})
    assert answer.status_code == 201
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['token']}")
    return client


@pytest.fixture
def producer_side(db):
    from tests.api.conftest import Client

    membership = make.MembershipFactory()
    make.CommodityFactory(), make.UnitFactory(), make.IncotermFactory()
    return in_by_token(Client(), membership.user)


@pytest.fixture
def mission():
    from tests.api.conftest import Client

    make.AccreditationFactory()
    return in_by_token(Client(), make.MissionStaffFactory().user)


@pytest.fixture
def importer():
    from tests.api.conftest import Client

    return in_by_token(Client(), make.ImporterFactory(country="CL").user)


CONTENT = {
    "title": {"id": "Sandal kulit", "en": "Leather sandals"},
    "description": {"id": "Alas kulit asli.", "en": "Full-grain leather footbed."},
    "commodity": "leather-sandals",
    "unit": "PR",
    "moq": "300",
    "capacity_per_month": 6000,
    "lead_time_days": 35,
    "target_markets": ["CL"],
    "units_per_carton": "24",
    "carton_length_cm": "60",
    "carton_width_cm": "42",
    "carton_height_cm": 38.5,
}


@pytest.mark.django_db
def test_the_whole_chain_goes_through_the_api_alone(producer_side, mission, visitor, importer):
    started = producer_side.post(f"{V1}/my/products/", {"title": {"id": "Sandal"}}).json()
    here = f"{V1}/my/revisions/{started['id']}/"
    refused = producer_side.post(f"{here}submit/")
    assert refused.status_code == 409 and refused.json()["code"] == "incomplete"
    assert {"moq", "offers", "photos", "hs6"} <= set(refused.json()["fields"])

    until = timezone.now().date() + datetime.timedelta(days=90)
    offer = {"incoterm": "FOB", "place": "Tanjung Perak, Surabaya", "currency": "USD", "valid_until": until.isoformat()}
    offers = [
        offer | {"unit_price": "6.80", "from_quantity": 300},
        offer | {"unit_price": "6.40", "from_quantity": 900},
    ]
    changed = producer_side.patch(here, {**CONTENT, "offers": offers, "version": started["version"]})
    assert changed.status_code == 200, changed.json()
    assert changed.json()["content"]["hs6"] == "640399"
    assert changed.json()["content"]["category"] == "sandals-flip-flops"

    photos = []
    for colour in ("brown", "black"):
        sent = {"revision": started["id"], "file": picture(colour)}
        uploaded = producer_side.post(f"{V1}/my/photos/", sent, format="multipart")
        assert uploaded.status_code == 201, uploaded.json()
        photos.append(uploaded.json()["photo"])
    version = uploaded.json()["version"]
    order = [{"photo": key, "alt": {"en": "A sandal"}} for key in reversed(photos)]
    ordered = producer_side.patch(here, {"photos": order, "version": version}).json()
    assert [one["photo"] for one in ordered["photos"]] == photos[::-1] and ordered["carton_cbm"] == "0.097"
    assert producer_side.post(f"{here}submit/").json()["state"] == "submitted"

    review = f"{V1}/reviews/{started['id']}/"
    (waiting,) = mission.get(f"{V1}/reviews/").json()["results"]
    assert waiting["id"] == started["id"] and waiting["standing"] == "ok"
    seen = mission.post(f"{review}claim/").json()
    assert seen["claimed_by"]["is_me"] and seen["public"] is None
    request = {"field": "moq", "reason": "moq_missing", "comment": "Mohon tulis jumlah untuk pesanan pertama."}
    asked = mission.post(f"{review}request-changes/", {"seen_version": seen["version"], "requests": [request]})
    assert asked.json()["state"] == "changes_requested"

    back = producer_side.get(here).json()
    assert back["requests"][0]["field"] == "moq" and not back["requests"][0]["is_changed"]
    fixed = producer_side.patch(here, {"moq": 250, "version": back["version"]}).json()
    assert fixed["requests"][0]["is_changed"]
    producer_side.post(f"{here}submit/")
    seen = mission.post(f"{review}claim/").json()
    assert seen["changed_since_request"] == ["moq"]
    stale = mission.post(f"{review}approve/", {"seen_version": seen["version"] - 1})
    assert stale.status_code == 409 and stale.json()["code"] == "revision_moved"
    translated = {"seen_version": seen["version"], "translations": {"title": {"es": "Sandalias de cuero"}}}
    approved = mission.post(f"{review}approve/", translated)
    assert approved.json()["state"] == "approved"

    slug = Product.objects.get().slug
    waiting = mission.get(f"{V1}/markets/CL/listings/", {"state": "requested"}).json()["results"]
    assert [one["product"] for one in waiting] == [slug]
    listing = f"{V1}/markets/CL/listings/{slug}/"
    listed = mission.post(f"{listing}list/", {"pitch": {"es": "Cuero de calidad"}, "rank": 1}).json()
    assert listed["state"] == "listed" and listed["is_public"]

    told = visitor.get(f"{V1}/products/{slug}/", {"lang": "es"}).json()
    assert told["display"]["title"] == "Sandalias de cuero" and told["moq"] == "250"
    assert [one["slug"] for one in visitor.get(f"{V1}/products/?market=CL&q=sandalias").json()["results"]] == [slug]
    found = importer.get(f"{V1}/products/?market=CL&q=sandalias&lang=es").json()["results"]
    assert [one["slug"] for one in found] == [slug]
    assert [one["slug"] for one in visitor.get(f"{V1}/markets/cl/products/").json()["results"]] == [slug]
    events = set(Letter.objects.values_list("event", flat=True))
    assert {event.split(":")[0] for event in events} >= {"revision_submitted", "changes_requested", "revision_approved"}
    agree(importer, producer_side, mission, slug)


def agree(importer, producer_side, mission, slug):
    """From the basket in Spanish to an accepted quotation in Indonesian."""
    basket = f"{V1}/my/basket/"
    assert importer.post(f"{basket}lines/", {"product": slug, "quantity": "600", "samples": 2}).status_code == 201
    terms = {"destination_country": "CL", "incoterm": "FOB", "place": "Tanjung Perak", "message": "Buscamos sandalias."}
    assert importer.patch(basket, terms).status_code == 200
    [key] = importer.post(f"{basket}send/?lang=es", HTTP_IDEMPOTENCY_KEY="round-1").json()["enquiries"]
    asked, given = f"{V1}/enquiries/{key}/", f"{V1}/my/enquiries/{key}/"

    [waiting] = producer_side.get(f"{V1}/my/enquiries/", {"turn": "producer"}).json()["results"]
    read = producer_side.get(given).json()
    assert waiting["id"] == key and (read["text"], read["language"]) == ("Buscamos sandalias.", "es")
    assert producer_side.post(f"{given}messages/", {"kind": "ask_details", "language": "id"}).status_code == 201
    [question] = importer.get(f"{asked}messages/").json()["results"]
    assert question["kind"] == "ask_details" and importer.get(asked).json()["turn"] == "importer"
    said = {"text": "Tallas 38 a 45.", "language": "es", "seen": question["id"]}
    told = importer.post(f"{asked}messages/", said).json()
    assert told["turn"] == "producer" and told["due_at"]
    assert mission.get(f"{V1}/enquiries/", {"state": "answered"}).json()["results"][0]["id"] == key

    until = (timezone.now().date() + datetime.timedelta(days=30)).isoformat()
    quotation = {
        "incoterm": "FOB", "place": "Tanjung Perak", "currency": "USD", "valid_until": until, "lead_time_days": 28,
        "payment_terms": "tt_deposit", "deposit_percent": 30, "seen": question["id"],
        "lines": [{"product": slug, "quantity": "600", "unit_price": "6.80"}],
    }  # fmt: skip
    stale = producer_side.post(f"{given}quote/", quotation)
    assert stale.status_code == 409 and stale.json()["code"] == "enquiry_moved"
    quotation["seen"] = told["newest_message"]
    first = producer_side.post(f"{given}quote/", quotation).json()
    lines = [{**quotation.pop("lines")[0], "unit_price": "6.60"}]
    quotation["seen"] = producer_side.get(given).json()["newest_message"]
    newer = producer_side.post(f"{given}quote/", {**quotation, "lines": lines})
    assert newer.status_code == 201, newer.json()
    late = importer.post(f"{V1}/quotations/{first['id']}/accept/")
    assert late.status_code == 409 and late.json()["code"] == "enquiry_moved"
    [best] = importer.get(f"{V1}/quotations/", {"newest": "true", "state": "quoted"}).json()["results"]
    assert (best["version"], best["total"]) == (2, "3960")
    assert importer.post(f"{V1}/quotations/{best['id']}/accept/").json()["enquiry_state"] == "accepted"
    closed = producer_side.post(f"{given}messages/", {"kind": "text", "text": "Terima kasih!"})
    assert closed.status_code == 409 and producer_side.get(given).json()["state"] == "accepted"
