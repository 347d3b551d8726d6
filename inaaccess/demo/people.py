"""The people of the demo: seven who log in, and the owners of the other producers, who do not."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts import roles
from accounts.models import User
from exporters.models import OfficerScope
from inquiries.models import Importer
from markets.models import Mission, MissionStaff

PASSWORD: Final = "demo-inaaccess"  # noqa: S105 (of log-ins that production refuses to load)
LOG_INS: Final[dict[str, dict[str, Any]]] = {
    "producer@demo.test": {"name": "Siti Rahmawati", "language": "id"},
    "officer@demo.test": {"name": "Bambang Wicaksono", "language": "id", "role": roles.OFFICER},
    "mission@demo.test": {
        "name": "Ratna Kusumadewi",
        "language": "id",
        "time_zone": "America/Santiago",
        "is_staff": True,
        "role": roles.MISSION,
        "mission": "KBRI-SCL",
    },
    "mission-br@demo.test": {
        "name": "Arif Nugroho",
        "language": "id",
        "time_zone": "America/Sao_Paulo",
        "is_staff": True,
        "role": roles.MISSION,
        "mission": "KBRI-BSB",
    },
    "ministry@demo.test": {"name": "Maya Kartika", "language": "id", "is_staff": True, "role": roles.MINISTRY},
    "importer@demo.test": {"name": "Camila Rojas", "language": "es", "time_zone": "America/Santiago"},
    "admin@demo.test": {"name": "Administrator", "language": "en", "is_staff": True, "is_superuser": True},
}
IMPORTER: Final[dict[str, Any]] = {
    "tax_number": "76.543.210-3",
    "website": "https://www.calzadoscordillera.cl/",
    "buys_categories": ["footwear", "sandals-flip-flops"],
    "buys_hs": ["6402", "6403"],
    "languages": ["es", "en"],
}
OFFICER_SERVES: Final = "35.76"  # Kota Mojokerto


def make_log_ins() -> dict[str, User]:
    """The seven log-ins with their roles and scopes, by what stands before the @. Idempotent."""
    people = {}
    for email, facts in LOG_INS.items():
        facts = dict(facts)
        role, mission = facts.pop("role", None), facts.pop("mission", None)
        person = make_person(email, password=PASSWORD, **facts)
        if role:
            person.groups.set([Group.objects.get(name=role)])
        if mission:
            MissionStaff.objects.get_or_create(user=person, mission=Mission.objects.get(code=mission))
        people[email.partition("@")[0]] = person
    OfficerScope.objects.get_or_create(user=people["officer"], regency_id=OFFICER_SERVES)
    Importer.objects.get_or_create(
        user=people["importer"], defaults={"company": "Calzados Cordillera SpA", "country": "CL", **IMPORTER}
    )
    return people


def make_person(email: str, *, password: str | None = None, **facts: Any) -> User:
    """A person with a confirmed address; without a password, one who cannot log in."""
    person, _made = User.objects.update_or_create(email=email, defaults=facts)
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(user=person, email=email, defaults={"verified": True, "primary": True})
    return person
