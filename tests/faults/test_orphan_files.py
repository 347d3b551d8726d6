"""manage.py orphan_files: what a killed server leaves is found and removed, and nothing else."""

from __future__ import annotations

import datetime
import os
import time
import uuid
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalog.models import Photo
from inaaccess import orphans
from kit.uploads import picture_path, store_picture
from tests.factories import CertificateFactory, PhotoFactory, ProducerFactory, ProductFactory, RevisionFactory
from tests.kit import picture_corpus as corpus

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def files() -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def age_all(hours: float = 48) -> None:
    then = time.time() - hours * 3600
    for name in files():
        os.utime(Path(settings.MEDIA_ROOT) / name, (then, then))
    Photo.objects.update(uploaded_at=timezone.now() - datetime.timedelta(hours=hours))


def keep(name: str) -> str:
    return default_storage.save(name, ContentFile(b"something"))


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("orphan_files", *arguments, stdout=out)
    return out.getvalue()


def picture_of(key: uuid.UUID) -> list[str]:
    return [keep(picture_path(key, "640")), keep(picture_path(key, "master"))]


def test_files_without_a_row_are_listed_and_removed_only_when_asked():
    lost = [*picture_of(uuid.uuid4()), keep(f"certificates/{uuid.uuid4()}.pdf"), keep(f"probe/{uuid.uuid4()}")]
    age_all()
    listed = said()
    assert all(name in listed for name in lost) and "4 files without a row" in listed
    assert files() == set(lost)
    assert "4 files removed" in said("--remove") and not files()


def test_what_rows_name_stays():
    shown = ProductFactory.create(published=True).placements.get().photo
    producer = ProducerFactory.create(logo_key=uuid.uuid4(), cover_key=uuid.uuid4())
    certificate = CertificateFactory.create()
    named = picture_of(shown.key) + picture_of(producer.logo_key) + picture_of(producer.cover_key)
    named.append(keep(certificate.file_path))
    age_all()
    assert "0 files removed" in said("--remove") and files() == set(named)


def test_a_file_that_may_be_of_an_upload_under_way_stays():
    name = keep(f"certificates/{uuid.uuid4()}.pdf")
    assert "0 files removed" in said("--remove") and files() == {name}
    with pytest.raises(CommandError, match="under way"):
        said("--remove", "--older-than", "0.5")


def test_what_an_upload_named_between_looking_and_removing_stays():
    name = keep(f"certificates/{uuid.uuid4()}.pdf")
    age_all()
    found = orphans.find(older_than=DAY)
    assert list(found.files) == [name]
    CertificateFactory.create(file_path=name)
    assert orphans.remove(found) == 0 and files() == {name}


def test_a_photo_kept_for_the_comparison_goes_when_that_is_over():
    stored = store_picture(ContentFile(corpus.jpeg()))
    photo = PhotoFactory.create(key=stored.key)
    then = {"photos": [{"photo": str(photo.key), "alt": {}}]}
    revision = RevisionFactory.create(submitted=True, content_at_request=then)
    age_all()
    said("--remove")
    assert Photo.objects.filter(pk=photo.pk).exists() and len(files()) == 5
    type(revision).objects.filter(pk=revision.pk).update(state="approved")
    assert f"{photo.key} (shown nowhere)" in said("--remove")
    assert not Photo.objects.filter(pk=photo.pk).exists() and not files()


def test_a_photo_that_was_just_taken_out_stays_for_a_day():
    photo = PhotoFactory.create()
    assert orphans.find(older_than=DAY).photos == []
    age_all()
    assert orphans.find(older_than=DAY).photos == [photo.key]
    RevisionFactory.create().placements.create(photo=photo)
    assert orphans.find(older_than=DAY).photos == []


def test_files_that_rows_miss_are_told():
    certificate = CertificateFactory.create()
    assert f"MISSING  {certificate.file_path}" in said()
    keep(certificate.file_path)
    assert "0 files missing" in said()
