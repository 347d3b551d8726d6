"""What the corpora found once: each with the answer that it gets since."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.workflow import TransitionNotAllowed
from kit.api_json import read_json
from kit.text import clean_name, composed, fold
from markets.models import MarketListing


@pytest.mark.django_db
def test_what_nobody_decided_is_neither_ranked_nor_promoted(world):
    listing = MarketListing.of(world.asking, world.market)
    for verb in (lambda: listing.rank_at(3, by=world.people["ministry"]),
                 lambda: listing.promote(by=world.people["ministry"], until=None)):  # fmt: skip
        with pytest.raises(TransitionNotAllowed):
            verb()


def test_S20_texts_of_the_api_are_in_their_normal_form():
    assert read_json(b'{"e\\u0301": ["e\\u0301", {"a": "Cafe\xcc\x81"}]}') == {"\xe9": ["\xe9", {"a": "Caf\xe9"}]}


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["²", "x", "9" * 40, "<script>"])
def test_words_in_place_of_a_key_show_the_form_again(world, key):
    client = Client()
    client.force_login(world.people["superuser"])
    answer = client.post("/admin/catalog/commodity/add/", {"slug": "x", "hs6": key, "category": key})
    assert answer.status_code == 200 and b"<script>" not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["kind", "person", "number"])
def test_a_filter_of_the_desk_takes_no_null(world, field):
    client = Client(raise_request_exception=False)
    client.force_login(world.people["superuser"])
    assert client.get("/admin/accounts/auditentry/", {field: "San\0dal"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["exporters/certificate", "accounts/user", "django_q/failure", "catalog/product"])
@pytest.mark.parametrize("words", ["a " * 3000, '"' * 3000, "a" * 9000])
def test_S26_a_search_of_the_desk_for_thousands_of_words_asks_for_the_first_ones(world, table, words):
    client = Client(raise_request_exception=False)
    client.force_login(world.people["superuser"])
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/admin/{table}/", {"q": words}).status_code == 200
    assert max(len(query["sql"]) for query in asked) < 20_000


MARKS = "a" + "\u0301\u0316" * 600_000  # 2.4 MB; to compose them as they are would take hours


@pytest.mark.django_db
def test_S26_a_million_combining_marks_are_answered_like_any_other_text():
    client = Client()
    answer = client.post("/api/v1/auth/token/", f'{{"email": "{MARKS}"}}'.encode(), content_type="application/json")
    assert answer.status_code == 400
    for form in ("/en/account/register/producer/", "/en/account/login/", "/en/account/password/reset/"):
        answer = client.post(form, {"name": MARKS, "email": "x", "login": "x"})
        assert answer.status_code in (200, 422) and len(answer.content) < 200_000


@pytest.mark.django_db
@pytest.mark.parametrize("credential", ["[" * 2000, '{"a":' * 2000, "[1]", '"a"', "7", "{}", ""])
def test_S26_what_no_passkey_says_signs_nobody_in(credential):
    client = Client(raise_request_exception=False)
    answer = client.post("/en/account/factors/passkeys/login/", {"credential": credential})
    assert answer.status_code in (200, 302) and "_auth_user_id" not in client.session


def test_S20_no_more_than_thirty_marks_stand_on_a_letter():
    assert len(composed(MARKS)) == len("\xe1") + 29 and fold(MARKS + "b") == "ab"
    assert clean_name("Z͑ͫ̓a̷l̴g̸o̵") == "Z͑ͫ̓a̷l̴g̸o̵"
