"""Words that people type: cleaned of what cannot be seen, refused when it could mislead.

Stock Django takes control, bidirectional and zero-width characters in names; we do not.
"""

import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_BIDI: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ZERO_WIDTH: Final = "\u200b\u2060\ufeff\u180e"
_JOINERS: Final = "\u200c\u200d"
_LINES: Final = "\n\t"


def _is_hidden(char: str) -> bool:
    """Whether a character steers or hides text: control, surrogate, bidirectional, zero-width, tag."""
    if char in _BIDI or char in _ZERO_WIDTH or 0xE0000 <= ord(char) <= 0xE007F:
        return True
    return unicodedata.category(char) in ("Cc", "Cs")


def clean_text(value: str) -> str:
    """Text of several lines in NFC, with \\n as its line end and without hidden characters or outer space."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = "".join(char for char in plain if char in _LINES or not _is_hidden(char))
    return unicodedata.normalize("NFC", kept).strip()


def clean_name(value: str) -> str:
    """A name or title on one line in NFC: hidden characters removed, every run of space made one."""
    kept = "".join(
        " " if char.isspace() else char
        for char in value
        if char.isspace() or not (_is_hidden(char) or char in _JOINERS)
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def fold(value: str) -> str:
    """Without case and accents, to compare what people type."""
    return "".join(char for char in unicodedata.normalize("NFKD", value.lower()) if not unicodedata.combining(char))


def validate_text(value: str) -> None:
    """Refuse text with hidden characters; line ends and tabs are text."""
    if any(_is_hidden(char) and char not in "\r\n\t" for char in value):
        raise ValidationError(
            _("This text contains invisible characters. Please type it anew."), code="hidden_characters"
        )


def validate_name(value: str) -> None:
    """Refuse a name with hidden characters or line ends, or without a single letter."""
    if any(_is_hidden(char) or char in _JOINERS or char in "\u2028\u2029" for char in value):
        raise ValidationError(
            _("This name contains invisible characters. Please type it anew."), code="hidden_characters"
        )
    if not any(unicodedata.category(char).startswith("L") for char in value):
        raise ValidationError(_("This name needs at least one letter."), code="no_letter")
