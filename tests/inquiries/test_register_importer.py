from __future__ import annotations

from django.test import Client

from accounts.models import Letter
from inquiries.models import Importer
from tests.registering import IMPORTER, importer_form, link_in


def test_registering_an_importer_makes_account_and_company(client: Client, db):
    response = client.post(IMPORTER, importer_form())
    assert response.status_code == 302
    importer = Importer.objects.get()
    assert (importer.company, importer.country) == ("Calzados del Sur", "CL")
    assert importer.user.time_zone == "America/Santiago"


def test_the_letter_with_the_link_is_in_the_readers_language_and_leads_to_it(client: Client, db):
    client.post(IMPORTER, importer_form(language="es"))
    letter = Letter.objects.get()
    assert letter.language == "es"
    assert link_in(letter).startswith("/es/account/confirm/")
