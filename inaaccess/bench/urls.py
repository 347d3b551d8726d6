"""Every address of the site, and the bare pages that its pages are compared with."""

from __future__ import annotations

from django.urls import path

from inaaccess.bench import bare_pages
from inaaccess.urls import handler500 as handler500
from inaaccess.urls import urlpatterns as site

urlpatterns = [
    path("bare/empty", bare_pages.bare_empty, name="bare_empty"),
    path("bare/key/<int:pk>", bare_pages.bare_key, name="bare_key"),
    path("bare/list/<int:pk>", bare_pages.bare_list, name="bare_list"),
    *site,
]
