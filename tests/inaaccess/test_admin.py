import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from catalog.models import AttributeTemplate, Commodity
from markets.models import Market
from tests import factories as make

pytestmark = pytest.mark.django_db
DESK = reverse("admin:index")


@pytest.fixture
def santiago(client):
    post = make.MissionStaffFactory(user__language="en")
    make.AccreditationFactory(mission=post.mission)
    client.force_login(post.user)
    return post.user


@pytest.fixture
def ministry(client):
    user = make.UserFactory(ministry=True)
    client.force_login(user)
    return user


class TestEntrance:
    def test_a_visitor_logs_in_on_the_sites_own_page_and_comes_back(self, client):
        response = client.get(reverse("admin:review_queue"), follow=True)
        (address, _status) = response.redirect_chain[-1]
        assert address.startswith(reverse("account_login")) and "next=/admin/reviews/" in address

    def test_the_stock_login_is_no_second_form(self, client):
        response = client.get(reverse("admin:login"))
        assert response.status_code == 302 and response["Location"].startswith(reverse("account_login"))
        credentials = {"username": make.UserFactory(ministry=True).email, "password": "x"}
        assert client.post(reverse("admin:login"), credentials).status_code == 302
        assert "_auth_user_id" not in client.session

    def test_the_login_never_leads_to_another_site(self, client):
        assert "evil" not in client.get(f"{reverse('admin:login')}?next=https://evil.test/")["Location"]

    @pytest.mark.parametrize("name", ["index", "tables", "review_queue", "catalog_product_changelist", "login"])
    def test_who_is_not_staff_gets_a_403(self, client, name):
        client.force_login(make.MembershipFactory().user)
        assert client.get(reverse(f"admin:{name}")).status_code == 403

    def test_passwords_are_changed_on_the_account_pages(self, client, ministry):
        assert client.get(reverse("admin:password_change"))["Location"] == reverse("account_change_password")

    def test_signing_out(self, client, ministry):
        client.post(reverse("admin:logout"))
        assert "_auth_user_id" not in client.session


