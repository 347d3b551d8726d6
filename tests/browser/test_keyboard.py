from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.world import World


def test_the_first_tab_stop_leads_past_the_menu(site: Site, wide: Page):
    wide.goto(site.address("home"))
    wide.keyboard.press("Tab")
    skip = wide.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    wide.keyboard.press("Enter")
    expect(wide.locator("main")).to_be_focused()
    wide.keyboard.press("Tab")
    expect(wide.locator("main :focus")).to_have_count(1)


def test_the_catalogue_is_filtered_by_keyboard_alone(site: Site, everything: World, wide: Page):
    wide.goto(site.address("product_list"))
    for _stop in range(60):
        wide.keyboard.press("Tab")
        if wide.locator("#filters summary:focus").count():
            break
    expect(wide.locator("#filters summary:focus")).to_have_count(1)
    number = wide.locator("#filter-moq_max")
    wide.locator("#filters details", has=number).locator("summary").focus()
    if not number.is_visible():
        wide.keyboard.press("Enter")
    for _stop in range(8):  # past the bands, to the exact bound
        wide.keyboard.press("Tab")
        if wide.locator("#filter-moq_max:focus").count():
            break
    expect(number).to_be_focused()
    wide.keyboard.type("100")
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(re.compile("moq_max=100"))
    expect(wide.locator("#results")).to_contain_text("No product matches")


def test_a_filter_changes_the_results_without_a_new_page(site: Site, everything: World, wide: Page):
    wide.goto(site.address("product_list"))
    wide.evaluate("window.isSamePage = true")
    box = wide.locator("#filters input[type=checkbox], #filters input[type=radio]").first
    box.check()
    expect(wide).to_have_url(re.compile(re.escape(str(box.get_attribute("name")))))
    expect(wide.locator("#results")).not_to_have_attribute("aria-busy", "true")
    assert wide.evaluate("window.isSamePage") is True


def test_the_menu_of_a_phone_opens_and_closes(site: Site, narrow: Page):
    narrow.goto(site.address("home"))
    link = narrow.locator("#nav").get_by_role("link", name="Producers")
    expect(link).to_be_hidden()
    narrow.get_by_role("button", name="Menu", exact=True).click()
    expect(link).to_be_visible()
    narrow.keyboard.press("Escape")
    expect(link).to_be_hidden()
    narrow.get_by_role("button", name="Menu", exact=True).click()
    link.click()
    expect(narrow).to_have_url(site.address("producer_list"))


def test_the_links_of_the_languages_keep_the_page_and_its_filters(site: Site, wide: Page):
    wide.goto(site.address("product_list") + "?q=sandal&incoterm=FOB")
    wide.get_by_role("navigation", name="Language").get_by_role("link").nth(2).click()
    expect(wide).to_have_url(re.compile(r"/es/products/\?(?=.*q=sandal)(?=.*incoterm=FOB)"))
    expect(wide.locator("html")).to_have_attribute("lang", "es")
    expect(wide.locator('.langs [aria-current="true"]')).to_have_attribute("lang", "es")
