"""Every component in every state on one page, for whoever changes the looks (DEBUG only)."""

from __future__ import annotations

import datetime
import json

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

from catalog.list_facets import Facet, Option, Typed
from kit.templatetags.kit_parts import Step, Todo

LONG = "Sandal kulit sapi asli dengan tali batik kawung cap tangan, pertanggungjawaban mutu per pasang"


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Company name", help_text="As on your tax registration")
    moq = forms.IntegerField(label="Minimum order", widget=forms.TextInput(attrs={"data-suffix": "pairs"}))
    price = forms.DecimalField(
        label="Price",
        required=False,
        widget=forms.TextInput(attrs={"data-prefix": "USD", "data-suffix": "/ pair", "data-needed": "1"}),
    )
    incoterm = forms.ChoiceField(label="Incoterm", choices=[("FOB", "FOB"), ("CIF", "CIF")])
    closed = forms.CharField(label="Number", disabled=True, required=False, initial="BR-00412")
    message = forms.CharField(label="Message", required=False, max_length=1000, widget=forms.Textarea)
    role = forms.ChoiceField(
        label="You are", choices=[("importer", "Importer"), ("producer", "Producer")], widget=forms.RadioSelect
    )
    certificates = forms.MultipleChoiceField(
        label="Certificates",
        help_text="Those that apply",
        required=False,
        choices=[("halal", "Halal (BPJPH)"), ("haccp", "HACCP"), ("svlk", "SVLK")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="I agree to the terms of use of this portal")
    mark_optional = True


@login_not_required
def states(request: HttpRequest) -> HttpResponse:
    """The page; an address that does not exist where DEBUG is off."""
    if not settings.DEBUG:
        raise Http404
    wrong = SampleForm({"moq": "three hundred", "message": "x" * 20})
    context = {"form": SampleForm(prefix="fresh"), "wrong": wrong, **_work(), **_catalogue(), **_product()}
    return render(request, "states.html", context)


def _work() -> dict[str, object]:
    return {
        "steps": [Step("What", "#a", "done"), Step("Trade terms", "#b", "current"), Step("Photos", "#c")],
        "todos": [
            Todo("pencil", "Fix 2 fields in Cassava chips", "The embassy in Brasília asks", "#a", "Fix", urgent=True),
            Todo("award", "The HACCP certificate ends on 12 January 2027", "", "#b", "Upload"),
        ],
        "tabs": [("All", "#all", True), ("Mine", "#mine", False)],
        "events": [("Submitted", "2 Nov 2026"), ("Draft started", "")],
        "missing": [("#a", "Gross weight"), ("#b", "Photos")],
        "options": [("halal", "Halal", "BPJPH", True), ("svlk", "SVLK", "", False)],
    }


def _catalogue() -> dict[str, object]:
    card = {
        "url": "#card", "title": "Leather sandals with batik strap", "title_lang": "", "commodity": "Leather sandals",
        "by": "CV Majapahit Langkah", "place": "Kota Mojokerto", "hs": "6403.59", "moq": "300 pairs",
        "price": "USD 6.80", "price_unit": "pair", "incoterm": "FOB Tanjung Perak", "lead": "35 days",
        "badges": ["ISO 9001"], "promoted": "Promoted in Chile", "price_note": "",
        "photo": {"src": static("img/mark.svg"), "srcset": "", "alt": ""},
    }  # fmt: skip
    bare = {**card, "title": LONG, "title_lang": "id", "price": "", "price_note": "on request", "photo": None}
    return {
        "cards": [card, {**bare, "badges": [], "promoted": ""}, {**card, "badges": ["Halal", "HACCP", "Organic EU"]}],
        "chips": [("Chile", "#x"), ("Up to USD 120", "#y")],
        "facets": [
            Facet("Category", "category", "checkbox", True, (
                Option("footwear", "Footwear & leather", True, "214"),
                Option("textiles", "Batik & textiles", False, "about 12,000"),
            )),
            Facet("Price per unit", "price", "checkbox", True, (
                Option("5-10", "USD 5–9.99", False, "38"), Option("500-", "USD 500 or more", False, "2"),
            ), Typed("price_max", "At most", "USD", "120")),
        ],
        "sorts": [("new", "Newest first", True), ("price", "Price, low to high", False)],
        "notes": ["“abc” is no number of units, so the filter was left out."],
    }  # fmt: skip


def _product() -> dict[str, object]:
    spring = datetime.date(2027, 3, 31)
    return {
        "facts": [("HS code", "6403.59"), ("Origin", "Kota Mojokerto, Jawa Timur, Indonesia"), ("Shelf life", "")],
        "figures": [("9,500", "pairs a month"), ("27 of 29", "enquiries answered")],
        "groups": [
            ("FOB Tanjung Perak, Incoterms 2020", "USD per pair",
             [("300 pairs", "6.80", spring), ("1,000 pairs", None, datetime.date(2026, 3, 31))]),
        ],
        "containers": [("20′", "6,900 pairs"), ("40′ HC", "14,300 pairs")],
        "packed": [{"code": "20GP", "name": "20′", "units": "6,900"}],
        "packed_json": json.dumps([{"code": "20GP", "usable_cbm": 28.0, "max_payload_kg": 28200}]),
        "certificates": [
            {"name": "ISO 9001:2015", "number": "QMS 71", "valid_until": spring, "kind": "ok", "state": "Verified"},
            {"name": "Halal", "number": "ID123", "issuer": "BPJPH", "kind": "warn", "state": "Ends in 70 days"},
        ],
        "producer": {
            "url": "#p", "name": "CV Majapahit Langkah", "initials": "ML", "place": "Kota Mojokerto",
            "since": "since 2009", "trade": "Sandals and shoes", "products": "6 products", "badges": ["ISO 9001"],
        },
        "photos": [
            {"id": number, "number": number, "src": static("img/mark.svg"), "alt": alt, "width": 800, "height": 600}
            for number, alt in enumerate(("The pair from above", "The sole"), start=1)
        ],
    }  # fmt: skip
