from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.site import Site


def test_the_page_of_the_api_draws_itself_from_our_own_files(site: Site, wide: Page):
    wide.goto(f"{site.url}/api/v1/docs/")
    products = wide.get_by_text("/api/v1/products/", exact=True).first
    expect(products).to_be_visible(timeout=30_000)  # some 150 addresses are drawn before
