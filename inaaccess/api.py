"""The API: its addresses, and the one shape of its errors: {"code", "detail", "fields"}."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request

from accounts.api import CurrentTokenView, TokenObtainView, TokenViewSet
from accounts.permissions import Anybody
from catalog.api import (
    CategoryViewSet,
    CommodityViewSet,
    HSCodeViewSet,
    OwnCertificateRenewal,
    OwnPhotoViewSet,
    OwnProductViewSet,
    OwnRevisionViewSet,
    ProducerViewSet,
    ProductViewSet,
    SuggestionViewSet,
)
from exporters.api import OwnCertificateViewSet
from inaaccess.api_docs import DocsView, SchemaView
from inquiries.api import (
    BuyingRequestViewSet,
    EnquiryAttachmentViewSet,
    EnquiryReportViewSet,
    EnquiryViewSet,
    ImporterViewSet,
    OwnBasketLineViewSet,
    OwnBasketViewSet,
    OwnEnquiryViewSet,
    OwnImporterViewSet,
    OwnRequestViewSet,
    OwnSavedProductViewSet,
    OwnSavedSearchViewSet,
    QuotationViewSet,
    RequestPictureViewSet,
    StaffRequestViewSet,
)
from kit.api_views import ApiView, ApiViewSet
from markets.api import (
    CertificateViewSet,
    ClearanceViewSet,
    CollectionCoverViewSet,
    CollectionViewSet,
    ListingViewSet,
    MarketViewSet,
    MissionViewSet,
    OwnHistoryViewSet,
    OwnListingViewSet,
    ReviewViewSet,
    RuleViewSet,
)
from promotion.api import CampaignViewSet, DocumentViewSet, ShareKitViewSet


class NothingHere(ApiView):
    """The rest of the API's addresses: a 404 in the shape of its errors."""

    permission_classes = [Anybody]
    scope: ClassVar[str | None] = None

    @extend_schema(exclude=True)
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise exceptions.NotFound(_("There is nothing at this address. Addresses of the API end with “/”."))


app_name: Final = "api"

SLUG: Final = r"(?P<slug>[-a-z0-9_]+)"
ID: Final = r"(?P<pk>[0-9]{1,18})"
ISO2: Final = r"(?P<iso2>[A-Za-z]{2})"
CODE: Final = r"(?P<code>[A-Za-z0-9]{6})"
GET: Final[dict[str, Any]] = {"get": "list"}
FILE: Final[dict[str, Any]] = {"get": "file"}
ONE: Final[dict[str, Any]] = {"get": "retrieve"}
THREAD: Final[dict[str, Any]] = {"get": "messages", "post": "write"}


def _read(name: str, views: type[ApiViewSet], key: str, *more: str) -> list[URLPattern]:
    """A list, one thing by its key, and lists under it; "product" gives "product-list", "product-detail", …"""
    kind = f"{name.removesuffix('y')}ies" if name.endswith("y") else f"{name}s"
    return [
        path(f"{kind}/", views.as_view(GET), name=f"{name}-list"),
        re_path(rf"^{kind}/{key}/$", views.as_view(ONE), name=f"{name}-detail"),
        *(re_path(rf"^{kind}/{key}/{sub}/$", views.as_view({"get": sub}), name=f"{name}-{sub}") for sub in more),
    ]


def _verbs(name: str, views: type[ApiViewSet], where: str, *actions: str, **named: str) -> list[URLPattern]:
    """A POST for each verb of a thing; `named`: action → another word in the address. Gives "review-claim", …"""
    words = {action: action.replace("_", "-") for action in actions} | named
    return [
        re_path(rf"^{where}/{word}/$", views.as_view({"post": action}), name=f"{name}-{action.replace('_', '-')}")
        for action, word in words.items()
    ]


def _own(name: str, views: type[ApiViewSet], **methods: Any) -> list[URLPattern]:
    """Own things: a list that takes new ones, and one of them."""
    new = {"post": methods.pop("post")} if "post" in methods else {}
    return [
        path(f"my/{name}s/", views.as_view({**GET, **new}), name=f"my-{name}-list"),
        *([re_path(rf"^my/{name}s/{ID}/$", views.as_view(methods), name=f"my-{name}-detail")] if methods else []),
    ]


