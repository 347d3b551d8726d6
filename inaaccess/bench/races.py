"""People who do the same thing at the same moment: the threads, and what is raced. One effect, the others told.

Each race is a function of a `Stage` that sets its scene, lets everybody start behind a barrier, and counts.
"""

from __future__ import annotations

import datetime
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import AuditEntry, Letter, User
from accounts.workflow import Refused
from catalog.forms.packing import PackingForm
from catalog.models import OPEN_STATES, Product, ProductRevision
from catalog.step_saving import save_step
from markets.models import Market, MarketListing

CROWD: Final = 50


@dataclass(frozen=True)
class Stage:
    """Who and what races: a complete public product that asks for `market`, its owner, two of each kind of staff."""

    product: Product
    owner: User
    officers: tuple[User, User]
    reviewers: tuple[User, User]
    missions: tuple[User, User]
    market: Market


class Count(NamedTuple):
    """How often it happened (once is right), and how many of those who asked were told neither yes nor no."""

    effects: int
    untold: int


Act = Callable[[], object]


def at_once(acts: Sequence[Act], *, refusals: tuple[type[Exception], ...] = ()) -> list[Any]:
    """What each act gave, each in a thread and a connection of its own, all begun together, in their order.

    "done" for None, the code of a refusal, the error itself for any other.
    """
    barrier = threading.Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(number: int, act: Act) -> None:
        try:
            barrier.wait(30)
            answer = act()
            outcomes[number] = "done" if answer is None else answer
        except Exception as error:
            is_refusal = isinstance(error, (Refused, *refusals))
            outcomes[number] = getattr(error, "code", "refused") if is_refusal else error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


# --- the scene -----------------------------------------------------------------------------------


def _draft(stage: Stage) -> ProductRevision:
    """A complete draft; what earlier races left open is put away."""
    stage.product.revisions.filter(state__in=OPEN_STATES).update(state="withdrawn", claimed_by=None, claimed_at=None)
    return ProductRevision.begin(Product.objects.get(pk=stage.product.pk), by=stage.owner)


def _submitted(stage: Stage) -> ProductRevision:
    revision = _draft(stage)
    revision.submit(by=stage.owner)
    return revision


def _in_review(stage: Stage) -> ProductRevision:
    revision = _submitted(stage)
    revision.claim(by=stage.reviewers[0])
    return revision


def _again(revision: ProductRevision) -> ProductRevision:
    return ProductRevision.objects.get(pk=revision.pk)


def _browser(person: User) -> Client:
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.force_login(person)
    return client


def _press(client: Client, name: str, arguments: Sequence[object], data: dict[str, Any] | None = None) -> Act:
    """Sends a form; gives the status of the answer."""
    with override("en"):
        address = reverse(name, args=arguments)
    return lambda: client.post(address, data or {}).status_code


def _entries(thing: ProductRevision | MarketListing, *verbs: str) -> int:
    return AuditEntry.objects.filter(
        object_type=thing._meta.label_lower, object_id=str(thing.pk), verb__in=verbs
    ).count()


def _untold(outcomes: Sequence[Any]) -> int:
    """Those whose answer was an error of ours, or none."""
    return sum(not isinstance(one, str | int) or (isinstance(one, int) and one >= 500) for one in outcomes)


# --- the races -----------------------------------------------------------------------------------


def two_reviewers_claim(stage: Stage) -> Count:
    """Both press “Claim” in the queue."""
    revision = _submitted(stage)
    outcomes = at_once([_press(_browser(who), "admin:revision_claim", [revision.pk]) for who in stage.reviewers])
    return Count(_entries(revision, "claim"), _untold(outcomes))


def reviewer_against_producer(stage: Stage) -> Count:
    """One claims what the other withdraws."""
    revision = _submitted(stage)
    claim = _press(_browser(stage.reviewers[0]), "admin:revision_claim", [revision.pk])
    withdraw = _press(_browser(stage.owner), "revision_withdraw", [revision.pk])
    outcomes = at_once([claim, withdraw])
    return Count(_entries(revision, "claim", "withdraw"), _untold(outcomes))


def two_decisions(stage: Stage) -> Count:
    """One reviewer, two windows: approve in one, reject in the other."""
    revision = _in_review(stage)
    version = revision.version
    who = stage.reviewers[0]
    outcomes = at_once(
        [
            lambda: _again(revision).approve(by=who, seen_version=version),
            lambda: _again(revision).reject(by=who, seen_version=version, why="A copy of another one."),
        ]
    )
    return Count(_entries(revision, "approve", "reject"), _untold(outcomes))


