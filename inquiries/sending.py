"""From a basket to enquiries: who may send so much, what goes to whom, and what stays in the basket."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import ratelimit
from accounts.models import User
from accounts.workflow import Refused
from exporters.models import Producer
from inquiries.models import Basket, BasketLine, EnquiryLine, EnquiryRound, Importer, Wish
from kit.languages import content_key


class AskedOften(ratelimit.TooMany):
    """One producer got as many enquiries of this person as a day allows."""

    code = "asked_often"

    def __init__(self, retry_after: int, producer: Producer) -> None:
        super().__init__(retry_after)
        self.producer = producer

    def sentence(self) -> str:
        """What the sender reads."""
        words = _("%(producer)s got several enquiries from you today. Take them out, or send in %(hours)d hours.")
        return words % {"producer": self.producer.trade_name, "hours": -(-self.retry_after // 3600)}


def send(basket: Basket, *, by: User, address: str) -> EnquiryRound:
    """Ask each producer in the basket; what was sent leaves it, the terms stay for the next time.

    `address` is the network address of the sender. Raises TooMany, or Refused (no_importer, basket_gone and those of
    EnquiryRound.send): nothing is sent, counted or taken out then.
    """
    importer = Importer.objects.filter(user=by).first()
    if importer is None:
        raise Refused(
            _("Enquiries are sent by companies that buy. Add your company to your account first."),
            code="no_importer",
        )
    with transaction.atomic():
        basket.lock()
        lines = list(basket.lines.offered().select_related("product__producer").order_by("pk"))
        sent = ask(_wish(basket, lines), importer=importer, by=by, address=address)
        basket.sent_out([line.pk for line in lines])
    return sent


def ask(wish: Wish, *, importer: Importer, by: User, address: str) -> EnquiryRound:
    """Ask the producers of a wish, whether it was gathered in a basket or not. The products of its lines are set.

    Raises TooMany, or what EnquiryRound.send raises: nothing is sent or counted then.
    """
    producers = {line.product.producer_id: line.product.producer for line in wish.lines if line.product is not None}
    with transaction.atomic():
        _count(by, address, producers)
        return EnquiryRound.send(wish, importer=importer, by=by)


def _count(by: User, address: str, producers: dict[int, Producer]) -> None:
    """In the transaction of the sending: what is refused is not counted. The limits' rows are locked until then."""
    ratelimit.hit("enquiry", str(by.pk))
    ratelimit.hit("enquiry_address", address)
    for pk, producer in sorted(producers.items()):
        try:
            ratelimit.hit("enquiry_producer", f"{by.pk}:{pk}")
        except ratelimit.TooMany as too_many:
            raise AskedOften(too_many.retry_after, producer) from too_many


def _wish(basket: Basket, lines: list[BasketLine]) -> Wish:
    return Wish(
        lines=[_asked(basket, line) for line in lines],
        destination_country=basket.destination_country,
        text=basket.message,
        language=content_key(get_language()),
        wanted_on=basket.wanted_on,
        needs=basket.needs,
        campaigns=basket.campaigns,
    )


def _asked(basket: Basket, line: BasketLine) -> EnquiryLine:
    """The line with the terms that hold for it: its own, else those of the basket. A place belongs to its Incoterm."""
    asked = EnquiryLine(product=line.product, **line.terms())
    if asked.incoterm_id is None:
        asked.incoterm_id, asked.place = basket.incoterm_id, asked.place or basket.place
    asked.destination_port = asked.destination_port or basket.destination_port
    asked.certificates = asked.certificates or basket.certificates
    return asked
