"""Components about importers that pages of lower apps may load."""

from __future__ import annotations

from django import template
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.models import Product
from inquiries import readers
from inquiries.own_basket import number_in
from inquiries.product_interest import DAYS, interest_in
from kit.countries import country_name
from kit.templatetags.kit_parts import icon

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


@register.inclusion_tag("components/basket_link.html", takes_context=True)
def basket_link(context: template.Context) -> dict[str, object]:
    """The way to the enquiry basket with its count, and the form that the buttons of `add_to_basket` send.

    One query, none for a visitor without a basket.
    """
    request = context.get("request")
    if request is None or not hasattr(request, "user"):
        return {"number": 0, "token": ""}
    return {"number": number_in(request), "token": get_token(request)}


@register.simple_tag
def add_to_basket(slug: str, title: str, *, big: bool = False) -> SafeString:
    """The button that puts a public product into the basket. Written without a template: a list has many."""
    return format_html(
        '<button class="btn{}" form="basket-add" name="product" value="{}">{}{}<span class="vh">: {}</span></button>',
        " btn--primary btn--big" if big else "",
        slug,
        icon("shopping-basket"),
        _("Add to enquiry"),
        title,
    )
