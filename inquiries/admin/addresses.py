"""The desk's pages about importers and what they ask for, and where they stand under /admin/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inquiries.admin import buying_requests, request_figures

PAGES: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("requests/", buying_requests.request_queue),
    ("requests/figures/", request_figures.request_figures),
    ("requests/<int:pk>/", buying_requests.request_review),
    ("requests/<int:pk>/invite/", buying_requests.request_invite),
    ("requests/<int:pk>/match/", buying_requests.request_match),
    ("requests/<int:pk>/close/", buying_requests.request_close),
    ("requests/<int:pk>/picture/<str:size>/", buying_requests.request_picture),
)
