"""What search engines read: schema.org data of a public product."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import _json_script_escapes  # type: ignore[attr-defined]
from django.utils.safestring import SafeString, mark_safe

from catalog.models import Product
from catalog.photo_address import photo_url
from catalog.showing import ProductPage


def product_data(product: Product, page: ProductPage) -> dict[str, Any]:
    """A schema.org Product; it has an offer only while a price holds."""
    address = f"{settings.SITE_URL}{reverse('product_detail', args=[product.slug])}"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "@id": address,
        "url": address,
        "name": page.title.text,
        "description": page.summary.text or page.description.text,
        "sku": product.slug,
        "category": " > ".join(name for name, _url in page.crumbs),
        "image": [f"{settings.SITE_URL}{photo_url(photo.key, 'preview')}" for photo in page.photos],
        "manufacturer": {"@type": "Organization", "name": page.producer.name},
        "countryOfOrigin": {"@type": "Country", "name": "ID"},
    }
    if product.brand:
        data["brand"] = {"@type": "Brand", "name": product.brand}
    if product.hs6_id:
        data["additionalProperty"] = {"@type": "PropertyValue", "name": "HS 2022", "value": product.hs6_id}
    if page.lead is not None:
        data["offers"] = {
            "@type": "Offer",
            "url": address,
            "price": f"{page.lead.amount.normalize():f}",
            "priceCurrency": page.lead.currency,
            "priceValidUntil": page.lead.valid_until.isoformat(),
        }
    return {name: value for name, value in data.items() if value}


def json_ld(data: dict[str, Any]) -> SafeString:
    """The data as a script element; <, > and & are escaped, so that no text can leave it."""
    text = json.dumps(data, ensure_ascii=False).translate(_json_script_escapes)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
