"""Putting a collection in order by keyboard, by mouse, and without script; nothing is saved before “Save”."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from markets.models import Collection
from tests import factories as make
from tests.browser.site import Site
from tests.browser.stock import draw_photos
from tests.markets.collections import offered

ROWS = "[data-sort] > li"


@pytest.fixture
def collection(site: Site, wide: Page) -> Collection:
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    site.sign_in(wide.context, post.user)
    made: Collection = make.CollectionFactory(
        mission=post.mission, products=[offered(title) for title in ("Alas", "Bakiak", "Ceker")]
    )
    draw_photos()
    wide.goto(address(made))
    return made


def address(collection: Collection) -> str:
    return reverse("admin:collection_edit", args=[collection.pk])


def shown(page: Page) -> list[str]:
    titles: list[str] = page.locator(ROWS).evaluate_all("rows => rows.map(row => row.dataset.title)")
    return titles


def saved(collection: Collection) -> list[str]:
    return [str(item.product) for item in collection.items.order_by("position")]


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("is saved")


def test_the_order_changes_by_keyboard(collection: Collection, wide: Page):
    down = wide.get_by_role("button", name="Move down: Alas")
    down.focus()
    wide.keyboard.press("Enter")
    expect(down).to_be_focused()
    assert shown(wide) == ["Bakiak", "Alas", "Ceker"]
    expect(wide.locator("[data-toast]")).to_contain_text("Alas: place 2")
    expect(wide.locator("[data-unsaved]")).to_be_visible()
    wide.get_by_role("button", name="Move up: Ceker").focus()
    wide.keyboard.press("Space")
    assert shown(wide) == ["Bakiak", "Ceker", "Alas"] and saved(collection) == ["Alas", "Bakiak", "Ceker"]
    wide.get_by_role("button", name="Remove: Bakiak").focus()
    wide.keyboard.press("Enter")
    expect(wide.get_by_role("button", name="Remove: Ceker")).to_be_focused()

    save(wide)

    assert shown(wide) == saved(collection) == ["Ceker", "Alas"]


def test_the_order_changes_by_dragging(collection: Collection, wide: Page):
    grip, last = wide.locator(f"{ROWS}:first-child [data-grip]"), wide.locator(f"{ROWS}:last-child")
    start, end = grip.bounding_box(), last.bounding_box()
    assert start is not None and end is not None
    wide.mouse.move(start["x"] + 4, start["y"] + 4)
    wide.mouse.down()
    wide.mouse.move(start["x"] + 4, end["y"] + end["height"] + 2, steps=12)
    wide.mouse.up()
    expect(wide.locator(f"{ROWS}:last-child")).to_have_attribute("data-title", "Alas")
    expect(wide.locator(f"{ROWS}:last-child [data-number]")).to_have_text("3")

    save(wide)

    assert saved(collection) == ["Bakiak", "Ceker", "Alas"]


def test_without_script_the_same_buttons_do_it(collection: Collection, wide: Page, browser: Browser, site: Site):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    context.add_cookies(wide.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address(collection))
    expect(page.locator("[data-grip]").first).to_be_hidden()
    page.get_by_role("button", name="Move down: Alas").click()
    assert shown(page) == ["Bakiak", "Alas", "Ceker"] and saved(collection) == ["Alas", "Bakiak", "Ceker"]
    page.get_by_role("button", name="Save", exact=True).last.click()
    assert saved(collection) == ["Bakiak", "Alas", "Ceker"]
    context.close()
