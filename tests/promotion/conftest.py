"""Staff of the embassy in Santiago at the desk, and what its market offers."""

from __future__ import annotations

import pytest

from tests import factories as make
from tests.promotion.documents import offered


@pytest.fixture
def santiago(client):
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    client.force_login(post.user)
    return post.user


@pytest.fixture
def stock():
    """Three products offered in Chile, of two producers, in the missions' rank."""
    titles = ("Sandalias ñandú", "Mesa de teca", "Café de Java")
    maker = make.ProducerFactory(listed=True, trade_name="Ávila Batik")
    makers = (maker, make.ProducerFactory(listed=True, trade_name="Zeta Kayu"), maker)
    return [
        offered(rank=rank, title=title, producer=one)
        for rank, (title, one) in enumerate(zip(titles, makers, strict=True), 1)
    ]
