from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import override
from playwright.sync_api import Page, expect

from catalog.models import Product, ProductRevision
from inquiries.models import Enquiry, MessageKind
from markets.models import MarketListing, Mission
from tests import factories as make
from tests.browser import chain
from tests.browser.chain import PASSWORD, Person
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.site import Site, said

FIX_PHOTO = "Foto sampul buram, mohon foto yang tajam."
PITCH = "Cosidas a mano, con correa de batik auténtico."
ASKED = "¿Pueden imprimir la etiqueta en español?"
FIX_MOQ = "Apakah 300 pasang boleh campur ukuran?"


def mission_staff(email: str) -> None:
    mission = Mission.objects.filter(markets="CL", type="embassy")[0]
    staff = make.MissionStaffFactory(user__email=email, mission=mission, user__language="id").user
    staff.set_password(PASSWORD)
    staff.save()
    staff.emailaddress_set.create(email=email, verified=True, primary=True)


def the_chain(site: Site, producer: Person, staff: Person, importer: Page, *, title: str) -> None:
    business = f"Langkah {title}"
    mission_staff(staff.email)

    chain.register(producer, business=business)
    chain.describe_company(producer, business=business)
    chain.start_product(producer, title=title)
    chain.state_terms(producer)
    chain.describe_packing(producer)
    chain.add_photos(producer, chain.photo("depan.jpg"), chain.photo("samping.jpg", 900, 1200))
    chain.ask_for_market(producer, "Cile")
    chain.submit(producer)

    chain.log_in(staff)
    chain.claim(staff, title)
    chain.request_change(staff, "photos", "photo_unclear", FIX_PHOTO)
    chain.request_change(staff, "moq", "moq_missing", FIX_MOQ)
    staff.send("Request the changes")

    the_producer_fixes(producer, title)
    the_reviewer_sees_and_approves(staff, title)
    chain.offer_in_market(staff, "CL", title, pitch=PITCH)

    product = Product.objects.get(title__id=title)
    the_importer_reads_spanish(site, importer, product)
    the_two_agree(site, producer, importer, product)


def the_producer_fixes(producer: Person, title: str) -> None:
    page = producer.page
    letter = producer.site.letter_to(producer.email)
    assert FIX_PHOTO in letter and FIX_MOQ in letter

    page.goto(producer.site.address("desk", language=producer.language))
    producer.link("Fix").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    chain.open_step(producer, "photos")
    expect(page.locator("#photos .asked-note")).to_contain_text(FIX_PHOTO)
    chain.remove_first_photo(producer)
    chain.add_photos(producer, chain.photo("tajam.jpg", 1300, 1000))

    chain.open_step(producer, "terms")
    expect(page.locator(".asked", has=page.locator("#id_moq"))).to_contain_text(FIX_MOQ)
    producer.write(moq="240")
    producer.send("Save and go on")
    chain.open_step(producer, "preview")
    chain.submit(producer)


def the_reviewer_sees_and_approves(staff: Person, title: str) -> None:
    page = staff.page
    chain.claim(staff, title)
    moq = page.locator(".diff", has=page.locator('[name="verdict-moq"]'))
    expect(moq).to_contain_text(FIX_MOQ)
    expect(moq).to_contain_text(said("Changed since the request", staff.language))
    expect(moq.locator(".diff-pair").first).to_contain_text("300")
    expect(moq.locator(".diff-new").first).to_contain_text("240")
    photos = page.locator(".diff", has=page.locator('[name="verdict-photos"]'))
    expect(photos).to_contain_text(said("Changed since the request", staff.language))
    staff.write(
        **{
            "text-title-en": "Leather sandals with batik strap",
            "text-title-es": "Sandalias de cuero con correa de batik",
            "text-description-en": "Full leather, batik strap, sewn by hand.",
        }
    )
    staff.send("Approve and publish")
    assert ProductRevision.objects.filter(product__title__id=title, state="approved").exists()


