"""Asking for what was not found: from a search, by a visitor who registers afterwards, once though sent twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Letter
from inquiries.models import Basket, BuyingRequest, Importer
from tests import factories as make
from tests.catalog.desk import at, picture, words
from tests.inquiries.asking_pages import request_form
from tests.registering import ADD_COMPANY, IMPORTER, LOGIN, importer_form, link_in

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
        assert answer.context["form"]["country"].value() == "CL"
        form = importer_form() | {"next": answer.context["next_url"]}
        client.post(IMPORTER, form)
        client.post(link_in(Letter.objects.get()))
        client.post(LOGIN, {"login": form["email"], "password": form["password"]})
        assert client.get(at("after_login")).url.endswith("/inquiries/requests/new/")
        assert not client.get(at("after_login")).url.endswith("/inquiries/requests/new/"), "only once"
        self.is_filled_in(client)
        client.post(CREATE, request_form())
        assert BuyingRequest.objects.get().importer.user.email == form["email"]
        assert Basket.objects.get().request_draft == {}

    def test_it_waits_for_the_first_sign_in_from_another_browser(self, client, db):
        answer = client.post(CREATE, request_form(specification="Talla 35 a 40."), follow=True)
        form = importer_form() | {"next": answer.context["next_url"]}
        client.post(IMPORTER, form)
        elsewhere = Client()
        confirmed = elsewhere.post(link_in(Letter.objects.get()))
        sign_in = {"login": form["email"], "password": form["password"]}
        signed_in = elsewhere.post(confirmed["Location"], sign_in | {"next": CREATE})
        assert confirmed["Location"] == f"{LOGIN}?next=%2Fen%2Finquiries%2Frequests%2Fnew%2F"
        assert signed_in["Location"] == CREATE
        self.is_filled_in(elsewhere)

    def is_filled_in(self, browser):
        form = browser.get(CREATE).context["form"]
        assert form["title"].value() == "Sandalias de cuero para mujer"
        assert form["specification"].value() == "Talla 35 a 40."

    def test_what_is_wrong_is_said_to_a_visitor_too(self, client, db):
        assert client.post(CREATE, request_form(title="")).status_code == 422
        assert not Basket.objects.exists()

    def test_what_no_field_asks_for_is_not_kept(self, client, db):
        client.post(CREATE, request_form(more="a\x00b", place="x" * 90))
        assert not Basket.objects.exists()
        client.post(CREATE, request_form(more="a\x00b", submission_key="mine"))
        draft = Basket.objects.get().request_draft
        assert "title" in draft and not {"more", "submission_key", "csrfmiddlewaretoken"} & set(draft)

    def test_a_new_search_comes_before_what_was_written_which_stays(self, client, db):
        client.post(CREATE, request_form())
        assert client.get(f"{CREATE}?q=batik").context["form"]["title"].value() == "batik"
        assert client.get(CREATE).context["form"]["title"].value() == "Sandalias de cuero para mujer"

    def test_it_can_be_begun_anew(self, client, db):
        client.post(CREATE, request_form())
        assert "You began a request" in words(client.get(CREATE))
        page = client.post(CREATE, {"forget": "1"}, follow=True)
        assert not page.context["form"]["title"].value() and "You began a request" not in words(page)

    def test_the_basket_leads_back_to_it(self, client, db):
        client.post(CREATE, request_form())
        assert "Go on with the request" in words(client.get(at("basket")))


def test_somebody_without_a_company_writes_adds_it_and_hands_it_in(client, db):
    person = make.UserFactory()
    client.force_login(person)
    assert "your account needs your company" in words(client.get(CREATE))
    answer = client.post(CREATE, request_form())
    assert answer["Location"] == f"{ADD_COMPANY}?next=%2Fen%2Finquiries%2Frequests%2Fnew%2F"
    back = client.post(ADD_COMPANY, {"company": "Batik Mojo Trading", "country": "PE", "next": CREATE}, follow=True)
    assert back.context["form"]["title"].value() == "Sandalias de cuero para mujer"
    client.post(CREATE, request_form())
    assert BuyingRequest.objects.get().importer.user == person


def test_staff_are_told_why_they_do_not_ask(client, db):
    client.force_login(make.UserFactory(mission=True))
    page = client.get(CREATE, follow=True)
    assert page.status_code == 403 and "Staff do not buy here" in words(page)


def test_a_company_that_staff_blocked_is_told_so(client, importer):
    from inquiries.models import SenderBlock

    SenderBlock.put(importer, producer=None, by=make.UserFactory())
    assert client.post(CREATE, request_form()).status_code == 409 and not BuyingRequest.objects.exists()


def test_the_limit_of_a_day_holds(client, importer, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "buying_request": (1, 86400)}
    assert client.post(CREATE, request_form()).status_code == 302
    answer = client.post(CREATE, request_form(submission_key="another"))
    assert answer.status_code == 429 and answer["Retry-After"]
