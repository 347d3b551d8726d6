"""The desk's own pages and where they stand under /admin/; each is named like its function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from catalog.admin import explain, thesaurus, unmet
from markets.admin import (
    bulk,
    certificates,
    figures,
    glance,
    handover,
    history,
    listing_bulk,
    listing_order,
    listings,
    notes,
    queue,
    review,
    shortcuts,
    suspension,
)

PAGES: tuple[tuple[str, Callable[..., HttpResponse | Any]], ...] = (
    ("reviews/", queue.review_queue),
    ("reviews/next/", queue.review_next),
    ("reviews/bulk/", bulk.queue_bulk),
    ("reviews/figures/", figures.service_figures),
    ("reviews/keys/", shortcuts.keyboard_shortcuts),
    ("products/<int:pk>/history/", history.product_history),
    ("products/<int:pk>/notes/", notes.product_notes),
    ("notes/<int:pk>/", notes.note_change),
    ("handover/", handover.handover),
    ("reviews/<int:pk>/", review.review_revision),
    ("reviews/<int:pk>/claim/", queue.revision_claim),
    ("reviews/<int:pk>/release/", queue.revision_release),
    ("listings/", listings.listing_markets),
    ("listings/<str:iso2>/", listings.market_listings),
    ("listings/<str:iso2>/bulk/", listing_bulk.listing_bulk),
    ("listings/<str:iso2>/<int:pk>/", listings.listing_decide),
    ("listings/<str:iso2>/<int:pk>/move/", listing_order.listing_move),
    ("my-markets/searches/", glance.market_searches),
    ("my-markets/<slug:which>/", glance.glance_list),
    ("certificates/", certificates.certificates),
    ("certificates/<int:pk>/", certificates.certificate_review),
    ("certificates/<int:pk>/file/", certificates.certificate_file),
    ("certificates/<int:pk>/first-page/", certificates.certificate_first_page),
    ("commodities/<int:pk>/merge/", thesaurus.commodity_merge),
    ("search/", explain.search_explain),
    ("unmet/", unmet.unmet_demand),
    ("products/<int:pk>/suspend/", suspension.product_suspend),
    ("products/<int:pk>/restore/", suspension.product_restore),
    ("producers/<int:pk>/suspend/", suspension.producer_suspend),
    ("producers/<int:pk>/restore/", suspension.producer_restore),
)
