from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

PART = "{% load i18n language_parts %}{% same_for_all %}{% translate 'Products' %}{{ reader }}{% endsame_for_all %}"


def test_a_part_is_said_in_each_language():
    part = Template("{% load i18n language_parts %}{% same_for_all %}{% get_current_language as l %}{{ l }}"
                    "{% endsame_for_all %}")  # fmt: skip
    said = []
    for language in ("en", "id", "es", "pt-br", "en"):
        with translation.override(language):
            said.append(part.render(Context()))

    assert said == ["en", "id", "es", "pt-br", "en"]


def test_nothing_of_a_reader_gets_into_a_part():
    part = Template(PART)

    with translation.override("en"):
        assert part.render(Context({"reader": "Sari"})) == part.render(Context({"reader": "Budi"})) == "Products"


@pytest.mark.django_db
def test_the_frame_of_a_signed_in_person_is_their_own(client, people):
    assert "/account/login" in client.get("/en/products/").content.decode()
    client.force_login(people["own_producer"])

    signed_in = client.get("/en/products/").content.decode()

    assert people["own_producer"].email in signed_in and 'href="/en/account/login/"' not in signed_in