def the_importer_reads_spanish(site: Site, page: Page, product: Product) -> None:
    page.goto(site.address("product_list", language="es"))
    page.locator("main [name=q]").first.fill("ojotas de cuero")
    with page.expect_navigation():
        page.locator("main [name=q]").first.press("Enter")
    own = f"/es/products/{product.slug}/"
    card = page.locator(".pcard", has=page.locator(f'a[href="{own}"]'))
    expect(card).to_contain_text("Sandalias de cuero")
    expect(card).to_contain_text(re.compile(r"USD\s6,40"))
    expect(card).to_contain_text("FOB")
    card.get_by_role("link").click()

    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sandalias de cuero con correa de batik")
    main = page.locator("main")
    expect(main.get_by_role("row", name=re.compile(r"^300 pares 6,80"))).to_be_visible()
    expect(main).to_contain_text("6403.99")
    expect(main).to_contain_text("Sandalias de cuero")
    expect(main.locator('[lang="en"]', has_text="Full leather, batik strap")).to_be_visible()
    expect(main).to_contain_text("0,096 m³")
    expect(main).to_contain_text(PITCH)
    for language in ("id", "en", "es", "pt-br"):
        expect(page.locator(f'link[rel=alternate][hreflang^="{language[:2]}"]')).not_to_have_count(0)
    expect(page.locator("link[rel=canonical]")).to_have_attribute("href", re.compile(f"/es/products/{product.slug}/$"))
    expect(page.locator('meta[property="og:image"]')).to_have_attribute("content", re.compile("^http"))
    assert '"@type":"Product"' in page.content().replace(" ", "")

    listing = MarketListing.objects.get(product=product, market="CL")
    assert (listing.state, listing.rank) == ("listed", 1)
    page.goto(site.address("market_detail", "CL", language="es"))
    expect(page.locator(f'.pcard a[href^="{own}"]')).to_be_visible()


def the_two_agree(site: Site, producer: Person, importer: Page, product: Product) -> None:
    """From the basket to an accepted quotation: the importer reads Spanish, the producer Indonesian, both at once."""
    company = make.ImporterFactory.create(country="CL", user__language="es")
    site.sign_in(importer.context, company.user)
    buyer = Person(importer, site, company.user.email, "es", has_script=producer.has_script)
    enquiry = the_importer_asks(site, buyer, product)

    page = producer.page
    page.goto(site.address("desk_enquiry_list", language="id"))
    page.get_by_role("link", name=re.compile(company.company)).first.click()
    expect(page.locator('[lang="es"]', has_text=ASKED)).to_be_visible()
    expect(page.locator("main")).to_contain_text("600 pasang")
    page.locator("[name=kind][value=ask_details]").check()
    producer.send("Send the answer")

    importer.goto(site.address("enquiry_detail", enquiry.pk, language="es"))
    with override("es"):
        asked_back = str(MessageKind.ASK_DETAILS.label)
    expect(importer.locator(".msg").last).to_contain_text(asked_back)
    buyer.write(text="Tallas 36 a 41.")
    buyer.send("Send the message")

    page.goto(site.address("quotation_create", enquiry.pk, language="id"))
    expect(page.locator('[name="lines-0-unit_price"]')).not_to_have_value("")
    producer.write(**{"lines-0-unit_price": "6,35", "deposit_percent": "30"})
    page.locator("[name=payment_terms]").select_option("tt_deposit")
    producer.send("Send the quotation")
    expect(page).to_have_url(re.compile(f"/desk/enquiries/{enquiry.pk}/"))

    importer.goto(site.address("quotation_compare", language="es"))
    with importer.expect_navigation():
        importer.get_by_role("link", name=str(enquiry.producer)).click()
    expect(importer.locator("main")).to_contain_text(re.compile(r"USD\s3\s?810,00"))
    buyer.send("Accept the quotation")
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.quotations.get().total()) == ("accepted", Decimal(3810))


def the_importer_asks(site: Site, buyer: Person, product: Product) -> Enquiry:
    page = buyer.page
    page.goto(site.address("product_detail", product.slug, language="es"))
    page.locator(f'[name=product][value="{product.slug}"]').first.click()
    if buyer.has_script:
        expect(page.locator("[data-basket-count]")).to_have_text("1")
    page.goto(site.address("basket", language="es"))
    page.get_by_label(re.compile(f"^{said('Quantity', 'es')}")).first.fill("600")
    buyer.write(message=ASKED)
    page.locator("[name=consent]").check()
    with page.expect_navigation():
        page.locator("[name=do][value=send]").first.click()
    return Enquiry.objects.get(lines__product=product)


def test_from_registering_to_an_accepted_quotation_at_a_desktop(site: Site, open_page: OpenPage):
    producer = Person(open_page(), site, "sri@example.test", "id")
    staff = Person(open_page(), site, "santiago@example.test", "id")
    the_chain(site, producer, staff, open_page(), title="Sandal Meja")


def test_from_registering_to_an_accepted_quotation_on_a_phone_without_scripts(site: Site, open_page: OpenPage):
    def phone() -> Page:
        return open_page(viewport=PHONE, java_script_enabled=False)

    producer = Person(phone(), site, "wahyu@example.test", "id", has_script=False)
    staff = Person(phone(), site, "atase@example.test", "id", has_script=False)
    the_chain(site, producer, staff, phone(), title="Sandal Saku")
