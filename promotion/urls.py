"""Addresses of the pages of promotion: in the reader's language, and the short links that carry none."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from promotion import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("products/<slug:slug>/sheet.pdf", views.product_sheet, name="product_sheet"),
]
short_urls: list[URLPattern | URLResolver] = [
    path("s/<slug:code>", views.short_link, name="short_link"),
]
