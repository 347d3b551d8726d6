"""Addresses of the account pages. The views of allauth keep its names; those that we do not use have no address."""

from __future__ import annotations

from allauth.account import views as allauth_views
from django.urls import URLPattern, URLResolver, path, re_path

from accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/register/", views.account_signup, name="account_signup"),
    path("account/profile/", views.account_profile, name="account_profile"),
    path("account/language/", views.language_choose, name="language_choose"),
    path("account/login/", allauth_views.login, name="account_login"),
    path("account/logout/", allauth_views.logout, name="account_logout"),
    path("account/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("account/email/", allauth_views.email, name="account_email"),
    path("account/confirm/", allauth_views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^account/confirm/(?P<key>[-:\w]+)/$", allauth_views.confirm_email, name="account_confirm_email"),
    path("account/password/", allauth_views.password_change, name="account_change_password"),
    path("account/password/first/", allauth_views.password_set, name="account_set_password"),
    path("account/password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path("account/password/reset/sent/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path(
        "account/password/reset/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
