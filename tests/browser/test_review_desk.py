from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from catalog.models import ChangeRequest, ProductRevision
from tests import factories as make
from tests.browser.conftest import OpenPage
from tests.browser.site import Site
from tests.browser.stock import draw_photos

MOST_CLICKS = 12
CLAIM = re.compile("Claim.*Stopwatch sandals")


class Hand:
    """A hand with a mouse, which counts: a click is one, a choice from a list is two (open it, take one)."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def choose(self, what: Locator, label: str) -> None:
        what.select_option(label=label)
        self.clicks += 2


def revision(title: str) -> ProductRevision:
    owner = make.MembershipFactory(user__language="id")
    made = make.RevisionFactory(submitted=True, product__producer=owner.producer, title={"id": title, "en": title})
    draw_photos()
    return made


@pytest.fixture
def reviewer(site: Site, wide: Page) -> Page:
    """The queue, open before a person of the ministry."""
    site.sign_in(wide.context, make.UserFactory(ministry=True, name="Sari", language="en"))
    wide.goto(f"{site.url}/admin/reviews/?q=Stopwatch")
    return wide


@pytest.fixture
def waiting(site: Site) -> ProductRevision:
    ProductRevision.objects.waiting().filter(title__en__startswith="Stopwatch").delete()  # of the test before
    return revision("Stopwatch sandals")


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#field-{name}")


def test_from_the_queue_to_two_requests_in_a_dozen_clicks(waiting: ProductRevision, reviewer: Page):
    reviewer.reload()
    hand = Hand(reviewer)
    hand.click(reviewer.get_by_role("button", name=CLAIM))
    for name, comment in (("photos", "Cover is blurred"), ("moq", "Minimum order is missing")):
        hand.click(field(reviewer, name).get_by_text("Ask for a change"))
        hand.choose(field(reviewer, name).get_by_label("Ready comment"), comment)
    expect(field(reviewer, "photos").locator("textarea")).to_have_value(re.compile("Foto sampul buram"))
    hand.click(reviewer.get_by_role("button", name="Request the changes"))
    expect(reviewer.locator(".messagelist")).to_contain_text("was asked for changes")
    assert hand.clicks == 8 < MOST_CLICKS
    waiting.refresh_from_db()
    assert waiting.state == "changes_requested"
    asked = dict(ChangeRequest.objects.filter(revision=waiting).values_list("field", "reason"))
    assert asked == {"photos": "photo_unclear", "moq": "moq_missing"}


def test_a_product_is_approved_in_two_actions_from_the_queue(waiting: ProductRevision, reviewer: Page):
    reviewer.reload()
    hand = Hand(reviewer)
    hand.click(reviewer.get_by_role("button", name=CLAIM))
    hand.click(reviewer.get_by_role("button", name="Approve and publish"))
    expect(reviewer.locator(".messagelist")).to_contain_text("is public now")
    assert hand.clicks == 2


def test_the_same_by_keys_alone(waiting: ProductRevision, reviewer: Page):
    reviewer.reload()
    reviewer.keyboard.press("j")
    expect(reviewer.get_by_role("link", name="Stopwatch sandals")).to_be_focused()
    reviewer.keyboard.press("c")
    expect(reviewer.get_by_role("heading", level=1)).to_have_text("Stopwatch sandals")
    for _field in range(4):  # title, summary, description, photos
        reviewer.keyboard.press("j")
    expect(field(reviewer, "photos")).to_be_focused()
    reviewer.keyboard.press("a")
    expect(field(reviewer, "photos").get_by_label("Ready comment")).to_be_focused()
    reviewer.keyboard.press("ArrowDown")
    expect(field(reviewer, "photos").locator("textarea")).not_to_have_value("")
    reviewer.keyboard.press("Tab")
    reviewer.keyboard.press("Tab")
    reviewer.keyboard.type("jkacd? ")
    expect(field(reviewer, "photos").locator("textarea")).to_have_value(re.compile(r"jkacd\? "))
    expect(reviewer.get_by_role("dialog")).to_be_hidden()
    reviewer.keyboard.press("Control+Enter")
    expect(reviewer.locator(".messagelist")).to_contain_text("was asked for changes")
    waiting.refresh_from_db()
    assert waiting.state == "changes_requested"


def test_a_comment_of_ones_own_is_kept_above_the_chosen_one(waiting: ProductRevision, reviewer: Page):
    reviewer.reload()
    reviewer.get_by_role("button", name=CLAIM).click()
    photos = field(reviewer, "photos")
    photos.get_by_text("Ask for a change").click()
    photos.locator("textarea").fill("Terima kasih.")
    photos.get_by_label("Ready comment").select_option(label="Cover is blurred")
    photos.get_by_label("Ready comment").select_option(label="Text, phone number or watermark")
    expect(photos.locator("textarea")).to_have_value(re.compile(r"^Terima kasih\.\nFoto memuat tanda air"))
    photos.get_by_label("Ready comment").select_option(label="Write it yourself")
    expect(photos.locator("textarea")).to_have_value("Terima kasih.")


def test_the_keys_are_listed_and_can_be_switched_off(waiting: ProductRevision, reviewer: Page):
    reviewer.reload()
    reviewer.keyboard.press("?")
    dialog = reviewer.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("next product of the list")
    reviewer.keyboard.press("j")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Use single keys").uncheck()
    reviewer.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    reviewer.reload()
    reviewer.keyboard.press("?")
    reviewer.keyboard.press("j")
    expect(dialog).to_be_hidden()
    expect(reviewer.locator("body")).to_be_focused()
    reviewer.get_by_role("link", name="Keys").click()
    expect(dialog.get_by_label("Use single keys")).not_to_be_checked()
    dialog.get_by_label("Use single keys").check()
    dialog.get_by_role("button", name="Close").click()
    reviewer.keyboard.press("j")
    expect(reviewer.get_by_role("link", name="Stopwatch sandals")).to_be_focused()


def test_next_and_previous_follow_the_queue_as_it_was_narrowed(waiting: ProductRevision, reviewer: Page):
    revision("Something else")
    revision("Stopwatch boots")
    reviewer.reload()
    reviewer.get_by_role("link", name="Stopwatch sandals").click()
    expect(reviewer.get_by_role("link", name="Next")).to_be_visible()
    reviewer.keyboard.press("n")
    expect(reviewer.get_by_role("heading", level=1)).to_have_text("Stopwatch boots")
    expect(reviewer.get_by_role("link", name="Next")).to_have_count(0)
    expect(reviewer.get_by_role("link", name="Previous")).to_be_visible()
    reviewer.keyboard.press("p")
    expect(reviewer.get_by_role("heading", level=1)).to_have_text("Stopwatch sandals")
    reviewer.keyboard.press("q")
    expect(reviewer).to_have_url(re.compile(r"/admin/reviews/\?q=Stopwatch$"))


def test_several_are_ticked_and_claimed_by_keys_and_each_result_is_told(waiting: ProductRevision, reviewer: Page):
    revision("Stopwatch boots")
    reviewer.reload()
    for _row in range(2):
        reviewer.keyboard.press("j")
        reviewer.keyboard.press("x")
    reviewer.locator("#bulk").get_by_role("button", name="Claim").click()
    expect(reviewer.get_by_role("row").filter(has_text="claimed by you")).to_have_count(2)


def test_without_a_script_a_chosen_comment_is_sent_in_the_producers_language(
    site: Site, waiting: ProductRevision, open_page: OpenPage
):
    page = open_page(java_script_enabled=False)
    site.sign_in(page.context, make.UserFactory(ministry=True, language="en"))
    page.goto(f"{site.url}/admin/reviews/?q=Stopwatch")
    page.get_by_role("button", name=CLAIM).click()
    photos = field(page, "photos")
    photos.get_by_text("Ask for a change").click()
    photos.get_by_label("Ready comment").select_option(label="Cover is blurred")
    page.get_by_role("button", name="Request the changes").click()
    asked = ChangeRequest.objects.get(revision=waiting)
    assert asked.reason == "photo_unclear" and asked.comment.startswith("Foto sampul buram.")
    page.goto(f"{site.url}/admin/reviews/")
    page.get_by_role("link", name="Keys").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keyboard shortcuts")