class TestWhatWaits:
    def test_it_shows_what_was_assigned_and_by_whom(self, client, santiago):
        colleague = make.MissionStaffFactory(mission=santiago.mission_posts.get().mission, user__name="Budi").user
        revision = make.RevisionFactory(submitted=True, target_markets=["CL"], title={"en": "Asked of you"})
        other = make.RevisionFactory(submitted=True, target_markets=["CL"], title={"en": "Asked of Budi"})
        revision.assign(to=santiago, by=colleague)
        other.assign(to=colleague, by=santiago)
        (one,) = client.get(DESK).context["waiting"].assigned
        assert (str(one.revision), one.who) == ("Asked of you", "Budi")
        assert "assigned to you by Budi" in client.get(DESK).text
        revision.claim(by=colleague)
        assert client.get(DESK).context["waiting"].assigned == []

    def test_it_shows_claims_queue_listings_and_certificates_of_the_persons_scope(self, client, santiago):
        hours_ago = timezone.now() - datetime.timedelta(minutes=30)
        mine = make.RevisionFactory(
            in_review=True, claimed_by=santiago, claimed_at=hours_ago, target_markets=["CL"], title={"en": "My claim"}
        )
        make.RevisionFactory(submitted=True, target_markets=["CL"], title={"en": "Unclaimed"})
        make.RevisionFactory(submitted=True, target_markets=["BR"], title={"en": "Foreign"})
        make.CertificateFactory(producer=mine.product.producer)
        make.ProductFactory(published=True, target_markets=["CL"])
        response = client.get(DESK)
        waiting, page = response.context["waiting"], response.content.decode()
        assert [claim.revision for claim in waiting.claims] == [mine]
        assert [str(row.revision) for row in waiting.queue] == ["Unclaimed"]
        assert [(market.pk, number) for market, number in waiting.markets] == [("CL", 1)]
        assert len(waiting.certificates) == 1
        assert [figure.number for figure in waiting.figures] == [2, 0, 0, 1, 1]
        assert "1 h 29 min" in page and "Foreign" not in page

    def test_each_number_leads_to_a_list_of_as_many(self, client, santiago):
        for _turn in range(2):
            waiting = make.RevisionFactory(submitted=True, target_markets=["CL"])
        make.RevisionFactory(
            submitted=True, target_markets=["CL"], submitted_at=timezone.now() - datetime.timedelta(days=20)
        )
        decided = make.RevisionFactory(
            in_review=True, claimed_by=santiago, target_markets=["CL"], submitted_at=timezone.now()
        )
        decided.reject(by=santiago, why="Bukan barang ekspor.", seen_version=decided.version)
        withdrawn = make.RevisionFactory(submitted=True, target_markets=["CL"])
        withdrawn.withdraw(by=make.UserFactory())
        make.CertificateFactory(producer=waiting.product.producer)
        make.ProductFactory(published=True, target_markets=["CL"])
        figures = client.get(DESK).context["waiting"].figures
        assert [figure.number for figure in figures] == [3, 1, 1, 1, 1]
        assert [client.get(figure.url, follow=True).context["total"] for figure in figures] == [3, 1, 1, 1, 1]
        page = client.get(DESK).text
        assert all(f'href="{figure.url}"' in page for figure in figures)

    def test_staff_without_a_power_see_no_part_and_no_link_of_it(self, client):
        client.force_login(make.UserFactory(is_staff=True))
        page = client.get(DESK).content.decode()
        assert reverse("admin:review_queue") not in page and reverse("admin:tables") in page

    def test_queries_do_not_grow_with_what_waits(self, client, santiago, django_assert_num_queries):
        def add():
            row = make.RevisionFactory(submitted=True, target_markets=["CL"])
            make.CertificateFactory(producer=row.product.producer)
            make.RevisionFactory(in_review=True, claimed_by=santiago, target_markets=["CL"])

        add()
        client.get(DESK)
        with django_assert_num_queries(29) as one:
            client.get(DESK)
        for _turn in range(5):
            add()
        with django_assert_num_queries(len(one.captured_queries)):
            client.get(DESK)

    def test_buying_requests_of_ones_markets_wait_there(self, client, santiago):
        waiting = make.BuyingRequestFactory(title="Sandalias para Chile")
        make.BuyingRequestFactory(title="Sandalias para Brasil", country="BR")
        page = client.get(DESK).content.decode()
        assert reverse("admin:request_review", args=[waiting.pk]) in page and "para Brasil" not in page

    def test_the_tables_are_a_page_of_their_own(self, client, ministry):
        page = client.get(reverse("admin:tables")).content.decode()
        assert reverse("admin:catalog_category_changelist") in page
        assert reverse("admin:catalog_category_changelist") not in client.get(DESK).content.decode()

    def test_the_crumbs_of_a_table_lead_to_the_tables_of_its_app(self, client, ministry):
        page = client.get(reverse("admin:app_list", args=["catalog"])).content.decode()
        assert reverse("admin:catalog_category_changelist") in page
        assert reverse("admin:markets_market_changelist") not in page


class TestLanguage:
    @pytest.mark.parametrize("language", ["id", "en", "es", "pt-br"])
    def test_the_desk_speaks_the_persons_language(self, client, language):
        client.force_login(make.UserFactory(ministry=True, language=language))
        response = client.get(DESK, headers={"accept-language": "en"})
        assert f'<html lang="{language}"' in response.content.decode()
        assert response["Content-Language"] == language

    def test_the_choice_in_the_header_is_kept(self, client, ministry):
        client.post(reverse("language_choose"), {"language": "es", "next": DESK})
        assert '<html lang="es"' in client.get(DESK).content.decode()


