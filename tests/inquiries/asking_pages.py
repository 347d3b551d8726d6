"""What the tests of baskets and buying requests share: the forms as a browser sends them."""

from __future__ import annotations

from typing import Any

from inquiries.models import BasketLine
from tests import factories as make


def request_form(**said: Any) -> dict[str, Any]:
    make.UnitFactory()
    form = {
        "title": "Sandalias de cuero para mujer",
        "quantity": "3000",
        "unit": "PR",
        "frequency": "month",
        "country": "CL",
        "deadline": make.in_days(60).isoformat(),
        "language": "es",
        "submission_key": "key-of-the-test",
    }
    return form | said


def pressed(*lines: BasketLine, key: str = "k", **more: Any) -> dict[str, Any]:
    """The basket with the button that sends it."""
    fields: dict[str, Any] = {
        "do": "send",
        "consent": "on",
        "submission_key": key,
        "destination_country": "CL",
        "needs": ["quotation"],
        "message": "¿Pueden imprimir la etiqueta en español?",
    }
    return fields | {f"line-{line.pk}-quantity": f"{line.quantity:f}" for line in lines} | more
