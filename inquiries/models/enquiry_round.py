"""What an importer sends in one go: one enquiry for each producer, kept together."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.workflow import Refused
from catalog.models import Product
from exporters.models import Producer
from inquiries import mails
from inquiries.models.enquiry import Enquiry
from inquiries.models.enquiry_line import EnquiryLine
from inquiries.models.enquiry_state import Need
from inquiries.models.importer import Importer
from inquiries.models.message import LANGUAGE_CHOICES, LONGEST_TEXT
from inquiries.screening import reason_to_hold
from kit.countries import country_choices
from kit.text import validate_text
from promotion.models import Campaign, CampaignDay

MOST_LINES = 50
MOST_PRODUCERS = 20


@dataclass(frozen=True)
class Wish:
    """What an importer wants to know: the words for everybody and a line for each product.

    A line is an unsaved EnquiryLine with its `product` and its terms; those of the whole are filled in already.
    `campaigns` are codes of short links by which the importer came.
    """

    lines: Sequence[EnquiryLine]
    destination_country: str
    text: str = ""
    language: str = "en"
    wanted_on: datetime.date | None = None
    needs: Sequence[str] = (Need.QUOTATION,)
    campaigns: Sequence[str] = field(default=())


class EnquiryRound(models.Model):
    """One sending. `text` goes to every producer, as written in `language`."""

    importer = models.ForeignKey(Importer, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("importer"))
    destination_country = models.CharField(_("country of destination"), max_length=2, choices=country_choices)
    text = models.TextField(
        _("message"), max_length=LONGEST_TEXT, blank=True, validators=[validate_text, MaxLengthValidator(LONGEST_TEXT)]
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, default="en")
    wanted_on = models.DateField(_("wanted by"), null=True, blank=True)
    needs = ArrayField(
        models.CharField(max_length=12, choices=Need.choices), verbose_name=_("wanted"), default=list, blank=True
    )
    sent_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("enquiries sent together")
        verbose_name_plural = _("enquiries sent together")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.importer_id} {self.sent_at:%Y-%m-%d}"

    @classmethod
    def send(cls, wish: Wish, *, importer: Importer, by: User) -> EnquiryRound:
        """Ask each product's producer. The caller has counted the try (accounts.ratelimit: enquiry).

        Raises Refused (nothing_asked, too_much_asked, product_not_public, own_producer, account_erased, blocked);
        nothing is sent then, or all of it. What looks like spam is held for the mission.
        """
        with transaction.atomic():
            by_producer = _by_producer(wish)
            _refuse_own(by_producer, by)
            Importer.objects.select_for_update().get(pk=importer.pk)  # two sendings at once are judged one by one
            _refuse_erased(importer)
            held = reason_to_hold(importer, wish.text, [line.note for line in wish.lines])
            sent = cls(
                importer=importer,
                destination_country=wish.destination_country,
                text=wish.text,
                language=wish.language,
                wanted_on=wish.wanted_on,
                needs=[need for need in Need.values if need in wish.needs],
                sent_by=by,
                sent_at=timezone.now(),
            )
            sent.save()
            for producer, lines in by_producer.items():
                Enquiry.begin(sent, producer, lines, by=by, held=held)
            _count_campaigns(wish.campaigns, len(by_producer))
            mails.enquiries_sent(sent)
        return sent


def _by_producer(wish: Wish) -> dict[Producer, list[EnquiryLine]]:
    keys = [line.product_id for line in wish.lines if line.product_id]
    if not keys:
        raise Refused(_("There is no product to ask about."), code="nothing_asked")
    public = {row.pk: row for row in Product.objects.published().filter(pk__in=keys).select_related("producer", "unit")}
    by_producer: dict[Producer, list[EnquiryLine]] = defaultdict(list)
    for line in wish.lines:
        if line.product_id not in public:
            raise Refused(
                _("A product is not offered any more. Please look at your basket."), code="product_not_public"
            )
        line.product = public[line.product_id]
        by_producer[line.product.producer].append(line)
    if len(keys) > MOST_LINES or len(by_producer) > MOST_PRODUCERS:
        raise Refused(
            _("At most %(lines)d products of %(producers)d producers at a time.")
            % {"lines": MOST_LINES, "producers": MOST_PRODUCERS},
            code="too_much_asked",
        )
    return by_producer


def _refuse_own(by_producer: dict[Producer, list[EnquiryLine]], by: User) -> None:
    if Producer.objects.of_member(by).filter(pk__in={producer.pk or 0 for producer in by_producer}).exists():
        raise Refused(_("You belong to this producer: you cannot send it an enquiry."), code="own_producer")


def _refuse_erased(importer: Importer) -> None:
    """The account may have been erased while this waited for the company."""
    if not Importer.objects.current().filter(pk=importer.pk).exists():
        raise Refused(_("This account is erased already."), code="account_erased")


def _count_campaigns(codes: Sequence[str], enquiries: int) -> None:
    for campaign in Campaign.objects.running().filter(code__in=codes).values_list("pk", flat=True):
        CampaignDay.add(campaign, timezone.now().date(), enquiries=enquiries)
