"""Places, producers, their people and certificates."""

from __future__ import annotations

import uuid

from django.utils import timezone
from factory import LazyFunction, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from exporters.models import (
    Certificate,
    CertificateType,
    Membership,
    OfficerScope,
    Producer,
    Province,
    Regency,
)
from tests.factories.accounts import UserFactory
from tests.factories.days import in_days


class ProvinceFactory(DjangoModelFactory[Province]):
    class Meta:
        model = Province
        django_get_or_create = ("code",)

    code = "35"
    name = "Jawa Timur"


class RegencyFactory(DjangoModelFactory[Regency]):
    class Meta:
        model = Regency
        django_get_or_create = ("code",)

    code = "35.76"
    name = "Kota Mojokerto"
    province = SubFactory(ProvinceFactory)


class ProducerFactory(DjangoModelFactory[Producer]):
    class Meta:
        model = Producer

    class Params:
        listed = Trait(state="listed", slug=Sequence(lambda n: f"producer-{n}"), listed_at=LazyFunction(timezone.now))
        suspended = Trait(state="suspended")

    trade_name = Sequence(lambda n: f"Sandal Maju {n}")
    regency = SubFactory(RegencyFactory)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    producer = SubFactory(ProducerFactory)
    role = "owner"


class OfficerScopeFactory(DjangoModelFactory[OfficerScope]):
    class Meta:
        model = OfficerScope

    user = SubFactory(UserFactory, officer=True)
    regency = SubFactory(RegencyFactory)


class CertificateTypeFactory(DjangoModelFactory[CertificateType]):
    class Meta:
        model = CertificateType
        django_get_or_create = ("code",)

    code = "HALAL"
    name = LazyFunction(lambda: {"en": "Halal certificate", "id": "Sertifikat Halal"})


class CertificateFactory(DjangoModelFactory[Certificate]):
    class Meta:
        model = Certificate

    class Params:
        verified = Trait(
            state="verified", decided_at=LazyFunction(timezone.now), verified_at=LazyFunction(timezone.now)
        )
        rejected = Trait(state="rejected", rejection="The scan cannot be read.")
        expired = Trait(issued_on=LazyFunction(lambda: in_days(-400)), expires_on=LazyFunction(lambda: in_days(-1)))

    producer = SubFactory(ProducerFactory)
    type = SubFactory(CertificateTypeFactory)
    number = Sequence(lambda n: f"ID{n:017d}")
    issuer = "BPJPH"
    issued_on = LazyFunction(lambda: in_days(-30))
    expires_on = LazyFunction(lambda: in_days(300))
    file_path = LazyFunction(lambda: f"certificates/{uuid.uuid4()}.pdf")
    file_kind = "pdf"
