"""The rows of an invented catalogue, table by table, the same each time for the same seed.

Commodities, markets and words are drawn by Zipf's law, as trade does: a few are everywhere, most are rare. There is no
picture file and no account but one; everything else that a public page reads is there.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any, Final

from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from catalog.models import (
    AttributeField,
    Commodity,
    Unit,
)
from exporters.models import CertificateType, Regency
from inaaccess.bench.texts import Writer
from kit.languages import CONTENT_LANGUAGES
from kit.lookalikes import skeleton
from markets.models import Market

PRODUCTS_A_PRODUCER: Final = 25
LANGUAGE_SETS: Final = (["en"], ["en", "id"], ["en", "es", "id"], list(CONTENT_LANGUAGES))
CURRENCIES: Final = {"USD": Decimal(1), "EUR": Decimal("1.08"), "IDR": Decimal("0.000061")}


class Catalogue:
    """Draws the rows of each table. Facts that several tables share are drawn once, with the products."""

    def __init__(self, rows: int, seed: int) -> None:
        self.rows = rows
        self.draw = Random(seed)  # noqa: S311  rows for a measurement
        self.now = timezone.now()
        self.by = User.objects.create_user("bench@example.test").pk
        self.producer_count = max(rows // PRODUCTS_A_PRODUCER, 1)
        self.writers = {key: Writer(key, self.draw) for key in CONTENT_LANGUAGES}
        self.commodities = self._shuffled(Commodity.objects.select_related("category").order_by("pk"))
        self.markets = self._shuffled(Market.objects.order_by("pk").values_list("pk", flat=True))
        self.regencies = self._shuffled(Regency.objects.order_by("pk").values_list("pk", flat=True))
        self.types = self._shuffled(CertificateType.objects.order_by("pk").values_list("pk", flat=True))
        self.units = self._shuffled(Unit.objects.order_by("pk").values_list("pk", flat=True))
        self.attributes: dict[str, list[AttributeField]] = {}
        for field in AttributeField.objects.order_by("template", "position", "pk"):
            self.attributes.setdefault(field.template_id, []).append(field)
        self.templates = {
            pk: own or above
            for pk, own, above in Commodity.objects.values_list(
                "pk", "category__template", "category__parent__template"
            )
        }
        self.asked: dict[int, list[str]] = {}  # product → target markets
        self.made_by: dict[int, int] = {}  # product → producer
        self.photo_numbers: list[tuple[int, int, int]] = []  # photo, product, position

    def rates(self) -> Iterator[dict[str, Any]]:
        """What staff would keep."""
        for currency, usd in CURRENCIES.items():
            if currency != "USD":
                yield {
                    "currency": currency, "day": self._day(-30), "usd": usd, "source": "bench",
                }  # fmt: skip

    def producers(self) -> Iterator[dict[str, Any]]:
        """Listed producers all over the country."""
        for pk in range(1, self.producer_count + 1):
            name = f"CV {self.draw.choice(self.writers['id'].words).title()} {pk}"
            yield {
                "id": pk, "state": "listed", "slug": slugify(name), "trade_name": name, "legal_name": name,
                "trade_name_skeleton": skeleton(name), "legal_name_skeleton": skeleton(name),
                "regency_id": self._zipf(self.regencies), "story": self._texts(self._languages(), paragraphs=3),
                "founded": self.draw.randint(1970, 2020), "employees": self.draw.randint(2, 200),
                "version": 1, "listed_at": self.now, "logo_key": str(self._key()),
            }  # fmt: skip

    def certificates(self) -> Iterator[dict[str, Any]]:
        """Two for each producer: one valid, one in any state; `coverages` counts on these numbers."""
        for pk in range(1, 2 * self.producer_count + 1):
            expires = self._day(self.draw.randint(30, 900)) if pk % 2 else self._day(self.draw.randint(-200, 200))
            yield {
                "id": pk, "producer_id": (pk + 1) // 2, "type_id": self._zipf(self.types), "number": f"B-{pk:08}",
                "issuer": "BSN", "issued_on": self._day(-400), "expires_on": expires, "file_path": f"bench/{pk}",
                "file_kind": "pdf", "state": "verified" if pk % 2 else self.draw.choice(["submitted", "verified"]),
                "submitted_by_id": self.by, "decided_at": self.now,
            }  # fmt: skip

    def products(self) -> Iterator[dict[str, Any]]:
        """Published products, one in fifty suspended or retired, of few frequent and many rare commodities."""
        photo = 0
        for pk in range(1, self.rows + 1):
            self.made_by[pk] = self.draw.randint(1, self.producer_count)
            self.asked[pk] = sorted({self._zipf(self.markets) for _choice in range(self.draw.randint(0, 4))})
            for position in range(self.draw.randint(1, 6)):
                photo += 1
                self.photo_numbers.append((photo, pk, position))
            yield self._passport(pk) | {
                "id": pk, "producer_id": self.made_by[pk], "content_number": 1, "changed_at": self.now,
                "state": "published" if pk % 50 else self.draw.choice(["suspended", "retired"]),
                "published_at": self.now - timedelta(minutes=self.draw.randint(0, 500_000)),
            }  # fmt: skip

    def photos(self) -> Iterator[dict[str, Any]]:
        """Pictures without files."""
        for pk, product, _position in self.photo_numbers:
            yield {
                "id": pk, "key": str(self._key()), "producer_id": self.made_by[product], "width": 1600,
                "height": 1200, "sha256": f"{pk:064x}", "uploaded_by_id": self.by,
            }  # fmt: skip

    def placements(self) -> Iterator[dict[str, Any]]:
        """Every picture at its product, the first as its cover."""
        for pk, product, position in self.photo_numbers:
            alt = {"en": self.writers["en"].sentence(5)}
            yield {
                "id": pk, "photo_id": pk, "product_id": product, "position": position, "alt": alt,
            }  # fmt: skip

    def offers(self) -> Iterator[dict[str, Any]]:
        """One rule with one to three tiers, half of the products a second rule; one in ten has lapsed."""
        for product in range(1, self.rows + 1):
            price = round(self.draw.lognormvariate(2, 1.2), 2) + 0.1
            for rule, place in (("FOB", "Tanjung Perak"), ("CIF", "Valparaíso"))[: self.draw.randint(1, 2)]:
                currency = self.draw.choices(list(CURRENCIES), [8, 1, 1])[0]
                until = self._day(self.draw.randint(10, 175) if self.draw.random() < 0.9 else -5)
                for tier in range(self.draw.randint(1, 3)):
                    usd = Decimal(str(round(price * (1 - 0.08 * tier), 2)))
                    yield {
                        "product_id": product, "incoterm_id": rule, "place": place, "currency": currency,
                        "unit_price": round(usd / CURRENCIES[currency], 4), "from_quantity": 100 * 5**tier,
                        "valid_until": until,
                    }  # fmt: skip

    def coverages(self) -> Iterator[dict[str, Any]]:
        """Half of the products are covered by the certificates of their producer."""
        for product in range(1, self.rows + 1):
            for extra in range(self.draw.randint(0, 2) if self.draw.random() < 0.75 else 0):
                yield {
                    "product_id": product, "certificate_id": 2 * self.made_by[product] - 1 + extra,
                }  # fmt: skip

    def listings(self) -> Iterator[dict[str, Any]]:
        """Every market that was asked for has decided: most list, some decline."""
        for product, codes in self.asked.items():
            for code in codes:
                declined = (product + ord(code[0])) % 5 == 0
                yield {
                    "product_id": product, "market_id": code, "state": "declined" if declined else "listed",
                    "decline_reason": "price" if declined else "", "rank": self.draw.randint(1, 100_000),
                    "decided_at": self.now, "decided_by_id": self.by,
                    "pitch": {} if declined else {"en": self.writers["en"].sentence(12)},
                    "promoted_until": self._day(60) if product % 500 == 1 and not declined else None,
                }  # fmt: skip

    def standings(self) -> Iterator[dict[str, Any]]:
        """Where each product is listed, as the verbs of markets would have pushed it."""
        for product, codes in self.asked.items():
            listed = [code for code in codes if (product + ord(code[0])) % 5]
            yield {"product_id": product, "market_codes": listed}

    def _passport(self, pk: int) -> dict[str, Any]:
        draw, languages, commodity = self.draw, self._languages(), self._zipf(self.commodities)
        length, width, height = (draw.randint(20, 80) for _side in range(3))
        net = draw.randint(2, 20)
        title = {key: f"{commodity.name.get(key) or commodity.name['en']} {self._word(key)}" for key in languages}
        return {
            "slug": f"{slugify(title['en'])[:80]}-{pk}", "title": {k: text[:120] for k, text in title.items()},
            "summary": {key: self.writers[key].sentence(15)[:300] for key in languages},
            "description": self._texts(languages, paragraphs=2), "commodity_id": commodity.pk,
            "category_id": commodity.category_id, "hs6_id": commodity.hs6_id, "unit_id": self._zipf(self.units),
            "attributes": self._attributes(self.templates.get(commodity.pk)), "moq": draw.choice([50, 100, 500, 1000]),
            "capacity_per_month": draw.randint(1_000, 90_000), "lead_time_days": draw.randint(5, 90),
            "sample_days": draw.randint(2, 20), "units_per_carton": draw.choice([10, 12, 20, 24]),
            "carton_length_cm": length, "carton_width_cm": width, "carton_height_cm": height, "gross_kg": net + 1,
            "net_kg": net, "materials": self._sentences(languages), "materials_origin": {"en": "East Java"},
            "business_models": draw.sample(["brand", "oem", "odm"], k=draw.randint(1, 3)),
            "target_markets": self.asked[pk], "confirmed_on": self._day(-draw.randint(0, 400)),
        }  # fmt: skip

    def _attributes(self, template: str | None) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field in self.attributes.get(template or "", []):
            if field.kind == "text":
                values[field.key] = self.writers["en"].sentence(3)
            elif field.kind == "yes_no":
                values[field.key] = self.draw.random() < 0.5
            elif field.kind in ("choice", "choices"):
                value = self.draw.choice(field.choices)["value"]
                values[field.key] = [value] if field.kind == "choices" else value
            else:
                values[field.key] = self.draw.randint(1, 90)
        return values

    def _texts(self, languages: list[str], *, paragraphs: int) -> dict[str, str]:
        return {key: "\n\n".join(self.writers[key].paragraph(4) for _number in range(paragraphs)) for key in languages}

    def _sentences(self, languages: list[str]) -> dict[str, str]:
        return {key: self.writers[key].sentence(8)[:300] for key in languages}

    def _word(self, language: str) -> str:
        return self.draw.choice(self.writers[language].words)

    def _languages(self) -> list[str]:
        return self.draw.choices(LANGUAGE_SETS, [3, 3, 2, 2])[0]

    def _key(self) -> uuid.UUID:
        return uuid.UUID(int=self.draw.getrandbits(128), version=4)

    def _day(self, days: int) -> str:
        return (self.now.date() + timedelta(days=days)).isoformat()

    def _shuffled(self, values: Any) -> list[Any]:
        found = list(values)
        self.draw.shuffle(found)
        return found

    def _zipf(self, values: list[Any]) -> Any:
        return self.draw.choices(values, cum_weights=_harmonic(len(values)))[0]


@cache
def _harmonic(length: int) -> tuple[float, ...]:
    """1, 1 + 1/2, 1 + 1/2 + 1/3, …: the weights of Zipf's law, added up."""
    return tuple(accumulate(1 / (place + 1) for place in range(length)))
