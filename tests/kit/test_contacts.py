from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from kit.contacts import to_e164, validate_public_url


@pytest.mark.parametrize(
    "url",
    [
        "https://www.mojobatik.co.id/",
        "https://example.com/a?b=c#d",
        "https://xn--bcher-kva.de/",
        "https://bücher.de/",
        "https://EXAMPLE.org",
    ],
)
def test_S25_public_addresses_are_taken(url) -> None:
    validate_public_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "ftp://example.com/",
        "javascript:alert(1)",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://localhost/",
        "https://server.local/",
        "https://db.internal/",
        "https://intranet/",
        "https://a@example.com/",
        "https://a:b@example.com/",
        "https://example.com:8080/",
        "https://example.com:99999/",
        "https://example.com\\@evil.com/",
        "https://exa mple.com/",
        "https://example.com/\n",
        "https://１２７.0.0.1/",
        "https:///path",
        "//example.com",
        "https://example.com/" + "a" * 500,
        "",
    ],
)
def test_S25_anything_else_is_refused(url) -> None:
    with pytest.raises(ValidationError):
        validate_public_url(url)


@pytest.mark.parametrize(
    ("typed", "region", "number"),
    [
        ("0812-3456-7890", "ID", "+6281234567890"),
        ("+62 812 3456 7890", "ID", "+6281234567890"),
        ("(0321) 321321", "ID", "+62321321321"),
        ("+56 2 2207 1234", "ID", "+56222071234"),
        ("2 2207 1234", "CL", "+56222071234"),
        ("+55 11 91234-5678", "ID", "+5511912345678"),
    ],
)
def test_telephone_numbers_become_e164(typed, region, number) -> None:
    assert to_e164(typed, region) == to_e164(number) == number


@pytest.mark.parametrize("typed", ["", "123", "abc", "+62", "+99912345678", "0812 3456 7890 1234 5678", "9" * 300])
def test_what_is_no_telephone_number_is_refused(typed) -> None:
    with pytest.raises(ValidationError):
        to_e164(typed)
