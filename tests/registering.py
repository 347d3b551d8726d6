"""What the tests of registering send, and the link in the letter that follows."""

from __future__ import annotations

import re

from accounts.models import Letter
from tests.factories import RegencyFactory

PRODUCER, IMPORTER = "/en/account/register/producer/", "/en/account/register/importer/"
ADD_COMPANY, LOGIN = "/en/inquiries/company/new/", "/en/account/login/"
PASSWORD = "sandal kulit dan batik"


def producer_form(**said: str) -> dict[str, str]:
    RegencyFactory()
    form = {
        "name": "Siti Rahmawati",
        "email": "siti@example.test",
        "password": PASSWORD,
        "language": "id",
        "trade_name": "Sandal Siti",
        "regency": "35.76",
    }
    return form | said


def importer_form(**said: str) -> dict[str, str]:
    form = {
        "name": "Camila Rojas",
        "email": "camila@example.test",
        "password": "calzados del sur de chile",
        "language": "es",
        "company": "Calzados del Sur",
        "country": "CL",
        "website": "",
    }
    return form | said


def link_in(letter: Letter) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", letter.body)
    assert found
    return found.group(1)