def clock_against_reviewer(stage: Stage) -> Count:
    """The claim lapses in the moment of the decision."""
    revision = _in_review(stage)
    ProductRevision.objects.filter(pk=revision.pk).update(claimed_at=timezone.now() - datetime.timedelta(hours=3))
    outcomes = at_once(
        [
            lambda: _again(revision).approve(by=stage.reviewers[0], seen_version=revision.version),
            lambda: _again(revision).release(by=None),
        ]
    )
    return Count(_entries(revision, "approve", "release"), _untold(outcomes))


def double_click_on_submit(stage: Stage) -> Count:
    """The producer presses twice; the reviewers get one letter each."""
    revision = _draft(stage)
    clicks = [_press(_browser(stage.owner), "revision_submit", [revision.pk]) for _click in range(2)]
    outcomes = at_once(clicks)
    letters = list(Letter.objects.filter(event__contains=f":{revision.pk}").values_list("address", "event"))
    doubled = len(letters) - len(set(letters))
    return Count(_entries(revision, "submit") + doubled, _untold(outcomes))


def two_officers_begin(stage: Stage) -> Count:
    """Both open a change of the same product."""
    _draft(stage)
    stage.product.revisions.filter(state__in=OPEN_STATES).update(state="withdrawn")
    outcomes = at_once([_press(_browser(who), "product_change", [stage.product.pk]) for who in stage.officers])
    return Count(stage.product.revisions.filter(state__in=OPEN_STATES).count(), _untold(outcomes))


def two_officers_save(stage: Stage) -> Count:
    """Both change the same page of the same draft: one is saved, the other sees both."""
    revision = _draft(stage)
    before, base = revision.version, PackingForm(instance=_again(revision))["base"].value()

    def save(units: int, who: User) -> str:
        said = QueryDict(mutable=True)
        said.update({"version": str(before), "base": base, "units_per_carton": str(units)})
        said.update({"carton_length_cm": "61", "carton_width_cm": "43", "carton_height_cm": "39"})
        said.update({"gross_kg": "14.2", "net_kg": "12.8"})
        return type(save_step(PackingForm, revision.pk, said, by=who)).__name__

    officers = stage.officers
    outcomes = at_once([lambda: save(11, officers[0]), lambda: save(22, officers[1])])
    return Count(_again(revision).version - before, _untold(outcomes))


def crowd_on_one_form(stage: Stage) -> Count:
    """Fifty submissions of one form: one product is started, all are shown it."""
    before = Product.objects.filter(producer=stage.product.producer_id).count()
    form = {"producer": stage.product.producer_id, "submission_key": str(uuid.uuid4())}
    client = _browser(stage.owner)
    outcomes = at_once([_press(_same(client), "product_start", [], form) for _click in range(CROWD)])
    started = Product.objects.filter(producer=stage.product.producer_id).order_by("-pk")
    effects = started.count() - before
    for product in started[:effects]:
        product.revisions.update(state="withdrawn")
    return Count(effects, _untold(outcomes))


def one_call_twenty_times(stage: Stage) -> Count:
    """Twenty calls of the API with one Idempotency-Key."""
    products = Product.objects.filter(producer=stage.product.producer_id)
    before, client, key = products.count(), _browser(stage.owner), str(uuid.uuid4())
    address = reverse("api:my-product-list")

    def call(caller: Client) -> int:
        body = {"producer": stage.product.producer_id, "title": {"id": "Sandal"}}
        return caller.post(address, body, "application/json", headers={"idempotency-key": key}).status_code

    outcomes = at_once([partial(call, _same(client)) for _call in range(20)])
    return Count(products.count() - before, _untold(outcomes) + sum(one != 201 for one in outcomes))


def two_missions_decide(stage: Stage) -> Count:
    """Two missions of one market: the one lists, the other declines what waits."""
    MarketListing.objects.filter(product=stage.product, market=stage.market).delete()
    product, (one, other) = stage.product, stage.missions
    outcomes = at_once(
        [
            lambda: MarketListing.of(product, stage.market).list(by=one),
            lambda: MarketListing.of(product, stage.market).decline(by=other, reason="price"),
        ]
    )
    listing = MarketListing.objects.get(product=product, market=stage.market)
    return Count(_entries(listing, "list", "decline"), _untold(outcomes))


def _same(client: Client) -> Client:
    """Another thread's hands on the same browser."""
    copy = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    for name, morsel in client.cookies.items():
        copy.cookies[name] = morsel.value
    return copy


RACES: Final[tuple[Callable[[Stage], Count], ...]] = (
    two_reviewers_claim,
    reviewer_against_producer,
    two_decisions,
    clock_against_reviewer,
    double_click_on_submit,
    two_officers_begin,
    two_officers_save,
    one_call_twenty_times,
    two_missions_decide,
    crowd_on_one_form,
)
