from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from accounts import ratelimit
from accounts.models import RateLimit
from tests.registering import producer_form


@pytest.fixture(autouse=True)
def limit_of_three(settings):
    settings.RATE_LIMITS = {"register": (3, 3600), "short": (1, 0)}


def test_tries_up_to_the_limit_pass_and_the_next_is_told_when_to_come_back(db):
    for _time in range(3):
        ratelimit.hit("register", "203.0.113.7")
    with pytest.raises(ratelimit.TooMany) as too_many:
        ratelimit.hit("register", "203.0.113.7")
    assert 3500 < too_many.value.retry_after <= 3600


def test_another_key_has_its_own_count(db):
    for key in ("a", "b", "c", "d"):
        ratelimit.hit("register", key)


def test_a_window_that_is_over_counts_anew(db):
    ratelimit.hit("short", "a")
    ratelimit.hit("short", "a")


def test_no_key_is_kept_in_clear(db):
    ratelimit.hit("register", "203.0.113.7")
    assert "203.0.113.7" not in RateLimit.objects.get().key_hash


@pytest.mark.django_db(transaction=True)
def test_S6_of_fifty_at_once_exactly_the_limit_passes():
    barrier = threading.Barrier(50)
    passed: list[bool] = []

    def try_it() -> None:
        try:
            barrier.wait(timeout=60)
            ratelimit.hit("register", "one")
            passed.append(True)
        except ratelimit.TooMany:
            passed.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 50
    assert passed.count(True) == 3


def test_S6_a_page_answers_429_with_retry_after(client: Client, db, settings):
    settings.RATE_LIMITS = {"register": (0, 3600)}
    response = client.post("/en/account/register/producer/", producer_form())
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3600


def test_S6_a_claimed_address_counts_only_behind_the_proxy(settings):
    request = RequestFactory().get("/", headers={"x-forwarded-for": "198.51.100.1"}, REMOTE_ADDR="203.0.113.7")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert ratelimit.client_address(request) == "203.0.113.7"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert ratelimit.client_address(request) == "198.51.100.1"
