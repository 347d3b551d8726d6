"""What a name looks like: two names with one skeleton are hard to tell apart on a page.

The letters follow the confusables of Unicode Technical Standard #39, of whose six thousand pairs a name on a keyboard
needs few; some that are alike only at a glance (п and n, г and r) are ours. So is what else people do who imitate a
name: digits, doubled letters, another legal form, no space.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import Final

LONGEST: Final = 160
"""Characters of a skeleton; what stands after them is not compared."""

LEAST_LETTERS: Final = 5
"""A shorter word with another letter is another word: Jaya, Raya, Jawa."""

MOST_WORDS: Final = 2
"""How many words of a name may differ by a letter each."""

_DRAWN_LIKE: Final = (  # (others, the Latin letters in the same order)
    ("АВСЕНІЈКМОРЅТУХԌԚԜҮ", "ABCEHIJKMOPSTYXGQWY"),  # Cyrillic
    ("авсеһіјкморѕтухԁԛԝѵӏгпнҽьү", "abcehijkmopstyxdqwvlrnheby"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC"),  # Greek
    ("αβγεηικνορτυχωϲ", "abyenikvoptuxwc"),
    ("ՕՏԼՍօսոհցզյ", "OSLUounhgqj"),  # Armenian
    ("ᎪᏴᏟᎠᎬᏀᎻᏆᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ", "ABCDEGHIJKLMPRSTVWZ"),  # Cherokee
    ("ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "ABCDEFGHIJKLMNOPRSTUVWXYZ"),  # Lisu
    ("ıɑɡɩøØđĐłŁħĦŧŦƏɒʏɪʀɴʟᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱ", "iagioOdDlLhHtTeayirnlacdejkmoptuvwzs"),  # Latin
    ("@$|€", "asle"),
)
_LETTERS: Final = str.maketrans(
    {other: latin for others, ones in _DRAWN_LIKE for other, latin in zip(others, ones, strict=True)}
)
_DIGITS: Final = str.maketrans("0123456789", "olzeasbtbg")
_ONE_STROKE: Final = str.maketrans("i", "l")  # I, l, 1 and | are one stroke in many typefaces

_FORM: Final = (
    r"(?:p\W*t|c\W*v|u\W*d|p\W*[dr]|f\W*a|firma|koperasi|kop|tbk|persero|perorangan"
    r"|perseroan\W+terbatas|usaha\W+dagang)"
)
"""Legal forms in names: PT, Persero, Perorangan, Tbk (UU 40/2007), firma, CV (KUHD), koperasi (UU 25/1992), and the
UD, PD and PR of the trade."""

_FORM_BEFORE: Final = re.compile(rf"^\W*(?:{_FORM}\b\W*)+(?=\w)")
_FORM_BEHIND: Final = re.compile(rf"(?<=\w)(?:\W+{_FORM}\b)+\W*$")
_WORD: Final = re.compile(r"[^\W_]+")
_DOUBLED: Final = re.compile(r"([^\W\d])\1+")


def skeleton(name: str) -> str:
    """A name without what the eye passes over: accents, case, script, spacing, legal form, doubled letters.

    Nothing but letters and digits is left. A number stays a number ("Toko 21"); a digit inside a word is the letter
    that it imitates ("B4tik").
    """
    return _drawn("".join(_words(name)))[:LONGEST]


def look_alike(name: str, other: str) -> bool:
    """Does a reader take one name for the other?

    Their skeletons are the same, or up to MOST_WORDS of their words differ in one letter, which is not the first, of
    LEAST_LETTERS or more (the longer one counts). Two neighbours that changed places count as one letter.
    """
    one, two = skeleton(name), skeleton(other)
    if one == two:
        return bool(one)
    mine, theirs = [[_drawn(word) for word in _words(text)] for text in (name, other)]
    if len(mine) != len(theirs):
        return _is_overlooked(one, two)
    changed = [pair for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1]]
    return len(changed) <= MOST_WORDS and all(_is_overlooked(*pair) for pair in changed)


def _words(name: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in apart if not unicodedata.combining(char)).translate(_LETTERS).casefold()
    bare = _FORM_BEHIND.sub("", _FORM_BEFORE.sub("", plain))
    return [word if word.isdecimal() else word.translate(_DIGITS) for word in _WORD.findall(bare)]


def _drawn(letters: str) -> str:
    return _DOUBLED.sub(r"\1", letters.replace("rn", "m").replace("vv", "w")).translate(_ONE_STROKE)


def _is_overlooked(word: str, other: str) -> bool:
    """One letter changed, added, left out or swapped with its neighbour, inside a word that is long enough."""
    start = _shared(word, other)
    if start == 0 or max(len(word), len(other)) < LEAST_LETTERS:
        return False
    rest, rest_other = word[start:], other[start:]
    end = _shared(rest[::-1], rest_other[::-1])
    left, left_other = rest[: len(rest) - end], rest_other[: len(rest_other) - end]
    is_swapped = len(left) == 2 and left == left_other[::-1]
    return is_swapped or max(len(left), len(left_other)) <= 1


def _shared(one: str, two: str) -> int:
    """With how many of the same letters both begin."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))))
