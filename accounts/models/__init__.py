"""The tables about people; one file per entity."""

from accounts.models.audit import AuditEntry
from accounts.models.bounce import Bounce
from accounts.models.holiday import Holiday
from accounts.models.letter import Letter, LetterState
from accounts.models.letter_kind import HowOften, LetterChoice, LetterKind
from accounts.models.rate_limit import RateLimit
from accounts.models.submission import SubmissionKey
from accounts.models.token import Scope, Token
from accounts.models.user import User, UserManager, Viewer

__all__ = [
    "AuditEntry",
    "Bounce",
    "Holiday",
    "HowOften",
    "Letter",
    "LetterChoice",
    "LetterKind",
    "LetterState",
    "RateLimit",
    "Scope",
    "SubmissionKey",
    "Token",
    "User",
    "UserManager",
    "Viewer",
]
