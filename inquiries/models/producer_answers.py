"""How reliably a producer answers enquiries: counted, never typed."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from exporters.models import Producer

SHOWN_FROM = 5
"""Enquiries: fewer say nothing about a producer, and nothing is shown."""
QUICK = datetime.timedelta(days=1)
SLOW = datetime.timedelta(days=5)


class ProducerAnswers(models.Model):
    """Of the enquiries of the last 365 days: `asked` were answered or should have been, `answered` were.

    `median` is the working time to the first answer. Written by inquiries/answer_figures.py alone.
    """

    producer = models.OneToOneField(
        Producer, on_delete=models.CASCADE, related_name="answers", primary_key=True, verbose_name=_("producer")
    )
    asked = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    median = models.DurationField(null=True)
    counted_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("answers of a producer")
        verbose_name_plural = _("answers of producers")

    def __str__(self) -> str:
        return f"{self.producer_id}: {self.answered}/{self.asked}"

    @property
    def is_shown(self) -> bool:
        """Are there enough enquiries to say something?"""
        return self.asked >= SHOWN_FROM

    @property
    def rate_percent(self) -> int | None:
        """The share answered in whole percent; None while too few were asked."""
        return round(100 * self.answered / self.asked) if self.is_shown else None

    @property
    def score(self) -> int | None:
        """What search is told, 0–100: the rate, halved evenly from a median of one working day to one of five."""
        if not self.is_shown:
            return None
        over = max(((self.median or SLOW) - QUICK) / (SLOW - QUICK), 0.0)
        speed = Decimal(1) - Decimal(min(over, 1.0)) / 2
        return int(Decimal(100 * self.answered) / self.asked * speed)
