"""Offers to a buying request: a thread with its quotation, five at a time, the next when one is declined."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, Letter
from accounts.workflow import Refused, TransitionNotAllowed
from inquiries.models import Enquiry, Match, PaymentTerms, ProducerAnswers, Quotation
from inquiries.models.buying_request import OwnRequest
from inquiries.offer_rows import offers_seen
from inquiries.offers import show_next
from tests import factories as make

pytestmark = pytest.mark.django_db


def quotation(**facts: Any) -> Quotation:
    usual = {
        "incoterm": make.IncotermFactory(),
        "place": "Tanjung Perak",
        "currency": "USD",
        "valid_until": timezone.now().date() + datetime.timedelta(days=30),
        "lead_time_days": 28,
        "payment_terms": PaymentTerms.TT_DEPOSIT,
        "deposit_percent": 30,
    }
    return Quotation(**{**usual, **facts})


def offer(match: Match, price: str = "6.80") -> Enquiry:
    member = match.product.producer.members.first() or make.MembershipFactory(producer=match.product.producer).user
    return match.offer(quotation(), quantity=Decimal(3000), unit_price=Decimal(price), by=member)


def offers(request: Any, *scores: int) -> list[Enquiry]:
    return [offer(make.MatchFactory(invited=True, request=request, score=score)) for score in scores]


def shown(request: Any) -> list[int]:
    return [row.enquiry.pk for row in offers_seen(request).now]


def to_importer(request: Any) -> int:
    return Letter.objects.filter(recipient=request.importer.user, event__startswith="quotation_received").count()


class TestMaking:
    def test_it_is_a_thread_with_a_quotation_that_carries_the_request(self):
        make.MarketFactory()
        match = make.MatchFactory(invited=True)
        enquiry = offer(match)
        match.refresh_from_db()
        assert match.state == "offered" and match.answered_at is not None
        assert enquiry.state == "quoted" and enquiry.buying_request == match.request
        assert enquiry.importer == match.request.importer and enquiry.market_id == "CL"
        line = enquiry.quotations.get().lines.get()
        assert (line.product, line.quantity, line.unit_price) == (match.product, Decimal(3000), Decimal("6.8"))
        asked = enquiry.lines.get()
        assert (asked.product, asked.quantity, asked.unit_id) == (match.product, Decimal(3000), "PR")
        entries = AuditEntry.objects.filter(verb__in=("offer", "quote")).order_by("pk").values_list("verb", flat=True)
        assert list(entries) == ["quote", "offer"]

    def test_the_importer_gets_one_letter_and_the_producer_none(self):
        match = make.MatchFactory(invited=True)
        offer(match)
        assert [letter.recipient for letter in Letter.objects.all()] == [match.request.importer.user]

    def test_it_counts_for_nothing_in_the_figures_of_answering(self):
        match = make.MatchFactory(invited=True)
        offer(match)
        answers = ProducerAnswers.objects.get(producer=match.product.producer)
        assert (answers.asked, answers.answered) == (0, 0)

    def test_the_producer_reads_it_in_its_threads(self):
        match = make.MatchFactory(invited=True)
        member = make.MembershipFactory(producer=match.product.producer).user
        assert list(Enquiry.objects.addressed_to(member)) == []
        enquiry = offer(match)
        assert list(Enquiry.objects.addressed_to(member)) == [enquiry]

    @pytest.mark.parametrize("state", ["proposed", "passed"])
    def test_only_who_was_invited_and_has_not_answered_offers(self, state):
        match = make.MatchFactory(**({"passed": True} if state == "passed" else {}))
        with pytest.raises(TransitionNotAllowed):
            offer(match)
        assert not Enquiry.objects.exists()

    @pytest.mark.parametrize("request_is", [{"closed": True}, {"opened": True, "deadline": make.in_days(-1)}])
    def test_nobody_offers_when_the_request_is_over(self, request_is):
        match = make.MatchFactory(invited=True, request=make.BuyingRequestFactory(**request_is))
        with pytest.raises(Refused) as refusal:
            offer(match)
        assert refusal.value.code == "request_not_open" and not Enquiry.objects.exists()

    def test_a_lapsed_quotation_undoes_all_of_it(self):
        match = make.MatchFactory(invited=True)
        lapsed = quotation(valid_until=make.in_days(-1))
        with pytest.raises(Refused):
            match.offer(lapsed, quantity=Decimal(1), unit_price=Decimal(1), by=make.UserFactory())
        match.refresh_from_db()
        assert match.state == "invited" and not Enquiry.objects.exists() and not Letter.objects.exists()

    def test_nobody_offers_to_themselves(self):
        match = make.MatchFactory(invited=True)
        with pytest.raises(OwnRequest):
            match.offer(quotation(), quantity=Decimal(1), unit_price=Decimal(1), by=match.request.importer.user)

    def test_another_unit_leaves_the_asked_quantity_open(self):
        match = make.MatchFactory(invited=True, request__unit=make.UnitFactory(code="KGM", kind="mass"))
        assert offer(match).lines.get().quantity is None


class TestFiveAtATime:
    @pytest.fixture
    def request_(self):
        return make.BuyingRequestFactory(opened=True)

    def test_the_sixth_waits_unseen_by_the_importer(self, request_):
        *five, sixth = offers(request_, 10, 20, 30, 40, 50, 99)
        assert sixth.is_waiting and set(shown(request_)) == {one.pk for one in five}
        own = Enquiry.objects.sent_by(request_.importer.user)
        assert sixth not in own and own.count() == 5
        assert to_importer(request_) == 5

    def test_the_best_match_stands_first_then_the_earliest(self, request_):
        low, first, second = offers(request_, 10, 40, 40)
        assert shown(request_) == [first.pk, second.pk, low.pk]

    def test_declining_one_shows_the_best_that_waits_and_tells_the_importer(self, request_):
        first, *_four, _sixth, seventh = offers(request_, 10, 20, 30, 40, 50, 60, 70)
        first.decline(by=request_.importer.user, version=1, reason="price")
        seventh.refresh_from_db()
        assert not seventh.is_waiting and first.pk not in shown(request_) and len(shown(request_)) == 5
        assert to_importer(request_) == 6
        assert [row.enquiry for row in offers_seen(request_).over] == [first]

    def test_an_accepted_one_keeps_its_place(self, request_):
        first, *_rest, sixth = offers(request_, 10, 20, 30, 40, 50, 60)
        first.accept(by=request_.importer.user, version=1)
        sixth.refresh_from_db()
        assert sixth.is_waiting

    def test_what_waits_and_is_taken_back_by_its_producer_is_not_shown(self, request_):
        first, *_rest, sixth, seventh = offers(request_, 10, 20, 30, 40, 50, 70, 60)
        Enquiry.objects.filter(pk=sixth.pk).update(state="refused", refusal_reason="capacity")
        first.decline(by=request_.importer.user, version=1, reason="price")
        seventh.refresh_from_db()
        assert not seventh.is_waiting

    def test_nothing_new_is_shown_once_the_request_is_closed(self, request_):
        first, *_rest, sixth = offers(request_, 10, 20, 30, 40, 50, 60)
        request_.close(by=request_.importer.user, outcome="ordered")
        over = Letter.objects.filter(event__startswith="buying_request_over")
        assert [letter.recipient for letter in over] == [sixth.producer.members.get()]
        first.decline(by=request_.importer.user, version=1, reason="price")
        sixth.refresh_from_db()
        assert sixth.is_waiting

    def test_showing_the_next_twice_shows_no_more_than_five(self, request_):
        offers(request_, 10, 20, 30, 40, 50, 60, 70)
        show_next(request_.pk)
        show_next(request_.pk)
        assert len(shown(request_)) == 5

    def test_a_new_version_of_one_that_waits_tells_nobody(self, request_):
        *_five, sixth = offers(request_, 10, 20, 30, 40, 50, 60)
        before = to_importer(request_)
        line = sixth.quotations.get().lines.get()
        line.pk, line._state.adding = None, True
        sixth.quote(quotation(), [line], by=sixth.producer.members.get())
        assert to_importer(request_) == before
