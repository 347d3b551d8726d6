"""Every race of `manage.py bench --races`, a few rounds of each; the command runs 200."""

from __future__ import annotations

import pytest

from inaaccess.bench.races import RACES, Count, Stage
from tests import factories as make


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    owner = make.MembershipFactory.create(producer__state="listed", producer__slug="sandal").user
    producer = owner.memberships.get().producer
    product = make.ProductFactory.create(published=True, producer=producer, target_markets=["CL"])
    market = make.MarketFactory.create()
    officers = [make.OfficerScopeFactory.create(regency=producer.regency).user for _number in range(2)]
    missions = [make.MissionStaffFactory.create().user for _number in range(2)]
    reviewers = [make.UserFactory.create(ministry=True) for _number in range(2)]
    return Stage(product, owner, tuple(officers), tuple(reviewers), tuple(missions), market)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_S30_of_all_who_come_at_once_one_has_an_effect_and_the_others_are_told(race, stage):
    for _round in range(3):
        assert race(stage) == Count(effects=1, untold=0)
