from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import checking
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.site import Site
from tests.browser.visits import PUBLIC, VISITS, Visit
from tests.world import World

IN_THE_DARK = [visit for visit in VISITS if visit.name in {"home", "product_list", "product_detail", "desk"}][:6]


def opened(page: Page, site: Site, world: World, visit: Visit) -> None:
    if visit.role != "visitor":
        site.sign_in(page.context, world.people[visit.role])
    answer = page.goto(visit.path(world))
    assert answer is not None and answer.status == visit.status


@pytest.mark.parametrize("visit", VISITS, ids=str)
def test_a_page_is_open_to_everybody_at_both_widths(visit: Visit, site: Site, everything: World, wide: Page):
    opened(wide, site, everything, visit)
    faults = [f"at {DESKTOP['width']} px: {fault}" for fault in checking.violations(wide)]
    faults += checking.too_wide(wide, DESKTOP["width"])
    wide.set_viewport_size(PHONE)  # type: ignore[arg-type]
    faults += [f"at {PHONE['width']} px: {fault}" for fault in checking.violations(wide)]
    faults += [fault for width in (PHONE["width"], 360) for fault in checking.too_wide(wide, width)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("visit", IN_THE_DARK, ids=str)
def test_a_page_is_open_to_everybody_in_the_dark(visit: Visit, site: Site, everything: World, open_page: OpenPage):
    page = open_page(color_scheme="dark")
    opened(page, site, everything, visit)
    assert checking.violations(page) == []


@pytest.mark.parametrize("visit", PUBLIC, ids=str)
def test_one_stylesheet_is_all_that_a_public_page_waits_for(visit: Visit, site: Site, everything: World, wide: Page):
    opened(wide, site, everything, visit)
    assert checking.blocking(wide) == ["/static/css/app.css"]
