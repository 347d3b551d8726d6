from __future__ import annotations

from collections.abc import Callable, Generator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import checking
from tests.browser.conftest import DESKTOP, PATIENCE_MS, PHONE, OpenPage
from tests.browser.site import Site
from tests.browser.visits import VISITS, Visit
from tests.browser.watching import Watch
from tests.world import World

IN_THE_DARK = [visit for visit in VISITS if visit.status == 200 and visit.name in {
    "home", "product_list", "product_detail", "market_detail", "revision_terms", "admin:index", "admin:review_revision",
}]  # fmt: skip
NARROWEST = 360
Seat = Callable[[str], tuple[Page, Watch]]


@pytest.fixture(scope="module")
def seat(browser: Browser, site: Site, everything: World) -> Generator[Seat]:
    """A page for each role, signed in once and kept for the whole module."""
    taken: dict[str, tuple[Page, Watch]] = {}

    def of(role: str) -> tuple[Page, Watch]:
        if role not in taken:
            context = browser.new_context(base_url=site.url)
            context.set_default_timeout(PATIENCE_MS)
            if role != "visitor":
                site.sign_in(context, everything.people[role])
            taken[role] = context.new_page(), Watch(context)
        return taken[role]

    yield of
    for page, _watch in taken.values():
        page.context.close()


@pytest.mark.parametrize("visit", VISITS, ids=str)
def test_a_page_is_open_to_everybody(visit: Visit, everything: World, seat: Seat):
    page, watch = seat(visit.role)
    watch.faults.clear()
    page.set_viewport_size(PHONE if visit.is_plain_table else DESKTOP)  # type: ignore[arg-type]
    answer = page.goto(visit.path(everything))
    assert answer is not None and answer.status == visit.status
    faults = checking.violations(page)
    if visit.is_public:
        faults += checking.blocking_besides(page, "/static/css/app.css")
    if not visit.is_plain_table:
        faults += checking.too_wide(page, DESKTOP["width"])
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        faults += checking.violations(page)
    faults += [fault for width in (PHONE["width"], NARROWEST) for fault in checking.too_wide(page, width)]
    faults += watch.faults
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("visit", IN_THE_DARK, ids=str)
def test_a_page_is_open_to_everybody_in_the_dark(visit: Visit, site: Site, everything: World, open_page: OpenPage):
    page = open_page(color_scheme="dark")
    if visit.role != "visitor":
        site.sign_in(page.context, everything.people[visit.role])
    page.goto(visit.path(everything))
    assert not (faults := checking.violations(page)), "\n".join(faults)
