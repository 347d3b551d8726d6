from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

from kit import site_frame

pytestmark = pytest.mark.urls("tests.kit.frame_urls")


@pytest.fixture(autouse=True)
def templates_read_anew() -> Iterator[None]:
    """What a template remembers of its addresses holds for one URLconf only."""
    forget_templates()
    yield
    forget_templates()


def forget_templates() -> None:
    for loader in engines["django"].engine.template_loaders:  # type: ignore[attr-defined]
        loader.reset()


def page(path: str = "/en/product_list/", template: str = "base.html", user: object = None, **given: object) -> str:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()  # type: ignore[assignment]
    return render_to_string(template, {"user": request.user, **given}, request=request)


class Person:
    is_authenticated = True
    is_staff = False
    email = "narti@example.test"

    def get_short_name(self) -> str:
        return "Narti"


class Staff(Person):
    is_staff = True


def test_language_links_keep_the_path_and_the_query():
    request = RequestFactory().get("/en/products/?q=a%20b&hs=64")
    urls = [link.url for link in site_frame.language_links(request)]
    assert urls == [f"/{code}/products/?q=a%20b&hs=64" for code in ("id", "en", "es", "pt-br")]


def test_an_address_without_a_language_leads_to_the_home_of_each():
    assert site_frame.in_language(RequestFactory().get("/admin/x/"), "es") == "/es/"


@override_settings(SITE_URL="https://inaaccess.example")
def test_alternates_are_absolute_and_tagged_as_html_writes_them():
    with translation.override("es"):
        html = page("/es/product_list/?q=x")
    assert '<link rel="canonical" href="https://inaaccess.example/es/product_list/">' in html
    assert 'hreflang="pt-BR" href="https://inaaccess.example/pt-br/product_list/"' in html
    assert 'hreflang="x-default" href="https://inaaccess.example/en/product_list/"' in html


def test_one_stylesheet_blocks_the_page_and_every_script_waits():
    html = page()
    assert html.count('rel="stylesheet"') == 1
    assert all("defer" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1:8000)', html)


def test_a_visitor_is_offered_to_sign_in_and_no_desk():
    html = page()
    header = html[: html.index("<main")]
    assert "/en/account_login/" in header and "/admin/" not in header and "/en/desk/" not in header


def test_a_member_sees_the_desk_and_signs_out_by_a_form():
    html = page(user=Person())
    header = html[: html.index("<main")]
    assert "/en/desk/" in header and "/admin/" not in header
    assert re.search(
        r'<form method="post" action="/en/account_logout/">\s*<input type="hidden" name="csrfmiddlewaretoken"', header
    )


def test_staff_see_their_desk():
    assert "/admin/" in page(user=Staff())


def test_the_current_page_is_marked_in_the_menu():
    assert '<a href="/en/product_list/" aria-current="page">' in page("/en/product_list/")


def test_work_pages_are_not_for_search_engines():
    html = page("/en/desk/", "base_work.html", user=Person())
    assert "noindex" in html and "canonical" not in html and "js/desk.js" in html


@pytest.mark.parametrize("name", ["403.html", "404.html", "409.html", "410.html", "429.html"])
@pytest.mark.parametrize("language", ["id", "en", "es", "pt-br"])
def test_error_pages_offer_a_way_on(name: str, language: str):
    with translation.override(language):
        html = page(f"/{language}/nowhere/", name)
    assert html.count("<h1") == 1 and "noindex" in html and f"/{language}/" in html


def test_the_breakdown_page_needs_no_context_and_speaks_four_languages():
    html = render_to_string("500.html")
    assert all(f'lang="{tag}"' in html for tag in ("id", "en", "es", "pt-BR"))


def test_a_refusal_says_why_and_leads_back():
    html = page("/en/desk/", "409.html", refused="Somebody <b> was faster.", back_url="/en/desk/")
    assert "Somebody &lt;b&gt; was faster." in html and 'href="/en/desk/"' in html
