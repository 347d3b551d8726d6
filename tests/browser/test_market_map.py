"""The map of the markets as it is heard and reached by keyboard: a list of links, the most important first."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from markets.market_map import PLACES
from tests.browser.site import Site

ACCENT = """(() => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "var(--accent)";
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
})()"""
LINK = re.compile(r"- '?link \"([A-Z]{2}), (.+?)\"")  # the snapshot quotes a name with a colon


@pytest.fixture
def map_of_markets(site: Site, wide: Page) -> Locator:
    wide.goto(site.address("market_list"))
    return wide.get_by_role("navigation", name="Map of the markets")


def heard(where: Locator) -> list[str]:
    """The codes of the markets in the order in which a screen reader tells their links."""
    return [code for code, _name in LINK.findall(where.aria_snapshot())]


def test_each_market_is_one_item_of_a_list_and_one_link_with_its_name(map_of_markets):
    tree = map_of_markets.aria_snapshot()
    assert tree.count("- list:") == 1 and tree.count("- listitem:") == len(PLACES)
    assert sorted(heard(map_of_markets)) == sorted(PLACES)
    assert not re.search(r"- (group|img|text|graphics)", tree)  # no shape is told beside the links
    expect(map_of_markets.get_by_role("link", name="CL, Chile")).to_have_attribute("href", "/en/markets/CL/")


def test_they_are_heard_in_the_order_of_the_list_below(site: Site, wide: Page, map_of_markets):
    below = wide.locator("main section ul a").evaluate_all("all => all.map(one => one.pathname.split('/').at(-2))")
    assert heard(map_of_markets) == below and below[0] in {"AR", "BR", "MX", "CL", "PE", "CO"}


def test_one_tab_leads_past_the_map(wide: Page, map_of_markets):
    wide.locator("main nav").first.get_by_role("link").last.focus()  # the crumbs
    wide.keyboard.press("Tab")
    past = map_of_markets.get_by_role("link", name="Past the map, to the list")
    expect(past).to_be_focused()
    expect(past).to_be_in_viewport()
    wide.keyboard.press("Enter")
    expect(wide.locator("#first")).to_be_focused()
    wide.keyboard.press("Tab")
    assert wide.evaluate("document.activeElement.className") == "tile"


def test_each_tile_is_reached_by_keyboard_and_shows_that_it_is(wide: Page, map_of_markets):
    codes = heard(map_of_markets)
    map_of_markets.get_by_role("link", name="Past the map, to the list").focus()
    for code in codes:
        wide.keyboard.press("Tab")
        here = wide.evaluate("document.activeElement.getAttribute('aria-label')")
        assert here.startswith(f"{code}, ")
        ring = wide.evaluate(
            "(() => { const ring = getComputedStyle(document.activeElement.querySelector('rect'));"
            " return [parseFloat(ring.strokeWidth), ring.stroke]; })()"
        )
        assert ring == [4, wide.evaluate(ACCENT)]
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(re.compile(f"/en/markets/{codes[-1]}/$"))


def test_a_finger_hits_one_tile_on_a_phone(site: Site, narrow: Page):
    narrow.goto(site.address("market_list"))
    sizes = narrow.locator(".market-map rect").evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert len(sizes) == len(PLACES) and min(sizes) >= 24  # WCAG 2.2, target size (minimum)
