"""The tables about producers; one file per entity."""

from exporters.models.certificate import Certificate, CertificateState, CertificateType
from exporters.models.membership import Invitation, Membership, MembershipRole, OfficerScope
from exporters.models.place import Province, Regency
from exporters.models.producer import ExportExperience, Producer, ProducerState

__all__ = [
    "Certificate",
    "CertificateState",
    "CertificateType",
    "ExportExperience",
    "Invitation",
    "Membership",
    "MembershipRole",
    "OfficerScope",
    "Producer",
    "ProducerState",
    "Province",
    "Regency",
]
