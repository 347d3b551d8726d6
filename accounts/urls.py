"""Addresses of the account pages. The views of allauth keep its names; those that we do not use have no address."""

from __future__ import annotations

from allauth.account import views as allauth_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as codes_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from django.urls import URLPattern, URLResolver, path, re_path

from accounts import factor_views, letter_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/register/", views.account_signup, name="account_signup"),
    path("account/profile/", views.account_profile, name="account_profile"),
    path("account/letters/", letter_views.account_letters, name="account_letters"),
    path("account/email/works/", letter_views.account_email_works, name="account_email_works"),
    re_path(r"^letters/stop/(?P<token>[-:\w]{1,400})/$", letter_views.letters_stop, name="letters_stop"),
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
    path("account/factors/", mfa_views.index, name="mfa_index"),
    path("account/factors/pass/", factor_views.authenticate, name="mfa_authenticate"),
    path("account/factors/pass/again/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("account/factors/app/", factor_views.activate_totp, name="mfa_activate_totp"),
    path("account/factors/app/remove/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/factors/codes/", codes_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/factors/codes/new/", codes_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/factors/codes.txt", codes_views.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/factors/passkeys/", passkey_views.list_webauthn, name="mfa_list_webauthn"),
    path("account/factors/passkeys/new/", factor_views.add_passkey, name="mfa_add_webauthn"),
    path(
        "account/factors/passkeys/pass/", factor_views.mfa_reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path("account/factors/passkeys/login/", factor_views.login_passkey, name="mfa_login_webauthn"),
    path("account/factors/passkeys/<int:pk>/", passkey_views.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/factors/passkeys/<int:pk>/remove/", passkey_views.remove_webauthn, name="mfa_remove_webauthn"),
]
