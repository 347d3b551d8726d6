"""Who gets what answer from every address: the access matrix, one row per URL name and method.

A row is `row(name, {role: status}, method, kwargs, data)`. Roles are those of tests/world.py; `ALL` answers for those
that the row does not name. Values of `kwargs` and `data` that begin with "=" are paths into the world:
{"pk": "=draft.pk"}. A dict under `data` is sent as a form, or as JSON to an address under /api/. Every status 404
about an object must look exactly like the 404 of a missing one; the runner checks that too.

Each app's owner adds to the list of that app only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.world import ROLES

ALL = "all the others"
LOGIN = 302  # a visitor is sent to the log-in page


class Row(NamedTuple):
    name: str
    status: Mapping[str, int]
    method: str
    kwargs: Mapping[str, Any]
    data: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def row(
    name: str,
    status: Mapping[str, int] | int,
    method: str = "GET",
    kwargs: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> Row:
    """A row; a bare number answers every role. Raises ValueError when a role has no status or is unknown."""
    by_role = {ALL: status} if isinstance(status, int) else dict(status)
    rest = by_role.pop(ALL, None)
    if unknown := set(by_role) - set(ROLES):
        raise ValueError(f"{name}: unknown roles {sorted(unknown)}")
    full = {role: by_role.get(role, rest) for role in ROLES}
    if missing := [role for role, answer in full.items() if answer is None]:
        raise ValueError(f"{name}: no status for {missing}")
    status_of = {role: answer for role, answer in full.items() if answer is not None}
    return Row(name, status_of, method, kwargs or {}, data or {})


SIGNED_IN = {"visitor": LOGIN, ALL: 200}
ACCOUNTS: list[Row] = [
    row("account_signup", {"visitor": 200, ALL: 302}),
    row("account_login", {"visitor": 200, ALL: 302}),
    row("account_logout", {"visitor": 302, ALL: 200}),
    row("account_logout", 302, "POST"),
    row("account_inactive", 200),
    row("account_reauthenticate", SIGNED_IN),
    row("account_profile", SIGNED_IN),
    row("account_profile", {"visitor": LOGIN, ALL: 422}, "POST", data={"name": ""}),
    row("account_email", SIGNED_IN),
    row("account_change_password", SIGNED_IN),
    row("account_set_password", 302),
    row("account_email_verification_sent", 200),
    row("account_confirm_email", 200, kwargs={"key": "unknown"}),
    row("account_reset_password", 200),
    row("account_reset_password_done", 200),
    row("account_reset_password_from_key", 200, kwargs={"uidb36": "1", "key": "unknown"}),
    row("account_reset_password_from_key_done", 200),
    row("language_choose", 302, "POST", data={"language": "es"}),
]


def for_those_who_work_on_it(answer: int) -> dict[str, int]:
    """`answer` for owner, editor and the officer of the regency; like a missing one for everybody else."""
    return {"visitor": LOGIN, "own_producer": answer, "own_editor": answer, "officer_own": answer, ALL: 404}


def for_its_owner(answer: int) -> dict[str, int]:
    """`answer` for the owner alone."""
    return {"visitor": LOGIN, "own_producer": answer, ALL: 404}


OFFICERS = {"visitor": LOGIN, "officer_own": 200, "officer_other": 200, "superuser": 200, ALL: 403}
WHO_WORKS_ON_ANY = ("other_producer", "own_producer", "own_editor", "officer_own", "officer_other")
PRODUCER, INVITED = {"pk": "=producer.pk"}, {"token": "=invitation_token"}
EXPORTERS: list[Row] = [
    row("register_producer", {"visitor": 200, ALL: 302}),
    row("register_producer", {"visitor": 422, ALL: 302}, "POST", data={"name": ""}),
    row("producer_create", OFFICERS),
    row(
        "producer_create",
        {**OFFICERS, "officer_own": 302, "officer_other": 422, "superuser": 422},
        "POST",
        data={"trade_name": "Sandal Baru", "regency": "35.76"},
    ),
    row("producer_edit", for_those_who_work_on_it(200), kwargs=PRODUCER),
    row("producer_edit", for_those_who_work_on_it(422), "POST", PRODUCER, {"trade_name": ""}),
    row("producer_picture", for_those_who_work_on_it(302), "POST", PRODUCER, {"kind": "logo"}),
    row("member_list", {**for_its_owner(200), "own_editor": 200}, kwargs=PRODUCER),
    row("member_invite", for_its_owner(200), kwargs=PRODUCER),
    row("member_invite", for_its_owner(422), "POST", PRODUCER, {"email": ""}),
    row("member_remove", {**for_its_owner(302), "own_editor": 302}, "POST", {"pk": "=editorship.pk"}),
    row("member_role", for_its_owner(302), "POST", {"pk": "=editorship.pk"}, {"role": "owner"}),
    row("invitation_revoke", for_its_owner(302), "POST", {"pk": "=invitation.pk"}),
    row("invitation_accept", 200, kwargs=INVITED),
    row("invitation_accept", {"visitor": LOGIN, ALL: 409}, "POST", INVITED),
    row("invitation_register", {"visitor": 200, ALL: 302}, kwargs=INVITED),
    row("certificate_list", SIGNED_IN),
    row("certificate_create", {"visitor": LOGIN, **dict.fromkeys(WHO_WORKS_ON_ANY, 200), ALL: 403}),
    row("certificate_file", for_those_who_work_on_it(200), kwargs={"pk": "=certificate.pk"}),
    row("certificate_remove", for_those_who_work_on_it(302), "POST", {"pk": "=certificate.pk"}),
]

CATALOG: list[Row] = []

MARKETS: list[Row] = []

INQUIRIES: list[Row] = [
    row("register_importer", {"visitor": 200, ALL: 302}),
    row("register_importer", {"visitor": 422, ALL: 302}, "POST", data={"name": ""}),
]

INAACCESS: list[Row] = [
    row("healthz", 200),
    row("readyz", 200),
    row("after_login", 302),
]

API: list[Row] = []

TABLE = [*ACCOUNTS, *EXPORTERS, *CATALOG, *MARKETS, *INQUIRIES, *INAACCESS, *API]
