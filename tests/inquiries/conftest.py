"""An importer who is signed in, and the mission that covers their country."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from inquiries.models import Basket, Importer
from tests import factories as make


@pytest.fixture
def importer(db: None) -> Importer:
    found: Importer = make.ImporterFactory.create(user__language="es", user__name="Camila Rojas")
    return found


@pytest.fixture
def buying(client: Client, importer: Importer) -> Client:
    """The importer's browser."""
    client.force_login(importer.user)
    return client


@pytest.fixture
def own(db: None, client: Client) -> Basket:
    """The basket of somebody who is signed in."""
    basket: Basket = make.BasketFactory.create()
    assert basket.user is not None
    client.force_login(basket.user)
    return basket


@pytest.fixture
def curator(db: None) -> User:
    """Staff of the embassy in Santiago, which covers Chile."""
    post: Any = make.MissionStaffFactory.create()
    make.AccreditationFactory.create(mission=post.mission)
    found: User = post.user
    return found
