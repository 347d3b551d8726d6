"""Addresses that the page frame links to, so that it can be tested without the apps."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


names = [
    "home",
    "product_list",
    "producer_list",
    "market_list",
    "desk",
    "account_login",
    "account_profile",
    "account_logout",
    "account_signup",
    "search_suggest",
    "basket",
    "basket_add",
]
staff = ([path("", nothing, name="index"), path("logout/", nothing, name="logout")], "admin")
urlpatterns = [
    path("admin/", include(staff)),
    *i18n_patterns(*[path(f"{name}/", nothing, name=name) for name in names]),
]
