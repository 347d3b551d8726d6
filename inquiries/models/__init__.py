"""The tables about importers and what they ask for; one file per entity."""

from inquiries.models.asked_terms import AskedTerms
from inquiries.models.basket import Basket, BasketFull, Need
from inquiries.models.basket_line import BasketLine
from inquiries.models.importer import Importer

__all__ = ["AskedTerms", "Basket", "BasketFull", "BasketLine", "Importer", "Need"]
