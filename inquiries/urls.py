"""Addresses of the importers' pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inquiries import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/register/importer/", views.register_importer, name="register_importer"),
]
