import pytest
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


def address(which):
    return reverse("admin:glance_list", args=[which])


def offered(title="Sandals", iso2="CL", **fields):
    product = make.ProductFactory(published=True, target_markets=[iso2], title={"en": title})
    make.MarketListingFactory(listed=True, product=product, market=make.MarketFactory(iso2=iso2), **fields)
    return product


def price(product, days):
    make.PriceOfferFactory(product=product, valid_until=make.in_days(days), place=f"Port {days}")


def certificate(product, number, days, **fields):
    held = make.CertificateFactory(
        **{"verified": True, "producer": product.producer, "number": number, "expires_on": make.in_days(days), **fields}
    )
    product.coverages.create(certificate=held)
    return held


def first_cells(client, which):
    return [str(row[0].text) for row in client.get(address(which)).context["rows"]]


def test_prices_that_run_out_among_what_is_offered_in_ones_markets(client, curator):
    mine, foreign = offered("Mine"), offered("Foreign", iso2="BR")
    waiting = make.ProductFactory(published=True, target_markets=["CL"])
    for product in (mine, foreign, waiting):
        for days in (0, 30):
            price(product, days)
    price(mine, -1), price(mine, 31)
    assert first_cells(client, "prices") == ["Mine", "Mine"]
    page = client.get(address("prices")).content.decode()
    assert "Port 0" in page and "Port 30" in page and "Port 31" not in page


def test_certificates_that_run_out_and_are_not_renewed(client, curator):
    product = offered()
    certificate(product, "SOON", 10), certificate(product, "LATER", 31), certificate(product, "PAST", -1)
    certificate(offered("Foreign", iso2="BR"), "FOREIGN", 10)
    certificate(product, "WAITING", 10, verified=False)
    renewed = certificate(product, "RENEWED", 10)
    certificate(product, "NEW", 300, renews=renewed)
    page = client.get(address("certificates")).content.decode()
    assert [
        number for number in ("SOON", "LATER", "PAST", "FOREIGN", "WAITING", "RENEWED", "NEW") if number in page
    ] == ["SOON"]


def test_what_leads_stands_in_its_rank(client, curator):
    offered("Second", rank=2), offered("First", rank=1), offered("Foreign", iso2="BR", rank=1)
    assert first_cells(client, "leading") == ["First", "Second"]


def test_each_list_is_downloaded_whole(client, curator):
    for _turn in range(25):
        price(offered("=Sandals"), 5)
    response = client.get(address("prices") + "?format=csv")
    lines = response.getvalue().decode().splitlines()
    assert response["Content-Type"].startswith("text/csv") and len(lines) == 26
    assert lines[0].endswith('"Product","Producer","Terms","Price","Last day"') and lines[1].startswith('"\'=Sandals"')
    assert client.get(address("certificates") + "?format=csv").getvalue().decode().count("\n") == 1


def test_the_ministry_sees_every_market_and_an_unknown_list_is_not_there(client, curator):
    price(offered("Foreign", iso2="BR"), 5)
    client.force_login(make.UserFactory(ministry=True))
    assert first_cells(client, "prices") == ["Foreign"]
    assert client.get(address("unknown")).status_code == 404


@pytest.mark.parametrize("which", ["prices", "certificates", "leading"])
def test_queries_do_not_grow_with_the_rows(client, curator, which, django_assert_num_queries):
    def add(number):
        product = offered()
        price(product, 5), certificate(product, f"N{number}", 5)

    add(0)
    client.get(address(which))
    with django_assert_num_queries(5) as one:
        client.get(address(which))
    for number in range(11):
        add(number + 1)
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(address(which))


def test_the_first_page_shows_ones_markets_and_leads_to_each_list(client, curator):
    product = offered("Leading")
    price(product, 5), certificate(product, "SOON", 5)
    make.ProductFactory(published=True, target_markets=["CL"])
    response = client.get(reverse("admin:index"))
    figures = {url: number for number, _label, url in response.context["waiting"].glance.figures}
    assert figures == {
        reverse("admin:listing_markets"): 1,
        address("certificates"): 1,
        address("prices"): 1,
        reverse("admin:market_searches"): 0,
        address("leading"): 1,
    }
    page = response.content.decode()
    assert "My markets" in page and 'role="img"' in page and "The same as a table" in page
    for url in figures:
        assert f'href="{url}"' in page and client.get(url, follow=True).status_code == 200


def test_the_ministry_has_no_markets_of_its_own_on_the_first_page(client):
    client.force_login(make.UserFactory(ministry=True))
    assert client.get(reverse("admin:index")).context["waiting"].glance is None
