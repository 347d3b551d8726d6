"""What is called what where people read the audit trail: verbs and kinds of objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import AuditEntry

OF_WORKFLOWS: Final[Mapping[str, Promise]] = {
    "start": gettext_lazy("started"),
    "begin": gettext_lazy("begun"),
    "submit": gettext_lazy("handed in"),
    "claim": gettext_lazy("claimed"),
    "release": gettext_lazy("released"),
    "assign": gettext_lazy("assigned"),
    "hand_over": gettext_lazy("handed over"),
    "check": gettext_lazy("checklist ticked"),
    "approve": gettext_lazy("approved"),
    "except": gettext_lazy("exception written"),
    "request_changes": gettext_lazy("changes requested"),
    "reject": gettext_lazy("rejected"),
    "withdraw": gettext_lazy("withdrawn"),
    "publish": gettext_lazy("published"),
    "suspend": gettext_lazy("suspended"),
    "retire": gettext_lazy("retired"),
    "restore": gettext_lazy("restored"),
    "confirm": gettext_lazy("facts confirmed"),
    "cover": gettext_lazy("certificates assigned"),
    "add_target_market": gettext_lazy("market added"),
    "list": gettext_lazy("listed"),
    "decline": gettext_lazy("declined"),
    "propose": gettext_lazy("proposed"),
    "accept": gettext_lazy("accepted"),
    "refuse": gettext_lazy("refused"),
    "promote": gettext_lazy("promotion set"),
    "rank": gettext_lazy("rank set"),
    "reword": gettext_lazy("pitch changed"),
    "rewrite": gettext_lazy("content changed"),
    "archive": gettext_lazy("archived"),
    "reopen": gettext_lazy("published again"),
    "share": gettext_lazy("preview link made"),
    "unshare": gettext_lazy("preview link ended"),
    "verify": gettext_lazy("verified"),
    "unverify": gettext_lazy("verification taken back"),
    "renew": gettext_lazy("renewed"),
    "edit": gettext_lazy("profile changed"),
    "add_company": gettext_lazy("company added to the account"),
    "change_logo": gettext_lazy("logo changed"),
    "change_cover": gettext_lazy("cover picture changed"),
    "invite": gettext_lazy("person invited"),
    "revoke": gettext_lazy("taken back"),
    "remove": gettext_lazy("removed"),
    "leave": gettext_lazy("left"),
    "change_role": gettext_lazy("role changed"),
    "merge": gettext_lazy("merged"),
    "write_note": gettext_lazy("note written"),
    "change_note": gettext_lazy("note changed"),
    "remove_note": gettext_lazy("note removed"),
    "retry": gettext_lazy("sent again"),
    "write_rule": gettext_lazy("rule written"),
    "resume": gettext_lazy("switched on"),
    "pause": gettext_lazy("paused"),
    "ping": gettext_lazy("test sent"),
    "renew_secret": gettext_lazy("secret made"),
    "end": gettext_lazy("ended"),
    "make": gettext_lazy("making begun"),
    "finish": gettext_lazy("made"),
    "fail": gettext_lazy("making failed"),
    "ask_again": gettext_lazy("asked for again"),
    "write_share_text": gettext_lazy("text to share written"),
    "invite_producer": gettext_lazy("producer invited to offer"),
    "offer": gettext_lazy("offer made"),
    "pass_on": gettext_lazy("no offer made"),
    "close": gettext_lazy("closed"),
    "send": gettext_lazy("sent"),
    "deliver": gettext_lazy("passed on"),
    "discard": gettext_lazy("not passed on"),
    "answer": gettext_lazy("answered"),
    "write": gettext_lazy("message written"),
    "write_aside": gettext_lazy("message written to one side"),
    "quote": gettext_lazy("quoted"),
    "expire": gettext_lazy("expired"),
    "clock": gettext_lazy("step of the clock"),
    "remind": gettext_lazy("reminded"),
    "report": gettext_lazy("reported"),
    "uphold": gettext_lazy("report upheld"),
    "dismiss": gettext_lazy("report dismissed"),
    "block": gettext_lazy("blocked"),
    "unblock": gettext_lazy("block lifted"),
}
OF_DESK: Final[Mapping[str, Promise]] = {
    "add": gettext_lazy("added in the tables"),
    "change": gettext_lazy("changed in the tables"),
    "delete": gettext_lazy("deleted in the tables"),
    "read": gettext_lazy("private data read"),
    "download": gettext_lazy("private file downloaded"),
    "look": gettext_lazy("private file looked at"),
    "export": gettext_lazy("exported"),
}
OF_ACCOUNTS: Final[Mapping[str, Promise]] = {
    "register": gettext_lazy("registered"),
    "create_staff": gettext_lazy("staff account made"),
    "sign_in": gettext_lazy("signed in"),
    "sign_out": gettext_lazy("signed out"),
    "issue_token": gettext_lazy("API token given out"),
    "revoke_token": gettext_lazy("API token revoked"),
    "shut_out": gettext_lazy("shut out"),
    "let_in": gettext_lazy("let in again"),
    "end_sessions": gettext_lazy("signed out everywhere"),
    "reset_factor": gettext_lazy("second factor reset"),
    "totp_activated": gettext_lazy("authenticator app set up"),
    "totp_deactivated": gettext_lazy("authenticator app removed"),
    "webauthn_added": gettext_lazy("passkey added"),
    "webauthn_removed": gettext_lazy("passkey removed"),
    "recovery_codes_generated": gettext_lazy("recovery codes made"),
    "export_own_data": gettext_lazy("own data downloaded"),
    "address_works": gettext_lazy("own address said to work again"),
    "ask_erasure": gettext_lazy("closing and erasing asked for"),
    "erase": gettext_lazy("account erased"),
    "empty": gettext_lazy("personal data emptied"),
    "account_added": gettext_lazy("staff account added"),
    "account_changed": gettext_lazy("account changed"),
    "account_removed": gettext_lazy("account removed"),
}
OF_POWERS: Final[Mapping[str, Promise]] = {
    "group_added": gettext_lazy("role given"),
    "group_removed": gettext_lazy("role taken"),
    "permission_added": gettext_lazy("permission given"),
    "permission_removed": gettext_lazy("permission taken"),
    "membership_added": gettext_lazy("membership added"),
    "membership_changed": gettext_lazy("membership changed"),
    "membership_removed": gettext_lazy("membership ended"),
    "regency_added": gettext_lazy("regency assigned"),
    "regency_changed": gettext_lazy("regency changed"),
    "regency_removed": gettext_lazy("regency taken"),
    "mission_added": gettext_lazy("mission assigned"),
    "mission_changed": gettext_lazy("mission changed"),
    "mission_removed": gettext_lazy("mission taken"),
    "accreditation_added": gettext_lazy("accreditation added"),
    "accreditation_changed": gettext_lazy("accreditation changed"),
    "accreditation_removed": gettext_lazy("accreditation ended"),
    "certificate_added": gettext_lazy("certificate added outside its workflow"),
    "certificate_changed": gettext_lazy("certificate changed outside its workflow"),
    "certificate_removed": gettext_lazy("certificate removed outside its workflow"),
}
GROUPS: Final[tuple[tuple[Promise, Mapping[str, Promise]], ...]] = (
    (gettext_lazy("Producers, products, certificates, listings"), OF_WORKFLOWS),
    (gettext_lazy("Tables, private data"), OF_DESK),
    (gettext_lazy("Accounts"), OF_ACCOUNTS),
    (gettext_lazy("Roles and scopes"), OF_POWERS),
)
LABELS: Final[Mapping[str, Promise]] = {verb: label for _title, labels in GROUPS for verb, label in labels.items()}


def verb_label(verb: str) -> str:
    """The verb in the reader's words; the verb itself when it has none."""
    return str(LABELS.get(verb, verb))


def kind_label(object_type: str) -> str:
    """The kind of object (`app.model`) in the reader's words; as it stands when the model is gone."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type


def change_label(entry: AuditEntry) -> str:
    """From which state or role to which, in the reader's words; empty where it stayed the same."""
    before, after = (_state_label(entry.object_type, value) for value in (entry.from_state, entry.to_state))
    if before == after:
        return ""
    return f"{before} → {after}" if before else after


def why_label(entry: AuditEntry) -> str:
    """Why, in the reader's words where the trail keeps a code."""
    try:
        told = getattr(apps.get_model(entry.object_type), "CODED_WHYS", {}).get(entry.verb)
    except (LookupError, ValueError):
        return entry.why
    return told(entry.why) if told and entry.why else entry.why


def _state_label(object_type: str, value: str) -> str:
    try:
        fields = {field.name: field for field in apps.get_model(object_type)._meta.fields}
    except (LookupError, ValueError):
        return value
    for name in ("state", "role"):
        if name in fields:
            return str(dict(fields[name].flatchoices).get(value, value))
    return value
