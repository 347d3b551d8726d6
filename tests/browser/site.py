"""The running site as the tests see it: its addresses, its people, its letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import BrowserContext

from accounts import letters
from accounts.models import User


@dataclass(frozen=True)
class Site:
    """Where it runs."""

    url: str

    def address(self, name: str, *args: object, language: str = "en") -> str:
        """The full address of a page."""
        with override(language):
            return self.url + reverse(name, args=args)

    def sign_in(self, context: BrowserContext, user: User) -> None:
        """Sign in without the form; the chain tests use the form."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.url}])

    def letter_to(self, address: str) -> str:
        """Let the queue do its work; the text of the newest letter to this address, its subject first."""
        letters.send_due()
        newest = next(message for message in reversed(mail.outbox) if message.to == [address])
        return f"{newest.subject}\n\n{newest.body}"

    def link_in_letter_to(self, address: str) -> str:
        """The first link of the newest letter to this address."""
        found = re.search(rf"{re.escape(self.url)}\S+", self.letter_to(address))
        assert found, "the letter has no link to the site"
        return found.group()


def said(text: str, language: str) -> str:
    """What a button or a heading says in a language, as the templates translate it."""
    with override(language):
        return gettext(text)
