from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import Letter, User
from inquiries.models import Importer
from tests.factories import CategoryFactory, HSCodeFactory
from tests.registering import IMPORTER, importer_form, link_in

NEXT = "/en/inquiries/saved/leather-sandals/save/"


def test_registering_an_importer_makes_account_and_company(client: Client, db):
    response = client.post(IMPORTER, importer_form())
    assert response.status_code == 302
    importer = Importer.objects.get()
    assert (importer.company, importer.country) == ("Calzados del Sur", "CL")
    assert importer.user.time_zone == "America/Santiago"


def test_five_fields_are_asked_and_the_rest_is_folded(client: Client, db):
    page = client.get(IMPORTER).content.decode()
    open_part, _fold, folded = page.partition('<details class="fold">')
    asked = set(re.findall(r'name="(\w+)"', open_part.rpartition("<form")[2])) - {"csrfmiddlewaretoken"}
    assert asked == {"company", "country", "name", "email", "password"}
    assert {"tax_number", "website", "buys_categories", "buys_hs", "languages", "language"} <= set(
        re.findall(r'name="(\w+)"', folded)
    )


def test_all_of_the_company_can_be_said_at_once(client: Client, db):
    HSCodeFactory.create(code="640399")
    CategoryFactory.create(slug="sandals")
    client.post(
        IMPORTER,
        importer_form(
            tax_number=" 76.123.456-0 ", website="www.calzados.cl", buys_categories="sandals", buys_hs="6403.99"
        )
        | {"languages": ["es", "en"]},
    )
    importer = Importer.objects.get()
    assert (importer.tax_number, importer.website) == ("76.123.456-0", "https://www.calzados.cl")
    assert (importer.buys_categories, importer.buys_hs) == (["sandals"], ["640399"])
    assert importer.languages == ["es", "en"]


def test_a_wrong_value_opens_the_fold_and_keeps_what_was_typed(client: Client, db):
    answer = client.post(IMPORTER, importer_form(buys_hs="9999, 64 Ñ", company="Calzados Ñandú"))
    page = answer.content.decode()
    assert answer.status_code == 422 and not User.objects.exists()
    assert '<details class="fold" open>' in page
    assert "Calzados Ñandú" in page and "9999, 64 Ñ" in page


@pytest.mark.parametrize("number", ["", "1", "anything at all", "76.123.456-0"])
def test_no_tax_number_stops_anybody(client: Client, db, number: str):
    client.post(IMPORTER, importer_form(tax_number=number))
    assert Importer.objects.get().tax_number == number


def test_the_letter_with_the_link_is_in_the_readers_language_and_leads_to_it(client: Client, db):
    client.post(IMPORTER, importer_form(language="es"))
    letter = Letter.objects.get()
    assert letter.language == "es"
    assert link_in(letter).startswith("/es/account/confirm/")


def test_the_letter_leads_on_to_where_the_visitor_wanted_to_go(client: Client, db):
    assert NEXT in client.get(f"{IMPORTER}?next={NEXT}").content.decode()
    client.post(IMPORTER, importer_form() | {"next": NEXT})
    answer = client.post(link_in(Letter.objects.get()))
    assert answer["Location"] == NEXT


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_letter_leads_nowhere_else(client: Client, db, address: str):
    client.post(IMPORTER, importer_form() | {"next": address})
    assert "evil" not in Letter.objects.get().body and "next=" not in Letter.objects.get().body


def test_the_way_on_is_kept_from_the_log_in_to_the_registration(client: Client, db):
    log_in = client.get(f"/en/account/login/?next={NEXT}").content.decode()
    assert f"/en/account/register/?next={NEXT}" in log_in
    which = client.get(f"/en/account/register/?next={NEXT}").content.decode()
    assert f"{IMPORTER}?next={NEXT}" in which
