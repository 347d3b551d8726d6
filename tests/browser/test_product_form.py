from __future__ import annotations

from decimal import Decimal

from playwright.sync_api import Page, Response, expect

from tests.browser.drafts import open_draft
from tests.browser.site import Site
from tests.factories import in_days

SAVED_ALONE = "[data-save-note]"


def is_saving(answer: Response) -> bool:
    return answer.request.method == "POST" and answer.request.headers.get("accept") == "application/json"


def test_what_is_typed_is_saved_without_a_button(site: Site, wide: Page):
    revision = open_draft(wide, site, "what")
    with wide.expect_response(is_saving) as saving:
        wide.locator("[name=title_en]").fill("Sandals with a batik strap")
    assert saving.value.status == 200
    expect(wide.locator(SAVED_ALONE)).to_contain_text("Saved")
    wide.reload()
    expect(wide.locator("[name=title_en]")).to_have_value("Sandals with a batik strap")
    revision.refresh_from_db()
    assert revision.title["en"] == "Sandals with a batik strap"


def test_what_is_wrong_is_kept_as_it_was_typed(site: Site, wide: Page):
    revision = open_draft(wide, site, "terms")
    with wide.expect_response(is_saving):
        wide.locator("[name=moq]").fill("about three hundred")
    expect(wide.locator(SAVED_ALONE)).to_contain_text("Minimum order")
    wide.goto(site.address("desk"))
    wide.goto(site.address("revision_terms", revision.pk))
    expect(wide.locator("[name=moq]")).to_have_value("about three hundred")
    expect(wide.locator("[name=moq]")).to_have_attribute("aria-invalid", "true")


def test_two_tabs_see_both_values_and_lose_nothing(site: Site, wide: Page):
    revision = open_draft(wide, site, "terms")
    late = wide.context.new_page()
    late.goto(wide.url)

    wide.locator("[name=moq]").fill("500")
    wide.locator("[name=lead_time_days]").fill("40")
    with wide.expect_navigation():
        wide.get_by_role("button", name="Save", exact=True).last.click()

    with late.expect_response(is_saving) as refused:
        late.locator("[name=moq]").fill("700")
    assert refused.value.status == 409
    expect(late.locator("[data-conflict]")).to_be_visible()
    expect(late.locator("[data-conflict]")).to_be_focused()
    with late.expect_navigation():
        late.get_by_role("button", name="Save", exact=True).last.click()

    moq = late.locator("fieldset", has=late.locator("[name=keep-moq]"))
    expect(moq).to_contain_text("500")
    expect(moq).to_contain_text("700")
    moq.locator('[value="mine"]').check()
    with late.expect_navigation():
        late.get_by_role("button", name="Save this").click()
    revision.refresh_from_db()
    assert (revision.moq, revision.lead_time_days) == (700, 40)


def test_prices_are_rows_to_add_and_to_remove(site: Site, wide: Page):
    revision = open_draft(wide, site, "terms")
    rows = wide.locator(".offer-row")
    before = rows.count()
    wide.get_by_role("button", name="Add a price").click()
    expect(rows).to_have_count(before + 1)
    expect(rows.last.locator("select").first).to_be_focused()
    for row, quantity, price in ((0, "300", "6.80"), (before, "1000", "6.40")):
        wide.locator(f"#id_offers-{row}-incoterm").select_option("FOB")
        wide.locator(f"#id_offers-{row}-currency").select_option("USD")
        wide.locator(f"#id_offers-{row}-place").fill("Surabaya")
        wide.locator(f"#id_offers-{row}-from_quantity").fill(quantity)
        wide.locator(f"#id_offers-{row}-unit_price").fill(price)
        wide.locator(f"#id_offers-{row}-valid_until").fill(in_days(60).isoformat())
    with wide.expect_navigation():
        wide.get_by_role("button", name="Save", exact=True).last.click()
    assert sorted(revision.offers.values_list("unit_price", flat=True)) == [Decimal("6.40"), Decimal("6.80")]

    wide.locator("[name=offers-0-DELETE]").check()
    with wide.expect_navigation():
        wide.get_by_role("button", name="Save", exact=True).last.click()
    assert revision.offers.count() == 1


def test_packing_figures_follow_the_typing_and_agree_with_the_server(site: Site, wide: Page):
    open_draft(wide, site, "packing", language="es")
    figures = wide.locator("[data-packing] dd")
    before = figures.all_inner_texts()
    for name, number in (("units_per_carton", "36"), ("carton_length_cm", "61,5"), ("gross_kg", "21,4")):
        wide.locator(f"[name={name}]").fill(number)
    while_typing = figures.all_inner_texts()
    assert while_typing != before
    expect(figures.first).to_contain_text("0,098")  # 61,5 × 42 × 38 cm
    with wide.expect_navigation():
        wide.locator("button[name=save]").last.click()
    plain = [text.replace(".", "").replace("\xa0", "") for text in while_typing]
    assert [text.replace(".", "").replace("\xa0", "") for text in figures.all_inner_texts()] == plain


def test_a_commodity_is_chosen_by_keyboard_alone(site: Site, wide: Page):
    revision = open_draft(wide, site, "what", complete=False)
    box = wide.get_by_role("combobox", name="Look for the commodity")
    box.focus()
    wide.keyboard.type("chinelos de borracha")
    options = wide.get_by_role("listbox", name="Look for the commodity").get_by_role("option")
    expect(options.first).to_contain_text("Rubber flip-flops")
    expect(box).to_have_attribute("aria-expanded", "true")
    wide.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    wide.keyboard.press("Backspace")
    expect(options.first).to_be_visible()
    wide.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "none")
    with wide.expect_navigation():
        wide.keyboard.press("Enter")
    expect(wide.locator("#id_hs6")).to_have_value("6402.20")
    revision.refresh_from_db()
    assert revision.commodity and revision.commodity.slug == "rubber-flip-flops"
    assert revision.category and revision.category.slug == "sandals-flip-flops"


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(site: Site, wide: Page):
    wide.goto(site.address("register_producer"))
    wide.get_by_role("button", name="Create account").click()
    summary = wide.locator("[data-errors]")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(wide.locator("[name=trade_name]")).to_be_focused()
    expect(wide.locator("[name=trade_name]")).to_have_attribute("aria-invalid", "true")
