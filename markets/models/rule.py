"""What is known about bringing goods into a market: rules with their source and the day they were checked."""

from __future__ import annotations

import datetime
import json
from typing import ClassVar, Final, NamedTuple

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused
from catalog.models import HSCode, Passport, Product
from kit.contacts import MAX_URL_LENGTH, validate_public_url
from kit.fields import TranslatedField
from kit.languages import CONTENT_LANGUAGES, pick
from markets.models.market import Market

OLD_DAYS: Final = 365
LONGEST_RULE: Final = 1200


class RuleKind(models.TextChoices):
    """What a rule is about; the topics of the clearance card, in its order."""

    TARIFF = "tariff", _("Tariff and preference")
    CERTIFICATE = "certificate", _("Certificates required")
    LABEL = "label", _("Labels")
    REGISTRATION = "registration", _("Registration")
    PROHIBITION = "prohibition", _("Prohibitions")
    ANTI_DUMPING = "anti_dumping", _("Anti-dumping duties")
    SAMPLE = "sample", _("Samples")


class RuleStanding(models.TextChoices):
    """How far a rule may be relied on today."""

    CHECKED = "checked", _("checked")
    OLD = "old", _("checked more than 12 months ago")
    UNCONFIRMED = "unconfirmed", _("not confirmed by a source")
    ENDED = "ended", _("no longer valid")


class KindAnswer(NamedTuple):
    """What is known of one topic: the rule that holds today (None: not checked), and one that ended and was closer."""

    kind: RuleKind
    rule: MarketRule | None
    ended: MarketRule | None

    @property
    def is_known(self) -> bool:
        """Did somebody check a rule that holds today?"""
        return self.rule is not None and self.rule.checked_on is not None


