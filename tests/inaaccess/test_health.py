"""Liveness and readiness."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage


def test_healthz_needs_no_database(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_readyz_is_ready_and_leaves_no_file(client, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    assert client.get("/readyz").status_code == 200
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_readyz_says_503_without_details_when_storage_fails(client, monkeypatch):
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device: /secret/path")

    monkeypatch.setattr(default_storage, "save", full)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable"}
