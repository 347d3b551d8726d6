"""All addresses. Pages carry the language first; the admin, the API and health do not."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("account/", include("allauth.account.urls")),
    ),
]
