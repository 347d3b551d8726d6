"""Components about importers that pages of lower apps may load."""

from __future__ import annotations

import datetime
import math

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Product
from catalog.promise import DAY
from exporters.models import Producer
from inquiries import readers
from inquiries.models import ProducerAnswers
from inquiries.product_interest import DAYS, interest_in
from kit.countries import country_name

register = template.Library()


@register.simple_tag(takes_context=True)
def own_country(context: template.Context) -> str:
    """The country (ISO 3166-1 alpha-2) of the importer who reads the page; "" for everybody else. One query at most."""
    return readers.own_country(context["request"])


@register.inclusion_tag("components/product_interest.html")
def product_interest(product: Product) -> dict[str, object]:
    """What came back from each market in 90 days, for the product's side: pages opened and enquiries. Two queries."""
    rows = [(country_name(code) if code else _("not known"), *found) for code, found in interest_in(product).items()]
    return {"rows": rows, "days": DAYS}


@register.inclusion_tag("components/answer_figures.html")
def answer_figures(producer: Producer) -> dict[str, object]:
    """How many enquiries a producer answers and how soon; nothing below five. One query."""
    found = ProducerAnswers.objects.filter(producer=producer).first()
    if found is None or not found.is_shown:
        return {"percent": None}
    return {"percent": found.rate_percent, "usually": _usually(found.median), "asked": found.asked}


def _usually(median: datetime.timedelta | None) -> str:
    """The median in whole working days, rounded up; "" without an answer."""
    if median is None:
        return ""
    days = max(math.ceil(median / DAY), 1)
    return ngettext("usually within %(days)d working day", "usually within %(days)d working days", days) % {
        "days": days
    }
