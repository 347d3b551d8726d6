from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.site import Site


def test_the_page_of_the_api_draws_itself_from_our_own_files(site: Site, wide: Page):
    wide.goto(f"{site.url}/api/v1/docs/")
    expect(wide.get_by_text("/api/v1/auth/token/", exact=True).first).to_be_visible()
    products = wide.get_by_text("/api/v1/products/", exact=True).first
    for _step in range(40):  # only what is near the window is drawn
        if products.count():
            break
        wide.mouse.wheel(0, 800)
        wide.wait_for_timeout(150)
    expect(products).to_be_visible()
