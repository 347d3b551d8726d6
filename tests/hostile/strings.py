# ruff: noqa: E501  a table of strings
"""Strings that break programs, made here by kind. `NAUGHTY` has more than 400, all different."""

from __future__ import annotations

import itertools
import string
from collections.abc import Iterator
from typing import Final

LETTERS: Final = "Sandal Asli"


def _controls() -> Iterator[str]:
    """Every control character within a word, and alone."""
    for code in (*range(0x20), *range(0x7F, 0xA0)):
        yield f"San{chr(code)}dal"
    yield from ("\x00", "\r\n", "\n" * 400, "\t", "\x1b[31mred\x1b[0m", "\ufffe", "\uffff", "\ufeff", "\U0010ffff")


def _invisible() -> Iterator[str]:
    """Writing directions, joiners, blanks and tags that the eye does not see."""
    marks = [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0x061C, 0x180E, 0x00AD, 0xFEFF]
    marks += [0x2028, 0x2029, 0x00A0, 0x3000, 0x115F, 0x3164, 0xFFA0, 0xE0041, 0xFE0F, 0x034F]
    for code in marks:
        yield f"San{chr(code)}dal"
        yield chr(code) * 3
    yield "\u202egnp.exe"
    yield "".join(chr(0xE0000 + ord(letter)) for letter in "hidden")


def _scripts() -> Iterator[str]:
    """Markup that wants to run."""
    tags = (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<iframe src=//evil.test>",
    )
    wraps = ("{}", '">{}', "'>{}", "</title>{}", "</textarea>{}", "-->{}", "]]>{}", "&lt;{}&gt;", "<!--{}", "`{}`")
    for tag, wrap in itertools.product(tags, wraps):
        yield wrap.format(tag)
    yield from (
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)",
        "</script><script>alert(1)</script>", '" autofocus onfocus=alert(1) x="', "<a href='javascript:alert(1)'>x</a>",
        "<style>@import'//evil.test'</style>", "<math><mi xlink:href=javascript:alert(1)>", "\\u003cscript\\u003e",
        "%3Cscript%3Ealert(1)%3C/script%3E", "<<script>>", "＜script＞alert(1)＜/script＞", "<base href=//evil.test>",
    )  # fmt: skip


def _templates() -> Iterator[str]:
    """What a template, a format string or a shell would take for its own."""
    yield from (
        "{{ 7*7 }}", "{% debug %}", "{{ settings.SECRET_KEY }}", "{% include '/etc/passwd' %}", "${7*7}", "#{7*7}",
        "<%= 7*7 %>", "{0}", "{}", "{name}", "{0.__class__.__mro__}", "%s", "%d", "%n%n%n%n", "%(name)s", "%(x", "%",
        "%%", "%00", "%c0%af", "$(id)", "`id`", "; rm -rf /", "| cat /etc/passwd", "&& id", "$HOME", "~root", "!!",
        "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd\0.jpg", "file:///etc/passwd", "C:\\con\\con",
        "CON", "NUL", "LPT1", ".htaccess", "__proto__", "constructor", "toString", "hasOwnProperty", "__class__",
    )  # fmt: skip


def _queries() -> Iterator[str]:
    """What SQL, a text search, a pattern or a header would take for its own."""
    yield from (
        "' OR 1=1 --", "'; DROP TABLE catalog_product; --", "\" OR \"\"=\"", "1; SELECT pg_sleep(10)", "' UNION SELECT 1",
        "admin'--", "1/**/OR/**/1=1", "'||(SELECT 1)||'", "\\' OR 1=1", "E'\\\\'", "$$x$$", "::text", "0x27", "';--",
        "a & b", "a | b", "!a", "a <-> b", "a:*", "(((", ")))", "a & & b", "&|!", "<->", ":", ":*", "''", '"', '"""',
        '"a "b" c"', "-", "--", "-a -b", "or or or", "and not", "a OR OR b", "\\", "\\\\", "\\'", "*", "?", "[", "]",
        "[[:alpha:]]", "(a+)+$", "^(a|a)*$", ".*", "(?i)", "(?P<x>", "{1,99999}", "\\d", "\\1", "%_%", "_", "%%%%",
        "a\r\nBcc: x@evil.test", "a\nSet-Cookie: x=1", "a\r\n\r\n<html>", "Subject: x", "x@evil.test%0ABcc:y@evil.test",
        "=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "＝1+1", "＠x", '=HYPERLINK("//x")',
    )  # fmt: skip


