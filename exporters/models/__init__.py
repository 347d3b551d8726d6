"""The tables about producers; one file per entity."""

from exporters.models.certificate import Certificate, CertificateState, SelfDecision
from exporters.models.certificate_type import CertificateType
from exporters.models.membership import Invitation, LastOwner, Membership, MembershipRole, OfficerScope
from exporters.models.place import Province, Regency
from exporters.models.producer import Producer
from exporters.models.producer_state import ExportExperience, ProducerMoved, ProducerState

__all__ = [
    "Certificate",
    "CertificateState",
    "CertificateType",
    "ExportExperience",
    "Invitation",
    "LastOwner",
    "Membership",
    "MembershipRole",
    "OfficerScope",
    "Producer",
    "ProducerMoved",
    "ProducerState",
    "Province",
    "Regency",
    "SelfDecision",
]
