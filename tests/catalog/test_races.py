"""First come: two people at the same moment, one effect."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.http import QueryDict

from accounts.models import AuditEntry, Letter
from accounts.workflow import Refused
from catalog import photos
from catalog.forms.packing import PackingForm
from catalog.models import OPEN_STATES, ProductRevision
from catalog.step_saving import Conflict, Saved, save_step
from tests import factories as make
from tests.catalog.desk import picture

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """What each job answered or raised, all started at the same moment in their own connections."""
    barrier = threading.Barrier(len(jobs))
    outcomes: list[Any] = [None] * len(jobs)

    def run(number: int, job: Callable[[], Any]) -> None:
        try:
            barrier.wait(10)
            outcomes[number] = job()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def fresh(revision: ProductRevision) -> ProductRevision:
    return ProductRevision.objects.get(pk=revision.pk)


def test_two_reviewers_claim_and_one_gets_it():
    revision = make.RevisionFactory(submitted=True)
    people = [make.UserFactory(ministry=True), make.UserFactory(ministry=True)]
    outcomes = at_once(*(lambda by=by: fresh(revision).claim(by=by) for by in people))
    assert sum(isinstance(one, Refused) for one in outcomes) == 1 and outcomes.count(None) == 1
    winner = people[outcomes.index(None)]
    assert fresh(revision).claimed_by == winner and AuditEntry.objects.filter(verb="claim").count() == 1


def test_a_revision_is_submitted_once():
    revision = make.RevisionFactory(complete=True)
    owner = make.MembershipFactory(producer=revision.product.producer).user
    outcomes = at_once(*[lambda: fresh(revision).submit(by=owner)] * 2)
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
    assert AuditEntry.objects.filter(verb="submit").count() == 1 and Letter.objects.count() == 1


def test_a_product_has_one_open_revision():
    product = make.ProductFactory(published=True)
    owner = make.UserFactory()
    outcomes = at_once(*[lambda: ProductRevision.begin(product.__class__.objects.get(pk=product.pk), by=owner)] * 3)
    refused = [one for one in outcomes if isinstance(one, Refused | IntegrityError)]
    assert len(refused) == 2 and all(isinstance(one, Refused) for one in refused)
    assert product.revisions.filter(state__in=OPEN_STATES).count() == 1


def test_two_savers_do_not_overwrite_each_other():
    revision = make.RevisionFactory(complete=True)
    people = [make.UserFactory(), make.UserFactory()]
    base = PackingForm(instance=fresh(revision))["base"].value()

    def save(units: str, by: Any) -> Any:
        data = QueryDict(mutable=True)
        data.update({"version": "1", "base": base, "units_per_carton": units, "carton_length_cm": "60",
                     "carton_width_cm": "42", "carton_height_cm": "38",
                     "gross_kg": "14.2", "net_kg": "12.8"})  # fmt: skip
        return save_step(PackingForm, revision.pk, data, by=by)

    outcomes = at_once(lambda: save("10", people[0]), lambda: save("20", people[1]))
    assert {type(one) for one in outcomes} == {Saved, Conflict}
    [conflict] = [one for one in outcomes if isinstance(one, Conflict)]
    assert [(one.name, {one.mine, one.saved}) for one in conflict.differences] == [("units_per_carton", {"10", "20"})]
    assert fresh(revision).version == 2


def test_an_edit_and_a_claim_at_once_never_lose_what_was_saved():
    revision = make.RevisionFactory(submitted=True)
    owner, curator = make.UserFactory(), make.UserFactory(ministry=True)
    at_once(lambda: photos.add_photo(fresh(revision), picture(), by=owner), lambda: fresh(revision).claim(by=curator))
    after = fresh(revision)
    assert after.state == "in_review" and after.version == after.placements.count()  # one photo before


def test_the_twelfth_photo_is_taken_once():
    revision = make.RevisionFactory()
    for _number in range(photos.MOST - 1):
        make.PhotoPlacementFactory(revision=revision, photo__producer=revision.product.producer)
    owner = make.UserFactory()
    outcomes = at_once(
        *(lambda colour=colour: photos.add_photo(fresh(revision), picture(colour=colour), by=owner)
          for colour in ("red", "blue", "green"))
    )  # fmt: skip
    assert sum(isinstance(one, photos.PhotoRefused) for one in outcomes) == 2
    assert revision.placements.count() == photos.MOST


def test_a_decision_and_a_change_of_version_at_once():
    revision = make.RevisionFactory(in_review=True)
    outcomes = at_once(
        lambda: fresh(revision).approve(by=revision.claimed_by, seen_version=1),
        lambda: fresh(revision).reject(by=revision.claimed_by, seen_version=1, why="A copy."),
    )
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
    assert AuditEntry.objects.filter(object_type="catalog.productrevision").count() == 1
