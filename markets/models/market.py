"""The 33 markets and the missions that cover them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Viewer
from kit.fields import TranslatedField
from kit.languages import pick


class MarketQuerySet(models.QuerySet["Market"]):
    """Words about markets."""

    def covered_by(self, user: Viewer) -> MarketQuerySet:
        """Markets that a mission of `user` is accredited to today."""
        if user.is_anonymous:
            return self.none()
        return self.filter(
            pk__in=Accreditation.objects.current().filter(mission__in=Mission.objects.of_staff(user)).values("market")
        )


class Market(models.Model):
    """A country to sell in. Facts carry their source and the day they were checked."""

    iso2 = models.CharField(_("code"), max_length=2, primary_key=True, help_text=_("ISO 3166-1 alpha-2"))
    name = TranslatedField(_("name"), max_length=80, blank=False)
    subregion = models.CharField(_("subregion"), max_length=40, blank=True, help_text=_("UN M49"))
    languages = ArrayField(models.CharField(max_length=3), verbose_name=_("languages"), default=list, blank=True)
    currency = models.CharField(_("currency"), max_length=3, help_text=_("ISO 4217"))
    priority = models.PositiveSmallIntegerField(_("priority"), default=3, help_text=_("1 comes first"))
    demand_sectors = ArrayField(
        models.SlugField(max_length=40), verbose_name=_("sectors in demand"), default=list, blank=True
    )
    trade_blocs = ArrayField(models.CharField(max_length=40), verbose_name=_("trade blocs"), default=list, blank=True)
    label_language = models.CharField(_("language of labels"), max_length=20, blank=True)
    agreement = models.CharField(_("agreement with Indonesia"), max_length=120, blank=True)
    agreement_status = models.CharField(
        _("status of the agreement"),
        max_length=12,
        default="none",
        choices=[
            ("in_force", _("in force")),
            ("signed", _("signed")),
            ("negotiating", _("being negotiated")),
            ("none", _("none known")),
        ],
    )
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    objects = MarketQuerySet.as_manager()

    class Meta:
        verbose_name = _("market")
        verbose_name_plural = _("markets")
        ordering = ["priority", "iso2"]

    def __str__(self) -> str:
        return pick(self.name).text or self.iso2


class MissionType(models.TextChoices):
    EMBASSY = "embassy", _("embassy")
    CONSULATE = "consulate", _("consulate")
    HONORARY = "honorary", _("honorary consulate")
    ITPC = "itpc", _("trade promotion centre (ITPC)")


class MissionQuerySet(models.QuerySet["Mission"]):
    """Words about missions."""

    def of_staff(self, user: Viewer) -> MissionQuerySet:
        """Missions that `user` works for."""
        if user.is_anonymous:
            return self.none()
        return self.filter(pk__in=MissionStaff.objects.filter(user=user).values("mission"))


class Mission(models.Model):
    """An Indonesian mission abroad: embassy, consulate or trade centre. What it has not told us is empty."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    type = models.CharField(_("type"), max_length=10, choices=MissionType.choices)
    city = models.CharField(_("city"), max_length=80)
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166-1 alpha-2"))
    markets = models.ManyToManyField(Market, through="markets.Accreditation", related_name="missions")
    address = models.TextField(
        _("address"), max_length=300, blank=True, help_text=_("As on a letter. Empty: not known yet, and shown so.")
    )
    opening_hours = TranslatedField(_("opening hours"), max_length=160)
    languages = ArrayField(
        models.CharField(max_length=3),
        verbose_name=_("languages"),
        default=list,
        blank=True,
        help_text=_("In which it answers: ISO 639-1, separated by commas."),
    )
    is_verified = models.BooleanField(_("verified"), default=False)
    source = models.TextField(_("source"), blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["code"]

    def __str__(self) -> str:
        names = {"embassy": "KBRI", "consulate": "KJRI", "honorary": "Konsul Kehormatan RI", "itpc": "ITPC"}
        prefix = names[self.type]
        return f"{prefix} {self.city}"


class AccreditationQuerySet(models.QuerySet["Accreditation"]):
    """Words about accreditations."""

    def current(self) -> AccreditationQuerySet:
        """In force today."""
        today = timezone.now().date()
        return self.filter(Q(since__isnull=True) | Q(since__lte=today), Q(until__isnull=True) | Q(until__gte=today))


class Accreditation(models.Model):
    """A mission covers a market, from a day until a day (None: unknown or open)."""

    mission = models.ForeignKey(
        Mission, on_delete=models.CASCADE, related_name="accreditations", verbose_name=_("mission")
    )
    market = models.ForeignKey(
        Market, on_delete=models.CASCADE, related_name="accreditations", verbose_name=_("market")
    )
    is_resident = models.BooleanField(_("resident"), default=False)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    verified_as_of = models.CharField(_("source of the year"), max_length=10, blank=True)
    source = models.TextField(_("source"), blank=True)

    objects = AccreditationQuerySet.as_manager()

    class Meta:
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")
        ordering = ["mission", "market", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission", "market"],
                condition=Q(until__isnull=True),
                name="markets_accreditation_once",
                violation_error_message=_("This mission already covers this market."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mission_id} – {self.market_id}"


class MissionStaff(models.Model):
    """A person works for a mission."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mission_posts", verbose_name=_("user"))
    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="staff", verbose_name=_("mission"))

    class Meta:
        verbose_name = _("mission staff member")
        verbose_name_plural = _("mission staff")
        ordering = ["mission", "user"]
        constraints = [models.UniqueConstraint(fields=["user", "mission"], name="markets_missionstaff_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.mission}"
