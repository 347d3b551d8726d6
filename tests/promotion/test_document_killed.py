"""A worker that is killed by kill -9 while it draws: the next one makes the document whole, no half file stays."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as project
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from inaaccess import orphans
from promotion import making
from promotion.models import Document
from tests.promotion.documents import asked, files, offered
from tests.promotion.papers import words

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DYING = """
import os, signal, django
django.setup()
from promotion import drawing, making
making.STEP = dict.fromkeys(making.STEP, 1)
draw, drawn = drawing.draw_part, []
def dying(document, ids):
    drawn.append(ids)
    part = draw(document, ids)
    if len(drawn) == 2:
        making._save(part.content[:200])
        os.kill(os.getpid(), signal.SIGKILL)
    return part
drawing.draw_part = dying
making.make_waiting()
"""


def test_S32_the_document_is_made_by_the_next_worker(settings):
    for number in range(3):
        offered(rank=number + 1, title=f"Producto {number}")
    document = asked(per_page=1)
    url = urlunsplit(urlsplit(project.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}"))
    environment = {
        **os.environ, "DATABASE_URL": url, "MEDIA_ROOT": settings.MEDIA_ROOT,
        "DJANGO_SETTINGS_MODULE": "inaaccess.settings", "PYTHONPATH": str(project.BASE_DIR),
    }  # fmt: skip
    died = subprocess.run([sys.executable, "-c", DYING], env=environment, check=False)
    assert died.returncode == -signal.SIGKILL
    document.refresh_from_db()
    assert (document.state, document.done, document.file_path) == ("making", 1, "")

    Document.objects.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))
    making.make_waiting()
    document.refresh_from_db()
    with default_storage.open(document.file_path, "rb") as file:
        text = " ".join(words(file.read()))
    assert document.state == "ready" and all(f"Producto {number}" in text for number in range(3))

    left = orphans.find(older_than=datetime.timedelta(0))
    assert len(left.files) == 1 and not [name for name in left.lost if name.startswith("documents/")]
    orphans.remove(left)
    assert files() == {document.file_path.removeprefix("documents/")}
