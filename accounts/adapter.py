"""How allauth writes to people and where it sends them: through the outbox, to our pages."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.urls import reverse

from accounts import mails
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Our way of the account pages."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mails.of_allauth(template_prefix.rpartition("/")[2], email, context)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        mails.confirm_address(emailconfirmation.email_address)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("account_email" if self.request.user.is_authenticated else "account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_profile")

    def set_password(self, user: User, password: str) -> None:
        """A new password ends all sessions (their hash no longer fits) and all tokens."""
        super().set_password(user, password)
        user.auth_token_set.all().delete()
