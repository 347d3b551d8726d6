from __future__ import annotations

from playwright.sync_api import FilePayload, Page, Route, expect

from tests.browser.chain import photo
from tests.browser.drafts import open_draft
from tests.browser.site import Site

BROKEN: FilePayload = {"name": "rusak.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 this is no picture"}
ITEMS = "[data-photos] > li"


def test_each_file_is_sent_alone_and_a_broken_one_does_not_stop_the_others(site: Site, wide: Page):
    revision = open_draft(wide, site, "photos")
    sent: list[str] = []
    wide.on("request", lambda request: sent.append(request.method) if request.url.endswith("/upload") else None)
    wide.locator("#id_photos").set_input_files([photo("satu.jpg"), BROKEN, photo("dua.jpg")])
    expect(wide.locator(ITEMS)).to_have_count(2)
    expect(wide.get_by_role("alert").filter(has_text="rusak.jpg")).to_be_visible()
    assert sent == ["POST"] * 3
    assert revision.placements.count() == 2
    wide.reload()
    expect(wide.locator(ITEMS)).to_have_count(2)


def test_a_file_under_way_shows_its_progress(site: Site, wide: Page):
    open_draft(wide, site, "photos")
    held: list[Route] = []
    wide.route("**/photos/upload", lambda route: held.append(route))
    wide.locator("#id_photos").set_input_files(photo("perlahan.jpg"))
    expect(wide.get_by_role("progressbar", name="perlahan.jpg")).to_be_visible()
    held[0].continue_()
    expect(wide.locator(ITEMS)).to_have_count(1)
    expect(wide.get_by_role("progressbar", name="perlahan.jpg")).to_have_count(0)
    expect(wide.locator("[data-toast]")).to_contain_text("perlahan.jpg")


def test_a_file_that_does_not_arrive_can_be_sent_again(site: Site, wide: Page):
    open_draft(wide, site, "photos")
    wide.route("**/photos/upload", lambda route: route.abort())
    wide.locator("#id_photos").set_input_files(photo("hilang.jpg"))
    expect(wide.get_by_role("alert").filter(has_text="hilang.jpg")).to_be_visible()
    wide.unroute("**/photos/upload")
    wide.locator("#id_photos").set_input_files(photo("hilang.jpg"))
    expect(wide.locator(ITEMS)).to_have_count(1)


def test_photos_change_their_order_by_keyboard(site: Site, wide: Page):
    revision = open_draft(wide, site, "photos")
    wide.locator("#id_photos").set_input_files([photo("a.jpg"), photo("b.jpg"), photo("c.jpg")])
    expect(wide.locator(ITEMS)).to_have_count(3)
    first, second, third = wide.locator(ITEMS).evaluate_all("items => items.map(item => item.id)")

    back = wide.locator(f"#{first} button[name=down]")
    back.focus()
    wide.keyboard.press("Enter")
    expect(wide.locator(ITEMS).nth(1)).to_have_attribute("id", first)
    expect(back).to_be_focused()
    wide.locator(f"#{third} button[name=first]").focus()
    wide.keyboard.press("Space")
    expect(wide.locator(ITEMS).first).to_have_attribute("id", third)
    wide.locator(f"#{second} button[name=del]").focus()
    wide.keyboard.press("Enter")
    expect(wide.locator(ITEMS)).to_have_count(2)
    expect(wide.locator(f"{ITEMS} button:focus")).to_have_count(1)

    wide.reload()
    assert wide.locator(ITEMS).evaluate_all("items => items.map(item => item.id)") == [third, first]
    assert [f"photo-{placed.pk}" for placed in revision.placements.order_by("position")] == [third, first]
