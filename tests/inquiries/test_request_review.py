"""The desk of the staff: request_queue, request_review, request_invite, request_match, request_close, figures."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, Holiday
from inquiries.models import BuyingRequest, Match
from inquiries.request_figures import figures_for
from tests import factories as make
from tests.catalog.desk import at, words
from tests.catalog.products import published
from tests.inquiries.test_offers import offers

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(people, client):
    client.force_login(people["mission_own"])
    return people["mission_own"]


class TestQueue:
    def test_what_waits_stands_there_the_oldest_first_with_its_promise(self, client, staff):
        young = make.BuyingRequestFactory(title="Botas")
        old = make.BuyingRequestFactory(title="Sillas")
        BuyingRequest.objects.filter(pk=old.pk).update(submitted_at=timezone.now() - datetime.timedelta(days=20))
        page = client.get(at("admin:request_queue"))
        assert [row.request.pk for row in page.context["rows"]] == [old.pk, young.pk]
        assert page.context["rows"][0].wait.standing == "over" and "Calzados del Sur" in words(page)

    def test_only_ones_own_markets_stand_there_and_the_ministry_has_the_rest(self, client, staff, people):
        for country in ("CL", "BR", "DE"):
            make.BuyingRequestFactory(country=country)
        seen = [row.request.country for row in client.get(at("admin:request_queue")).context["rows"]]
        client.force_login(people["ministry"])
        all_seen = [row.request.country for row in client.get(at("admin:request_queue")).context["rows"]]
        assert seen == ["CL"] and sorted(all_seen) == ["BR", "CL", "DE"]

    def test_what_was_withdrawn_is_nobodys(self, client, staff):
        row = make.BuyingRequestFactory(withdrawn=True)
        assert client.get(at("admin:request_review", row.pk)).status_code == 404

    @pytest.mark.parametrize("view", ["submitted", "open", "ended"])
    def test_queries_do_not_grow_with_the_rows(
        self, client, staff, view, django_assert_num_queries, django_assert_max_num_queries
    ):
        state = {"submitted": {}, "open": {"opened": True}, "ended": {"closed": True}}[view]
        address = at("admin:request_queue") + f"?view={view}"
        make.BuyingRequestFactory(**state)
        client.get(address)
        with django_assert_max_num_queries(12) as one:
            client.get(address)
        for _one in range(11):
            make.BuyingRequestFactory(**state)
        with django_assert_num_queries(len(one.captured_queries)):
            client.get(address)


class TestDeciding:
    def test_approving_opens_it_and_shows_what_may_fit_with_reasons(self, client, staff):
        product = published(target_markets=["CL"])
        row = make.BuyingRequestFactory()
        answer = client.post(
            at("admin:request_review", row.pk), {"do": "approve", "seen_version": "1", "note": ""}, follow=True
        )
        row.refresh_from_db()
        assert row.state == "open" and Match.objects.get().product == product
        told = words(answer)
        assert "It is what was asked for: Leather sandals." in told and "now invite producers" in told

    def test_rejecting_asks_for_a_reason_and_keeps_the_note(self, client, staff):
        row = make.BuyingRequestFactory()
        review = at("admin:request_review", row.pk)
        wrong = client.post(review, {"do": "reject", "seen_version": "1", "note": "Muy poco."})
        assert wrong.status_code == 422 and "Muy poco." in wrong.content.decode()
        assert client.post(review, {"do": "reject", "seen_version": "1", "reason": "small"}).status_code == 302
        row.refresh_from_db()
        assert (row.state, row.reject_reason, row.decided_by) == ("rejected", "small", staff)

    def test_what_changed_meanwhile_is_looked_at_again(self, client, staff):
        row = make.BuyingRequestFactory(version=2)
        answer = client.post(at("admin:request_review", row.pk), {"do": "approve", "seen_version": "1"})
        assert answer.status_code == 409 and "changed since you opened it" in words(answer)

    @pytest.mark.parametrize("sent", [{}, {"do": "delete"}, {"do": "approve"}, {"do": "approve", "seen_version": "x"}])
    def test_nonsense_changes_nothing(self, client, staff, sent):
        row = make.BuyingRequestFactory()
        assert client.post(at("admin:request_review", row.pk), sent).status_code == 422
        row.refresh_from_db()
        assert row.state == "submitted"

    def test_the_ministrys_reading_is_in_the_trail_and_a_missions_is_not(self, client, staff, people):
        row = make.BuyingRequestFactory()
        client.get(at("admin:request_review", row.pk))
        assert not AuditEntry.objects.filter(verb="read").exists()
        client.force_login(people["ministry"])
        client.get(at("admin:request_review", row.pk))
        assert AuditEntry.objects.get(verb="read").by == people["ministry"]

    def test_what_a_superuser_does_stands_in_the_trail_as_such(self, client, people):
        client.force_login(people["superuser"])
        row = make.BuyingRequestFactory()
        client.post(at("admin:request_review", row.pk), {"do": "approve", "seen_version": "1"})
        assert AuditEntry.objects.get(verb="approve").as_superuser

    def test_the_importers_address_stands_nowhere(self, client, staff):
        row = make.BuyingRequestFactory(opened=True)
        offers(row, 50)
        assert row.importer.user.email not in client.get(at("admin:request_review", row.pk)).content.decode()

    def test_queries_do_not_grow_with_matches_and_offers(self, client, staff, django_assert_num_queries):
        row = make.BuyingRequestFactory(opened=True)
        make.MatchFactory(request=row)
        offers(row, 50)
        client.get(at("admin:request_review", row.pk))
        with django_assert_num_queries(10) as one:
            client.get(at("admin:request_review", row.pk))
        for score in range(11):
            make.MatchFactory(request=row, score=score)
        offers(row, 60, 70, 80)
        with django_assert_num_queries(len(one.captured_queries)):
            client.get(at("admin:request_review", row.pk))


class TestInviting:
    def test_several_are_invited_each_checked(self, client, staff):
        row = make.BuyingRequestFactory(opened=True)
        good, other = make.MatchFactory(request=row), make.MatchFactory(request=row)
        gone = make.MatchFactory(request=row, product=make.ProductFactory(retired=True))
        foreign = make.MatchFactory()
        sent = {"match": [good.pk, other.pk, gone.pk, foreign.pk, "x"]}
        told = words(client.post(at("admin:request_invite", row.pk), sent, follow=True))
        assert "2 invitations sent." in told and "is not public any more" in told
        states = dict(Match.objects.values_list("pk", "state"))
        assert states == {good.pk: "invited", other.pk: "invited", gone.pk: "proposed", foreign.pk: "proposed"}

    def test_nothing_ticked_is_said(self, client, staff):
        row = make.BuyingRequestFactory(opened=True)
        assert "Tick the products" in words(client.post(at("admin:request_invite", row.pk), follow=True))

    def test_pressed_twice_it_invites_once(self, client, staff):
        match = make.MatchFactory()
        make.MembershipFactory(producer=match.product.producer)
        for _time in range(2):
            client.post(at("admin:request_invite", match.request_id), {"match": match.pk})
        assert AuditEntry.objects.filter(verb="invite_producer").count() == 1

    def test_looking_again_finds_what_came_since(self, client, staff):
        row = make.BuyingRequestFactory(opened=True)
        published()
        assert "1 product may fit." in words(client.post(at("admin:request_match", row.pk), follow=True))
        closed = make.BuyingRequestFactory(closed=True)
        assert client.post(at("admin:request_match", closed.pk)).status_code == 409


def test_staff_close_with_an_outcome(client, staff):
    row = make.BuyingRequestFactory(opened=True)
    assert client.post(at("admin:request_close", row.pk), {"outcome": ""}).status_code == 422
    assert client.post(at("admin:request_close", row.pk), {"outcome": "not_found"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("closed", "not_found")


class TestFigures:
    MONDAY = datetime.datetime(2026, 11, 23, 2, 0, tzinfo=datetime.UTC)  # 9:00 in Jakarta

    def opened(self, hours: float | None, **fields):
        row = make.BuyingRequestFactory(opened=True, **fields)
        BuyingRequest.objects.filter(pk=row.pk).update(decided_at=self.MONDAY)
        if hours is not None:
            answered = self.MONDAY + datetime.timedelta(hours=hours)
            match = make.MatchFactory(invited=True, request=row)
            Match.objects.filter(pk=match.pk).update(state="offered", answered_at=answered)
        return row

    def test_by_commodity_and_destination_with_the_median_in_working_time(self, people):
        Holiday.objects.create(country="ID", day=datetime.date(2026, 11, 24), name="Libur")
        self.opened(24 * 2)  # one of the two days is a holiday
        self.opened(24 * 4)
        self.opened(None)
        self.opened(None, commodity=None)
        make.BuyingRequestFactory(rejected=True)
        by_commodity, by_country = figures_for(people["mission_own"])
        sandals, words_only = by_commodity
        assert (sandals.name, sandals.asked, sandals.approved) == ("Leather sandals", 4, 3)
        assert (sandals.without_answer, sandals.offered, str(sandals.first_offer_days)) == (1, 2, "2.0")
        assert (words_only.name, words_only.asked, words_only.first_offer_days) == ("words only", 1, None)
        assert [(one.name, one.asked) for one in by_country] == [("Chile", 5)]

    def test_of_ones_own_markets_only(self, people):
        make.BuyingRequestFactory(country="BR")
        assert figures_for(people["mission_own"]) == ([], [])
        assert figures_for(people["ministry"])[1][0].name == "Brazil"

    def test_the_page_and_its_download(self, client, staff):
        self.opened(24, title="=cmd")
        told = words(client.get(at("admin:request_figures")))
        assert "By commodity" in told and "Leather sandals" in told
        answer = client.get(at("admin:request_figures") + "?format=csv&days=365")
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert lines[1] == '"Commodity","Leather sandals","365","1","1","0","1","1.0"'
        assert lines[2].startswith('"Destination","Chile"')

    @pytest.mark.parametrize("number", [1, 12])
    def test_queries_do_not_grow(self, people, number, django_assert_max_num_queries):
        for _one in range(number):
            self.opened(24)
        figures_for(people["mission_own"])
        with django_assert_max_num_queries(6):
            figures_for(people["mission_own"])
