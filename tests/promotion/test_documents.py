"""Catalogues and price lists: asked for once, made in steps that may be killed, read in four languages, given out."""

from __future__ import annotations

import datetime
import io
import re
from decimal import Decimal

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import AuditEntry
from accounts.verbs import LABELS
from accounts.workflow import Refused, TransitionNotAllowed
from promotion import clock, drawing, making
from promotion.document_content import product_ids_of
from promotion.models import Document
from promotion.models.document import LEASE, MOST_UNDER_WAY
from promotion.scope import documents_of
from tests import factories as make
from tests.markets.test_races import at_once
from tests.promotion.papers import pixel, with_picture, words

pytestmark = pytest.mark.django_db
LIST = reverse("admin:document_list")


@pytest.fixture
def santiago(client):
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    client.force_login(post.user)
    return post.user


@pytest.fixture
def stock():
    """Three products offered in Chile, of two producers, in the missions' rank."""
    titles = ("Sandalias ñandú", "Mesa de teca", "Café de Java")
    maker = make.ProducerFactory(listed=True, trade_name="Ávila Batik")
    makers = (maker, make.ProducerFactory(listed=True, trade_name="Zeta Kayu"), maker)
    return [
        offered(rank=rank, title=title, producer=one)
        for rank, (title, one) in enumerate(zip(titles, makers, strict=True), 1)
    ]


def offered(*, rank: int = 1, title: str = "Sandalias", **fields):
    product = with_picture(target_markets=["CL"], title={"es": title, "en": title}, **fields)
    make.MarketListingFactory(listed=True, product=product, rank=rank)
    return product


def asked(by=None, **what) -> Document:
    what = {"kind": "market_catalogue", "language": "es", "per_page": 2, "campaign": None, **what}
    market = what.pop("market", None) or make.MarketFactory()
    return Document.objects.ask(by=by or make.UserFactory(), product_ids=product_ids_of(market), market=market, **what)


def made(**what) -> tuple[Document, list[str]]:
    document = asked(**what)
    making.make_waiting()
    document.refresh_from_db()
    assert document.state == "ready"
    return document, words(content(document))


def content(document) -> bytes:
    with default_storage.open(document.file_path, "rb") as file:
        return file.read()


def number_of(page: str) -> int:
    """The number that is printed on a page."""
    found = re.search(r"\(UTC\) (\d+)\b", page)
    assert found
    return int(found[1])


def files() -> set[str]:
    return set(default_storage.listdir("documents")[1])


class TestAsking:
    def test_a_person_asks_and_gets_the_page_that_shows_how_far_it_is(self, client, santiago, stock):
        sent = {"kind": "market_catalogue", "market": "CL", "language": "es", "per_page": "2"}
        response = client.post(LIST, sent)
        document = Document.objects.get()
        assert response["Location"] == reverse("admin:document_detail", args=[document.pk])
        page = client.get(response["Location"])
        assert page["Refresh"] == "3" and "0 of 3 products" in page.content.decode()
        assert AuditEntry.objects.filter(object_type="promotion.document", verb="start", by=santiago).count() == 1

    def test_the_only_market_of_a_person_is_chosen_already(self, client, santiago, stock):
        assert '<option value="CL" selected>' in client.get(LIST).text
        make.AccreditationFactory(mission=santiago.mission_posts.get().mission, market=make.MarketFactory(iso2="PE"))
        page = client.get(LIST).text
        assert '<option value="CL">' in page and '<option value="" selected>Choose a market</option>' in page
        assert '<option value="PE" selected>' in client.get(LIST, {"market": "PE"}).text

    def test_pressed_twice_there_is_one(self, client, santiago, stock):
        sent = {"kind": "market_catalogue", "market": "CL", "language": "es", "per_page": "2"}
        assert client.post(LIST, sent)["Location"] == client.post(LIST, sent)["Location"]
        assert Document.objects.count() == 1

    def test_nothing_offered_makes_no_document(self, client, santiago):
        response = client.post(LIST, {"kind": "price_list", "market": "CL", "language": "es", "per_page": "2"})
        assert response.status_code == 409 and "No product is offered" in response.content.decode()

    @pytest.mark.parametrize(
        "wrong", [{"market": "BR"}, {"language": "xx"}, {"per_page": "3"}, {"kind": "novel"}, {"campaign": "987"}]
    )
    def test_what_cannot_be_is_refused(self, client, santiago, stock, wrong):
        make.MarketFactory(iso2="BR")
        sent = {"kind": "price_list", "market": "CL", "language": "es", "per_page": "2", **wrong}
        assert client.post(LIST, sent).status_code == 422 and not Document.objects.exists()

    def test_one_person_has_five_under_way_at_most(self, stock):
        person = make.UserFactory()
        for language in ("es", "en", "id", "pt"):
            asked(person, language=language)
        asked(person, kind="price_list")
        assert Document.objects.count() == MOST_UNDER_WAY
        with pytest.raises(Refused) as refused:
            asked(person, kind="price_list", language="en")
        assert refused.value.code == "documents_waiting"

    @pytest.mark.django_db(transaction=True)
    def test_two_presses_at_once_make_one(self):
        offered()
        person = make.UserFactory()
        assert at_once(lambda: asked(person), lambda: asked(person)) == ["done", "done"]
        assert Document.objects.count() == 1


