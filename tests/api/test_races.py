from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.models import Scope, SubmissionKey, Token
from catalog.models import Product
from tests import factories as make


def at_once(number: int, work: Callable[[], object]) -> list[object]:
    """What `number` threads get that start `work` together."""
    barrier, results = Barrier(number), []

    def run() -> None:
        try:
            barrier.wait(10)
            results.append(work())
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.django_db(transaction=True)
def test_S10_ten_tokens_at_once_leave_five():
    user = make.UserFactory()
    issued = at_once(10, lambda: Token.objects.issue(user, name="race", scopes=Scope.values))
    assert len(issued) == 10 and Token.objects.filter(user=user).count() == 5


@pytest.mark.django_db(transaction=True)
def test_S29_twenty_calls_with_one_key_start_one_product(client_of):
    client = client_of(make.MembershipFactory().user)
    credentials = client._credentials

    def start() -> object:
        caller = type(client)()
        caller.credentials(**credentials)
        return caller.post("/api/v1/my/products/", {"title": {"id": "Sandal"}}, HTTP_IDEMPOTENCY_KEY="race").json()[
            "id"
        ]

    answers = at_once(20, start)
    assert len(answers) == 20 and len(set(answers)) == 1
    assert Product.objects.count() == 1 and SubmissionKey.objects.count() == 1
