"""The desk's pages about promotion and where they stand under /admin/; each is named like its function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from promotion.admin import campaigns

PAGES: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("campaigns/", campaigns.campaign_list),
    ("campaigns/new/", campaigns.campaign_start),
    ("campaigns/<int:pk>/", campaigns.campaign_detail),
)