class TestCatalogue:
    def test_cover_contents_products_and_index_agree_on_the_pages(self, stock):
        document, pages = made()
        assert document.pages == len(pages) == 5
        assert "Chile" in pages[0] and "3 productos" in pages[0] and "(UTC)" in pages[0]
        contents = "Sandalias ñandú Ávila Batik 3 Mesa de teca Zeta Kayu 3 Café de Java Ávila Batik 4"
        assert contents in pages[1]
        assert "Sandalias ñandú" in pages[2] and "Mesa de teca" in pages[2] and number_of(pages[2]) == 3
        assert "Café de Java" in pages[3]
        assert "Ávila Batik 3, 4 Zeta Kayu 3" in pages[4]

    @pytest.mark.parametrize(("per_page", "pages"), [(1, 6), (2, 5), (4, 4)])
    def test_one_two_or_four_stand_on_a_page(self, stock, per_page, pages):
        assert made(per_page=per_page)[0].pages == pages

    @pytest.mark.parametrize("language", ["id", "en", "es", "pt"])
    def test_it_speaks_each_language(self, stock, language):
        _document, pages = made(language=language)
        unit = {"id": "pasang", "en": "pairs", "es": "pares", "pt": "pares"}[language]
        assert f"300 {unit}" in pages[2] and "ñandú" in pages[2]

    def test_the_pictures_are_in_it(self, stock):
        document, _pages = made(per_page=1)
        assert pixel(content(document), 100, 60)[0] > 180 and pixel(content(document), 100, 60, 2)[1] < 60

    def test_an_expired_price_is_on_request(self, stock):
        for product in stock:
            product.offers.update(valid_until=make.in_days(-1), unit_price=Decimal("77.77"))
        for kind in ("market_catalogue", "price_list"):
            text = " ".join(made(kind=kind)[1])
            assert "77,77" not in text and "77.77" not in text

    def test_nobodys_phone_or_mail_is_in_it(self, stock):
        type(stock[0].producer).objects.update(contact_phone="+628123456789", contact_email="siti@example.test")
        assert not [page for page in made()[1] if "628123456789" in page or "@" in page]

    def test_a_product_that_left_the_public_meanwhile_is_left_out(self, stock):
        document = asked()
        type(stock[1]).objects.filter(pk=stock[1].pk).update(state="suspended")
        making.make_waiting()
        document.refresh_from_db()
        text = " ".join(words(content(document)))
        assert "Mesa de teca" not in text and "Café de Java" in text

    def test_a_product_that_was_withdrawn_from_the_market_meanwhile_is_left_out_and_not_on_the_cover(self, stock):
        document = asked()
        stock[0].listings.update(state="withdrawn")
        stock[1].placements.all().delete()
        making.make_waiting()
        document.refresh_from_db()
        assert "ñandú" not in " ".join(words(content(document)))
        assert pixel(content(document), 100, 60) == (244, 239, 228)

    def test_the_code_of_its_campaign_is_in_the_links(self, stock):
        campaign = make.CampaignFactory()
        document, _pages = made(campaign=campaign)
        with pikepdf.open(io.BytesIO(content(document))) as opened:
            links = [str(one.A.URI) for one in opened.pages[2].Annots]
        assert links and all(link.endswith(f"?c={campaign.code}") for link in links)

    def test_the_cover_leads_to_the_markets_page(self, stock):
        document, _pages = made()
        with pikepdf.open(io.BytesIO(content(document))) as opened:
            links = [str(one.A.URI) for one in opened.pages[0].Annots]
        assert [link.partition("//")[2].partition("/")[2] for link in links] == ["es/markets/CL/"]

    def test_more_than_one_part_counts_its_pages_through(self, stock, monkeypatch):
        monkeypatch.setitem(making.STEP, "market_catalogue", 2)
        _document, pages = made(per_page=1)
        assert [number_of(page) for page in pages[1:]] == [2, 3, 4, 5, 6]


