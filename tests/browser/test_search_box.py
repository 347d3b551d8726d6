"""The search box: suggestions by keyboard and pointer, and a plain search without them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.world import World


@pytest.mark.parametrize("page", ["home", "product_list"])
def test_a_suggestion_is_chosen_by_keyboard_alone(site: Site, everything: World, wide: Page, page: str):
    wide.goto(site.address(page))
    box = wide.get_by_role("combobox", name=re.compile("search|looking", re.I))
    box.focus()
    wide.keyboard.type("leather san")
    options = wide.locator("[role=option]")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    wide.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))

    wide.keyboard.press("Enter")

    expect(wide).to_have_url(re.compile(r"/en/products/(\?|[a-z])"))


def test_escape_closes_the_list_and_enter_searches_what_was_typed(site: Site, everything: World, wide: Page):
    wide.goto(site.address("home"))
    wide.get_by_role("combobox", name=re.compile("looking", re.I)).focus()
    wide.keyboard.type("leather san")
    expect(wide.locator("[role=option]").first).to_be_visible()
    wide.keyboard.press("Escape")
    expect(wide.locator("[role=option]").first).to_be_hidden()
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(re.compile(r"q=leather\+san"))


def test_a_suggestion_is_chosen_on_a_phone(site: Site, everything: World, narrow: Page):
    narrow.goto(site.address("product_list"))
    narrow.get_by_role("combobox", name=re.compile("search", re.I)).type("leather san")
    narrow.locator("[role=option]").first.click()
    expect(narrow).to_have_url(re.compile(r"/en/products/(\?|[a-z])"))
