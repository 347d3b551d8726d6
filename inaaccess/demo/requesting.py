"""What the importer of the demo did not find: one buying request that waits, and one for which products were found."""

from __future__ import annotations

import datetime
from typing import Any, Final

from accounts.models import User
from catalog.models import Commodity
from inaaccess.demo.clock import Timeline
from inquiries.matching import propose
from inquiries.models import BuyingRequest, Importer

OPEN: Final[dict[str, Any]] = {
    "title": "Sandalias de cuero para mujer, suela de goma",
    "commodity": "leather-sandals",
    "quantity": 3000,
    "unit_id": "PR",
    "frequency": "month",
    "specification": "Numeración 35 a 40. Caja individual con nuestra marca. Necesitamos una muestra antes del pedido.",
    "incoterm_id": "FOB",
    "place": "Surabaya",
    "country": "CL",
    "destination_port": "San Antonio",
    "target_price": 9,
    "currency": "USD",
    "language": "es",
}
WAITING: Final[dict[str, Any]] = {
    "title": "Chips de yuca sin gluten, bolsa de 100 g",
    "commodity": None,
    "quantity": 12000,
    "unit_id": "XPK",
    "frequency": "year",
    "specification": "Sabor natural y picante. Etiqueta en español. Buscamos un proveedor para tres años.",
    "certificates": ["HALAL"],
    "country": "CL",
    "destination_port": "Valparaíso",
    "language": "es",
}


def tell(people: dict[str, User], timeline: Timeline) -> None:
    """Put both on the timeline: one approved three days ago, one handed in yesterday."""
    timeline.add(lambda: _ask(OPEN, people, timeline), days=5)
    timeline.add(lambda: _approve(people), days=3)
    timeline.add(lambda: _ask(WAITING, people, timeline), days=1)


def find_products() -> None:
    """Look for what may fit, once the catalogue of the demo can be searched."""
    for request in _of_demo().filter(state="open"):
        propose(request)


def forget() -> None:
    """Take them away."""
    _of_demo().delete()


def _of_demo() -> Any:
    titles = [facts["title"] for facts in (OPEN, WAITING)]
    return BuyingRequest.objects.filter(importer__user__email="importer@demo.test", title__in=titles)


def _ask(facts: dict[str, Any], people: dict[str, User], timeline: Timeline) -> None:
    said = {name: value for name, value in facts.items() if name != "commodity"}
    commodity = Commodity.objects.filter(slug=facts["commodity"]).first() if facts["commodity"] else None
    deadline = timeline.today + datetime.timedelta(days=60)
    importer = Importer.objects.get(user=people["importer"])
    BuyingRequest(importer=importer, commodity=commodity, deadline=deadline, **said).submit(by=people["importer"])


def _approve(people: dict[str, User]) -> None:
    request = _of_demo().get(state="submitted")
    request.approve(by=people["mission"], seen_version=request.version)
