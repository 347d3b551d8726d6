"""Components about importers that pages of lower apps may load."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User, Viewer
from accounts.roles import is_official
from catalog.list_page import canonical
from catalog.models import Product
from catalog.promise import DAY
from exporters.models import Producer
from inquiries import readers
from inquiries.models import Importer, ProducerAnswers, SavedProduct
from inquiries.own_basket import number_in
from inquiries.product_interest import DAYS, interest_in
from kit.countries import country_name
from kit.templatetags.kit_parts import badge, icon
from markets.showing import city_name

register = template.Library()
SAVING_FORM: Final = "saving"


@register.simple_tag(takes_context=True)
def own_country(context: template.Context) -> str:
    """The country (ISO 3166-1 alpha-2) of the importer who reads the page; "" for everybody else. No query."""
    return readers.own_country(context["request"])


@register.inclusion_tag("components/product_interest.html")
def product_interest(product: Product) -> dict[str, object]:
    """What came back from each market in 90 days, for the product's side: pages opened and enquiries. Two queries."""
    rows = [(country_name(code) if code else _("not known"), *found) for code, found in interest_in(product).items()]
    return {"rows": rows, "days": DAYS}


@register.simple_tag
def importer_badge(importer: Importer) -> SafeString:
    """Whether staff looked the company up, and who, for producers and the importer alike.

    No query for an importer read with its `verified_mission`.
    """
    if not importer.is_verified:
        return badge(_("Company not checked yet"))
    if importer.verified_mission is None:
        return badge(_("Company checked by the Ministry of Foreign Affairs"), "ok", icon_name="shield-check")
    named = {"city": city_name(importer.verified_mission)}
    return badge(_("Company checked by the mission in %(city)s") % named, "ok", icon_name="shield-check")


class Saving(NamedTuple):
    """What buttons that save need: the form they belong to, the beginning of their addresses, what is saved already."""

    form_id: str
    address: str
    saved: frozenset[int]


@register.simple_tag(takes_context=True)
def product_saving(context: template.Context, *products: int, cards: Iterable[Mapping[str, Any]] = ()) -> Saving | None:
    """For these products and those of cards: what is needed to save them; None for staff, who save nothing.

    One query for importers, else none.
    """
    user = context["request"].user
    if not _may_save(user):
        return None
    shown = [*products, *(card["pk"] for card in cards)]
    is_importer = bool(readers.own_country(context["request"]))
    mine = SavedProduct.objects.filter(importer__user=user, product__in=shown) if is_importer else None
    saved = frozenset(mine.values_list("product", flat=True)) if mine is not None else frozenset()
    return Saving(SAVING_FORM, reverse("saved_product_list"), saved)


@register.simple_tag
def save_button(saving: Saving, pk: int, slug: str, title: object, kind: str = "") -> SafeString:
    """The button that saves a product, or keeps it no longer; written without a template: a page has many. No query."""
    is_saved = pk in saving.saved
    return format_html(
        '<button type="submit" class="{}" form="{}" formaction="{}{}/{}/" aria-pressed="{}">'
        '{}{}<span class="vh">: {}</span></button>',
        f"btn btn--{kind}" if kind else "btn",
        saving.form_id,
        saving.address,
        slug,
        "unsave" if is_saved else "save",
        "true" if is_saved else "false",
        icon("check" if is_saved else "bookmark"),
        _("Saved") if is_saved else _("Save"),
        title,
    )


@register.inclusion_tag("components/saving_form.html", takes_context=True)
def saving_form(context: template.Context, saving: Saving | None) -> dict[str, object]:
    """The one form that all buttons of a page belong to, without a token; where it leads back to is this page."""
    request = context["request"]
    return {"saving": saving, "back": request.get_full_path()}


@register.inclusion_tag("components/search_saving.html", takes_context=True)
def search_saving(context: template.Context, meant: Mapping[str, Any] | None) -> dict[str, object]:
    """The way to save the search that the list shows, `meant` where it was put right; none without one. No query."""
    request = context["request"]
    asked = request.GET
    if meant and meant["is_shown"]:
        asked = asked.copy()
        asked["q"] = meant["query"]
    query = canonical(asked)
    return {"url": f"{reverse('search_save')}?{query}" if query and _may_save(request.user) else ""}


@register.inclusion_tag("components/basket_link.html", takes_context=True)
def basket_link(context: template.Context) -> dict[str, object]:
    """The way to the enquiry basket with its count, and the form (no token) that the buttons of `add_to_basket` send.

    One query, none for a visitor without a basket.
    """
    request = context.get("request")
    if request is None or not hasattr(request, "user"):
        return {"number": 0, "is_fillable": False}
    return {"number": number_in(request), "is_fillable": True}


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


def _may_save(user: Viewer) -> bool:
    """Is it an importer, or somebody who may become one first? Staff do not. No query for the person of a session."""
    return not isinstance(user, User) or not is_official(user)
