"""What makes an enquiry an offer: the buying request that it answers, and its place among the other offers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Offered(models.Model):
    """An enquiry that a producer began, by offering, has a `buying_request`. The others have none.

    `waiting_since` is set while the importer has other offers to look at first: until then only the producer and the
    staff see it. What a producer begins counts for nothing in its figures of answering.
    """

    buying_request = models.ForeignKey(
        "inquiries.BuyingRequest",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="offers",
        verbose_name=_("buying request"),
    )
    waiting_since = models.DateTimeField(_("waits since"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        """Does the importer not see it yet?"""
        return self.waiting_since is not None
