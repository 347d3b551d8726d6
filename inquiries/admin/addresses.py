"""The desk's own pages about importers and where they stand under /admin/; each is named like its function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from inquiries.admin import importers

PAGES: tuple[tuple[str, Callable[..., HttpResponse | Any]], ...] = (
    ("importers/", importers.importer_list),
    ("importers/<int:pk>/", importers.importer_record),
)
