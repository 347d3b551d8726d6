from __future__ import annotations

import pytest

from accounts.models import Letter
from inquiries.models import Importer
from inquiries.tax_numbers import TAX_NUMBERS, doubt_about, hint_of
from tests import factories as make

pytestmark = pytest.mark.django_db
PROFILE = "/en/inquiries/company/"


def profile(**said):
    form = {"company": "Calzados del Sur", "country": "CL", "tax_number": "", "website": "", "buys_hs": ""}
    return form | {"seen_version": "1"} | said


def test_the_page_shows_and_saves_the_company(buying):
    make.HSCodeFactory.create(code="64", level=2)
    assert "Calzados del Sur" in buying.get(PROFILE).content.decode()
    answer = buying.post(PROFILE, profile(website="https://www.calzados.cl/", buys_hs="64", languages=["es"]))
    assert answer["Location"] == PROFILE
    importer = Importer.objects.get()
    assert (importer.website, importer.buys_hs, importer.languages) == ("https://www.calzados.cl/", ["64"], ["es"])


def test_an_unusual_tax_number_is_saved_with_a_warning(buying):
    page = buying.post(PROFILE, profile(tax_number="12"), follow=True).content.decode()
    assert "usually looks like 76.123.456-0" in page
    assert Importer.objects.get().tax_number == "12"


@pytest.mark.parametrize(
    "wrong",
    [
        {"company": ""},
        {"company": "12345"},
        {"country": "XX"},
        {"website": "http://127.0.0.1/"},
        {"website": "javascript:alert(1)"},
        {"buys_hs": "123"},
        {"buys_hs": "99, 6403"},
        {"buys_categories": "no-such-category"},
        {"languages": "xx"},
        {"seen_version": ""},
        {"tax_number": "1" * 41},
    ],
)
def test_wrong_values_are_said_and_what_was_typed_stays(buying, wrong):
    answer = buying.post(PROFILE, profile(company="Calzados Nuevos") | wrong)
    assert answer.status_code == 422
    if "company" not in wrong:
        assert "Calzados Nuevos" in answer.content.decode()
    assert Importer.objects.get().company == "Calzados del Sur"


def test_changing_the_name_of_a_verified_company_says_that_it_is_looked_up_again(client):
    importer = make.ImporterFactory.create(verified=True)
    client.force_login(importer.user)
    page = client.post(PROFILE, profile(company="Calzados del Norte"), follow=True).content.decode()
    assert "the mission looks your company up again" in page
    assert not Importer.objects.get().is_verified and Letter.objects.exists()


def test_what_was_saved_meanwhile_stands_beside_what_was_typed_and_can_be_saved_over(buying, importer):
    importer.edit({"website": "https://www.otra.cl/"}, by=importer.user, seen_version=1)
    answer = buying.post(PROFILE, profile(website="https://www.mia.cl/"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "https://www.otra.cl/" in page and "https://www.mia.cl/" in page
    again = answer.context["form"].data
    assert buying.post(PROFILE, again).status_code == 302
    assert Importer.objects.get().website == "https://www.mia.cl/"


def test_the_badge_names_the_mission(client):
    mission = make.MissionFactory.create(city="Santiago")
    client.force_login(make.ImporterFactory.create(verified=True, verified_mission=mission).user)
    assert "Company checked by the mission in Santiago" in client.get(PROFILE).content.decode()


def test_the_hint_is_that_of_the_country(buying):
    assert "The RUT, such as 76.123.456-0." in buying.get(PROFILE).content.decode()
    assert "CNPJ" in hint_of("BR") and "as your country calls it" in hint_of("FR")


@pytest.mark.parametrize("country", TAX_NUMBERS)
def test_every_example_looks_as_usual(country):
    assert doubt_about(country, TAX_NUMBERS[country].example) == ""
    assert doubt_about(country, "x") != ""


def test_only_importers_have_the_page(client, db):
    client.force_login(make.MembershipFactory.create().user)
    assert client.get(PROFILE).status_code == 403
