"""Campaigns of missions: a short link, and how many people it brought."""

from __future__ import annotations

import datetime
import secrets
from typing import ClassVar, Final

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused, WorkflowModel
from catalog.models import Product
from kit.text import validate_name
from markets.models import Collection, Market, Mission

SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Digits and letters that nobody confuses on a poster: no 0 and O, no 1 and I."""
CODE_LENGTH: Final = 6


def new_code() -> str:
    """A code of six signs, drawn at random: nobody counts up to the next one's."""
    return "".join(secrets.choice(SIGNS) for _sign in range(CODE_LENGTH))


class CampaignState(models.TextChoices):
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Words about campaigns."""

    def running(self) -> CampaignQuerySet:
        """Not ended: their visits are counted, and their codes go onto what is printed."""
        return self.filter(state=CampaignState.RUNNING)


class CampaignManager(models.Manager["Campaign"]):
    """Starts campaigns."""

    def start(
        self,
        *,
        by: User,
        name: str,
        market: Market,
        mission: Mission | None = None,
        product: Product | None = None,
        collection: Collection | None = None,
    ) -> Campaign:
        """A campaign for a product, for a collection, or for the market's page. The caller has checked all of them.

        Raises Refused (campaign_exists) when the market has one of this name: also for the second of two presses.
        """
        campaign = Campaign(
            name=name, market=market, mission=mission, product=product, collection=collection, started_by=by
        )
        try:
            with transaction.atomic():
                campaign.code = self._free_code()
                campaign.save(force_insert=True)
                audit.record("start", campaign, by=by, to_state=CampaignState.RUNNING)
        except IntegrityError as error:
            if self.filter(market=market, name=name).exists():
                raise Refused(_("This market has a campaign of this name already."), code="campaign_exists") from error
            raise
        return campaign

    def _free_code(self) -> str:
        code = new_code()
        while self.filter(code=code).exists():
            code = new_code()
        return code


class Campaign(WorkflowModel):
    """One effort of a mission in a market, under a code that its links and printed sheets carry.

    After its end the short link still leads to its page, for what was printed stays about; nothing more is counted.
    """

    S = CampaignState
    TRANSITIONS: ClassVar = {"end": ({S.RUNNING}, S.ENDED)}

    code = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80, validators=[validate_name])
    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("market"))
    mission = models.ForeignKey(
        Mission,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("mission"),
    )
    product = models.ForeignKey(
        Product,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("product"),
        help_text=_("Empty: the campaign leads to the market's page."),
    )
    collection = models.ForeignKey(
        Collection,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("collection"),
    )
    started_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("started by"),
    )
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=7, choices=S.choices, default=S.RUNNING, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    objects = CampaignManager.from_queryset(CampaignQuerySet)()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-pk"]
        permissions = [("run_campaign", "Can run campaigns in own markets")]
        constraints = [
            models.UniqueConstraint(
                fields=["market", "name"],
                name="promotion_campaign_name_once",
                violation_error_code="campaign_exists",
                violation_error_message=_("This market has a campaign of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(product__isnull=True) | Q(collection__isnull=True),
                name="promotion_campaign_one_goal",
                violation_error_message=_("Choose a product or a collection, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_url(self) -> str:
        """The short link, on our own host."""
        return f"{settings.SITE_URL}{reverse('short_link', args=[self.code])}"

    def landing_path(self) -> str:
        """The page that it leads to in the active language, with the code in it; a path, never another host."""
        if self.product is not None and self.product.slug:
            page = reverse("product_detail", args=[self.product.slug])
        elif self.collection is not None:
            page = reverse("collection_detail", args=[self.collection.slug])
        else:
            page = reverse("market_detail", args=[self.market_id])
        return f"{page}?c={self.code}"

    def fits(self, product: Product) -> bool:
        """May a sheet of this product carry the code?

        That of an ended campaign may not, nor of one for another product or for a collection.
        """
        is_running = self.state == CampaignState.RUNNING
        return is_running and self.collection_id is None and self.product_id in {None, product.pk}

    def end(self, *, by: User) -> None:
        """Count no more visits, and print the code no more. Raises TransitionNotAllowed."""
        with self.moving("end", by=by):
            self.ended_at = timezone.now()


class CampaignDay(models.Model):
    """What a campaign brought on one day (UTC): pages opened by people, and enquiries sent."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="days", verbose_name=_("campaign"))
    day = models.DateField(_("day"))
    visits = models.PositiveIntegerField(_("visits"), default=0)
    enquiries = models.PositiveIntegerField(_("enquiries"), default=0)

    class Meta:
        verbose_name = _("day of a campaign")
        verbose_name_plural = _("days of campaigns")
        ordering = ["campaign", "-day"]
        constraints = [models.UniqueConstraint(fields=["campaign", "day"], name="promotion_campaignday_once")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.day}"

    @classmethod
    def add(cls, campaign_id: int, day: datetime.date, *, visits: int = 0, enquiries: int = 0) -> None:
        """Add to the day's figures; many may do so at once."""
        with transaction.atomic():
            row, _made = cls.objects.get_or_create(campaign_id=campaign_id, day=day)
            figures = {"visits": F("visits") + visits, "enquiries": F("enquiries") + enquiries}
            cls.objects.filter(pk=row.pk).update(**figures)
