from __future__ import annotations

from playwright.sync_api import Page, expect

from markets.models import Market, MarketListing
from tests import factories as make
from tests.browser.site import Site
from tests.browser.stock import draw_photos

ROWS = "[data-rank-list] > li"


def open_order(page: Page, site: Site, iso2: str) -> list[str]:
    """The listed tab of a market with three products; their numbers in order."""
    market, post = Market.objects.get(pk=iso2), make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission, market=market)
    for rank, title in enumerate(("Alpha", "Beta", "Gamma"), start=1):
        product = make.ProductFactory(published=True, target_markets=[iso2], title={"en": title})
        make.MarketListingFactory(listed=True, market=market, product=product, rank=rank)
    draw_photos()
    site.sign_in(page.context, post.user)
    page.goto(site.address("admin:market_listings", iso2) + "?view=listed")
    return order(iso2)


def order(iso2: str) -> list[str]:
    rows = MarketListing.objects.filter(market=iso2).order_by("rank", "product_id")
    return [str(pk) for pk in rows.values_list("product", flat=True)]


def test_the_order_changes_by_keyboard_and_the_focus_stays(site: Site, wide: Page):
    alpha, beta, gamma = open_order(wide, site, "BO")
    down = wide.locator(f'[data-rank="{alpha}"] button[value=down]')
    down.focus()
    wide.keyboard.press("Enter")
    expect(wide.locator(ROWS).nth(1)).to_have_attribute("data-rank", alpha)
    expect(down).to_be_focused()
    expect(wide.locator("[data-toast]")).to_contain_text("The order was changed.")
    assert order("BO") == [beta, alpha, gamma]
    wide.locator(f'[data-rank="{gamma}"] button[value=top]').focus()
    wide.keyboard.press("Space")
    expect(wide.locator(ROWS).first).to_have_attribute("data-rank", gamma)
    assert order("BO") == [gamma, beta, alpha]


def test_a_row_is_dragged_down_and_up(site: Site, wide: Page):
    alpha, beta, gamma = open_order(wide, site, "UY")
    drag(wide, alpha, gamma, below=True)
    expect(wide.locator(ROWS).nth(2)).to_have_attribute("data-rank", alpha)
    expect(wide.locator(ROWS).nth(2).locator(".rank")).to_have_text("4")
    assert order("UY") == [beta, gamma, alpha]
    drag(wide, gamma, beta, below=False)
    expect(wide.locator(ROWS).first).to_have_attribute("data-rank", gamma)
    assert order("UY") == [gamma, beta, alpha]


def drag(page: Page, row: str, to: str, *, below: bool) -> None:
    """Take a row by its grip and let it go in the upper or lower half of another."""
    grip = page.locator(f'[data-rank="{row}"] [data-grip]').bounding_box()
    goal = page.locator(f'[data-rank="{to}"]').bounding_box()
    assert grip and goal
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    height = goal["y"] + goal["height"] * (0.8 if below else 0.2)
    page.mouse.move(goal["x"] + 80, height - 6, steps=6)
    page.mouse.move(goal["x"] + 80, height, steps=6)
    with page.expect_response("**/move/**"):
        page.mouse.up()
