"""What mail servers said of letters that could not be delivered."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.letter import Letter

TRANSIENT_DAYS = 30  # failures for the moment are counted together for so long
TRANSIENT_LIMIT = 3


class BounceQuerySet(models.QuerySet["Bounce"]):
    """Words about bounces."""

    def of_late(self) -> BounceQuerySet:
        """Those that count: for good, or for the moment in the last 30 days."""
        since = timezone.now() - datetime.timedelta(days=TRANSIENT_DAYS)
        return self.filter(Q(is_permanent=True) | Q(at__gte=since))

    def unreachable(self, addresses: Iterable[str]) -> set[str]:
        """Which of these addresses are not reachable: one failure for good, or three for the moment in 30 days.

        In lower case, as they are kept.
        """
        counted = (
            self.of_late()
            .filter(address__in={address.lower() for address in addresses})
            .order_by()
            .values("address")
            .annotate(permanent=Count("pk", filter=Q(is_permanent=True)), transient=Count("letter", distinct=True))
            .filter(Q(permanent__gte=1) | Q(transient__gte=TRANSIENT_LIMIT))
        )
        return set(counted.values_list("address", flat=True))


class Bounce(models.Model):
    """One letter came back; the address is that of the letter, never one that the notice names.

    A notice that is read twice counts once. It goes with its letter, 12 months after it.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="bounces", verbose_name=_("letter"))
    address = models.EmailField(_("e-mail"))
    is_permanent = models.BooleanField(_("for good"))
    status = models.CharField(_("status"), max_length=16, help_text=_("RFC 3463, such as 5.1.1"))
    at = models.DateTimeField(_("told"), default=timezone.now)

    objects = BounceQuerySet.as_manager()

    class Meta:
        verbose_name = _("returned letter")
        verbose_name_plural = _("returned letters")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "is_permanent"], name="accounts_bounce_once")]
        indexes = [models.Index(fields=["address"], name="accounts_bounce_address")]

    def __str__(self) -> str:
        return f"{self.address} {self.status}"
