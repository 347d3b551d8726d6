"""S20, S21: what is typed into any form arrives composed and without what cannot be seen."""

from __future__ import annotations

import json

from django.http import QueryDict
from django.test import Client
from rest_framework.exceptions import ParseError

from accounts.models import User
from inaaccess.typed import cleaned
from kit.api_json import read_json
from tests.factories import UserFactory
from tests.hostile.stored import is_clean
from tests.hostile.strings import NAUGHTY


def test_S21_each_of_400_strings_arrives_clean_in_whatever_field():
    assert len(NAUGHTY) > 400
    said = QueryDict(mutable=True)
    said.setlist("why", NAUGHTY)
    arrived = cleaned(said).getlist("why")
    assert len(arrived) == len(NAUGHTY) and all(is_clean(text) for text in arrived)


def test_S21_the_api_reads_each_string_clean_or_refuses_it():
    refused = []
    for text in NAUGHTY:
        try:
            (read,) = read_json(json.dumps([text]).encode())
        except ParseError:
            refused.append(text)
        else:
            assert is_clean(read), text
    assert 40 < len(refused) < 200 and not [text for text in refused if is_clean(text)]


def test_S9_a_password_stays_as_it_was_typed():
    said = QueryDict(mutable=True)
    said.update({"password": " e\u0301\u200b ", "new_password1": "e\u0301", "name": " e\u0301\u200b "})
    arrived = cleaned(said)
    assert (arrived["password"], arrived["new_password1"], arrived["name"]) == (" e\u0301\u200b ", "e\u0301", "\xe9")


def test_S20_a_form_of_the_desk_keeps_what_was_meant(db):
    ministry, person = UserFactory.create(ministry=True), UserFactory.create()
    client = Client()
    client.force_login(ministry)
    client.post("/en/account/profile/", {"name": "Cafe\u0301 \u202eSiti", "language": "en", "time_zone": "UTC"})
    assert User.objects.get(pk=ministry.pk).name == "Caf\xe9 Siti" and person.name
