"""The verbs of a buying request and of its matches: every arrow, every refusal, letters and the trail."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry, Letter
from accounts.workflow import Refused, TransitionNotAllowed
from inquiries.models import BuyingRequest, Match
from inquiries.models.buying_request import OwnRequest, RequestMoved
from inquiries.request_keeping import expire_requests
from tests import factories as make

pytestmark = pytest.mark.django_db
FACTORY = {
    "submitted": {},
    "open": {"opened": True},
    "rejected": {"rejected": True},
    "withdrawn": {"withdrawn": True},
    "closed": {"closed": True},
    "expired": {"expired": True},
}
VERBS = {
    "rewrite": lambda row, by: row.rewrite({"title": "Botas"}, by=by, seen_version=row.version),
    "withdraw": lambda row, by: row.withdraw(by=by),
    "approve": lambda row, by: row.approve(by=by, seen_version=row.version),
    "reject": lambda row, by: row.reject(by=by, seen_version=row.version, reason="small", note="Muy poco."),
    "close": lambda row, by: row.close(by=by, outcome="ordered"),
}


@pytest.fixture
def curator(people):
    return people["mission_own"]


def trail(row) -> list[tuple[str, str, str, str]]:
    kind = row._meta.label_lower
    entries = AuditEntry.objects.filter(object_type=kind, object_id=str(row.pk)).order_by("pk")
    return list(entries.values_list("verb", "from_state", "to_state", "why"))


@pytest.mark.parametrize("state", FACTORY)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_goes_from_its_states_and_from_no_other(curator, verb, state):
    row = make.BuyingRequestFactory(**FACTORY[state])
    starts, target = BuyingRequest.TRANSITIONS[verb]
    if state in starts:
        VERBS[verb](row, curator)
        row.refresh_from_db()
        assert row.state == target
        assert trail(row)[-1][:3] == (verb, state, target)
    else:
        with pytest.raises(TransitionNotAllowed):
            VERBS[verb](row, curator)
        row.refresh_from_db()
        assert row.state == state and not trail(row) and not Letter.objects.exists()


class TestSubmitting:
    def test_it_waits_and_the_missions_of_the_country_are_told(self, people):
        importer = people["importer"].importer
        draft = make.BuyingRequestFactory.build(
            importer=importer, commodity=None, unit=make.UnitFactory(), country="CL", title="Sandalias"
        )
        draft.submit(by=people["importer"])
        assert trail(draft) == [("submit", "", "submitted", "")]
        assert {letter.recipient for letter in Letter.objects.all()} == {people["mission_own"]}

    def test_a_country_that_is_no_market_is_told_to_the_ministry(self, people):
        draft = make.BuyingRequestFactory.build(
            importer=people["importer"].importer, commodity=None, unit=make.UnitFactory(), country="DE"
        )
        draft.submit(by=people["importer"])
        assert {letter.recipient for letter in Letter.objects.all()} == {people["ministry"]}

    @pytest.mark.parametrize("days", [-1, 181])
    def test_a_deadline_is_from_today_to_180_days_ahead(self, people, days):
        draft = make.BuyingRequestFactory.build(
            importer=people["importer"].importer, commodity=None, unit=make.UnitFactory(), deadline=make.in_days(days)
        )
        with pytest.raises(Refused) as refusal:
            draft.submit(by=people["importer"])
        assert refusal.value.code == "deadline" and not BuyingRequest.objects.exists()

    def test_a_price_without_its_currency_is_refused(self, people):
        draft = make.BuyingRequestFactory.build(
            importer=people["importer"].importer, commodity=None, unit=make.UnitFactory(), target_price=7
        )
        with pytest.raises(ValidationError):
            draft.submit(by=people["importer"])


class TestDeciding:
    def test_approval_tells_the_importer_and_proposes_what_fits(self, curator):
        row = make.BuyingRequestFactory()
        row.approve(by=curator, seen_version=1, note="Buscamos ya.")
        letter = Letter.objects.get()
        assert letter.recipient == row.importer.user and "Buscamos ya." in letter.body
        assert row.decided_by == curator and row.decided_at is not None

    def test_rejection_says_the_coded_reason_in_the_importers_language(self, curator):
        row = make.BuyingRequestFactory(importer__user__language="es")
        row.reject(by=curator, seen_version=1, reason="small", note="Muy poco.")
        letter = Letter.objects.get()
        assert letter.language == "es" and "Muy poco." in letter.body
        assert trail(row) == [("reject", "submitted", "rejected", "small")]

    def test_an_unknown_reason_is_refused(self, curator):
        row = make.BuyingRequestFactory()
        with pytest.raises(Refused) as refusal:
            row.reject(by=curator, seen_version=1, reason="mood")
        assert refusal.value.code == "reason_unknown"

    @pytest.mark.parametrize("verb", ["approve", "reject"])
    def test_a_decision_about_content_that_moved_is_refused(self, curator, verb):
        row = make.BuyingRequestFactory(version=2)
        more = {"reason": "small"} if verb == "reject" else {}
        with pytest.raises(RequestMoved):
            getattr(row, verb)(by=curator, seen_version=1, **more)
        row.refresh_from_db()
        assert row.state == "submitted" and not trail(row)

    def test_nobody_decides_about_their_own(self):
        row = make.BuyingRequestFactory()
        with pytest.raises(OwnRequest):
            row.approve(by=row.importer.user, seen_version=1)

    def test_what_is_past_its_deadline_cannot_be_opened(self, curator):
        row = make.BuyingRequestFactory(deadline=make.in_days(-1))
        with pytest.raises(Refused) as refusal:
            row.approve(by=curator, seen_version=1)
        assert refusal.value.code == "deadline"


class TestRewriting:
    def test_each_change_has_a_version(self):
        row = make.BuyingRequestFactory()
        row.rewrite({"title": "Botas de cuero"}, by=row.importer.user, seen_version=1)
        row.refresh_from_db()
        assert (row.title, row.version) == ("Botas de cuero", 2)

    def test_a_state_or_an_importer_is_no_content(self):
        row = make.BuyingRequestFactory()
        row.rewrite({"state": "open", "importer": None, "title": "Botas"}, by=row.importer.user, seen_version=1)
        row.refresh_from_db()
        assert row.state == "submitted" and row.importer_id is not None

    def test_an_older_version_is_refused(self):
        row = make.BuyingRequestFactory(version=3)
        with pytest.raises(RequestMoved):
            row.rewrite({"title": "Botas"}, by=row.importer.user, seen_version=2)


class TestEnding:
    def test_the_importer_who_closes_gets_no_letter_and_the_invited_do(self):
        match = make.MatchFactory(invited=True)
        member = make.MembershipFactory(producer=match.product.producer).user
        match.request.close(by=match.request.importer.user, outcome="elsewhere")
        assert [letter.recipient for letter in Letter.objects.all()] == [member]
        assert trail(match.request) == [("close", "open", "closed", "elsewhere")]

    def test_staff_who_close_tell_the_importer(self, curator):
        row = make.BuyingRequestFactory(opened=True)
        row.close(by=curator, outcome="not_found")
        assert [letter.recipient for letter in Letter.objects.all()] == [row.importer.user]

    def test_an_outcome_is_needed(self, curator):
        row = make.BuyingRequestFactory(opened=True)
        with pytest.raises(Refused) as refusal:
            row.close(by=curator, outcome="")
        assert refusal.value.code == "outcome_unknown"

    def test_the_clock_ends_what_is_past_its_deadline_and_only_once(self):
        late = make.BuyingRequestFactory(opened=True, deadline=make.in_days(-1))
        unread = make.BuyingRequestFactory(deadline=make.in_days(-1))
        today = make.BuyingRequestFactory(opened=True, deadline=make.in_days(0))
        assert expire_requests() == 2
        assert expire_requests() == 0
        states = dict(BuyingRequest.objects.values_list("pk", "state"))
        assert states == {late.pk: "expired", unread.pk: "expired", today.pk: "open"}
        assert Letter.objects.count() == 2 and trail(late) == [("expire", "open", "expired", "")]

    def test_the_clock_does_not_end_what_is_still_open_to_offers(self):
        row = make.BuyingRequestFactory(opened=True)
        with pytest.raises(Refused):
            row.expire()


class TestInviting:
    def test_the_members_of_the_producer_get_one_letter_in_their_language(self, curator):
        match = make.MatchFactory()
        other = make.MatchFactory(request=match.request, product__producer=match.product.producer)
        member = make.MembershipFactory(producer=match.product.producer, user__language="id").user
        match.invite(by=curator)
        other.invite(by=curator)
        letter = Letter.objects.get()
        assert letter.recipient == member and letter.language == "id"
        assert match.request.importer.company in letter.body
        assert match.request.importer.user.email not in letter.subject + letter.body
        assert trail(match) == [("invite_producer", "proposed", "invited", "")]

    @pytest.mark.parametrize("state", ["invited", "passed"])
    def test_nobody_is_invited_twice(self, curator, state):
        match = make.MatchFactory(**{state: True})
        with pytest.raises(TransitionNotAllowed):
            match.invite(by=curator)

    @pytest.mark.parametrize("state", [name for name in FACTORY if name != "open"])
    def test_only_for_an_open_request(self, curator, state):
        match = make.MatchFactory(request=make.BuyingRequestFactory(**FACTORY[state]))
        with pytest.raises(Refused) as refusal:
            match.invite(by=curator)
        assert refusal.value.code == "request_not_open"

    def test_a_product_that_is_not_public_any_more_is_refused(self, curator):
        match = make.MatchFactory(product=make.ProductFactory(retired=True))
        with pytest.raises(Refused) as refusal:
            match.invite(by=curator)
        assert refusal.value.code == "product_not_public" and not Letter.objects.exists()

    def test_nobody_invites_their_own_producer(self, curator):
        match = make.MatchFactory()
        make.MembershipFactory(user=curator, producer=match.product.producer)
        with pytest.raises(OwnRequest):
            match.invite(by=curator)

    def test_passing_on_needs_a_known_reason(self):
        match = make.MatchFactory(invited=True)
        member = make.MembershipFactory(producer=match.product.producer).user
        with pytest.raises(Refused):
            match.pass_on(by=member, reason="mood")
        match.pass_on(by=member, reason="capacity", note="Penuh sampai Mei.")
        assert trail(match) == [("pass_on", "invited", "passed", "capacity")]
        assert Match.objects.get().pass_note == "Penuh sampai Mei."
