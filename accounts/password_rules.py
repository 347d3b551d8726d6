"""Passwords that anybody would guess here: the words of this site with a few digits behind them."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

WORDS: Final = (
    "inaaccess", "ina access", "indonesia", "mojokerto", "surabaya", "jakarta", "kemlu", "kementerian", "kedutaan",
    "embassy", "embajada", "embaixada", "kbri", "kjri", "itpc", "ekspor", "export", "importir", "produsen", "katalog",
    "password", "katasandi", "rahasia", "sandal", "batik", "garuda", "merdeka", "pancasila", "bismillah", "admin",
)  # fmt: skip
LEAST_OF_ONES_OWN: Final = 6  # letters beside those words


class ContextWordsValidator:
    """Refuses a password of which little is left without the words that belong to this site."""

    def validate(self, password: str, user: User | None = None) -> None:
        left = password.casefold()
        for word in WORDS:
            left = left.replace(word, "")
        if left != password.casefold() and len(re.sub(r"[\W\d_]", "", left)) < LEAST_OF_ONES_OWN:
            raise ValidationError(
                _("This password is made of words that anybody would try here. Add some of your own."),
                code="password_context",
            )

    def get_help_text(self) -> str:
        return _("Not only words that belong to this site.")
