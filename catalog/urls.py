"""Addresses of the pages of catalog: the public ones, the producer's desk, and the pictures' files."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from catalog.views import certificates, desk_products, photos, pickers, public, public_producers, steps, verbs

REVISION = "desk/revisions/<int:pk>"
PRODUCT = "desk/products/<int:pk>"

public_urls: list[URLPattern | URLResolver] = [
    path("products/", public.product_list, name="product_list"),
    path("search/suggest", pickers.search_suggest, name="search_suggest"),
    path("products/<slug:slug>/", public.product_detail, name="product_detail"),
    path("producers/", public_producers.producer_list, name="producer_list"),
    path("producers/<slug:slug>/", public_producers.producer_detail, name="producer_detail"),
    path("desk/producers/<int:pk>/preview/", public_producers.producer_preview, name="producer_preview"),
]

desk_urls: list[URLPattern | URLResolver] = [
    path("desk/products/", desk_products.desk_product_list, name="desk_product_list"),
    path("desk/products/new", desk_products.product_start, name="product_start"),
    path(f"{PRODUCT}/", desk_products.desk_product, name="desk_product"),
    path(f"{PRODUCT}/change", verbs.product_change, name="product_change"),
    path(f"{PRODUCT}/retire", verbs.product_retire, name="product_retire"),
    path(f"{PRODUCT}/restore", verbs.product_restore, name="product_restore"),
    path(f"{PRODUCT}/confirm", verbs.product_confirm, name="product_confirm"),
    path(f"{REVISION}/what", steps.revision_what, name="revision_what"),
    path(f"{REVISION}/terms", steps.revision_terms, name="revision_terms"),
    path(f"{REVISION}/packing", steps.revision_packing, name="revision_packing"),
    path(f"{REVISION}/photos", photos.revision_photos, name="revision_photos"),
    path(f"{REVISION}/photos/upload", photos.photo_upload, name="photo_upload"),
    path(f"{REVISION}/photos/arrange", photos.photo_arrange, name="photo_arrange"),
    path(f"{REVISION}/certificates", steps.revision_certificates, name="revision_certificates"),
    path(f"{REVISION}/preview", verbs.revision_preview, name="revision_preview"),
    path(f"{REVISION}/submit", verbs.revision_submit, name="revision_submit"),
    path(f"{REVISION}/withdraw", verbs.revision_withdraw, name="revision_withdraw"),
    path("desk/certificates/<int:pk>/products", certificates.certificate_covers, name="certificate_covers"),
    path("desk/certificates/<int:pk>/renew/", certificates.certificate_renew, name="certificate_renew"),
    path("desk/commodities", pickers.commodity_suggest, name="commodity_suggest"),
    path("desk/hs-codes", pickers.hs_suggest, name="hs_suggest"),
]

urlpatterns = [*public_urls, *desk_urls]
