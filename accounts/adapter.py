"""How allauth writes to people: through the outbox, in their language."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Our way of the account pages."""
