"""A search of the catalogue that an importer is told about when it finds something new."""

from __future__ import annotations

import datetime
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models.functions import MD5
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.workflow import Refused
from catalog.new_matches import known_now
from inquiries.models.importer import Importer
from kit.text import validate_name

MOST_SEARCHES: Final = 30
LONGEST_NAME: Final = 80
LONGEST_QUERY: Final = 2_000
DAY: Final = datetime.timedelta(days=1)


class Frequency(models.TextChoices):
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    OFF = "off", _("no mail")


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Words about saved searches."""

    def owned_by(self, importer: Importer) -> SavedSearchQuerySet:
        """Those of one company."""
        return self.filter(importer=importer)

    def mailed(self) -> SavedSearchQuerySet:
        """Those that write letters."""
        return self.exclude(frequency=Frequency.OFF)

    def due(self, day: datetime.date) -> SavedSearchQuerySet:
        """Those whose next look is on this day or past."""
        return self.mailed().filter(next_on__lte=day)


class SavedSearch(models.Model):
    """A search by its canonical address (catalog.list_page), theirs alone to see: nothing of it is in the audit trail.

    `known` are the products that it found when it last looked, None when they were too many to remember; `seen_until`
    is up to when published products were told. `next_on` (UTC) is the day of the next look.
    """

    importer = models.ForeignKey(
        Importer, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("importer")
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME, validators=[validate_name])
    query = models.TextField(_("search"), max_length=LONGEST_QUERY)
    frequency = models.CharField(
        _("letters"), max_length=6, choices=Frequency.choices, default=Frequency.WEEKLY, db_default=Frequency.WEEKLY
    )
    seen_until = models.DateTimeField(_("told until"), default=timezone.now, editable=False)
    known = ArrayField(models.BigIntegerField(), null=True, editable=False)
    next_on = models.DateField(_("next look"), editable=False)
    created_at = models.DateTimeField(_("saved"), auto_now_add=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                models.F("importer"),
                MD5("query"),
                name="inquiries_savedsearch_once",
                violation_error_message=_("You have saved this search already."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["importer", "next_on"], name="inquiries_savedsearch_due", condition=~models.Q(frequency="off")
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, query: str, *, name: str, frequency: str, importer: Importer) -> SavedSearch:
        """Save a search; what it finds now is not new. The same search again is the one that is there.

        Raises Refused (too_many_searches).
        """
        seen = timezone.now()
        known = known_now(query)  # a search: not while the row is locked
        with transaction.atomic():
            Importer.objects.select_for_update().get(pk=importer.pk)  # one after the other, for the limit
            if saved := cls.objects.filter(importer=importer, query=query).first():
                return saved
            if cls.objects.filter(importer=importer).count() >= MOST_SEARCHES:
                raise Refused(
                    _("You have saved %(most)d searches. Remove one to save another.") % {"most": MOST_SEARCHES},
                    code="too_many_searches",
                )
            return cls.objects.create(
                importer=importer,
                name=name,
                query=query,
                frequency=frequency,
                seen_until=seen,
                known=known,
                next_on=next_look(frequency, seen.date()),
            )

    def change(self, *, name: str, frequency: str) -> None:
        """Call it something else, or write more or less often. After a pause only what comes from now on is new."""
        begins_again = self.frequency == Frequency.OFF != frequency
        known = known_now(self.query) if begins_again else None
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            if frequency != self.frequency:
                self.next_on = next_look(frequency, timezone.now().date())
            if begins_again:
                self.known, self.seen_until = known, timezone.now()
            self.name, self.frequency = name, frequency
            self.save()

    def stop(self) -> None:
        """Write no more letters about it. One that is stopped stays so."""
        type(self).objects.filter(pk=self.pk).update(frequency=Frequency.OFF)


def next_look(frequency: str, today: datetime.date) -> datetime.date:
    """The day of the next look after `today`: tomorrow, or the next Monday, so that all of a week come together."""
    return today + (DAY if frequency == Frequency.DAILY else DAY * (7 - today.weekday()))
