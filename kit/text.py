"""Words that people type: cleaned of what cannot be seen, refused when it could mislead.

Stock Django takes control, bidirectional and zero-width characters in names; we do not.
"""

import re
import unicodedata
from itertools import groupby
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_BIDI: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ZERO_WIDTH: Final = "\u200b\u2060\ufeff\u180e"
_JOINERS: Final = "\u200c\u200d"
_JOINED: Final = re.compile(f"[{_JOINERS}]")
MOST_MARKS: Final = 30
"""Combining marks in a row, as in Unicode's Stream-Safe Text Format (UAX #15, section 13); no writing needs as many."""


def _ranges(codes: list[int]) -> str:
    """These characters as the inside of a pattern's brackets."""
    runs = [[code for _place, code in run] for _key, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0])]
    return "".join(f"\\U{run[0]:08x}-\\U{run[-1]:08x}" for run in runs)


def _is_mark(code: int) -> bool:
    """Whether a character, taken apart, is nothing but combining marks."""
    if not unicodedata.combining(chr(code)) and not unicodedata.decomposition(chr(code)):
        return False
    return all(unicodedata.combining(part) for part in unicodedata.normalize("NFKD", chr(code)))


_MARKS: Final = _ranges([code for code in range(0x300, 0x20000) if _is_mark(code)])  # there are none above
_TOO_MANY_MARKS: Final = re.compile(f"([{_MARKS}]{{{MOST_MARKS}}})[{_MARKS}]+")


_HIDDEN: Final = re.compile(f"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_BIDI}{_ZERO_WIDTH}\U000e0000-\U000e007f]")
"""What steers or hides text: control (but for line ends and tabs), surrogate, bidirectional, zero-width, tag."""


def composed(value: str) -> str:
    """The text in NFC, with no more than MOST_MARKS combining marks in a row.

    To compose more, Python sorts them in a time that grows with their square: 160 kB of them take 20 seconds.
    """
    return unicodedata.normalize("NFC", _few_marks(value))


def _few_marks(value: str) -> str:
    return value if value.isascii() else _TOO_MANY_MARKS.sub(r"\1", value)


def clean_text(value: str) -> str:
    """Text of several lines in NFC, with \\n as its line end and without hidden characters or outer space."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = _HIDDEN.sub("", plain)
    return composed(kept).strip()


def clean_name(value: str) -> str:
    """A name or title on one line in NFC: hidden characters removed, every run of space made one."""
    one_line = _HIDDEN.sub("", " ".join(value.split()))
    return " ".join(composed(_JOINED.sub("", one_line)).split())


def fold(value: str) -> str:
    """Without case and accents, to compare what people type."""
    apart = unicodedata.normalize("NFKD", _few_marks(value.lower()))
    return "".join(char for char in apart if not unicodedata.combining(char))


def has_hidden(value: str) -> bool:
    """Whether a text has characters that steer or hide it; line ends and tabs are text."""
    return _HIDDEN.search(value.replace("\r", "")) is not None


def validate_text(value: str) -> None:
    """Refuse text with hidden characters."""
    if has_hidden(value):
        raise ValidationError(
            _("This text contains invisible characters. Please type it anew."), code="hidden_characters"
        )


def validate_name(value: str) -> None:
    """Refuse a name with hidden characters or line ends, or without a single letter."""
    if _HIDDEN.search(value) or _JOINED.search(value) or set(value) & set("\n\t\u2028\u2029"):
        raise ValidationError(
            _("This name contains invisible characters. Please type it anew."), code="hidden_characters"
        )
    if not any(unicodedata.category(char).startswith("L") for char in value):
        raise ValidationError(_("This name needs at least one letter."), code="no_letter")
