"""The producer's side: request_invitation_list, request_invitation, request_pass, request_offer, and the picture."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from inquiries.models import BuyingRequest, Enquiry, Match
from kit.uploads import picture_path
from tests import factories as make
from tests.catalog.desk import at, words
from tests.inquiries.test_offers import offers

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(client):
    match = make.MatchFactory(
        invited=True,
        request__title="Sandalias de cuero",
        request__specification="Talla 35 a 40.",
        request__importer__company="Calzados Cordillera",
    )
    client.force_login(make.MembershipFactory(producer=match.product.producer, user__language="id").user)
    return match


def offer_form(**said: str) -> dict[str, str]:
    make.IncotermFactory()
    usual = {
        "quantity": "3000", "unit_price": "6,80", "currency": "USD", "incoterm": "FOB", "place": "Tanjung Perak",
        "valid_until": make.in_days(30).isoformat(), "lead_time_days": "35", "payment_terms": "tt_deposit",
        "deposit_percent": "30", "note": "Contoh siap.", "language": "id", "submission_key": "key-of-the-test",
    }  # fmt: skip
    return usual | said


class TestList:
    def test_what_waits_stands_there_and_the_rest_behind_a_tab(self, client, match):
        passed = make.MatchFactory(passed=True, product=match.product)
        make.MatchFactory(product=match.product)  # only proposed: staff see it
        assert [row.pk for row in client.get(at("request_invitation_list")).context["rows"]] == [match.pk]
        every = client.get(at("request_invitation_list") + "?view=all")
        assert [row.pk for row in every.context["rows"]] == [passed.pk, match.pk]

    def test_of_a_request_that_is_over_nothing_waits(self, client, match):
        BuyingRequest.objects.update(state="expired")
        assert "Nothing to answer" in words(client.get(at("request_invitation_list")))

    def test_queries_do_not_grow_with_the_rows(self, client, match, django_assert_num_queries):
        client.get(at("request_invitation_list"))
        with django_assert_num_queries(3) as one:
            client.get(at("request_invitation_list"))
        for _one in range(11):
            make.MatchFactory(invited=True, product=match.product)
        with django_assert_num_queries(len(one.captured_queries)):
            client.get(at("request_invitation_list"))


class TestPage:
    def test_coded_parts_are_in_indonesian_and_words_as_written(self, client, match):
        html = client.get(at("request_invitation", match.pk).replace("/en/", "/id/")).content.decode()
        assert "Sandal kulit" in html and "3.000" in html and "pasang" in html
        assert '<span lang="es">Sandalias de cuero</span>' in html
        assert '<div class="prose" lang="es">' in html and "Talla 35 a 40." in html

    def test_company_and_country_are_shown_and_no_address(self, client, match):
        html = client.get(at("request_invitation", match.pk)).content.decode()
        assert "Calzados Cordillera, Chile" in html and match.request.importer.user.email not in html

    def test_why_it_may_fit_stands_there(self, client, match):
        told = words(client.get(at("request_invitation", match.pk)))
        assert "The capacity suffices" in told and "The lead time is not known." in told

    def test_only_members_read_it(self, client, match):
        client.force_login(make.OfficerScopeFactory().user)
        assert client.get(at("request_invitation", match.pk)).status_code == 404
        client.force_login(make.MembershipFactory().user)
        assert client.get(at("request_invitation", match.pk)).status_code == 404

    def test_the_picture_is_for_who_was_invited(self, client, match):
        key = "6f1c52b6-8ab8-4d4c-9d93-1d6d3b2bb0a1"
        BuyingRequest.objects.update(picture_key=key)
        default_storage.save(picture_path(key, "640"), ContentFile(b"RIFF a picture of the tests"))  # type: ignore[arg-type]
        assert client.get(at("request_invitation_picture", match.pk, "640")).status_code == 200
        client.force_login(make.MembershipFactory().user)
        assert client.get(at("request_invitation_picture", match.pk, "640")).status_code == 404


class TestPassing:
    def test_it_says_why_once(self, client, match):
        address = at("request_pass", match.pk)
        assert client.post(address, {"reason": ""}).status_code == 422
        assert client.post(address, {"reason": "capacity", "note": "Penuh."}).status_code == 302
        assert client.post(address, {"reason": "capacity"}).status_code == 409
        match.refresh_from_db()
        assert (match.state, match.pass_reason, match.pass_note) == ("passed", "capacity", "Penuh.")
        assert "You made no offer" in words(client.get(at("request_invitation", match.pk)))


class TestOffering:
    def test_the_form_begins_with_what_is_asked_and_known(self, client, match):
        form = client.get(at("request_offer", match.pk)).context["form"]
        assert form["quantity"].value() == "3,000" and form["lead_time_days"].value() == 35
        assert form["incoterm"].value() == "FOB" and form["currency"].value() == "USD"

    @pytest.mark.parametrize(("code", "price", "place"), [("FOB", "6.9", "Tanjung Perak"), ("CIF", None, "Callao")])
    def test_a_price_of_the_catalogue_stands_there_where_it_is_under_the_terms_asked(
        self, client, match, code, price, place
    ):
        asked, fob = match.request, make.IncotermFactory(code="FOB")
        BuyingRequest.objects.update(incoterm=make.IncotermFactory(code=code), place="Callao", unit=match.product.unit)
        match.product.offers.all().delete()
        make.PriceOfferFactory(
            product=match.product, incoterm=fob, place="Tanjung Perak", unit_price="6.90", currency="USD",
            from_quantity=asked.quantity, valid_until=make.in_days(30),
        )  # fmt: skip
        form = client.get(at("request_offer", match.pk)).context["form"]
        assert (form["unit_price"].value(), form["incoterm"].value(), form["place"].value()) == (price, code, place)

    def test_it_begins_a_thread_once_however_often_it_is_sent(self, client, match):
        address = at("request_offer", match.pk).replace("/en/", "/id/")
        first = client.post(address, offer_form())
        second = client.post(address, offer_form())
        enquiry = Enquiry.objects.get()
        assert first.status_code == 302 and first.url == second.url
        assert first.url.endswith(f"/desk/enquiries/{enquiry.pk}/")
        assert str(enquiry.quotations.get().lines.get().unit_price) == "6.8000"
        assert "The importer has your offer before them." in words(client.get(at("request_invitation", match.pk)))

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"quantity": "0"}, "quantity"),
            ({"quantity": "2.5"}, "quantity"),
            ({"unit_price": "cheap"}, "unit_price"),
            ({"place": ""}, "place"),
            ({"valid_until": "2020-01-01"}, "valid_until"),
            ({"valid_until": "9999-01-01"}, "valid_until"),
            ({"deposit_percent": ""}, "deposit_percent"),
            ({"payment_terms": "lc_usance"}, "payment_days"),
            ({"incoterm": "XXX"}, "incoterm"),
            ({"language": "tlh"}, "language"),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field(self, client, match, wrong, field):
        answer = client.post(at("request_offer", match.pk), offer_form(**wrong))
        assert answer.status_code == 422 and field in answer.context["form"].errors
        assert "Contoh siap." in answer.content.decode() and not Enquiry.objects.exists()

    def test_when_the_request_is_over_meanwhile_it_is_said_and_nothing_is_lost(self, client, match):
        BuyingRequest.objects.update(state="expired")
        answer = client.post(at("request_offer", match.pk), offer_form())
        assert answer.status_code == 422 and "is not open any more" in words(answer)
        assert "Contoh siap." in answer.content.decode()

    def test_the_sixth_is_told_that_it_waits(self, client, match):
        offers(match.request, 10, 20, 30, 40, 50)
        told = words(client.post(at("request_offer", match.pk), offer_form(), follow=True))
        assert "The importer has five offers before them" in told
        assert "Yours waits" in words(client.get(at("request_invitation", match.pk)))

    @pytest.mark.parametrize("state", ["offered", "passed"])
    def test_once_answered_the_form_is_closed(self, client, match, state):
        Match.objects.update(state=state, pass_reason="price")
        assert client.get(at("request_offer", match.pk)).status_code == 409
