"""Addresses of the pages of markets."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from markets import answers, collection_pages, feeds, trail_page, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("markets/", views.market_list, name="market_list"),
    path("markets/<slug:iso2>/", views.market_detail, name="market_detail"),
    path("desk/history/", trail_page.desk_history, name="desk_history"),
    path("collections/<slug:slug>/", collection_pages.collection_detail, name="collection_detail"),
    path("collections/preview/<str:token>/", collection_pages.collection_preview, name="collection_preview"),
    path(
        "collections/preview/<str:token>/cover/<slug:size>",
        collection_pages.collection_preview_cover,
        name="collection_preview_cover",
    ),
    path("markets/<slug:iso2>/catalogue.csv", feeds.market_catalogue_csv, name="market_catalogue_csv"),
    path("markets/<slug:iso2>/catalogue.jsonl", feeds.market_catalogue_jsonl, name="market_catalogue_jsonl"),
    path("markets/<slug:iso2>/feed.atom", feeds.market_feed, name="market_feed"),
    path("desk/listings/<int:pk>/accept/", answers.listing_accept, name="listing_accept"),
    path("desk/listings/<int:pk>/refuse/", answers.listing_refuse, name="listing_refuse"),
]
