"""The steps of the main job, each as a person clicks it: with scripts or without, in any language, at any width."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.site import Site, said
from tests.factories import in_days
from tests.kit import picture_corpus

PASSWORD = "gunung berkabut di pagi hari"


@dataclass(frozen=True)
class Person:
    """Somebody at a browser."""

    page: Page
    site: Site
    email: str
    language: str
    has_script: bool = True

    def button(self, text: str, within: Locator | None = None) -> Locator:
        """A button by what it says, given in English."""
        return (within or self.page).get_by_role("button", name=said(text, self.language), exact=True).first

    def link(self, text: str) -> Locator:
        """A link by what it says, given in English; what it is about may follow."""
        return self.page.get_by_role("link", name=re.compile(f"^{re.escape(said(text, self.language))}")).first

    def write(self, **texts: str) -> None:
        """Fill controls by their names in the form, opening what is folded away."""
        for name, text in texts.items():
            control = self.page.locator(f'[name="{name}"]').first
            if not control.is_visible():
                self.page.locator("details", has=control).locator("summary").first.click()
            control.fill(text)

    def choose(self, **choices: str) -> None:
        """Choose in lists by the names of the controls and the labels, or parts of them."""
        for name, label in choices.items():
            listed = self.page.locator(f'select[name="{name}"]')
            found = listed.locator("option", has_text=label).first.get_attribute("value")
            listed.select_option(found)

    def send(self, text: str) -> None:
        """Press a button and wait for the page that answers."""
        with self.page.expect_navigation():
            self.button(text).click()


def photo(name: str, width: int = 1200, height: int = 900) -> FilePayload:
    """A JPEG large enough to submit; another name is another picture."""
    drawn = picture_corpus.draw(width, height)
    drawn.paste((zlib.crc32(name.encode()) % 256, 90, 60), (width // 2, height // 2, width, height))
    picture = picture_corpus.save(drawn, "JPEG", quality=85)
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture}


# --- the producer --------------------------------------------------------------------------------


def register(who: Person, *, business: str) -> None:
    """From the register page to the mailed link to the desk."""
    who.page.goto(who.site.address("account_signup", language=who.language))
    who.link("Register as a producer").click()
    who.write(trade_name=business, name="Sri Wahyuni", email=who.email, password=PASSWORD)
    who.choose(regency="Kota Mojokerto")
    who.send("Create account")
    expect(who.page.get_by_role("heading", level=1)).to_have_text(said("Look into your mailbox", who.language))
    who.page.goto(who.site.link_in_letter_to(who.email))
    who.send("Yes, it is mine")
    log_in(who)
    expect(who.page).to_have_url(who.site.address("desk", language=who.language))


def log_in(who: Person) -> None:
    """By the form."""
    if not who.page.locator("#id_login").is_visible():
        who.page.goto(who.site.address("account_login", language=who.language))
    who.write(login=who.email, password=PASSWORD)
    who.send("Sign in")


def describe_company(who: Person, *, business: str) -> None:
    """The profile, with a logo; then as the public will see it."""
    who.page.get_by_role("link", name=business).first.click()
    with who.page.expect_navigation():
        who.page.locator("#id_logo").set_input_files(photo("logo.jpg", 600, 600))
        who.page.locator("form", has=who.page.locator("#id_logo")).locator("button").first.click()
    expect(who.page.locator(".picture-now")).to_have_count(1)
    who.write(
        legal_name=f"CV {business}",
        nib="1234567890123",
        story_id="Kami membuat sandal kulit sejak 2009 bersama dua belas pengrajin.",
        story_en="We have made leather sandals since 2009 with twelve craftspeople.",
        founded="2009",
        employees="12",
        contact_name="Sri Wahyuni",
        contact_phone="+62 812 3456 7890",
    )
    who.page.locator('[name=languages_spoken][value="en"]').check()
    who.send("Save profile")
    expect(who.page.locator("#id_founded")).to_have_value("2009")
    expect(who.page.locator("#id_contact_phone")).to_have_value("+6281234567890")


def start_product(who: Person, *, title: str) -> None:
    """From the desk to the first step, which is filled in."""
    who.page.goto(who.site.address("desk", language=who.language))
    who.link("Add a product").click()
    who.send("Start")
    who.write(title_id=title, description_id="Kulit asli, tali batik, jahitan tangan.", summary_id="Sandal kulit.")
    choose_commodity(who, "ojotas de cuero", "Sandal kulit")
    expect(who.page.locator("#id_hs6")).to_have_value("6403.99")
    expect(who.page.locator('[name="title_id"]')).to_have_value(title)
    who.write(attr_upper="Kulit sapi", materials_id="Kulit sapi, karet")
    for listed in who.page.locator("#attributes select[data-needed]").all():
        listed.select_option(index=1)
    for group in who.page.locator("#attributes .choices:has([data-needed])").all():
        group.locator("input").first.check()
    for number in who.page.locator("#attributes input[data-needed]:not([type=checkbox])").all():
        if not number.input_value():
            number.fill("38")
    who.send("Save and go on")


def choose_commodity(who: Person, query: str, name: str) -> None:
    """By a word in another language; with scripts from the list that opens while typing."""
    if who.has_script:
        box = who.page.locator("#id_q")
        box.press_sequentially(query)
        expect(who.page.get_by_role("option", name=name)).to_be_visible()
        box.press("ArrowDown")
        with who.page.expect_navigation():
            box.press("Enter")
    else:
        who.write(q=query)
        who.send("Look")
        with who.page.expect_navigation():
            who.page.get_by_role("button", name=re.compile(f"^{name}")).click()


def state_terms(who: Person) -> None:
    """Unit, minimum order, and two prices, the larger quantity cheaper; numbers as Indonesians write them."""
    who.choose(unit=said_unit(who.language))
    who.write(moq="300", capacity_per_month="6.000", lead_time_days="35", sample_days="7")
    write_price(who, 0, from_quantity="300", unit_price="6,80")
    if who.has_script:
        who.button("Add a price").click()
    else:
        who.send("Save and add a row")
    write_price(who, 1, from_quantity="1.000", unit_price="6,40")
    who.send("Save and go on")


def said_unit(language: str) -> str:
    """Pairs, as the list of units says."""
    return {"id": "pasang", "en": "pair", "es": "par"}[language]


def write_price(who: Person, row: int, **numbers: str) -> None:
    """One row of prices."""
    who.choose(**{f"offers-{row}-incoterm": "FOB", f"offers-{row}-currency": "USD"})
    texts = {"place": "Tanjung Perak, Surabaya", "valid_until": in_days(90).isoformat()} | numbers
    who.write(**{f"offers-{row}-{name}": text for name, text in texts.items()})


def describe_packing(who: Person) -> None:
    """The carton; its volume appears while typing, or after saving."""
    carton = {"carton_length_cm": "60", "carton_width_cm": "42", "carton_height_cm": "38"}
    who.write(units_per_carton="24", gross_kg="14,2", net_kg="12,8", **carton)
    if not who.has_script:
        who.send("Save")
    expect(who.page.locator("[data-cbm]").first).to_contain_text("0,096" if who.language != "en" else "0.096")
    who.send("Save and go on")


def add_photos(who: Person, *photos: FilePayload) -> None:
    """Several at once, with what they show."""
    before = who.page.locator("[data-photos] > li").count()
    who.page.locator("#id_photos").set_input_files(photos)
    if not who.has_script:
        who.send("Upload")
    expect(who.page.locator("[data-photos] > li")).to_have_count(before + len(photos))
    who.page.locator("[data-photos] > li input").first.fill("Sandal dari atas")
    who.send("Save and go on")


def remove_first_photo(who: Person) -> None:
    """The cover goes; the next photo is the cover."""
    items = who.page.locator("[data-photos] > li")
    before = items.count()
    items.first.locator("button[name=del]").click()
    expect(items).to_have_count(before - 1)


def open_step(who: Person, step: str) -> None:
    """Another step of the product form, from the list of steps."""
    with who.page.expect_navigation():
        who.page.locator(f'.steps a[href$="/{step}"]').click()


def ask_for_market(who: Person, name: str) -> None:
    """The last step before the preview."""
    who.page.get_by_label(name, exact=True).check()
    who.send("Save and go on")


def submit(who: Person) -> None:
    """From the preview; the page says who has it now."""
    who.send("Submit for review")
    expect(who.page.locator("main")).to_contain_text(
        said("This is with the reviewers. You may still correct it until somebody reviews it.", who.language)
    )


# --- the staff -----------------------------------------------------------------------------------


def claim(who: Person, title: str) -> None:
    """From the queue to the review page."""
    who.page.goto(f"{who.site.url}/admin/")
    who.link("The whole queue").click()
    row = who.page.get_by_role("row").filter(has_text=title)
    with who.page.expect_navigation():
        row.get_by_role("button").click()
    if row.count():
        row.get_by_role("link", name=title).first.click()
    expect(who.page.get_by_role("heading", level=1)).to_contain_text(title)


def request_change(who: Person, field: str, reason: str, comment: str) -> None:
    """Mark one field, with a reason and a comment; sent later with the others."""
    who.page.locator(f'[name="verdict-{field}"][value="ask"]').check()
    who.page.locator(f'[name="reason-{field}"]').select_option(reason)
    who.page.locator(f'[name="comment-{field}"]').fill(comment)


def offer_in_market(who: Person, iso2: str, title: str, *, pitch: str) -> None:
    """List it first in the market, with a pitch in the market's language."""
    who.page.goto(f"{who.site.url}/admin/listings/{iso2}/")
    who.page.get_by_role("link", name=title, exact=True).first.click()
    who.write(pitch_es=pitch, rank="1")
    who.send("Offer in the market")
    expect(who.page.locator("main, #content").first).not_to_contain_text(said("Decide", who.language) + ": " + title)
