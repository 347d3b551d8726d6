"""/healthz says that the process lives; /readyz that it can serve: database, migrations, storage with room."""

from __future__ import annotations

import logging
import shutil
import uuid
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import factors
from accounts.http import signed_in
from inaaccess import background

PATIENCE: Final = 500
"""Milliseconds that the database has for each question of /readyz: who asks wants to know within a second."""
log = logging.getLogger(__name__)


@never_cache
@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 without any I/O."""
    return JsonResponse({"status": "ok"})


@never_cache
@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when all three answer, else 503; what failed is in the log, not in the answer. Staff see the queue's age."""
    try:
        _database_is_migrated()
        _storage_takes_a_file()
    except Exception:
        log.exception("not ready")
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok", **_detail_for(request)})


def _detail_for(request: HttpRequest) -> dict[str, Any]:
    """How the background work stands, for whoever may see its page now; a visitor without a cookie costs no query."""
    user = request.user
    if not user.has_perm(background.POWER):
        return {}
    person = signed_in(user)
    return {} if factors.is_required(person) and not factors.is_passed(request, person) else background.figures()


def free_megabytes() -> int | None:
    """Room on the disk of uploads, in MB of 1024²; None where they lie on no disk of ours."""
    if not isinstance(default_storage, FileSystemStorage):
        return None
    folder = Path(default_storage.location)
    folder.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(folder).free // (1024 * 1024)


def _database_is_migrated() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [PATIENCE])
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise RuntimeError("There are migrations to apply.")


def _storage_takes_a_file() -> None:
    free = free_megabytes()
    if free is not None and free < settings.LEAST_FREE_MB:
        raise RuntimeError(f"Only {free} MB are free for uploads.")
    name = default_storage.save(f"probe/{uuid.uuid4()}", ContentFile(b"ok"))
    default_storage.delete(name)
