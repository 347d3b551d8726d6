"""A producer answers on the phone, in Indonesian; an importer reads and writes on a desktop, in Spanish."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from inquiries.models import Enquiry
from tests import asking
from tests import factories as make
from tests.browser import checking
from tests.browser.site import Site
from tests.browser.stock import draw_photos
from tests.exporters.certificates import GOOD_PDF

ANSWER = "form[data-kinds]"


@pytest.fixture
def enquiry(site: Site) -> Enquiry:
    product = make.ProductFactory(published=True, title={"id": "Sandal batik", "en": "Sandals", "es": "Sandalias"})
    make.MembershipFactory(producer=product.producer, user__language="id")
    importer = make.ImporterFactory(country="CL", company="Importadora Andes", user__language="es")
    draw_photos()
    return asking.an_enquiry(importer, product, text="¿Cuál es el precio para 600 pares?")


def open_as_producer(page: Page, site: Site, enquiry: Enquiry) -> None:
    site.sign_in(page.context, asking.member_of(enquiry.producer))
    page.goto(site.address("desk", language="id"))
    page.locator(f'.todo a[href="{site.address("desk_enquiry_list", language="id").removeprefix(site.url)}"]').click()
    page.get_by_role("link", name="Importadora Andes").click()
    expect(page.locator("h1")).to_have_text("Importadora Andes, Cile")


def send(page: Page) -> None:
    with page.expect_navigation():
        page.locator(f"{ANSWER} .btn--big, #answer .btn--big").first.click()


def test_a_producer_answers_from_the_desk_in_four_touches(site: Site, narrow: Page, enquiry: Enquiry):
    open_as_producer(narrow, site, enquiry)
    assert checking.violations(narrow) == []
    narrow.locator("[name=kind][value=ask_details]").check()
    expect(narrow.locator("[name=sample_price]")).to_be_hidden()
    expect(narrow.locator("[name=reason]")).to_be_hidden()
    send(narrow)
    expect(narrow.locator(".messages .alert")).to_be_in_viewport()
    expect(narrow.locator(".msg--own")).to_have_count(1)
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.messages.get().kind) == ("answered", "ask_details")


def test_only_the_fields_of_the_chosen_kind_are_there(site: Site, narrow: Page, enquiry: Enquiry):
    open_as_producer(narrow, site, enquiry)
    narrow.locator("[name=kind][value=sample_terms]").check()
    expect(narrow.locator("[name=sample_price]")).to_be_visible()
    expect(narrow.locator("[name=reason]")).to_be_hidden()
    send(narrow)
    expect(narrow.locator("[name=sample_price]")).to_have_attribute("aria-invalid", "true")
    assert checking.violations(narrow) == []
    assert checking.too_wide(narrow, 360) == []
    narrow.locator("[name=sample_price]").fill("15")
    narrow.locator("[name=sample_days]").fill("5")
    send(narrow)
    expect(narrow.locator(".msg--own")).to_contain_text("USD 15")


def test_without_a_script_every_field_is_there_and_the_answer_arrives(site: Site, scriptless: Page, enquiry: Enquiry):
    open_as_producer(scriptless, site, enquiry)
    for name in ("sample_price", "reason", "text"):
        expect(scriptless.locator(f"[name={name}]")).to_be_visible()
    scriptless.locator("[name=kind][value=cannot_supply]").check()
    scriptless.locator("[name=reason]").select_option("capacity")
    send(scriptless)
    enquiry.refresh_from_db()
    assert enquiry.state == "refused"
    expect(scriptless.locator(ANSWER)).to_have_count(0)


def test_an_importer_reads_the_coded_parts_in_spanish_and_writes_on(site: Site, wide: Page, enquiry: Enquiry):
    asking.answer(enquiry, kind="ask_quantity", text="Berapa pasang?")
    site.sign_in(wide.context, enquiry.importer.user)
    wide.goto(site.address("enquiry_list", language="es"))
    wide.get_by_role("link", name=enquiry.producer.trade_name).click()
    expect(wide.locator(".msg [lang=id]")).to_have_text("Berapa pasang?")
    expect(wide.locator("[name=language]")).to_have_value("es")
    assert checking.violations(wide) == []
    wide.locator("[name=text]").fill("600 pares, por favor.")
    wide.locator("[name=attachments]").set_input_files(
        {"name": "etiqueta.pdf", "mimeType": "application/pdf", "buffer": GOOD_PDF}
    )
    send(wide)
    expect(wide.locator(".msg-file")).to_contain_text("etiqueta.pdf")
    with wide.expect_download() as download:
        wide.locator(".msg-file").click()
    assert re.fullmatch(rf"{enquiry.number}-\d+\.pdf", download.value.suggested_filename)
    enquiry.refresh_from_db()
    assert enquiry.turn == "producer"
