"""All addresses. Pages carry the language first; the admin, the API, files and health do not."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from accounts import returned_mail
from inaaccess import account_data, after_login, desk, health, home, metrics, sitemaps, states, well_known
from markets import picture_files
from promotion.urls import short_urls

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path("mail/bounces/", returned_mail.mail_bounces, name="mail_bounces"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<str:section>.xml", sitemaps.sitemap_section, name="sitemap_section"),
    path("photos/<uuid:key>/<str:size>", picture_files.photo, name="photo"),
    *short_urls,
    path("api/v1/", include("inaaccess.api")),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("desk/", desk.desk, name="desk"),
        path("after-login/", after_login.after_login, name="after_login"),
        path("account/data/", account_data.account_data, name="account_data"),
        path("account/data/download/", account_data.account_data_download, name="account_data_download"),
        path("account/data/erase/", account_data.account_erase, name="account_erase"),
        path("account/data/erase/ask/", account_data.account_erase_ask, name="account_erase_ask"),
        path("", include("accounts.urls")),
        path("", include("exporters.urls")),
        path("", include("catalog.urls")),
        path("", include("markets.urls")),
        path("", include("promotion.urls")),
        path("", include("inquiries.urls")),
    ),
]

handler500 = "inaaccess.faults.server_fault"

if settings.DEBUG:
    urlpatterns += i18n_patterns(path("states/", states.states, name="states"))
