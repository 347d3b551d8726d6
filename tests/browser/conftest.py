"""One running site for all browser tests, and pages that remember what went wrong on them.

The site has the reference rows of the catalogue. Every test makes its own people and producers, as they come to a
real site; nothing is emptied between tests, only when the last one is done.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from inaaccess import reference
from tests.browser.evidence import leave_evidence
from tests.browser.site import Site
from tests.browser.stock import enrich
from tests.browser.watching import Watch
from tests.emptying import empty_tables
from tests.world import World, build_people, build_world

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright has a loop in this thread; our queries do not run in it

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
PATIENCE_MS = 10_000
OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives Chromium."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    browser = item.funcargs.get("browser") if isinstance(item, pytest.Function) else None
    if report.when == "call" and report.failed and isinstance(browser, Browser):
        report.sections.append(("Evidence", leave_evidence(item.nodeid, browser)))
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; without it the tests fail, they are never left out."""
    return {"executable_path": CHROMIUM, "args": CHROMIUM_ARGS, "headless": True}


@pytest.fixture(scope="package")
def db(django_db_setup, django_db_blocker) -> Generator[None]:
    """Replaced here: committed rows, that the server's threads see too."""
    with django_db_blocker.unblock():
        empty_tables()
        reference.load()
        yield
        empty_tables()


@pytest.fixture(scope="package")
def site(db, tmp_path_factory) -> Generator[Site]:
    """The site, served by threads of this process."""
    server = LiveServer("127.0.0.1")
    uploads = tmp_path_factory.mktemp("uploads")
    with override_settings(MEDIA_ROOT=str(uploads), SITE_URL=server.url):
        yield Site(server.url)
    server.stop()


@pytest.fixture(scope="package")
def everything(site) -> World:
    """The things that the access table speaks about, on the running site, so rich that every part of a page shows."""
    world = build_world(build_people())
    enrich(world)
    return world


@pytest.fixture(autouse=True)
def uploads_in_a_folder_of_the_test() -> None:
    """Replaced here: the server keeps its uploads as long as its rows."""


@pytest.fixture
def open_page(
    new_context: Callable[..., BrowserContext], site: Site, browser: Browser, request: pytest.FixtureRequest
) -> Generator[OpenPage]:
    """Opens a page in a context of its own; when the test is over, no page may have complained."""
    contexts: list[tuple[BrowserContext, Watch]] = []

    def opened(**options: Any) -> Page:
        context = new_context(**{"viewport": DESKTOP, "base_url": site.url} | options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append((context, Watch(context)))
        return context.new_page()

    yield opened
    if faults := [fault for _context, watch in contexts for fault in watch.faults]:
        pytest.fail("\n".join([*faults, leave_evidence(request.node.nodeid, browser)]))


@pytest.fixture
def wide(open_page: OpenPage) -> Page:
    """A page of a desktop's width."""
    return open_page()


@pytest.fixture
def narrow(open_page: OpenPage) -> Page:
    """A page of a phone's width."""
    return open_page(viewport=PHONE, has_touch=True)


@pytest.fixture
def scriptless(open_page: OpenPage) -> Page:
    """A page of a phone's width on which no script runs."""
    return open_page(viewport=PHONE, java_script_enabled=False)
