"""Components about importers that pages of lower apps may load."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from catalog.models import Product
from inquiries import readers
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
