"""manage.py load_reference: everything the portal has to know, safe to repeat, careful with what staff edited."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.models import (
    AttributeField,
    AttributeTemplate,
    CannedComment,
    Category,
    ChecklistItem,
    Commodity,
    Container,
    ExportFigure,
    HSCode,
    Unit,
)
from exporters.models import CertificateType, Province, Regency
from inaaccess import reference
from kit.languages import CONTENT_LANGUAGES
from markets.models import Accreditation, Market, MarketRule, Mission

pytestmark = pytest.mark.django_db
TABLES: list[Any] = [
    *(Province, Regency, HSCode, Unit, Container, Category, Commodity),
    *(AttributeTemplate, AttributeField, CertificateType, Market, MarketRule, Mission, Accreditation),
    ExportFigure,
    *(CannedComment, ChecklistItem),
]


def everything():
    return {table: list(table.objects.order_by("pk").values()) for table in TABLES}


def test_it_loads_every_table_and_a_second_run_changes_nothing(django_assert_max_num_queries):
    call_command("load_reference", verbosity=0)
    counts = {table.__name__: table.objects.count() for table in TABLES}
    assert counts["Province"] == 38
    assert counts["Regency"] == 514
    assert counts["HSCode"] == 6936
    assert counts["Category"] == 71
    assert counts["Commodity"] == 253
    assert counts["Market"] == 33
    assert counts["MarketRule"] == 35
    assert counts["Mission"] == 15
    assert counts["CertificateType"] == 30
    assert counts["AttributeTemplate"] >= 10
    assert counts["CannedComment"] == 24
    assert counts["ChecklistItem"] == 19
    before = everything()
    with django_assert_max_num_queries(170):
        call_command("load_reference", verbosity=0)
    assert everything() == before
    call_command("load_reference", overwrite=True, verbosity=0)
    assert everything() == before


def test_every_market_has_exactly_one_embassy():
    reference.load(["markets", "missions", "accreditations"])
    for market in Market.objects.all():
        assert market.missions.filter(type="embassy").count() == 1, market.iso2


def test_names_are_in_all_four_languages():
    reference.load(["hs_codes", "categories", "commodities", "units", "certificate_types", "markets"])
    for table in (Category, Commodity, Unit, CertificateType, Market):
        for row in table.objects.all():
            assert set(row.name) == set(CONTENT_LANGUAGES), row


def test_the_statistical_codes_of_the_hs_package_are_left_out():
    reference.load(["hs_codes"])
    assert not HSCode.objects.filter(code__startswith="99").exists()
    assert HSCode.objects.get(code="640399").parent_id == "6403"


def test_tobacco_is_never_promoted_and_carries_a_notice():
    reference.load(["categories"])
    held_back = Category.objects.filter(may_be_promoted=False)
    assert set(held_back.values_list("slug", flat=True)) == {"tobacco", "kretek-cigarettes", "cigars-tobacco"}
    for category in held_back:
        assert set(category.notice) == set(CONTENT_LANGUAGES)


def test_every_category_asks_for_the_facts_of_a_template_its_own_or_its_parents():
    reference.load(["categories", "attribute_templates"])
    for category in Category.objects.filter(parent__isnull=False).select_related("parent"):
        assert category.template_id or (category.parent and category.parent.template_id), category


def test_the_figures_of_kota_mojokerto_are_kept_as_published():
    reference.load(["hs_codes", "categories", "commodities", "export_figures"])
    furniture = ExportFigure.objects.get(name_en="Furniture")
    assert furniture.value_as_published == "Rp10.018 miliar"
    assert furniture.amount is None
    kretek = ExportFigure.objects.get(name_en="Kretek cigarettes")
    assert (kretek.value_as_published, kretek.amount) == ("1.606.075 USD", Decimal(1606075))
    assert kretek.commodity and kretek.commodity.slug == "kretek-cigarettes"


def test_what_staff_edited_stays_until_the_file_is_asked_for():
    reference.load(["markets"])
    Market.objects.filter(pk="CL").update(note="Checked by the embassy.")
    Market.objects.filter(pk="BR").delete()
    reference.load(["markets"])
    assert Market.objects.get(pk="CL").note == "Checked by the embassy."
    assert Market.objects.filter(pk="BR").exists()
    reference.load(["markets"], overwrite=True)
    assert Market.objects.get(pk="CL").note != "Checked by the embassy."


def test_a_province_follows_its_file():
    reference.load(["provinces"])
    Province.objects.filter(pk="35").update(name="East Java")
    reference.load(["provinces"])
    assert Province.objects.get(pk="35").name == "Jawa Timur"


def test_an_accreditation_that_staff_ended_is_not_made_again():
    parts = ["markets", "missions", "accreditations"]
    reference.load(parts)
    Accreditation.objects.filter(mission__code="KBRI-LIM", market="BO").update(until="2026-01-31")
    reference.load(parts)
    assert Accreditation.objects.filter(mission__code="KBRI-LIM", market="BO").count() == 1


def test_a_part_that_does_not_exist_is_refused():
    with pytest.raises(CommandError, match="unknown"):
        call_command("load_reference", "unknown")


def test_of_rules_only_the_two_agreements_are_checked_and_say_how_they_stand():
    reference.load(["markets", "market_rules"])
    checked = {rule.market_id: rule for rule in MarketRule.objects.filter(checked_on__isnull=False)}
    assert set(checked) == {"CL", "PE"} and {rule.kind for rule in checked.values()} == {"tariff"}
    assert "in force since 10 August 2019" in checked["CL"].text["en"]
    assert "signed in Jakarta on 11 August 2025" in checked["PE"].text["en"]
    assert "not known to be in force" in checked["PE"].text["en"]
    assert all(set(rule.text) == set(CONTENT_LANGUAGES) for rule in MarketRule.objects.all())


def test_every_market_has_its_language_of_labels_which_no_source_confirms():
    reference.load(["markets", "market_rules"])
    labels = MarketRule.objects.filter(kind="label")
    assert labels.count() == 33 and not labels.filter(checked_on__isnull=False).exists()
    assert "Portuguese" in labels.get(market="BR").text["en"] and "Dutch" in labels.get(market="SR").text["en"]


def test_a_rule_that_staff_corrected_stays_until_somebody_asks_for_the_file():
    reference.load(["markets", "market_rules"])
    MarketRule.objects.filter(market="PE", kind="tariff").update(text={"en": "In force."})
    reference.load(["market_rules"])
    assert MarketRule.objects.get(market="PE", kind="tariff").text == {"en": "In force."}
    reference.load(["market_rules"], overwrite=True)
    assert "not known" in MarketRule.objects.get(market="PE", kind="tariff").text["en"]
