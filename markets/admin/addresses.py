"""The desk's own pages and where they stand under /admin/; each is named like its function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from catalog.admin import explain, thesaurus, unmet
from markets import trail_page
from markets.admin import (
    bulk,
    certificates,
    collections,
    figures,
    glance,
    history,
    listing_bulk,
    listing_order,
    listings,
    notes,
    queue,
    review,
    rules,
    shortcuts,
    suspension,
)

PAGES: tuple[tuple[str, Callable[..., HttpResponse | Any]], ...] = (
    ("reviews/", queue.review_queue),
    ("reviews/next/", queue.review_next),
    ("reviews/bulk/", bulk.queue_bulk),
    ("history/", trail_page.market_history),
    ("reviews/figures/", figures.service_figures),
    ("reviews/keys/", shortcuts.keyboard_shortcuts),
    ("products/<int:pk>/history/", history.product_history),
    ("products/<int:pk>/notes/", notes.product_notes),
    ("notes/<int:pk>/", notes.note_change),
    ("reviews/<int:pk>/", review.review_revision),
    ("reviews/<int:pk>/claim/", queue.revision_claim),
    ("reviews/<int:pk>/release/", queue.revision_release),
    ("listings/", listings.listing_markets),
    ("listings/<str:iso2>/", listings.market_listings),
    ("listings/<str:iso2>/bulk/", listing_bulk.listing_bulk),
    ("listings/<str:iso2>/<int:pk>/", listings.listing_decide),
    ("rules/unchecked/", rules.unchecked_rules),
    ("rules/<int:pk>/confirm/", rules.rule_confirm),
    ("collections/", collections.collections),
    ("collections/new/", collections.collection_start),
    ("collections/<int:pk>/", collections.collection_edit),
    ("collections/<int:pk>/look/", collections.collection_look),
    ("collections/<int:pk>/cover/", collections.collection_cover),
    ("collections/<int:pk>/archive/", collections.collection_archive),
    ("collections/<int:pk>/reopen/", collections.collection_reopen),
    ("collections/<int:pk>/share/", collections.collection_share),
    ("collections/<int:pk>/unshare/", collections.collection_unshare),
    ("listings/<str:iso2>/<int:pk>/move/", listing_order.listing_move),
    ("my-markets/searches/", glance.market_searches),
    ("my-markets/<slug:which>/", glance.glance_list),
    ("certificates/", certificates.certificates),
    ("certificates/<int:pk>/", certificates.certificate_review),
    ("certificates/<int:pk>/file/", certificates.certificate_file),
    ("certificates/<int:pk>/first-page/", certificates.certificate_first_page),
    ("commodities/<int:pk>/merge/", thesaurus.commodity_merge),
    ("search/", unmet.unmet_demand),
    ("search/explained/", explain.search_explain),
    ("products/<int:pk>/suspend/", suspension.product_suspend),
    ("products/<int:pk>/restore/", suspension.product_restore),
    ("producers/<int:pk>/suspend/", suspension.producer_suspend),
    ("producers/<int:pk>/restore/", suspension.producer_restore),
)
