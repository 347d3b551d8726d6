"""Asking for what was not found: from a search, by a visitor who registers afterwards, once though sent twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from inquiries.models import BuyingRequest, Importer
from tests import factories as make
from tests.catalog.desk import at, picture, words
from tests.inquiries.asking_pages import request_form
from tests.registering import IMPORTER, importer_form

pytestmark = pytest.mark.django_db
CREATE = "/en/inquiries/requests/new/"


@pytest.fixture
def importer(client) -> Importer:
    importer = make.ImporterFactory()
    client.force_login(importer.user)
    return importer


def stored(tmp_path: Path) -> int:
    return sum(path.is_file() for path in (tmp_path / "uploads").rglob("*"))


def test_it_is_handed_in_and_waits_for_the_mission(client, importer):
    make.CertificateTypeFactory()
    make.IncotermFactory()
    commodity = make.CommodityFactory()
    more = {
        "commodity": commodity.pk, "hs": "6403.99", "certificates": ["HALAL"], "incoterm": "FOB",
        "place": "Surabaya", "destination_port": "San Antonio", "target_price": "7,5", "currency": "USD",
        "specification": "Talla 35 a 40.\nCaja propia.",
    }  # fmt: skip
    answer = client.post(CREATE.replace("/en/", "/es/"), request_form(**more))
    asked = BuyingRequest.objects.get()
    assert answer.status_code == 302 and answer.url.endswith(f"/requests/{asked.pk}/")
    assert (asked.state, asked.importer, asked.commodity, asked.hs_id) == ("submitted", importer, commodity, "640399")
    assert (str(asked.target_price), asked.certificates, asked.language) == ("7.5000", ["HALAL"], "es")


def test_sent_twice_it_is_one(client, importer):
    first = client.post(CREATE, request_form())
    second = client.post(CREATE, request_form())
    assert first.url == second.url and BuyingRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "12345"}, "title"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "2.5"}, "quantity"),
        ({"quantity": "9" * 14}, "quantity"),
        ({"unit": "XXX"}, "unit"),
        ({"country": "ZZ"}, "country"),
        ({"hs": "64039"}, "hs"),
        ({"deadline": "2020-01-01"}, "deadline"),
        ({"deadline": "9999-12-31"}, "deadline"),
        ({"target_price": "7"}, "currency"),
        ({"certificates": ["MADE UP"]}, "certificates"),
        ({"specification": "x" * 3001}, "specification"),
        ({"language": "tlh"}, "language"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(client, importer, wrong, field):
    answer = client.post(CREATE, request_form(**{"place": "Surabaya", **wrong}))
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert 'value="Surabaya"' in answer.content.decode() and not BuyingRequest.objects.exists()


def test_a_search_that_found_nothing_begins_it(client, importer):
    make.CertificateTypeFactory()
    make.IncotermFactory()
    make.HSCodeFactory()
    commodity = make.CommodityFactory()
    query = "q=leather+sandals&market=BR&certificate=HALAL&incoterm=FOB&hs=640399&price_max=7&moq_max=300"
    query += f"&category={commodity.category.slug}&sort=price&after=forged"
    form = client.get(f"{CREATE}?{query}").context["form"]
    begun = {name: form[name].value() for name in ("title", "country", "certificates", "incoterm", "hs", "currency")}
    assert begun == {
        "title": "leather sandals", "country": "BR", "certificates": ["HALAL"], "incoterm": "FOB",
        "hs": "6403.99", "currency": "USD",
    }  # fmt: skip
    assert (form["target_price"].value(), form["quantity"].value()) == ("7", "300")
    assert form["category"].value() == commodity.category_id and form.chosen_commodity() == commodity


def test_from_nothing_it_begins_with_the_country_of_the_company(client, importer):
    assert client.get(CREATE).context["form"]["country"].value() == "CL"


class TestWithoutScript:
    def test_a_commodity_is_looked_up_and_taken_and_what_was_typed_stays(self, client, importer):
        commodity = make.CommodityFactory()
        typed = request_form(commodity_words="ojotas", find="1", place="Surabaya")
        page = client.post(CREATE, typed)
        assert page.status_code == 200 and f'name="pick_commodity" value="{commodity.pk}"' in page.content.decode()
        typed.pop("find")
        page = client.post(CREATE, typed | {"pick_commodity": str(commodity.pk)})
        html = page.content.decode()
        assert f'name="commodity" value="{commodity.pk}"' in html and 'value="Surabaya"' in html
        assert not BuyingRequest.objects.exists()

    def test_what_is_not_found_is_said(self, client, importer):
        page = client.post(CREATE, request_form(commodity_words="xyzzy", find="1"))
        assert "Nothing was found. Your own words are enough, too." in words(page)


class TestPicture:
    def test_it_is_made_anew_and_private(self, client, importer, tmp_path):
        client.post(CREATE, request_form(picture=picture()))
        asked = BuyingRequest.objects.get()
        assert asked.picture_key is not None and stored(tmp_path) == 5
        own = client.get(at("buying_request_picture", asked.pk, "640"))
        assert own.status_code == 200 and own["Cache-Control"] == "private, no-store"
        assert client.get(f"/photos/{asked.picture_key}/640").status_code == 404
        assert client.get(at("buying_request_picture", asked.pk, "master")).status_code == 404
        stranger = Client()
        stranger.force_login(make.ImporterFactory().user)
        assert stranger.get(at("buying_request_picture", asked.pk, "640")).status_code == 404

    def test_what_is_no_picture_is_refused_and_nothing_is_left(self, client, importer, tmp_path):
        broken = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff not a picture", content_type="image/jpeg")
        answer = client.post(CREATE, request_form(picture=broken))
        assert answer.status_code == 422 and "photo.jpg" in words(answer)
        assert stored(tmp_path) == 0 and not BuyingRequest.objects.exists()

    def test_sent_twice_it_leaves_no_second_file(self, client, importer, tmp_path):
        client.post(CREATE, request_form(picture=picture()))
        client.post(CREATE, request_form(picture=picture()))
        assert stored(tmp_path) == 5


class TestVisitor:
    def test_a_visitor_writes_first_and_registers_afterwards_and_loses_nothing(self, client, db):
        answer = client.post(CREATE, request_form(specification="Talla 35 a 40."), follow=True)
        assert "Your request is kept." in words(answer) and answer.request["PATH_INFO"] == IMPORTER
        assert "Sandalias" not in client.session["buying_request_draft"]
        client.post(IMPORTER, importer_form())
        person = Importer.objects.get().user
        client.force_login(person)  # as the log-in does: the visit goes on
        assert client.get(at("after_login")).url.endswith("/inquiries/requests/new/")
        form = client.get(CREATE).context["form"]
        assert form["title"].value() == "Sandalias de cuero para mujer"
        assert form["specification"].value() == "Talla 35 a 40."
        client.post(CREATE, request_form())
        assert BuyingRequest.objects.get().importer.user == person
        assert "buying_request_draft" not in client.session

    def test_what_is_wrong_is_said_to_a_visitor_too(self, client, db):
        assert client.post(CREATE, request_form(title="")).status_code == 422
        assert "buying_request_draft" not in client.session

    def test_a_draft_that_cannot_be_read_any_more_is_no_error(self, client, db):
        client.post(CREATE, request_form())
        session = client.session
        session["buying_request_draft"] = "forged"
        session.save()
        assert client.get(CREATE).status_code == 200


def test_whoever_is_no_importer_cannot_ask(client):
    client.force_login(make.UserFactory())
    assert client.get(CREATE).status_code == 403 and client.post(CREATE, request_form()).status_code == 403


def test_a_company_that_staff_blocked_is_told_so(client, importer):
    from inquiries.models import SenderBlock

    SenderBlock.put(importer, producer=None, by=make.UserFactory())
    assert client.post(CREATE, request_form()).status_code == 409 and not BuyingRequest.objects.exists()


def test_the_limit_of_a_day_holds(client, importer, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "buying_request": (1, 86400)}
    assert client.post(CREATE, request_form()).status_code == 302
    answer = client.post(CREATE, request_form(submission_key="another"))
    assert answer.status_code == 429 and answer["Retry-After"]
