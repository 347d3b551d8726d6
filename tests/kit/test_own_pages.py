import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kit.own_pages import from_own_pages


@from_own_pages
def page(request):
    return HttpResponse("done")


SECRET = "s" * 32
OURS = [
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
    {"Origin": "http://testserver"},
]
OF_OTHERS = [
    {},  # no browser of today
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://other.testserver"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "http://testserver:8000"},
    {"Origin": ""},
]


@pytest.mark.parametrize("headers", OURS, ids=str)
def test_what_a_page_of_ours_sends_is_taken(headers):
    assert page(RequestFactory().post("/", headers=headers)).status_code == 200


@pytest.mark.parametrize("headers", OF_OTHERS, ids=str)
def test_S11_what_a_page_of_others_sends_is_refused(headers):
    assert page(RequestFactory().post("/", headers=headers)).status_code == 403


def test_S11_who_does_not_say_where_it_comes_from_is_taken_with_a_token():
    request = RequestFactory().post("/", {"csrfmiddlewaretoken": SECRET})
    request.COOKIES["csrftoken"] = SECRET
    assert page(request).status_code == 200


def test_reading_is_open_to_links_from_everywhere():
    assert page(RequestFactory().get("/", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 200
