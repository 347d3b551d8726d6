"""How allauth writes to people and where it sends them: through the outbox, to our pages."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from accounts import audit, bounces, factors, mails
from accounts.models import User, Viewer
from accounts.roles import is_official
from kit.tracing import current_request

log = logging.getLogger("audit")


class AccountAdapter(DefaultAccountAdapter):
    """Our way of the account pages."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mails.of_allauth(template_prefix.rpartition("/")[2], email, context)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        mails.confirm_address(emailconfirmation.email_address)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        if template_prefix.startswith("mfa/email/"):  # totp_activated, webauthn_removed, …: each change of a factor
            audit.record(template_prefix.rpartition("/")[2], user, by=user)
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("account_email" if self.request.user.is_authenticated else "account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_profile")

    def get_reauthentication_methods(self, user: Viewer) -> list[dict[str, Any]]:
        """The password alone is no way past a second factor that this session has not passed yet."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if isinstance(user, User) and factors.has_factor(user) and not factors.is_passed(self.request, user):
            return [method for method in methods if method["id"] != "reauthenticate"]
        return methods

    def login(self, request: HttpRequest, user: User) -> None:
        """Every sign-in of staff is in the audit trail, whichever way it came; of others only in the log."""
        with transaction.atomic():
            super().login(request, user)
            if is_official(user):
                audit.record("sign_in", user, by=user)
        bounces.remember_at_login(request, user)
        log.info("sign_in accounts.user %s", user.pk)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password: the log knows the network, never what was typed."""
        log.warning("sign_in_failed from %s", current_request.get().network or "an unknown network")
        super().authentication_failed(request, **credentials)

    def logout(self, request: HttpRequest) -> None:
        """Whoever signs out does so everywhere: all sessions and tokens end."""
        if isinstance(request.user, User):
            if is_official(request.user):
                audit.record("sign_out", request.user, by=request.user)
            request.user.end_sessions()
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        """A new password ends all sessions (their hash no longer fits) and all tokens."""
        super().set_password(user, password)
        user.auth_token_set.all().delete()
