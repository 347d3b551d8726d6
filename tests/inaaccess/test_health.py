"""Liveness and readiness."""

from __future__ import annotations

import psycopg2
import pytest
from django.core.files.storage import default_storage
from django.db import connection

from inaaccess import health


def test_S37_healthz_needs_no_database(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_readyz_is_ready_and_leaves_no_file(client, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    assert client.get("/readyz").status_code == 200
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_S37_readyz_says_503_without_details_when_storage_fails(client, monkeypatch):
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device: /secret/path")

    monkeypatch.setattr(default_storage, "save", full)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable"}


@pytest.mark.django_db
def test_S37_readyz_asks_the_database_little(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert client.get("/readyz").status_code == 200


@pytest.mark.timeout(60)  # it would wait without end
@pytest.mark.django_db
def test_S37_readyz_does_not_wait_for_a_database_that_does_not_answer(client):
    holder = psycopg2.connect(**{**connection.get_connection_params(), "cursor_factory": None})
    holder.cursor().execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
    try:
        response = client.get("/readyz")
    finally:
        holder.close()
    assert response.status_code == 503 and response.json() == {"status": "unavailable"}
    assert health.PATIENCE < 1000
