"""Rows for tests: the default is the smallest valid row, a trait per state."""

from tests.factories.accounts import (
    PASSWORD,
    PASSWORD_HASH,
    UserFactory,
)
from tests.factories.catalog import (
    CategoryFactory,
    CertificateRequirementFactory,
    CommodityFactory,
    HSCodeFactory,
    IncotermFactory,
    PhotoFactory,
    PhotoPlacementFactory,
    PriceOfferFactory,
    ProductFactory,
    RevisionFactory,
    UnitFactory,
)
from tests.factories.days import (
    in_days,
)
from tests.factories.exporters import (
    CertificateFactory,
    CertificateTypeFactory,
    MembershipFactory,
    OfficerScopeFactory,
    ProducerFactory,
    ProvinceFactory,
    RegencyFactory,
)
from tests.factories.inquiries import (
    BasketFactory,
    BasketLineFactory,
    BuyingRequestFactory,
    ImporterFactory,
    ImporterNoteFactory,
    MatchFactory,
    SavedProductFactory,
    SavedSearchFactory,
)
from tests.factories.markets import (
    AccreditationFactory,
    CollectionFactory,
    MarketFactory,
    MarketListingFactory,
    MarketRuleFactory,
    MissionFactory,
    MissionNoteFactory,
    MissionStaffFactory,
)
from tests.factories.promotion import (
    CampaignFactory,
    DocumentFactory,
)
from tests.factories.webhooks import (
    DeliveryFactory,
    WebhookFactory,
)

__all__ = [
    "PASSWORD",
    "PASSWORD_HASH",
    "AccreditationFactory",
    "BasketFactory",
    "BasketLineFactory",
    "BuyingRequestFactory",
    "CampaignFactory",
    "CategoryFactory",
    "CertificateFactory",
    "CertificateRequirementFactory",
    "CertificateTypeFactory",
    "CollectionFactory",
    "CommodityFactory",
    "DeliveryFactory",
    "DocumentFactory",
    "HSCodeFactory",
    "ImporterFactory",
    "ImporterNoteFactory",
    "IncotermFactory",
    "MarketFactory",
    "MarketListingFactory",
    "MarketRuleFactory",
    "MatchFactory",
    "MembershipFactory",
    "MissionFactory",
    "MissionNoteFactory",
    "MissionStaffFactory",
    "OfficerScopeFactory",
    "PhotoFactory",
    "PhotoPlacementFactory",
    "PriceOfferFactory",
    "ProducerFactory",
    "ProductFactory",
    "ProvinceFactory",
    "RegencyFactory",
    "RevisionFactory",
    "SavedProductFactory",
    "SavedSearchFactory",
    "UnitFactory",
    "UserFactory",
    "WebhookFactory",
    "in_days",
]
