"""API tokens: hashed, named, scoped and expiring."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken, AuthTokenManager

from accounts.models.user import User

LASTS = datetime.timedelta(days=90)
MOST_A_USER = 5
USE_NOTED_EVERY = datetime.timedelta(minutes=1)
MARK_LENGTH = 16


class Scope(models.TextChoices):
    """What a token may be used for; its holder's permissions still apply."""

    CATALOGUE_READ = "catalogue:read", _("read the catalogue")
    DESK_WRITE = "desk:write", _("work on own products")
    REVIEW_WRITE = "review:write", _("review products")
    MARKETS_WRITE = "markets:write", _("decide listings")
    CERTIFICATES_WRITE = "certificates:write", _("verify certificates")
    INQUIRIES_WRITE = "inquiries:write", _("ask, answer and keep what importers keep")
    TOKENS_WRITE = "tokens:write", _("see and revoke own tokens")


class TokenQuerySet(models.QuerySet["Token"]):
    """Words about tokens."""

    def live(self) -> TokenQuerySet:
        """Not expired."""
        return self.filter(expiry__gt=timezone.now())


class TokenManager(AuthTokenManager):
    """Gives out tokens."""

    def issue(self, user: User, *, name: str, scopes: Sequence[str], with_factor: bool = False) -> tuple[Token, str]:
        """A new token and the words that are told once. The oldest of `user` beyond five are revoked, expired first.

        Two at once wait for each other on the user's row.
        """
        from accounts import audit  # it imports the models

        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)
            told = {"name": name, "scopes": list(scopes), "mark": mark_of(user), "with_factor": with_factor}
            token, words = self.create(user, expiry=LASTS, **told)
            kept = Token.objects.live().filter(user=user).order_by("-created").values("pk")[:MOST_A_USER]
            Token.objects.filter(user=user).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
            audit.record("issue_token", user, by=user)
        return token, words


class Token(AbstractAuthToken):
    """One key to the API. At most five a user: a sixth revokes the oldest.

    `mark` ties it to its holder's password: with another password it is worth nothing.
    """

    name = models.CharField(_("name"), max_length=80)
    scopes = ArrayField(models.CharField(max_length=30, choices=Scope.choices), verbose_name=_("scopes"), default=list)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    with_factor = models.BooleanField(_("given out for a second factor"), default=False, db_default=False)
    mark = models.CharField(max_length=MARK_LENGTH, default="", editable=False)

    objects: ClassVar[TokenManager] = TokenManager.from_queryset(TokenQuerySet)()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name

    @property
    def short_id(self) -> str:
        """A name for addresses that tells nothing of the token itself."""
        return str(self.digest)[:16]

    def is_live(self) -> bool:
        """Neither expired nor of a person who was shut out or changed the password since."""
        in_time = self.expiry is not None and self.expiry > timezone.now()
        return in_time and self.user.is_active and self.mark == mark_of(self.user)

    def revoke(self, *, by: User) -> None:
        """End it at once."""
        from accounts import audit  # it imports the models

        with transaction.atomic():
            self.delete()
            audit.record("revoke_token", self.user, by=by)

    def note_use(self) -> None:
        """Remember when it was used, at most once a minute."""
        now = timezone.now()
        if self.last_used_at is None or self.last_used_at < now - USE_NOTED_EVERY:
            type(self).objects.filter(pk=self.pk).update(last_used_at=now)
            self.last_used_at = now


def mark_of(user: User) -> str:
    """A short fingerprint of the present password."""
    return str(user.get_session_auth_hash())[:MARK_LENGTH]