class RuleQuerySet(models.QuerySet["MarketRule"]):
    """Words about rules."""

    def current(self) -> RuleQuerySet:
        """Not ended today."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.now().date()))

    def without_product(self) -> RuleQuerySet:
        """About goods of an HS code or all goods: no exceptions for one product."""
        return self.filter(product__isnull=True)

    def standing(self, standing: str) -> RuleQuerySet:
        """Those that stand so today: a value of RuleStanding."""
        today = timezone.now().date()
        if standing == RuleStanding.ENDED:
            return self.filter(valid_until__lt=today)
        current, oldest = self.current(), today - datetime.timedelta(days=OLD_DAYS)
        if standing == RuleStanding.UNCONFIRMED:
            return current.filter(checked_on__isnull=True)
        if standing == RuleStanding.OLD:
            return current.filter(checked_on__lt=oldest)
        return current.filter(checked_on__gte=oldest)

    def about(self, product: Passport) -> RuleQuerySet:
        """Whatever may apply to a product: its own exceptions, rules of its HS code at any length, rules of all goods.

        `product` may be a revision: then nothing is its own.
        """
        own = Q(product=product) if isinstance(product, Product) else Q(pk__in=())
        return self.filter(own | _of_codes(prefixes(product.hs6_id)))

    def applying_to(self, codes: list[str]) -> RuleQuerySet:
        """Of all goods or of one of these HS codes; no exceptions for one product."""
        return self.filter(_of_codes(codes))

    def for_product(self, product: Passport, market: Market) -> list[KindAnswer]:
        """The clearance card: for each kind the rule that holds for `product` in `market`, or that nobody checked.

        An exception for the product wins, else the longest HS prefix. One query.
        """
        rows = sorted(self.filter(market=market).about(product), key=MarketRule.closeness, reverse=True)
        return [_answer(kind, [row for row in rows if row.kind == kind]) for kind in RuleKind]


class MarketRule(models.Model):
    """A rule of a market about all goods (no `hs`), goods of an HS prefix (2, 4 or 6 digits), or one product.

    `checked_on` None: written down, but nobody compared it with a source. A fact, never law: the card says so.
    """

    FACTS: ClassVar = (
        *("market_id", "kind", "hs_id", "product_id", "text"),
        *("source_title", "source_url", "checked_on", "valid_until"),
    )

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="rules", verbose_name=_("market"))
    kind = models.CharField(_("kind"), max_length=12, choices=RuleKind.choices)
    hs = models.ForeignKey(
        HSCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("HS code")
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, null=True, blank=True, related_name="rules", verbose_name=_("product")
    )
    text = TranslatedField(_("rule in brief"), max_length=LONGEST_RULE, blank=False)
    source_title = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(
        _("link to the source"), max_length=MAX_URL_LENGTH, blank=True, validators=[validate_public_url]
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("checked by"),
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("market rule")
        verbose_name_plural = _("market rules")
        ordering = ["market", "kind", "pk"]
        permissions = [("keep_rule", "Can write and check rules of own markets")]
        constraints = [
            models.UniqueConstraint(
                fields=["market", "kind", "hs", "product"],
                name="markets_marketrule_once",
                nulls_distinct=False,
                violation_error_code="rule_there",
                violation_error_message=_(
                    "There is a rule of this kind for these goods in this market: change that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(hs__isnull=True) | Q(product__isnull=True),
                name="markets_marketrule_one_scope",
                violation_error_message=_("A rule is about an HS code or about one product, not both."),
            ),
            models.CheckConstraint(
                condition=Q(source_url="") | Q(source_url__startswith="https://"),
                name="markets_marketrule_https",
                violation_error_message=_("The link to the source begins with https://."),
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True) | ~Q(source_url=""),
                name="markets_marketrule_checked_has_source",
                violation_error_message=_("A checked rule needs the link to its source."),
            ),
            models.CheckConstraint(
                condition=Q(text__has_any_keys=list(CONTENT_LANGUAGES)) & ~Q(source_title=""),
                name="markets_marketrule_says_something",
                violation_error_message=_("A rule needs a text and a source."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.market_id} {self.get_kind_display()}: {pick(self.text).text[:60]}"

    def closeness(self) -> int:
        """How close to one product: 7 for an exception, else the digits of the HS prefix, 0 for all goods."""
        return 7 if self.product_id else len(self.hs_id or "")

    def standing(self) -> RuleStanding:
        """How far it may be relied on today."""
        today = timezone.now().date()
        if self.valid_until is not None and self.valid_until < today:
            return RuleStanding.ENDED
        if self.checked_on is None:
            return RuleStanding.UNCONFIRMED
        return RuleStanding.OLD if (today - self.checked_on).days > OLD_DAYS else RuleStanding.CHECKED

    def keep(self, *, by: User) -> None:
        """Write the facts that stand on this object, new or changed; without a change nothing happens.

        The caller has checked that `by` keeps rules of the market, as it was and as it becomes. Whoever gives a new
        day of the check has checked it. Raises Refused (rule_there, rule_gone).
        """
        with transaction.atomic():
            stored = type(self).objects.select_for_update().filter(pk=self.pk).first()
            if stored is None and self.pk is not None:
                raise Refused(_("Somebody deleted this rule meanwhile."), code="rule_gone")
            changed = [name for name in self.FACTS if stored is None or getattr(stored, name) != getattr(self, name)]
            if not changed:
                return
            if "checked_on" in changed:
                self.checked_by = by if self.checked_on else None
            self._save_once()
            before = stored._told(changed) if stored else ""
            audit.record("write_rule", self, by=by, from_state=before, to_state=self._told(changed))

    def confirm(self, *, by: User) -> None:
        """Say that the source still states the same, today. A second time on one day changes nothing.

        The caller has checked that `by` keeps rules of the market. Raises Refused (rule_gone, rule_ended,
        source_missing).
        """
        today = timezone.now().date()
        with transaction.atomic():
            stored = type(self).objects.select_for_update().filter(pk=self.pk).first()
            if stored is None:
                raise Refused(_("Somebody deleted this rule meanwhile."), code="rule_gone")
            if stored.standing() == RuleStanding.ENDED:
                raise Refused(_("This rule is no longer valid: write down what holds now."), code="rule_ended")
            if not stored.source_url:
                raise Refused(_("A checked rule needs the link to its source."), code="source_missing")
            if stored.checked_on != today:
                before = stored.checked_on.isoformat() if stored.checked_on else ""
                stored.checked_on, stored.checked_by = today, by
                stored.save(update_fields=["checked_on", "checked_by"])
                audit.record("confirm", stored, by=by, from_state=before, to_state=today.isoformat())
        self.refresh_from_db()

    def _save_once(self) -> None:
        """Save; two people who write the same rule at once: the second is refused."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError as error:
            raise Refused(
                _("There is a rule of this kind for these goods in this market: change that one."), code="rule_there"
            ) from error

    def _told(self, names: list[str]) -> str:
        """Facts for the trail, a line each."""
        lines = []
        for name in names:
            value = getattr(self, name)
            told = json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict) else value
            lines.append(f"{name.removesuffix('_id')}: {'' if told is None else str(told)[:200]}")
        return "\n".join(lines)


def prefixes(hs6: str | None) -> list[str]:
    """The chapter, heading and subheading of a code: 640399 → 64, 6403, 640399."""
    return [hs6[:digits] for digits in (2, 4, 6) if len(hs6) >= digits] if hs6 else []


def _of_codes(codes: list[str]) -> Q:
    return Q(Q(hs__isnull=True) | Q(hs__in=codes), product__isnull=True)


def _answer(kind: RuleKind, rows: list[MarketRule]) -> KindAnswer:
    """From the rules of one kind, the closest first. An ended one is told only where nothing as close holds."""
    rule = next((row for row in rows if row.standing() != RuleStanding.ENDED), None)
    first = rows[0] if rows else None
    return KindAnswer(kind, rule, first if first is not rule else None)
