"""Catalogues and price lists: asked for once, made in steps that may be killed, read in four languages, given out."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.workflow import Refused
from promotion import clock
from promotion.models import Document
from promotion.models.document import LEASE, MOST_UNDER_WAY
from promotion.scope import documents_of
from tests import factories as make
from tests.markets.test_races import at_once
from tests.promotion.documents import asked, files, made, offered

pytestmark = pytest.mark.django_db
LIST = reverse("admin:document_list")


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