class TestPriceList:
    def test_each_price_has_its_row(self, stock):
        document, pages = made(kind="price_list")
        assert document.pages == 1
        for word in ("Sandalias ñandú", "FOB Tanjung Perak", "300 pares", "USD 6,80", "6403.99", "(UTC)"):
            assert word in pages[0]

    def test_its_first_page_leads_to_the_markets_page_with_the_campaigns_code(self, stock):
        campaign = make.CampaignFactory()
        document, _pages = made(kind="price_list", campaign=campaign)
        with pikepdf.open(io.BytesIO(content(document))) as opened:
            links = [str(one.A.URI) for one in opened.pages[0].Annots]
        assert any(link.endswith(f"/es/markets/CL/?c={campaign.code}") for link in links)

    def test_a_long_one_goes_on_over_parts_and_pages(self, monkeypatch):
        monkeypatch.setitem(making.STEP, "price_list", 20)
        for number in range(45):
            offered(rank=number + 1, title=f"Producto {number:02}")
        document, pages = made(kind="price_list")
        assert document.pages == len(pages) >= 3
        assert [number_of(page) for page in pages] == list(range(1, len(pages) + 1))
        assert all(sum(f"Producto {number:02}" in page for page in pages) == 1 for number in range(45))


class TestSteps:
    @pytest.mark.django_db(transaction=True)
    def test_a_worker_killed_in_the_middle_loses_one_step(self, stock, monkeypatch):
        monkeypatch.setitem(making.STEP, "market_catalogue", 1)
        document, drawn = asked(per_page=1), []
        draw = drawing.draw_part

        def dying(document, ids):
            drawn.append(ids)
            if len(drawn) == 2:
                raise KeyboardInterrupt  # nothing of ours runs after it, as after kill -9
            return draw(document, ids)

        monkeypatch.setattr(drawing, "draw_part", dying)
        with pytest.raises(KeyboardInterrupt):
            making.make_waiting()
        document.refresh_from_db()
        assert (document.state, document.done, document.file_path) == ("making", 1, "")
        assert making.make_waiting() == 0, "the lease of the dead one holds"
        Document.objects.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))
        making.make_waiting()
        document.refresh_from_db()
        assert document.state == "ready" and document.pages == 6
        assert drawn == [[ids] for ids in (stock[0].pk, stock[1].pk, stock[1].pk, stock[2].pk)]
        assert files() == {document.file_path.removeprefix("documents/")}, "no part is left"

    def test_a_step_done_twice_counts_once(self, stock):
        document = asked()
        document.make()
        part = {"file": "", "pages": 1, "entries": []}
        assert document.take_part(part, after=0, products=2)
        assert not document.take_part(part, after=0, products=2)
        assert document.done == 2 and len(document.parts) == 1

    def test_three_failures_in_a_row_end_it_and_it_may_be_asked_again(self, client, santiago, stock, monkeypatch):
        document = asked(santiago)

        def fail(*_args):
            raise OSError("disk full")

        monkeypatch.setattr(drawing, "draw_part", fail)
        for _time in range(4):
            making.make_waiting()
            Document.objects.update(leased_until=None)
        document.refresh_from_db()
        assert document.state == "failed" and not document.file_path
        page = client.get(reverse("admin:document_detail", args=[document.pk]))
        assert "Make it again" in page.content.decode() and "Refresh" not in page
        monkeypatch.undo()
        again = reverse("admin:document_again", args=[document.pk])
        assert client.post(again).status_code == 302
        assert client.post(again).status_code == 409
        making.make_waiting()
        document.refresh_from_db()
        assert document.state == "ready"

    def test_no_verb_goes_from_where_it_must_not(self, stock):
        document = make.DocumentFactory(ready=True)
        for verb in (document.make, document.fail, lambda: document.finish(path="x", size=1, pages=1)):
            with pytest.raises(TransitionNotAllowed):
                verb()

    @pytest.mark.django_db(transaction=True)
    def test_two_workers_at_once_make_one_document(self):
        for number in range(3):
            offered(rank=number + 1, title=f"Producto {number}")
        document = asked()
        assert at_once(making.make_waiting, making.make_waiting) == ["done", "done"]
        document.refresh_from_db()
        assert document.state == "ready" and len(files()) == 1
        assert AuditEntry.objects.filter(verb="finish", object_id=str(document.pk)).count() == 1

    def test_its_verbs_have_names_in_the_trail(self):
        with translation.override("en"):
            assert all(verb in LABELS for verb in Document.TRANSITIONS)


