"""The backup drill on a site with people, photos and a certificate; and what it finds when something is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from inaaccess.backups import Contents

pytestmark = pytest.mark.slow

MAKE = """
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from accounts.models import User
from catalog import photos
from tests import factories as make
from tests.kit import picture_corpus as corpus
user = User.objects.create_user("ani@example.test", "rotan dan kayu jati", name="Ani")
EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
draft = make.RevisionFactory.create()
photos.add_photo(draft, SimpleUploadedFile("a.jpg", corpus.jpeg()), by=user)
name = default_storage.save("certificates/a.pdf", ContentFile(b"%PDF-1.4"))
make.CertificateFactory.create(file_path=name)
"""
PASSWORD = {"DRILL_PASSWORD": "rotan dan kayu jati"}


def database(site, name):
    site.ask(f"CREATE DATABASE {name}")
    return site.server.url.rpartition("/")[0] + f"/{name}"


def test_S36_a_backup_restored_into_an_empty_place_has_every_row_and_file_and_people_log_in(site, tmp_path):
    made = site.manage("shell", "-c", MAKE)
    assert made.returncode == 0, made.stderr
    where = ("--folder", str(tmp_path / "backup"), "--into", database(site, "drill"), "--login", "ani@example.test")
    drilled = site.manage("backup_drill", *where, **PASSWORD)
    assert drilled.returncode == 0, drilled.stderr
    assert "the same rows and files; ani@example.test logs in" in drilled.stdout
    again = site.manage("backup_drill", *where, **PASSWORD)
    assert again.returncode == 1 and "without tables" in again.stderr

    look = ("backup_drill", "--look", *where)
    wrong = site.manage(*look, DRILL_PASSWORD="another one entirely")
    assert wrong.returncode == 1 and "cannot log in" in wrong.stderr
    next(Path(tmp_path / "backup" / "restored").rglob("*.pdf")).unlink()
    missing = site.manage(*look, MEDIA_ROOT=str(tmp_path / "backup" / "restored"), **PASSWORD)
    assert missing.returncode == 1 and "1 files are missing" in missing.stderr


def test_S36_a_row_a_value_or_a_trigger_less_is_a_difference():
    held = Contents({"public.a": (2, "7"), "public.b": (1, "5")}, frozenset({"trigger a append_only", "index a_pkey"}))
    assert held.differences(held) == [] and held.rows == 3
    for other in (
        Contents({**held.tables, "public.a": (1, "3")}, held.guards),
        Contents({**held.tables, "public.a": (2, "8")}, held.guards),
        Contents({"public.a": (2, "7")}, held.guards),
        Contents(held.tables, frozenset({"index a_pkey"})),
    ):
        assert len(held.differences(other)) == len(other.differences(held)) == 1
