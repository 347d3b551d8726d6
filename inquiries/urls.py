"""Addresses of the importers' pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inquiries.views import home, importers, saved_products, saved_searches

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/register/importer/", importers.register_importer, name="register_importer"),
    path("inquiries/", home.importer_home, name="importer_home"),
    path("inquiries/company/", importers.importer_profile, name="importer_profile"),
    path("inquiries/saved/", saved_products.saved_product_list, name="saved_product_list"),
    path("inquiries/saved/<slug:slug>/save/", saved_products.product_save, name="product_save"),
    path("inquiries/saved/<slug:slug>/unsave/", saved_products.product_unsave, name="product_unsave"),
    path("inquiries/searches/", saved_searches.saved_search_list, name="saved_search_list"),
    path("inquiries/searches/save/", saved_searches.search_save, name="search_save"),
    path("inquiries/searches/<int:pk>/change/", saved_searches.search_change, name="search_change"),
    path("inquiries/searches/<int:pk>/delete/", saved_searches.search_delete, name="search_delete"),
    path("inquiries/searches/stop/<str:token>/", saved_searches.search_stop, name="search_stop"),
]
