"""The desk's pages about promotion and where they stand under /admin/; each is named like its function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from promotion.admin import campaigns, documents, share

PAGES: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("campaigns/", campaigns.campaign_list),
    ("campaigns/new/", campaigns.campaign_start),
    ("campaigns/<int:pk>/", campaigns.campaign_detail),
    ("campaigns/<int:pk>/end/", campaigns.campaign_end),
    ("documents/", documents.document_list),
    ("documents/<int:pk>/", documents.document_detail),
    ("documents/<int:pk>/again/", documents.document_again),
    ("documents/<int:pk>/file/<str:key>/", documents.document_file),
    ("listings/<str:iso2>/<int:pk>/share/", share.share_kit),
    ("listings/<str:iso2>/<int:pk>/share/<str:size>.jpg", share.share_picture),
)