def _numbers() -> Iterator[str]:
    """What is almost a number or a date."""
    yield from (
        "0", "-0", "00", "-1", "1e309", "1e-400", "-1e400", "NaN", "nan", "sNaN", "Infinity", "-Infinity", "inf", "1_000",
        "1,000", "1.000,00", "1,2,3", "1.2.3", "0x1F", "0b1", "0o7", "1e", "e1", ".", ",", "+", "+1", "--1", "１２３", "٣",
        "²", "½", "Ⅷ", "१२", "9" * 19, "9" * 40, "9" * 400, "-" + "9" * 40, "0." + "0" * 300 + "1", "1e5", "1E5", "1 000",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809", "2147483648", "4294967296", "true", "null",
        "None", "undefined", "0000-00-00", "2026-02-30", "2026-13-01", "9999-12-31", "10000-01-01", "0001-01-01",
        "2026-11-24T25:00", "2026-W01", "24/11/2026", "-2026-01-01", "1970-01-01T00:00:00Z", "infinity", "epoch", "now",
        "today", "6403.91", "64039", "000000", "99999999", "٦٤٠٣", "64 03 91",
    )  # fmt: skip


def _structures() -> Iterator[str]:
    """What a parser of something else would open."""
    yield from (
        "[]", "{}", "[[]]", '{"a":1}', "[" * 2000, "{" * 500, '{"a":' * 200, "null", '""', "[1,", "{'a':1}", "<a>", "<a/>",
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "<![CDATA[x]]>", "&amp;",
        "&#0;", "&#x110000;", "&lol9;", "--\n- !!python/object/apply:os.system [id]", "a=b&c=d", "a;b;c", "a,b,c\nd,e,f",
        "http://127.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "https://a@b.test/", "//evil.test",
        "https://evil.test\\@good.test", "ftp://x", "mailto:x", "https://xn--/", "https://" + "a" * 3000 + ".test",
        "a@b", "@", "a@b@c.test", '"a b"@c.test', "a@-.test", "a" * 300 + "@x.test", "ä@ö.test", "a@[127.0.0.1]",
    )  # fmt: skip


def _texts() -> Iterator[str]:
    """Human writing that programs get wrong, and a great deal of it."""
    yield from (
        "", " ", "   \t  ", "a", "é", "e\u0301", "ﬁ", "ß", "İ", "ı", "K", "Å", "ǆ", "ŉ", "ΐ", "Σσς", "ẞ", "ﷺ", "ﷺ" * 60,
        "田中さんにあげて下さい", "和製漢語", "사회과학원", "울란바토르", "Ἀθῆναι", "Ёлка", "מבחן", "اختبار", "ทดสอบ", "परीक्षण",
        "ꦱꦤ꧀ꦢꦭ꧀", "𝕿𝖍𝖊 𝖖𝖚𝖎𝖈𝖐", "𠜎𠜱𠝹", "👩‍👩‍👧‍👦", "🇮🇩🇨🇱", "👋🏿", "❤️", "1️⃣", "💥" * 200, "¡¿ñÑ", "ção", "Nusa Penida",
        "Z͑ͫ̓a̷l̴g̸o̵" * 20, "a" + "\u0301" * 500, "\u0301", "\u200d\u200d", "A" * 5000, "a " * 3000, "ab\n" * 1500, "-" * 999,
        "ПроизBодитeль", "Sаndаl", "ｓａｎｄａｌ", "sandal\u3164", "١٢٣", "∞", "√2", "№ 5", "™®©", "“”‘’«»", "…", "–—", "€£¥",
    )  # fmt: skip
    for letter in string.punctuation:
        yield letter * 3


def _sequence() -> Iterator[str]:
    for kind in (_controls, _invisible, _scripts, _templates, _queries, _numbers, _structures, _texts):
        yield from kind()


NAUGHTY: Final[tuple[str, ...]] = tuple(dict.fromkeys(_sequence()))