class TestDownload:
    def test_the_page_has_a_link_to_an_attachment_that_nobody_keeps(self, client, santiago, stock):
        document, _pages = made(by=santiago)
        response = client.get(link(client, document))
        assert b"".join(response.streaming_content).startswith(b"%PDF-")
        name = f"market-catalogue-CL-es-{make.in_days(0)}.pdf"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
        assert AuditEntry.objects.filter(verb="download", object_type="promotion.document").count() == 1

    def test_a_link_ends_after_an_hour(self, client, santiago, stock, monkeypatch):
        document, _pages = made(by=santiago)
        old = link(client, document)
        monkeypatch.setattr("promotion.document_files.LINK_SECONDS", -1)
        response = client.get(old)
        assert response["Location"] == reverse("admin:document_detail", args=[document.pk])

    def test_the_link_of_a_colleague_or_of_another_document_opens_nothing(self, client, santiago, stock):
        document, _pages = made(by=santiago)
        key = link(client, document).rstrip("/").rpartition("/")[2]
        other, _pages = made(by=santiago, language="en")
        assert client.get(reverse("admin:document_file", args=[other.pk, key])).status_code == 302
        client.force_login(make.UserFactory(ministry=True))
        assert client.get(reverse("admin:document_file", args=[document.pk, key])).status_code == 302
        client.logout()
        assert "/login/" in client.get(reverse("admin:document_file", args=[document.pk, key]))["Location"]

    def test_a_lost_file_is_not_found(self, client, santiago, stock):
        document, _pages = made(by=santiago)
        default_storage.delete(document.file_path)
        assert client.get(link(client, document)).status_code == 404


def link(client, document) -> str:
    return client.get(reverse("admin:document_detail", args=[document.pk])).context["download_url"]


class TestEnd:
    @pytest.mark.django_db(transaction=True)
    def test_after_seven_days_row_and_file_go(self, client, santiago, stock):
        old, _pages = made(by=santiago)
        young, _pages = made(by=santiago, language="en")
        Document.objects.filter(pk=old.pk).update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
        assert client.get(reverse("admin:document_detail", args=[old.pk])).status_code == 404
        assert clock.forget_stale() == 1
        assert clock.forget_stale() == 0
        assert list(Document.objects.all()) == [young]
        assert files() == {young.file_path.removeprefix("documents/")}

    def test_it_is_kept_for_seven_days_from_when_it_was_ready(self, stock):
        document, _pages = made()
        assert document.ready_at and document.expires_at - document.ready_at == datetime.timedelta(days=7)
        assert LEASE > datetime.timedelta(seconds=60), "longer than a job of the queue may run"


class TestScope:
    def test_documents_of_other_markets_are_not_there(self, client, santiago):
        foreign = make.DocumentFactory(ready=True, market__iso2="BR")
        assert not documents_of(santiago).exists()
        for name, args in (("document_detail", [foreign.pk]), ("document_file", [foreign.pk, "x"])):
            assert client.get(reverse(f"admin:{name}", args=args)).status_code == 404
        assert client.post(reverse("admin:document_again", args=[foreign.pk])).status_code == 404

    def test_queries_do_not_grow_with_the_rows(self, client, santiago, django_assert_max_num_queries):
        make.DocumentFactory(ready=True)
        client.get(LIST)
        with CaptureQueriesContext(connection) as one:
            client.get(LIST)
        for _number in range(11):
            make.DocumentFactory(ready=True)
            make.DocumentFactory(
                ready=True, kind="collection", market=None, collection=make.CollectionFactory(market__iso2="CL")
            )
        with django_assert_max_num_queries(len(one.captured_queries)):
            assert client.get(LIST).status_code == 200
