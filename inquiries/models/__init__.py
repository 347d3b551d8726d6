"""The tables about importers and what they ask for; one file per entity."""

from inquiries.models.abuse import EnquiryReport, ReportReason, ReportState, SenderBlock
from inquiries.models.asked_terms import AskedTerms
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
from inquiries.models.match import Match
from inquiries.models.message import Attached, EnquiryAttachment, EnquiryMessage, Said
from inquiries.models.producer_answers import ProducerAnswers
from inquiries.models.product_views import ProductViews
from inquiries.models.quotation import PaymentTerms, Quotation, QuotationLine
from inquiries.models.thread import EnquiryMoved

__all__ = [
    "AskedTerms",
    "Attached",
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
    "HeldReason",
    "Importer",
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
    "SenderBlock",
    "Side",
    "Stage",
    "Turn",
    "Wish",
]
