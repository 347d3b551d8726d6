"""Words about importers: which of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from accounts.models import Viewer

if TYPE_CHECKING:
    from inquiries.models.importer import Importer  # noqa: F401 (named in a string)


class ImporterQuerySet(models.QuerySet["Importer"]):
    """Words about importers."""

    def of(self, user: Viewer) -> ImporterQuerySet:
        """The company of `user`, if they have one; none for a visitor."""
        return self.none() if user.is_anonymous else self.filter(user=user)

    def current(self) -> ImporterQuerySet:
        """Without those whose account was erased."""
        return self.filter(user__erased_at=None)

    def verified(self) -> ImporterQuerySet:
        """Looked up by staff."""
        return self.filter(verified_at__isnull=False)

    def unverified(self) -> ImporterQuerySet:
        """Not looked up, or changed since."""
        return self.filter(verified_at=None)
