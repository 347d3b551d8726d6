"""buying_request_list, buying_request_detail, buying_request_change, buying_request_withdraw, buying_request_close."""

from __future__ import annotations

import pytest

from inquiries.models import BuyingRequest
from tests import factories as make
from tests.catalog.desk import at, picture, words
from tests.inquiries.asking_pages import request_form
from tests.inquiries.test_offers import offers

pytestmark = pytest.mark.django_db


@pytest.fixture
def importer(client):
    importer = make.ImporterFactory()
    client.force_login(importer.user)
    return importer


class TestList:
    def test_it_shows_ones_own_with_their_state(self, client, importer):
        make.BuyingRequestFactory(importer=importer, title="Botas de agua", opened=True)
        make.BuyingRequestFactory(title="Sillas")
        told = words(client.get(at("buying_request_list")))
        assert "Botas de agua" in told and "open" in told and "3,000 pairs, every month" in told
        assert "Sillas" not in told

    def test_without_any_it_says_what_to_do(self, client, importer):
        assert "No request yet" in words(client.get(at("buying_request_list")))

    def test_queries_do_not_grow_with_the_rows(self, client, importer, django_assert_num_queries):
        make.BuyingRequestFactory(importer=importer)
        client.get(at("buying_request_list"))
        with django_assert_num_queries(5):
            client.get(at("buying_request_list"))
        for _one in range(11):
            make.BuyingRequestFactory(importer=importer)
        with django_assert_num_queries(5):
            client.get(at("buying_request_list"))

    def test_it_is_paged_and_a_forged_position_leads_to_the_start(self, client, importer):
        for _one in range(21):
            make.BuyingRequestFactory(importer=importer)
        page = client.get(at("buying_request_list"))
        assert len(page.context["rows"]) == 20
        assert len(client.get(at("buying_request_list") + page.context["next_url"]).context["rows"]) == 1
        assert client.get(at("buying_request_list") + "?after=forged").status_code == 302


class TestDetail:
    def test_it_says_what_was_asked_and_what_happens_next(self, client, importer):
        asked = make.BuyingRequestFactory(importer=importer, specification="<b>Talla</b> 35\n\na 40", target_price=7,
                                          currency="USD")  # fmt: skip
        answer = client.get(at("buying_request_detail", asked.pk))
        told = words(answer)
        assert "within five working days" in told and "USD 7.00 per pair" in told
        assert "&lt;b&gt;Talla&lt;/b&gt;" in answer.content.decode()

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [
            ("opened", "No offer yet."),
            ("rejected", "It was not approved: it is not clear what is wanted."),
            ("closed", "nothing suitable was found"),
            ("expired", "The deadline was"),
            ("withdrawn", "You took it back before it was decided."),
        ],
    )
    def test_each_state_says_what_it_means(self, client, importer, state, sentence):
        asked = make.BuyingRequestFactory(importer=importer, **{state: True})
        assert sentence in words(client.get(at("buying_request_detail", asked.pk)))

    def test_the_offers_stand_there_five_at_most_and_queries_do_not_grow(
        self, client, importer, django_assert_num_queries
    ):
        asked = make.BuyingRequestFactory(importer=importer, opened=True)
        offers(asked, 50)
        address = at("buying_request_detail", asked.pk)
        client.get(address)
        with django_assert_num_queries(8):
            client.get(address)
        offers(asked, 60, 40, 30, 20, 10)
        with django_assert_num_queries(8):
            answer = client.get(address)
        assert len(answer.context["offers"].now) == 5
        told = words(answer)
        assert "USD 6.80 / pair" in told and "FOB Tanjung Perak" in told and "ready in 28 days" in told

    def test_no_address_of_the_producer_stands_there(self, client, importer):
        asked = make.BuyingRequestFactory(importer=importer, opened=True)
        offer = offers(asked, 50)[0]
        html = client.get(at("buying_request_detail", asked.pk)).content.decode()
        assert offer.producer.members.get().email not in html


class TestChange:
    def test_while_it_waits_it_can_be_changed(self, client, importer):
        asked = make.BuyingRequestFactory(importer=importer)
        answer = client.post(at("buying_request_change", asked.pk), request_form(title="Botas", seen_version="1"))
        asked.refresh_from_db()
        assert answer.status_code == 302 and (asked.title, asked.version) == ("Botas", 2)

    def test_the_form_shows_what_is_saved(self, client, importer):
        asked = make.BuyingRequestFactory(importer=importer, title="Botas", certificates=["HALAL"])
        form = client.get(at("buying_request_change", asked.pk)).context["form"]
        assert form["title"].value() == "Botas" and form["certificates"].value() == ["HALAL"]
        assert form["seen_version"].value() == 1

    def test_another_window_that_was_quicker_is_not_overwritten(self, client, importer):
        asked = make.BuyingRequestFactory(importer=importer, version=2, title="Botas")
        answer = client.post(at("buying_request_change", asked.pk), request_form(title="Sillas", seen_version="1"))
        asked.refresh_from_db()
        assert answer.status_code == 422 and asked.title == "Botas" and 'value="Sillas"' in answer.content.decode()

    def test_a_new_picture_takes_the_place_of_the_old_one(
        self, client, importer, tmp_path, django_capture_on_commit_callbacks
    ):
        client.post(at("buying_request_create"), request_form(picture=picture()))
        asked = BuyingRequest.objects.get()
        before = asked.picture_key
        change = at("buying_request_change", asked.pk)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(change, request_form(seen_version="1", picture=picture(colour="red")))
        asked.refresh_from_db()
        assert asked.picture_key not in {None, before}
        with django_capture_on_commit_callbacks(execute=True):
            client.post(change, request_form(seen_version="2", remove_picture="on"))
        asked.refresh_from_db()
        assert asked.picture_key is None
        assert not [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]

    @pytest.mark.parametrize("state", ["opened", "rejected", "closed", "expired", "withdrawn"])
    def test_once_it_is_decided_it_cannot_be_changed(self, client, importer, state):
        asked = make.BuyingRequestFactory(importer=importer, title="Botas", **{state: True})
        change = at("buying_request_change", asked.pk)
        assert client.get(change).status_code == 409
        assert client.post(change, request_form(seen_version="1")).status_code == 409
        asked.refresh_from_db()
        assert asked.title == "Botas"


class TestEnding:
    def test_it_is_withdrawn_once(self, client, importer):
        asked = make.BuyingRequestFactory(importer=importer)
        assert client.post(at("buying_request_withdraw", asked.pk)).status_code == 302
        assert client.post(at("buying_request_withdraw", asked.pk)).status_code == 409
        asked.refresh_from_db()
        assert asked.state == "withdrawn"

    def test_it_is_closed_with_an_outcome(self, client, importer):
        asked = make.BuyingRequestFactory(importer=importer, opened=True)
        close = at("buying_request_close", asked.pk)
        assert client.post(close, {"outcome": ""}).status_code == 422
        assert client.post(close, {"outcome": "ordered"}).status_code == 302
        asked.refresh_from_db()
        assert (asked.state, asked.outcome) == ("closed", "ordered")
