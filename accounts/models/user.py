"""Who logs in: by e-mail, never by a user name."""

from __future__ import annotations

import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kit.text import validate_name


def validate_time_zone(value: str) -> None:
    """Refuse a name that is not in the IANA time zone database."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("Choose a time zone from the list."), code="time_zone")


class UserManager(BaseUserManager["User"]):
    """Makes users with a lower-case e-mail address."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user who may log in once the address is confirmed. Raises ValueError without an address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A technical administrator (break-glass; every act is in the audit trail)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """A person: producer member, importer, local officer, mission or ministry staff."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, validators=[validate_name])
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=[("id", _("Indonesian")), ("en", _("English")), ("es", _("Spanish")), ("pt-br", _("Portuguese"))],
        default="id",
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        default="Asia/Jakarta",
        validators=[validate_time_zone],
        help_text=_("Times are shown in this zone; WIB is Asia/Jakarta."),
    )
    is_staff = models.BooleanField(_("may open the embassy desk"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    session_round = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        permissions = [
            ("guard_user", "Can shut a person out, end their sessions and reset a lost second factor"),
            ("erase_user", "Can erase a person's account"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email",
                violation_error_message=_("This e-mail address is already in use."),
            ),
        ]

    def __str__(self) -> str:
        if self.erased_at is not None:
            return str(_("Erased account %(number)d") % {"number": self.pk})
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = type(self).objects.normalize_email(self.email).lower()

    def end_sessions(self) -> None:
        """End every session and every API token of this person, at their next request."""
        type(self).objects.filter(pk=self.pk).update(session_round=models.F("session_round") + 1)
        self.refresh_from_db(fields=["session_round"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions and tokens carry this; another password or another round, and theirs fits no longer."""
        salt = "accounts.User.session"
        word = f"{self.password}:{self.session_round}"
        return salted_hmac(salt, word, secret=secret, algorithm="sha256").hexdigest()

    def get_short_name(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


Viewer = User | AnonymousUser
