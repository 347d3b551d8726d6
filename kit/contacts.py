"""Ways to reach somebody: public web addresses and telephone numbers."""

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

MAX_URL_LENGTH: Final = 500
# RFC 6761, RFC 6762, RFC 8375 and names that only mean something inside a network.
_PRIVATE_ENDINGS: Final = frozenset(
    {"localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "arpa", "test", "invalid"}
    | {"example", "onion"}
)
_https_url = URLValidator(schemes=["https"])
_SHORTENED_ADDRESS = re.compile(r"(?:0x[0-9a-f]+|[0-9]+)(?:\.(?:0x[0-9a-f]+|[0-9]+))*", re.IGNORECASE)


def validate_public_url(value: str) -> None:
    """Refuse all but https addresses on a public host name: no user, port, IP address or local name.

    Stock URLValidator takes 127.0.0.1, 169.254.169.254 and `user@host`.
    """
    refusal = ValidationError(
        _("Enter a public web address that begins with https://, such as https://www.example.com/."), code="public_url"
    )
    if len(value) > MAX_URL_LENGTH or re.search(r"[\s\\\x00-\x1f\x7f]", value):
        raise refusal
    try:
        _https_url(value)
        parts = urlsplit(value)
        has_port = parts.port is not None
    except (ValidationError, ValueError) as error:
        raise refusal from error
    host = (parts.hostname or "").rstrip(".")
    if "@" in parts.netloc or has_port or not _is_public_name(host):
        raise refusal


def _is_public_name(host: str) -> bool:
    try:
        ascii_host = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return False
    labels = ascii_host.split(".")
    if len(labels) < 2 or labels[-1] in _PRIVATE_ENDINGS or _SHORTENED_ADDRESS.fullmatch(ascii_host):
        return False
    try:
        ipaddress.ip_address(ascii_host)
    except ValueError:
        return True
    return False


def to_e164(raw: str, region: str = "ID") -> str:
    """A telephone number as E.164 (+62…), read as a number of `region` when it has no country code.

    Raises ValidationError when no such number can exist. Numbering plans: phonenumberslite.
    """
    try:
        number = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException as error:
        raise _not_a_number() from error
    if len(raw) > 40 or not phonenumbers.is_valid_number(number):
        raise _not_a_number()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _not_a_number() -> ValidationError:
    return ValidationError(
        _("Enter a telephone number with its country code, such as +62 812 3456 7890."), code="phone"
    )
