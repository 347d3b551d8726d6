"""Which letters belong to which kind, and which kinds a person may switch off."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from accounts.models import LetterKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TEMPLATES: Final[dict[LetterKind, tuple[str, ...]]] = {
    LetterKind.ACCOUNT: (
        "account/*",
        "account_sleeps",
        "erasure_asked",
        "invitation",
        "mail_refused",
        "member_joined",
        "producer_suspended",
        "product_suspended",
    ),
    LetterKind.REVIEWS: (
        "changes_requested",
        "handed_over",
        "review_assigned",
        "revision_*",
        "translation_written",
    ),
    LetterKind.CERTIFICATES: ("certificate_*",),
    LetterKind.LISTINGS: ("listing_*", "proposal_answered"),
    LetterKind.ENQUIRIES: ("enquir*", "quotation*", "buying_request*", "offer_*", "match*", "importer_*"),
    LetterKind.SAVED_SEARCHES: ("new_matches",),
    LetterKind.DIGESTS: ("*_digest",),
    LetterKind.DAILY: ("daily",),
}
"""The templates of templates/mails, by name; the first pattern that fits counts. A test finds one that has no kind."""

ABOUT: Final[dict[LetterKind, _StrPromise]] = {
    LetterKind.REVIEWS: _("What reviewers decide and ask, and what colleagues hand over."),
    LetterKind.CERTIFICATES: _("Verified, refused, and soon at their end."),
    LetterKind.LISTINGS: _("What missions offer in their markets, propose and take back."),
    LetterKind.ENQUIRIES: _("Questions of importers, answers of producers, quotations and their dates."),
    LetterKind.SAVED_SEARCHES: _("New products that fit what you look for."),
    LetterKind.DIGESTS: _("Lists of what is due, for staff."),
}
"""The kinds that a person chooses, with what is in them. All others always come, at once."""


def kind_of(template: str) -> LetterKind:
    """The kind of the letters of a template; one that nobody named is never switched off."""
    for kind, patterns in TEMPLATES.items():
        if any(fnmatchcase(template, pattern) for pattern in patterns):
            return kind
    return LetterKind.ACCOUNT


def is_optional(kind: str) -> bool:
    """May a person switch it off? The letter of the day too: its kinds are switched off with it."""
    return kind in ABOUT or kind == LetterKind.DAILY
