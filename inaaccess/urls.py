"""All addresses. Pages carry the language first; the admin, the API, files and health do not."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from inaaccess import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("accounts.urls")),
        path("", include("exporters.urls")),
        path("", include("catalog.urls")),
        path("", include("markets.urls")),
    ),
]
