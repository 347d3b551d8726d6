"""Addresses of the importers' pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inquiries.views import basket, importers

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/register/importer/", importers.register_importer, name="register_importer"),
    path("inquiries/basket/", basket.basket, name="basket"),
    path("inquiries/basket/add/", basket.basket_add, name="basket_add"),
]
