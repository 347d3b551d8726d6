"""Pages that only a mistake brings about are as open as the others."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import checking
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.drafts import open_draft
from tests.browser.site import Site
from tests.world import World


def faults(page: Page) -> str:
    found = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found += checking.violations(page) + checking.too_wide(page, size["width"])
    return "\n".join(found)


def test_a_form_sent_empty(site: Site, wide: Page):
    wide.goto(site.address("register_importer", language="pt-br"))
    wide.locator("main form button").last.click()
    expect(wide.locator("[data-errors]")).to_be_visible()
    assert faults(wide) == ""


def test_a_step_with_values_that_cannot_be(site: Site, wide: Page):
    open_draft(wide, site, "terms", language="es")
    wide.locator("[name=moq]").fill("-3")
    wide.locator("[name=offers-0-place]").fill("Surabaya")
    with wide.expect_navigation():
        wide.locator("button[name=save]").last.click()
    expect(wide.locator("[data-errors] a")).not_to_have_count(0)
    assert faults(wide) == ""


def test_two_people_who_saved_the_same_step(site: Site, wide: Page):
    revision = open_draft(wide, site, "packing", language="id")
    revision.packing_note, revision.version = {"id": "Dus cokelat. " * 20}, revision.version + 1
    revision.save()
    wide.locator("[name=packing_note_id]").fill("Dus putih. " * 20)
    with wide.expect_navigation():
        wide.locator("button[name=save]").last.click()
    expect(wide.locator("[name=keep-packing_note]")).to_have_count(2)
    assert faults(wide) == ""


def test_a_review_that_asks_for_nothing(site: Site, everything: World, wide: Page):
    site.sign_in(wide.context, everything.people["mission_own"])
    wide.goto(f"{site.url}/admin/reviews/{everything.in_review.pk}/")
    wide.locator('button[value="request_changes"]').click()
    expect(wide.locator("[data-errors]")).to_be_visible()
    assert faults(wide) == ""


def test_a_verb_that_comes_too_late(site: Site, wide: Page):
    revision = open_draft(wide, site, "preview", language="es")
    revision.state = "withdrawn"
    revision.save()
    with wide.expect_navigation():
        wide.locator(f'form[action$="/{revision.pk}/submit"] button').click()
    expect(wide.locator("main")).to_contain_text(wide.locator("h1").inner_text())
    assert faults(wide) == ""


def test_a_page_for_others(site: Site, everything: World, wide: Page):
    site.sign_in(wide.context, everything.people["importer"])
    answer = wide.goto(site.address("producer_create", language="pt-br"))
    assert answer is not None and answer.status == 403
    assert faults(wide) == ""
