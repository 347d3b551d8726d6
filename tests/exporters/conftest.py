"""An owner at the desk of one producer."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from exporters.models import Producer
from tests.factories import MembershipFactory


@pytest.fixture
def owner(db) -> User:
    return MembershipFactory.create(producer__trade_name="Sandal Maju").user


@pytest.fixture
def producer(owner: User) -> Producer:
    return owner.producers.get()


@pytest.fixture
def desk(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client
