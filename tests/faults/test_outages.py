"""The database or the disk is away: a page that says try again, in the reader's language, and nothing half-written."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from catalog.models import Photo, PhotoPlacement
from exporters.models import Certificate
from inaaccess.faults import outage_of
from tests.exporters.certificates import NEW, said
from tests.factories import MembershipFactory, ProductFactory, RevisionFactory
from tests.faults.storages import FullDisk
from tests.kit import picture_corpus as corpus

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def full_disk(request: pytest.FixtureRequest) -> None:
    FullDisk.saved = 0
    changed = request.getfixturevalue("settings")
    changed.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.faults.storages.FullDisk"}}


def broken(*_args: object, **_rest: object) -> None:
    raise OperationalError("server closed the connection unexpectedly: secret")


def forgiving() -> Client:
    return Client(raise_request_exception=False)


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def draft_with(client: Client) -> Any:
    membership = MembershipFactory.create()
    client.force_login(membership.user)
    return RevisionFactory.create(product=ProductFactory.create(producer=membership.producer))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", ["markets.views.render", "inaaccess.middleware.ReaderMiddleware.__call__"])
def test_a_page_without_its_database_says_try_again_in_the_readers_language(monkeypatch, language, where):
    monkeypatch.setattr(where, broken)
    with override(language):
        address = reverse("market_list")
    response = forgiving().get(address)
    page = response.content.decode()
    assert response.status_code == 503 and response["Retry-After"] == "5"
    assert f'lang="{language}"' in page.lower() and f'href="{address}"' in page
    assert "secret" not in page
    with override(language):
        assert gettext("Please try again") in page


def test_a_form_is_told_to_go_back_to_what_was_typed(monkeypatch):
    monkeypatch.setattr("inaaccess.middleware.ReaderMiddleware.__call__", broken)
    page = forgiving().post("/en/account/login/", {"login": "a@example.test", "password": "x"})
    assert page.status_code == 503 and "what you typed is still in the form" in page.content.decode()


def test_a_fault_of_ours_stays_a_500(monkeypatch):
    def ours(*_args: object) -> None:
        raise ValueError("secret")

    monkeypatch.setattr("markets.views.render", ours)
    response = forgiving().get("/en/markets/")
    assert response.status_code == 500 and b"Something broke" in response.content and b"secret" not in response.content


def test_what_caused_a_fault_counts():
    fault = RuntimeError()
    fault.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert outage_of(fault) == "storage"
    assert outage_of(InterfaceError()) == "database"
    assert outage_of(OSError(errno.EACCES, "")) is None and outage_of(None) is None


def test_S19_a_photo_on_a_full_disk_leaves_neither_row_nor_file(full_disk):
    client = forgiving()
    revision = draft_with(client)
    address = reverse("photo_upload", args=[revision.pk])
    for accept in ("text/html", "application/json"):
        photo = SimpleUploadedFile("a.jpg", corpus.jpeg())
        response = client.post(address, {"photos": photo}, headers={"accept": accept})
        assert response.status_code == 503 and "There is no room for files" in response.content.decode()
    assert not PhotoPlacement.objects.filter(revision=revision).exists()
    assert not Photo.objects.filter(producer=revision.product.producer).exists() and not files()
    revision.refresh_from_db()
    assert revision.version == 1


def test_S19_a_certificate_on_a_full_disk_leaves_neither_row_nor_file(full_disk):
    client = forgiving()
    draft_with(client)
    FullDisk.saved = 1  # the first one does not fit either
    response = client.post(NEW, said())
    assert response.status_code == 503 and not Certificate.objects.exists() and not files()


def test_S19_with_a_full_disk_the_api_says_so_and_reading_goes_on(full_disk):
    client = forgiving()
    revision = draft_with(client)
    photo = SimpleUploadedFile("a.jpg", corpus.jpeg())
    response = client.post("/api/v1/my/photos/", {"revision": revision.pk, "file": photo})
    assert (response.status_code, response.json()["code"]) == (503, "storage_full")
    assert client.get("/en/products/").status_code == 200


def test_S37_readiness_fails_while_the_disk_is_full(full_disk):
    assert forgiving().get("/readyz").status_code == 503


def test_S37_readiness_fails_before_the_disk_is_full(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=100 * 1024 * 1024))
    assert forgiving().get("/readyz").status_code == 503
