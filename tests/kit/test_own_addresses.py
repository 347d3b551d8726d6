import pytest
from django.test import RequestFactory

from kit.own_addresses import LONGEST, own_address, page_before


@pytest.mark.parametrize("address", ["/en/products/?q=tea", "http://testserver/en/"])
def test_an_address_of_this_site_is_kept(address):
    assert own_address(RequestFactory().get("/"), address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "products",
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "http://testserver@evil.example/",
        "http://testserver.evil.example/",
        "javascript:alert(1)//",
        "\x08//evil.example/",
        "/" + "x" * LONGEST,
    ],
)
def test_no_other_address_is_followed(address):
    assert own_address(RequestFactory().get("/"), address) == ""


def test_a_page_behind_https_leads_to_no_plain_address():
    secure = RequestFactory().get("/", secure=True)
    assert own_address(secure, "http://testserver/en/") == ""
    assert own_address(secure, "https://testserver/en/") == "https://testserver/en/"


def test_the_page_before_is_the_one_that_the_browser_names():
    assert (
        page_before(RequestFactory().get("/", headers={"Referer": "http://testserver/en/"})) == "http://testserver/en/"
    )
    assert page_before(RequestFactory().get("/", headers={"Referer": "https://evil.example/"})) == ""
    assert page_before(RequestFactory().get("/")) == ""
