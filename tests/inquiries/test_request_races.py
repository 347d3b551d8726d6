"""Two people at once about one buying request."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client

from accounts.models import AuditEntry, Letter
from inquiries.models import BuyingRequest, Enquiry, Match
from tests import factories as make
from tests.exporters.test_races import at_once
from tests.inquiries.asking_pages import request_form
from tests.inquiries.test_offers import offers, quotation, shown

pytestmark = pytest.mark.django_db(transaction=True)


def copies(row, number: int = 2):
    return [type(row).objects.get(pk=row.pk) for _one in range(number)]


def test_of_two_who_approve_at_once_one_does():
    row, staff = make.BuyingRequestFactory.create(), [make.UserFactory.create(ministry=True) for _one in range(2)]
    both = [
        lambda one=one, by=by: one.approve(by=by, seen_version=1) for one, by in zip(copies(row), staff, strict=True)
    ]
    assert at_once(*both) == ["done", "transition_not_allowed"]
    assert AuditEntry.objects.filter(verb="approve").count() == 1
    assert Letter.objects.filter(event__startswith="buying_request_approved").count() == 1


def test_of_approving_and_rejecting_at_once_one_holds():
    row, by = make.BuyingRequestFactory.create(), make.UserFactory.create(ministry=True)
    one, other = copies(row)
    outcome = at_once(
        lambda: one.approve(by=by, seen_version=1), lambda: other.reject(by=by, seen_version=1, reason="small")
    )
    assert outcome == ["done", "transition_not_allowed"]
    assert Letter.objects.filter(recipient=row.importer.user).count() == 1


def test_of_a_change_and_an_approval_at_once_nothing_unseen_is_approved():
    row, by = make.BuyingRequestFactory.create(), make.UserFactory.create(ministry=True)
    one, other = copies(row)
    at_once(
        lambda: one.approve(by=by, seen_version=1),
        lambda: other.rewrite({"title": "Otra cosa"}, by=row.importer.user, seen_version=1),
    )
    row.refresh_from_db()
    assert (row.state, row.title) in {("open", row.title), ("submitted", "Otra cosa")}
    assert not (row.state == "open" and row.title == "Otra cosa")


def test_the_form_sent_twice_at_once_makes_one():
    importer = make.ImporterFactory.create()
    form, answers, barrier = request_form(), [], threading.Barrier(2)

    def send() -> None:
        browser = Client()
        browser.force_login(importer.user)
        barrier.wait(timeout=30)
        answers.append(browser.post("/en/inquiries/requests/new/", form)["Location"])
        connection.close()

    threads = [threading.Thread(target=send) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert BuyingRequest.objects.count() == 1 and len(set(answers)) == 1


def test_of_two_invitations_at_once_one_goes():
    match, by = make.MatchFactory.create(), make.UserFactory.create(ministry=True)
    make.MembershipFactory.create(producer=match.product.producer)
    assert at_once(*(lambda one=one: one.invite(by=by) for one in copies(match))) == ["done", "transition_not_allowed"]
    assert Letter.objects.count() == 1


def test_two_members_who_offer_at_once_make_one_thread():
    match = make.MatchFactory.create(invited=True)
    members = [make.MembershipFactory.create(producer=match.product.producer).user for _one in range(2)]
    asked = {"quantity": Decimal(3000), "unit_price": Decimal("6.80")}
    make.IncotermFactory.create()
    quotations = [quotation(), quotation()]
    calls = [
        lambda one=one, by=by, said=said: one.offer(said, by=by, **asked)
        for one, by, said in zip(copies(match), members, quotations, strict=True)
    ]
    assert at_once(*calls) == ["done", "transition_not_allowed"]
    assert Enquiry.objects.count() == 1


def test_two_offers_for_the_last_place_do_not_both_get_it():
    request = make.BuyingRequestFactory.create(opened=True)
    offers(request, 10, 20, 30, 40)
    late = [make.MatchFactory.create(invited=True, request=request, score=90) for _one in range(2)]
    members = [make.MembershipFactory.create(producer=match.product.producer).user for match in late]
    calls = [
        lambda match=match, by=by: Match.objects.get(pk=match.pk).offer(
            quotation(), quantity=Decimal(1), unit_price=Decimal(1), by=by
        )
        for match, by in zip(late, members, strict=True)
    ]
    assert at_once(*calls) == ["done", "done"]
    assert len(shown(request)) == 5 and Enquiry.objects.filter(waiting_since__isnull=False).count() == 1


def test_two_declined_at_once_let_two_others_in():
    request = make.BuyingRequestFactory.create(opened=True)
    made = offers(request, 10, 20, 30, 40, 50, 60, 70)
    by = request.importer.user
    calls = [
        lambda one=one: Enquiry.objects.get(pk=one.pk).decline(by=by, version=1, reason="price") for one in made[:2]
    ]
    assert at_once(*calls) == ["done", "done"]
    assert len(shown(request)) == 5 and not Enquiry.objects.filter(waiting_since__isnull=False).exists()
