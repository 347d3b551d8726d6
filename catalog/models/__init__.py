"""The tables of the catalogue; one file per entity."""

from catalog.models.decision import Decision, Outcome
from catalog.models.offer import PriceOffer
from catalog.models.passport import BusinessModel, Passport
from catalog.models.photo import Photo, PhotoPlacement
from catalog.models.product import CertificateCoverage, Product, ProductState
from catalog.models.reference import (
    AttributeField,
    AttributeKind,
    AttributeTemplate,
    Category,
    Commodity,
    Container,
    ExchangeRate,
    ExportFigure,
    HSCode,
    Incoterm,
    Unit,
)
from catalog.models.request import ChangeRequest, Reason
from catalog.models.requirement import CertificateException, CertificateRequirement
from catalog.models.review_help import CannedComment, ChecklistItem
from catalog.models.revision import ProductRevision
from catalog.models.revision_state import OPEN_STATES, RevisionMoved, RevisionState
from catalog.models.search import (
    BrowseCount,
    MarketRank,
    ProductSearch,
    ProductStanding,
    SearchTier,
    SearchWord,
    UnmetQuery,
)
from catalog.models.upkeep import CommodityTerm, MergedCommodity, NewTerm, SearchMark, SearchRun, WrittenMeanwhile

__all__ = [
    "OPEN_STATES",
    "AttributeField",
    "AttributeKind",
    "AttributeTemplate",
    "BrowseCount",
    "BusinessModel",
    "CannedComment",
    "Category",
    "CertificateCoverage",
    "CertificateException",
    "CertificateRequirement",
    "ChangeRequest",
    "ChecklistItem",
    "Commodity",
    "CommodityTerm",
    "Container",
    "Decision",
    "ExchangeRate",
    "ExportFigure",
    "HSCode",
    "Incoterm",
    "MarketRank",
    "MergedCommodity",
    "NewTerm",
    "Outcome",
    "Passport",
    "Photo",
    "PhotoPlacement",
    "PriceOffer",
    "Product",
    "ProductRevision",
    "ProductSearch",
    "ProductStanding",
    "ProductState",
    "Reason",
    "RevisionMoved",
    "RevisionState",
    "SearchMark",
    "SearchRun",
    "SearchTier",
    "SearchWord",
    "Unit",
    "UnmetQuery",
    "WrittenMeanwhile",
]