class TestReferenceData:
    def test_a_name_is_four_inputs_and_not_json(self, client, ministry):
        market = make.MarketFactory()
        page = client.get(reverse("admin:markets_market_change", args=[market.pk])).content.decode()
        assert all(f'name="name_{language}"' in page for language in ("id", "en", "es", "pt"))
        assert "{&quot;" not in page

    def test_a_change_is_kept_and_stands_in_the_audit_trail(self, client, ministry):
        market = make.MarketFactory()
        said = {
            "name_en": "Chile!",
            "currency": "CLP",
            "priority": 1,
            "agreement_status": "in_force",
            "languages": "es",
        }
        address = reverse("admin:markets_market_change", args=[market.pk])
        assert client.post(address, said).status_code == 302
        assert Market.objects.get().name == {"en": "Chile!"}
        entry = AuditEntry.objects.get()
        assert (entry.verb, entry.object_type, entry.by) == ("change", "markets.market", ministry)

    def test_a_template_is_edited_with_its_fields(self, client, ministry):
        template = AttributeTemplate.objects.create(slug="footwear", name={"en": "Footwear"})
        said = {
            "name_en": "Footwear",
            "fields-TOTAL_FORMS": 1,
            "fields-INITIAL_FORMS": 0,
            "fields-0-key": "sole",
            "fields-0-kind": "choice",
            "fields-0-label_en": "Sole",
            "fields-0-label_id": "Sol",
            "fields-0-choices": "rubber | karet | rubber | goma | borracha\neva | EVA",
            "fields-0-position": 0,
        }
        address = reverse("admin:catalog_attributetemplate_change", args=["footwear"])
        assert client.post(address, said).status_code == 302
        field = template.fields.get()
        assert field.label == {"en": "Sole", "id": "Sol"}
        assert field.choices == [
            {"value": "rubber", "label": {"id": "karet", "en": "rubber", "es": "goma", "pt": "borracha"}},
            {"value": "eva", "label": {"id": "EVA"}},
        ]
        assert "rubber | karet | rubber | goma | borracha" in client.get(address).content.decode()

    @pytest.mark.parametrize("lines", ["", "rubber", "rubber | a\nrubber | b", "Ru bber | a", "a | 1 | 2 | 3 | 4 | 5"])
    def test_options_that_cannot_be_read_are_refused(self, client, ministry, lines):
        AttributeTemplate.objects.create(slug="footwear", name={"en": "Footwear"})
        said = {
            "name_en": "x", "fields-TOTAL_FORMS": 1, "fields-INITIAL_FORMS": 0, "fields-0-key": "sole",
            "fields-0-kind": "choice", "fields-0-label_en": "Sole", "fields-0-choices": lines, "fields-0-position": 0,
        }  # fmt: skip
        address = reverse("admin:catalog_attributetemplate_change", args=["footwear"])
        assert client.post(address, said).status_code == 200

    def test_synonyms_are_words_by_language(self, client, ministry):
        commodity = make.CommodityFactory()
        address = reverse("admin:catalog_commodity_change", args=[commodity.pk])
        assert "ojotas de cuero, huaraches" in client.get(address).content.decode()
        said = {
            "slug": commodity.slug, "name_en": "Sandals", "hs6": commodity.hs6_id, "category": commodity.category_id,
            "synonyms_es": "ojotas, chalas ,, ojotas",
        }  # fmt: skip
        assert client.post(address, said).status_code == 302
        assert Commodity.objects.get().synonyms == {"es": ["ojotas", "chalas"]}

    def test_a_record_is_written_out_in_words(self, client, ministry):
        product = make.ProductFactory(published=True, title={"en": "Sandals"})
        page = client.get(reverse("admin:catalog_product_change", args=[product.pk])).content.decode()
        assert "<p>English: Sandals</p>" in page and "{&quot;" not in page

    def test_mission_staff_read_markets_and_change_none(self, client, santiago):
        address = reverse("admin:markets_market_change", args=["CL"])
        assert client.get(address).status_code == 200
        assert client.post(address, {"name_en": "x"}).status_code == 403
