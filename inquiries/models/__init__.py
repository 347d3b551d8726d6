"""The tables about importers and what they ask for; one file per entity."""

from inquiries.models.abuse import EnquiryReport, ReportReason, ReportState, SenderBlock
from inquiries.models.asked_terms import AskedTerms
from inquiries.models.basket import Basket, BasketFull, BasketGone
from inquiries.models.basket_line import BasketLine
from inquiries.models.buying_request import BuyingRequest
from inquiries.models.enquiry import Enquiry
from inquiries.models.enquiry_line import EnquiryLine
from inquiries.models.enquiry_round import EnquiryRound, Wish
from inquiries.models.enquiry_state import (
    DeclineReason,
    EnquiryState,
    HeldReason,
    MessageKind,
    Need,
    RefusalReason,
    Side,
    Stage,
    Turn,
)
from inquiries.models.importer import Importer
from inquiries.models.importer_note import ImporterNote
from inquiries.models.match import Match
from inquiries.models.message import Attached, EnquiryAttachment, EnquiryMessage, Said
from inquiries.models.producer_answers import ProducerAnswers
from inquiries.models.product_views import ProductViews
from inquiries.models.quotation import PaymentTerms, Quotation, QuotationLine
from inquiries.models.saved_product import SavedProduct
from inquiries.models.saved_search import Frequency, SavedSearch
from inquiries.models.thread import EnquiryMoved

__all__ = [
    "AskedTerms",
    "Attached",
    "Basket",
    "BasketFull",
    "BasketGone",
    "BasketLine",
    "BuyingRequest",
    "DeclineReason",
    "Enquiry",
    "EnquiryAttachment",
    "EnquiryLine",
    "EnquiryMessage",
    "EnquiryMoved",
    "EnquiryReport",
    "EnquiryRound",
    "EnquiryState",
    "Frequency",
    "HeldReason",
    "Importer",
    "ImporterNote",
    "Match",
    "MessageKind",
    "Need",
    "PaymentTerms",
    "ProducerAnswers",
    "ProductViews",
    "Quotation",
    "QuotationLine",
    "RefusalReason",
    "ReportReason",
    "ReportState",
    "Said",
    "SavedProduct",
    "SavedSearch",
    "SenderBlock",
    "Side",
    "Stage",
    "Turn",
    "Wish",
]
