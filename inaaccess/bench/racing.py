"""`manage.py bench --races`: many rounds of every race, on the demo in a database of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.test.utils import override_settings

from accounts.models import User
from catalog.models import Product
from exporters.models import Membership, OfficerScope
from inaaccess.bench import databases
from inaaccess.bench.races import RACES, Stage
from inaaccess.bench.report import Figure
from inaaccess.demo.people import make_person
from markets.models import Market, Mission, MissionStaff


@dataclass(frozen=True)
class RaceReport:
    """Rounds of each race, and what went wrong in them."""

    rounds: Counter[str]
    doubled: Counter[str]
    untold: Counter[str]

    def figures(self) -> list[Figure]:
        """What is promised: no double effect, nobody left without an answer."""
        return [
            Figure("races_rounds", self.rounds.total()),
            *(Figure(f"races_double_effects:{name}", self.doubled[name], 0) for name in self.rounds),
            Figure("races_double_effects", self.doubled.total(), 0),
            Figure("races_untold", self.untold.total(), 0),
        ]


def run(rounds: int, seed: int, tell: Callable[[str], None]) -> RaceReport:
    """Every race in turn, `rounds` in all."""
    report = RaceReport(Counter(), Counter(), Counter())
    quiet = {"RATE_LIMITS": {"api": (10**9, 60), "upload": (10**9, 60), "register": (10**9, 60), "job": (10**9, 60)}}
    with (
        databases.using(databases.ensure(0, seed, anew=True, kind="demo")),
        override_settings(**quiet, STAFF_MFA=False),
    ):
        stage = _stage()
        for number in range(rounds):
            race = RACES[number % len(RACES)]
            if race is RACES[0]:
                tell(f"Round {number} of {rounds} …")
            count = race(stage)
            report.rounds[race.__name__] += 1
            report.doubled[race.__name__] += count.effects != 1
            report.untold[race.__name__] += count.untold
    return report


def _stage() -> Stage:
    """The footwear maker of the demo, with a second of each kind of staff."""
    owner = User.objects.get(email="producer@demo.test")
    producer = Membership.objects.get(user=owner).producer
    product = Product.objects.published().filter(producer=producer, target_markets__contains=["CL"]).order_by("pk")[0]
    officers = [User.objects.get(email="officer@demo.test"), _second("officer")]
    OfficerScope.objects.get_or_create(user=officers[1], regency=producer.regency)
    missions = [User.objects.get(email="mission@demo.test"), _second("mission")]
    MissionStaff.objects.get_or_create(user=missions[1], mission=Mission.objects.get(code="KBRI-SCL"))
    reviewers = [User.objects.get(email="ministry@demo.test"), _second("ministry")]
    market = Market.objects.get(pk="CL")
    return Stage(
        product, owner, (officers[0], officers[1]), (reviewers[0], reviewers[1]), (missions[0], missions[1]), market
    )


def _second(kind: str) -> User:
    """A colleague of the demo's log-in of that kind."""
    like = User.objects.get(email=f"{kind}@demo.test")
    person = make_person(f"{kind}-2@demo.test", name=f"Second {kind}", language="en", is_staff=like.is_staff)
    person.groups.set(like.groups.all())
    return person