LISTING: Final = rf"markets/{ISO2}/listings/{SLUG}"

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    # one's own tokens
    path("auth/token/", TokenObtainView.as_view(), name="token-obtain"),
    path("auth/tokens/", TokenViewSet.as_view(GET), name="token-list"),
    path("auth/tokens/current/", CurrentTokenView.as_view(), name="token-current"),
    re_path(r"^auth/tokens/(?P<id>[0-9a-f]{16})/$", TokenViewSet.as_view({"delete": "destroy"}), name="token-detail"),
    # to read, for everybody
    *_read("product", ProductViewSet, SLUG),
    path("suggestions/", SuggestionViewSet.as_view(GET), name="suggestion-list"),
    *_read("producer", ProducerViewSet, SLUG, "products"),
    *_read("category", CategoryViewSet, SLUG),
    *_read("commodity", CommodityViewSet, SLUG),
    *_read("hs-code", HSCodeViewSet, r"(?P<code>[0-9]{2}|[0-9]{4}|[0-9]{6})"),
    *_read("market", MarketViewSet, ISO2, "products"),
    re_path(rf"^markets/{ISO2}/clearance/{SLUG}/$", ClearanceViewSet.as_view(ONE), name="market-clearance"),
    *_read("mission", MissionViewSet, r"(?P<code>[-A-Za-z0-9_]{1,12})"),
    # for everybody to read, for curators to write
    path("collections/", CollectionViewSet.as_view({**GET, "post": "create"}), name="collection-list"),
    re_path(
        rf"^collections/{SLUG}/$",
        CollectionViewSet.as_view({**ONE, "patch": "partial_update"}),
        name="collection-detail",
    ),
    re_path(
        rf"^collections/{SLUG}/cover/$",
        CollectionCoverViewSet.as_view({"post": "create", "delete": "destroy"}),
        name="collection-cover",
    ),
    *_verbs(
        "collection", CollectionViewSet, f"collections/{SLUG}",
        "publish", "archive", "reopen", "share", "unshare",
    ),
    # the producer's side
    *_own("product", OwnProductViewSet, post="create", get="retrieve"),
    *_verbs(
        "my-product", OwnProductViewSet, f"my/products/{ID}",
        "revise", "retire", "restore", "confirm",
    ),
    *_own("revision", OwnRevisionViewSet, get="retrieve", patch="partial_update"),
    *_verbs("my-revision", OwnRevisionViewSet, f"my/revisions/{ID}", "submit", "withdraw"),
    *_own("photo", OwnPhotoViewSet, post="create"),
    *_own("certificate", OwnCertificateViewSet, post="create", get="retrieve", delete="destroy"),
    re_path(rf"^my/certificates/{ID}/file/$", OwnCertificateViewSet.as_view(FILE), name="my-certificate-file"),
    *_verbs("my-certificate", OwnCertificateRenewal, f"my/certificates/{ID}", "renew"),
    *_own("listing", OwnListingViewSet, get="retrieve"),
    *_verbs("my-listing", OwnListingViewSet, f"my/listings/{ID}", "accept", "refuse"),
    path("my/history/", OwnHistoryViewSet.as_view(GET), name="my-history-list"),
    *_own("request", OwnRequestViewSet, get="retrieve"),
    *_verbs("my-request", OwnRequestViewSet, f"my/requests/{ID}", "offer", "pass_on"),
    path("my/enquiries/", OwnEnquiryViewSet.as_view(GET), name="my-enquiry-list"),
    re_path(rf"^my/enquiries/{ID}/$", OwnEnquiryViewSet.as_view(ONE), name="my-enquiry-detail"),
    re_path(rf"^my/enquiries/{ID}/messages/$", OwnEnquiryViewSet.as_view(THREAD), name="my-enquiry-messages"),
    *_verbs(
        "my-enquiry", OwnEnquiryViewSet, f"my/enquiries/{ID}",
        "refuse", "quote", "report", "block", "unblock",
    ),
    # what importers ask: their own, and what staff oversee
    path("enquiries/", EnquiryViewSet.as_view({**GET, "post": "create"}), name="enquiry-list"),
    re_path(rf"^enquiries/{ID}/$", EnquiryViewSet.as_view(ONE), name="enquiry-detail"),
    re_path(rf"^enquiries/{ID}/messages/$", EnquiryViewSet.as_view(THREAD), name="enquiry-messages"),
    *_verbs(
        "enquiry", EnquiryViewSet, f"enquiries/{ID}",
        "withdraw", "report", "deliver", "discard", "remind",
    ),
    re_path(
        rf"^enquiry-attachments/{ID}/$", EnquiryAttachmentViewSet.as_view(FILE), name="enquiry-attachment-detail"
    ),
    re_path(rf"^request-pictures/{ID}/$", RequestPictureViewSet.as_view(FILE), name="request-picture-detail"),
    *_read("quotation", QuotationViewSet, ID, "pdf"),
    *_verbs("quotation", QuotationViewSet, f"quotations/{ID}", "accept", "decline"),
    # the importer's side
    path("buying-requests/", BuyingRequestViewSet.as_view({**GET, "post": "create"}), name="buying-request-list"),
    re_path(
        rf"^buying-requests/{ID}/$",
        BuyingRequestViewSet.as_view({**ONE, "patch": "partial_update"}),
        name="buying-request-detail",
    ),
    *_verbs("buying-request", BuyingRequestViewSet, f"buying-requests/{ID}", "withdraw", "close"),
    path(
        "my/importer/",
        OwnImporterViewSet.as_view({**ONE, "post": "create", "patch": "partial_update"}),
        name="my-importer",
    ),
    *_own("saved-product", OwnSavedProductViewSet, post="create"),
    re_path(
        rf"^my/saved-products/{SLUG}/$",
        OwnSavedProductViewSet.as_view({"delete": "destroy"}),
        name="my-saved-product-detail",
    ),
    path(
        "my/saved-searches/",
        OwnSavedSearchViewSet.as_view({**GET, "post": "create"}),
        name="my-saved-search-list",
    ),
    re_path(
        rf"^my/saved-searches/{ID}/$",
        OwnSavedSearchViewSet.as_view({**ONE, "patch": "partial_update", "delete": "destroy"}),
        name="my-saved-search-detail",
    ),
    path("my/basket/", OwnBasketViewSet.as_view({**ONE, "patch": "partial_update"}), name="my-basket"),
    path("my/basket/send/", OwnBasketViewSet.as_view({"post": "send"}), name="my-basket-send"),
    path("my/basket/lines/", OwnBasketLineViewSet.as_view({"post": "create"}), name="my-basket-line-list"),
    re_path(
        rf"^my/basket/lines/{ID}/$",
        OwnBasketLineViewSet.as_view({"patch": "partial_update", "delete": "destroy"}),
        name="my-basket-line-detail",
    ),
    # the staff's side
    path("requests/", StaffRequestViewSet.as_view(GET), name="request-list"),
    re_path(rf"^requests/{ID}/$", StaffRequestViewSet.as_view(ONE), name="request-detail"),
    *_verbs("request", StaffRequestViewSet, f"requests/{ID}", "approve", "reject", "invite", "close"),
    path("enquiry-reports/", EnquiryReportViewSet.as_view(GET), name="enquiry-report-list"),
    *_verbs("enquiry-report", EnquiryReportViewSet, f"enquiry-reports/{ID}", "uphold", "dismiss"),
    path("importers/", ImporterViewSet.as_view(GET), name="importer-list"),
    re_path(rf"^importers/{ID}/$", ImporterViewSet.as_view(ONE), name="importer-detail"),
    *_verbs("importer", ImporterViewSet, f"importers/{ID}", "verify", "unverify"),
    path("reviews/", ReviewViewSet.as_view(GET), name="review-list"),
    re_path(rf"^reviews/{ID}/$", ReviewViewSet.as_view(ONE), name="review-detail"),
    *_verbs(
        "review", ReviewViewSet, f"reviews/{ID}",
        "claim", "release", "approve", "request_changes", "reject",
    ),
    re_path(rf"^markets/{ISO2}/listings/$", ListingViewSet.as_view(GET), name="listing-list"),
    re_path(rf"^{LISTING}/$", ListingViewSet.as_view(ONE), name="listing-detail"),
    *_verbs(
        "listing", ListingViewSet, LISTING,
        "decline", "withdraw", "propose", "promote", "rank", "reword", offer="list",
    ),
    re_path(
        rf"^{LISTING}/share/$",
        ShareKitViewSet.as_view({**ONE, "patch": "partial_update"}),
        name="share-kit-detail",
    ),
    path("campaigns/", CampaignViewSet.as_view({**GET, "post": "create"}), name="campaign-list"),
    re_path(rf"^campaigns/{CODE}/$", CampaignViewSet.as_view(ONE), name="campaign-detail"),
    re_path(rf"^campaigns/{CODE}/days/$", CampaignViewSet.as_view({"get": "days"}), name="campaign-days"),
    *_verbs("campaign", CampaignViewSet, f"campaigns/{CODE}", "end"),
    path("documents/", DocumentViewSet.as_view({**GET, "post": "create"}), name="document-list"),
    re_path(rf"^documents/{ID}/$", DocumentViewSet.as_view(ONE), name="document-detail"),
    re_path(rf"^documents/{ID}/file/$", DocumentViewSet.as_view(FILE), name="document-file"),
    *_verbs("document", DocumentViewSet, f"documents/{ID}", "again"),
    path("rules/", RuleViewSet.as_view({**GET, "post": "create"}), name="rule-list"),
    re_path(rf"^rules/{ID}/$", RuleViewSet.as_view({**ONE, "patch": "partial_update"}), name="rule-detail"),
    *_verbs("rule", RuleViewSet, f"rules/{ID}", "confirm"),
    path("certificates/", CertificateViewSet.as_view(GET), name="certificate-list"),
    re_path(rf"^certificates/{ID}/$", CertificateViewSet.as_view(ONE), name="certificate-detail"),
    re_path(rf"^certificates/{ID}/file/$", CertificateViewSet.as_view(FILE), name="certificate-file"),
    re_path(
        rf"^certificates/{ID}/first-page/$",
        CertificateViewSet.as_view({"get": "first_page"}),
        name="certificate-first-page",
    ),
    *_verbs("certificate", CertificateViewSet, f"certificates/{ID}", "verify", "reject", "revoke"),
    re_path(r"", NothingHere.as_view(), name="nothing"),
]  # fmt: skip
