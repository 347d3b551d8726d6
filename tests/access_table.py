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
    row("account_data", SIGNED_IN),
    row("account_data_download", 302),
    row("account_erase", 302),
    row("account_erase", 302, "POST"),
    row("account_erase_ask", 302, "POST"),
    row("account_profile", SIGNED_IN),
    row("account_profile", {"visitor": LOGIN, ALL: 422}, "POST", data={"name": ""}),
    row("account_email", SIGNED_IN),
    row("account_email_works", 302, "POST"),
    row("account_letters", SIGNED_IN),
    row("account_letters", {"visitor": LOGIN, ALL: 422}, "POST", data={"reviews": "often"}),
    row("letters_stop", 404, kwargs={"token": "unknown"}),
    row("letters_stop", 404, "POST", {"token": "unknown"}),
    row("mail_bounces", 403, "POST"),
    row("account_change_password", SIGNED_IN),
    row("account_set_password", 302),
    row("account_email_verification_sent", 200),
    row("account_confirm_email", 200, kwargs={"key": "unknown"}),
    row("account_reset_password", 200),
    row("account_reset_password_done", 200),
    row("account_reset_password_from_key", 200, kwargs={"uidb36": "1", "key": "unknown"}),
    row("account_reset_password_from_key_done", 200),
    row("language_choose", 302, "POST", data={"language": "es"}),
    row("mfa_index", SIGNED_IN),
    row("mfa_authenticate", 302),
    row("mfa_login_webauthn", 302),
    *(
        row(f"mfa_{page}", 302)
        for page in (
            "reauthenticate",
            "activate_totp",
            "generate_recovery_codes",
            "add_webauthn",
            "reauthenticate_webauthn",
        )
    ),
    row("mfa_deactivate_totp", {"visitor": LOGIN, ALL: 404}),
    row("mfa_view_recovery_codes", {"visitor": LOGIN, ALL: 404}),
    row("mfa_download_recovery_codes", {"visitor": LOGIN, ALL: 404}),
    row("mfa_list_webauthn", SIGNED_IN),
    row("mfa_edit_webauthn", 302, "POST", {"pk": "=passkey.pk"}),
    row("mfa_remove_webauthn", 302, "POST", {"pk": "=passkey.pk"}),
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


def for_the_importer(answer: int) -> dict[str, int]:
    """`answer` for the company that asked; like a missing one for everybody else."""
    return {"visitor": LOGIN, "importer": answer, ALL: 404}


def for_the_asked_producer(answer: int) -> dict[str, int]:
    """`answer` for the members of the producer; not for officers, who prepare products but do not answer for it."""
    return {"visitor": LOGIN, "own_producer": answer, "own_editor": answer, ALL: 404}


ENQUIRY, QUOTATION = {"pk": "=enquiry.pk"}, {"pk": "=quotation.pk"}
OVERSEERS = {"mission_own": 200, "ministry": 200, "superuser": 200}
HELD = {"pk": "=held.pk"}
OVERSEEING = {"visitor": LOGIN, **OVERSEERS, "mission_other": 200, ALL: 403}
OVERSEEING_ONE = {**OVERSEEING, "mission_other": 404}


def answering_staff(answer: int) -> dict[str, int]:
    """`answer` for staff who oversee the enquiry; 404 for a mission of another market, 403 without the power."""
    return {**OVERSEEING_ONE, **dict.fromkeys(OVERSEERS, answer)}


ENQUIRIES: list[Row] = [
    row("enquiry_list", SIGNED_IN),
    row("enquiry_detail", for_the_importer(200), kwargs=ENQUIRY),
    row("desk_enquiry_list", SIGNED_IN),
    row("desk_enquiry", for_the_asked_producer(200), kwargs=ENQUIRY),
    row("desk_enquiry", {"visitor": LOGIN, ALL: 404}, kwargs={"pk": "=held.pk"}),
    row("quotation_create", for_the_asked_producer(200), kwargs=ENQUIRY),
    row("quotation_create", for_the_asked_producer(422), "POST", ENQUIRY, {"place": ""}),
    row("quotation_compare", SIGNED_IN),
    row("quotation_detail", for_the_importer(200), kwargs=QUOTATION),
    row("quotation_accept", for_the_importer(302), "POST", QUOTATION),
    row("quotation_decline", for_the_importer(302), "POST", QUOTATION, {"reason": "price"}),
    row(
        "quotation_pdf",
        {**for_the_importer(200), "own_producer": 200, "own_editor": 200, **OVERSEERS},
        kwargs=QUOTATION,
    ),
]

DESK = {"visitor": 302, "own_producer": 200, "own_editor": 200, "officer_own": 200, ALL: 404}
DESK_POST = {**DESK, "own_producer": 302, "own_editor": 302, "officer_own": 302}
DRAFT = {"pk": "=draft.pk"}
SIGNED_IN = {"visitor": 302, ALL: 200}
REVIEWERS = {"mission_own": 200, "mission_other": 200, "ministry": 200, "superuser": 200}

CATALOG: list[Row] = [
    row("desk_product_list", SIGNED_IN),
    row("product_start", SIGNED_IN),
    row("product_start", {"visitor": 302, ALL: 422}, "POST", data={"producer": ""}),
    row("desk_product", DESK, kwargs={"pk": "=product.pk"}),
    row("product_change", DESK_POST, "POST", {"pk": "=product.pk"}),
    row("product_retire", DESK_POST, "POST", {"pk": "=product.pk"}),
    row("product_restore", DESK_POST, "POST", {"pk": "=retired.pk"}),
    row("product_confirm", DESK_POST, "POST", {"pk": "=product.pk"}),
    *(row(f"revision_{step}", DESK, kwargs=DRAFT)
      for step in ("what", "terms", "packing", "photos", "certificates", "preview")),
    *(row(f"revision_{step}", DESK_POST, "POST", DRAFT, {"version": "1"})
      for step in ("what", "terms", "packing", "certificates", "submit", "withdraw")),
    row("photo_upload", DESK_POST, "POST", DRAFT),
    row("photo_arrange", DESK_POST, "POST", DRAFT, {"up": "=draft_photo.pk"}),
    row("certificate_renew", DESK, kwargs={"pk": "=verified.pk"}),
    row("certificate_renew", for_those_who_work_on_it(422), "POST", {"pk": "=verified.pk"}),
    row("certificate_covers", DESK, kwargs={"pk": "=certificate.pk"}),
    row("certificate_covers", DESK_POST, "POST", {"pk": "=certificate.pk"}),
    row("commodity_suggest", 200),
    row("hs_suggest", 200),
    row("photo", 200, kwargs={"key": "=photo.key", "size": "640"}),
    row("photo", {"own_producer": 200, "own_editor": 200, "officer_own": 200, ALL: 404},
        kwargs={"key": "=draft_photo.key", "size": "640"}),
]  # fmt: skip

DRAWN_UP = {"pk": "=shared.pk"}
REVIEW, CHILE, LISTED = {"pk": "=submitted.pk"}, {"iso2": "CL"}, {"iso2": "CL", "pk": "=product.pk"}
ALL_STAFF = {"mission_own": 200, "mission_other": 200, "ministry": 200, "superuser": 200}
OWN_STAFF = {"mission_own": 200, "ministry": 200, "superuser": 200, "mission_other": 404}
MINISTRY = {"ministry": 200, "superuser": 200}
NO_KEEPER = dict.fromkeys(("mission_other", "ministry", "superuser"), 404)
ACTING = {"mission_own": 302, "ministry": 302, "superuser": 302, "mission_other": 404}


def desk(status: Mapping[str, int]) -> dict[str, int]:
    """A page of the staff: visitors log in, who is not staff or lacks the power gets a 403."""
    return {"visitor": LOGIN, **status, ALL: 403}


MARKETS: list[Row] = [
    row("admin:review_queue", desk(ALL_STAFF)),
    row("admin:review_next", desk(dict.fromkeys(ALL_STAFF, 302))),
    row("admin:queue_bulk", desk(dict.fromkeys(ALL_STAFF, 200)), "POST",
        data={"do": "claim", "revision": "=submitted.pk"}),
    row("admin:service_figures", desk(ALL_STAFF)),
    row("admin:market_history", desk(ALL_STAFF)),
    row("desk_history", SIGNED_IN),
    row("admin:keyboard_shortcuts", desk(ALL_STAFF)),
    row("admin:product_history", desk(OWN_STAFF), kwargs={"pk": "=product.pk"}),
    row("admin:review_revision", desk(OWN_STAFF), "GET", REVIEW),
    row("admin:review_revision", desk({**OWN_STAFF, "ministry": 409, "superuser": 409, "mission_own": 302}), "POST",
        {"pk": "=in_review.pk"}, {"do": "approve", "seen_version": "=in_review.version"}),
    row("admin:revision_claim", desk(ACTING), "POST", REVIEW),
    row("admin:revision_release", desk({**ACTING, "ministry": 409, "superuser": 409}), "POST",
        {"pk": "=in_review.pk"}),
    row("admin:listing_markets", desk({**MINISTRY, "mission_own": 302, "mission_other": 302})),
    row("admin:market_listings", desk(OWN_STAFF), "GET", CHILE),
    row("admin:listing_decide", desk(OWN_STAFF), "GET", LISTED),
    row("admin:listing_decide", desk(ACTING), "POST", {"iso2": "CL", "pk": "=asking.pk"}, {"do": "list"}),
    row("admin:listing_bulk", desk(OWN_STAFF), "GET", {"iso2": "CL"}),
    row("admin:listing_bulk", desk(OWN_STAFF), "POST", {"iso2": "CL"}, {"do": "list", "product": "=asking.pk"}),
    row("admin:product_notes", desk(OWN_STAFF), kwargs={"pk": "=product.pk"}),
    row("admin:product_notes", desk({**ACTING, "ministry": 422, "superuser": 422}), "POST",
        {"pk": "=product.pk"}, {"text": "Ask about the lining.", "mission": "=note.mission_id"}),
    row("admin:note_change", desk({"mission_own": 200, **NO_KEEPER}),
        kwargs={"pk": "=note.pk"}),
    row("admin:note_change", desk({"mission_own": 302, **NO_KEEPER}),
        "POST", {"pk": "=note.pk"}, {"text": "Ask about the lining."}),
    row("admin:glance_list", desk(ALL_STAFF), kwargs={"which": "prices"}),
    row("admin:market_searches", desk(ALL_STAFF)),
    row("admin:wanted_products", desk(ALL_STAFF)),
    row("admin:listing_move", desk(ACTING), "POST", LISTED, {"direction": "up"}),
    row("admin:unchecked_rules", desk(ALL_STAFF)),
    row("admin:rule_confirm", desk(ACTING), "POST", {"pk": "=rule.pk"}),
    row("admin:collections", desk(ALL_STAFF)),
    row("admin:collection_start", desk(ALL_STAFF)),
    row("admin:collection_start", desk(dict.fromkeys(ALL_STAFF, 422)), "POST"),
    row("admin:collection_edit", desk(OWN_STAFF), "GET", DRAWN_UP),
    row("admin:collection_edit", desk(dict.fromkeys(ACTING, 422) | {"mission_other": 404}), "POST", DRAWN_UP),
    row("admin:collection_look", desk(OWN_STAFF), "GET", DRAWN_UP),
    row("admin:collection_cover", desk(dict.fromkeys(ACTING, 422) | {"mission_other": 404}), "POST", DRAWN_UP),
    row("admin:collection_archive", desk(ACTING), "POST", {"pk": "=collection.pk"}),
    row("admin:collection_reopen", desk(ACTING), "POST", {"pk": "=archived.pk"}),
    row("admin:collection_share", desk(ACTING), "POST", DRAWN_UP),
    row("admin:collection_unshare", desk(ACTING), "POST", DRAWN_UP),
    row("admin:certificates", desk(ALL_STAFF)),
    row("admin:certificate_review", desk(OWN_STAFF), "GET", {"pk": "=certificate.pk"}),
    row("admin:certificate_review", desk(ACTING), "POST", {"pk": "=certificate.pk"}, {"do": "verify"}),
    row("admin:certificate_file", desk(OWN_STAFF), "GET", {"pk": "=certificate.pk"}),
    row("admin:certificate_first_page", desk(OWN_STAFF), "GET", {"pk": "=verified.pk"}),
    row("admin:certificate_first_page", desk(dict.fromkeys(ALL_STAFF, 404)), "GET", {"pk": "=certificate.pk"}),
    row("admin:certificate_review", desk(ACTING), "POST", {"pk": "=verified.pk"}, {"do": "revoke", "why": "Palsu."}),
    row("admin:commodity_merge", desk(MINISTRY), "GET", {"pk": "=commodity.pk"}),
    row("admin:commodity_merge", desk(dict.fromkeys(MINISTRY, 422)), "POST", {"pk": "=commodity.pk"}),
    row("admin:search_explain", desk(ALL_STAFF)),
    row("admin:unmet_demand", desk(ALL_STAFF)),
    row("admin:product_suspend", desk(MINISTRY), "GET", {"pk": "=product.pk"}),
    row("admin:product_suspend", desk(dict.fromkeys(MINISTRY, 302)), "POST", {"pk": "=product.pk"}, {"why": "x"}),
    row("admin:product_restore", desk(dict.fromkeys(MINISTRY, 302)), "POST", {"pk": "=suspended.pk"}),
    row("admin:producer_suspend", desk(dict.fromkeys(MINISTRY, 302)), "POST", {"pk": "=producer.pk"}, {"why": "x"}),
    row("admin:producer_restore", desk(dict.fromkeys(MINISTRY, 409)), "POST", {"pk": "=producer.pk"}),
    row("listing_accept", {"visitor": LOGIN, "own_producer": 302, "own_editor": 302, ALL: 404}, "POST",
        {"pk": "=proposed.pk"}),
    row("listing_refuse", {"visitor": LOGIN, "own_producer": 302, "own_editor": 302, ALL: 404}, "POST",
        {"pk": "=proposed.pk"}),
]  # fmt: skip

CAMPAIGN, DOCUMENT = {"pk": "=campaign.pk"}, {"pk": "=document.pk"}
PROMOTION: list[Row] = [
    row("product_sheet", 200, kwargs={"slug": "=product.slug"}),
    row("product_sheet", 404, kwargs={"slug": "=suspended.slug"}),
    row("product_sheet", 410, kwargs={"slug": "=retired.slug"}),
    row("short_link", 302, kwargs={"code": "=campaign.code"}),
    row("short_link", 404, kwargs={"code": "NWHERE"}),
    row("admin:campaign_list", desk(ALL_STAFF)),
    row("admin:campaign_start", desk(ALL_STAFF)),
    row("admin:campaign_start", desk(dict.fromkeys(ALL_STAFF, 422)), "POST", data={"name": ""}),
    row("admin:campaign_detail", desk(OWN_STAFF), kwargs=CAMPAIGN),
    row("admin:campaign_end", desk(ACTING), "POST", CAMPAIGN),
    row("admin:document_list", desk(ALL_STAFF)),
    row("admin:document_list", desk(dict.fromkeys(ALL_STAFF, 422)), "POST", data={"kind": ""}),
    row("admin:document_detail", desk(OWN_STAFF), kwargs=DOCUMENT),
    row("admin:document_again", desk({**OWN_STAFF, **dict.fromkeys(("mission_own", "ministry", "superuser"), 409)}),
        "POST", DOCUMENT),
    row("admin:document_file", desk(ACTING), kwargs={**DOCUMENT, "key": "a-key-of-nobody"}),
    row("admin:share_kit", desk(OWN_STAFF), kwargs=LISTED),
    row("admin:share_kit", desk({**OWN_STAFF, **dict.fromkeys(("mission_own", "ministry", "superuser"), 422)}), "POST",
        LISTED, {"text": ""}),
    row("admin:share_picture", desk(dict.fromkeys(ALL_STAFF, 404)), kwargs={**LISTED, "size": "1200x630"}),
]  # fmt: skip

PEOPLE = ("shut_out", "let_in", "end_sessions", "reset_factor")
GUARDED = {"pk": "=importer.pk"}
GUARDING: list[Row] = [
    *(row(f"admin:person_{verb}", desk(MINISTRY), "GET", GUARDED) for verb in PEOPLE),
    *(row(f"admin:person_{verb}", desk(dict.fromkeys(MINISTRY, 302)), "POST", GUARDED, {"why": "x"})
      for verb in PEOPLE),
]  # fmt: skip

OVERSIGHT: list[Row] = [
    row("admin:enquiries", OVERSEEING),
    row("admin:enquiry_oversee", OVERSEEING_ONE, kwargs=ENQUIRY),
    row("admin:enquiry_oversee", answering_staff(422), "POST", ENQUIRY),
    row("admin:enquiry_remind", answering_staff(302), "POST", ENQUIRY),
    row("admin:enquiry_deliver", answering_staff(302), "POST", HELD),
    row("admin:enquiry_discard", answering_staff(302), "POST", HELD, {"why": "Spam."}),
    row("admin:report_decide", answering_staff(302), "POST", {"pk": "=report.pk"}, {"decision": "uphold"}),
]

ASKED, OPEN_REQUEST, INVITATION = {"pk": "=buying_request.pk"}, {"pk": "=open_request.pk"}, {"pk": "=match.pk"}
FOR_MEMBERS = for_the_asked_producer(200)
OF_STAFF = ("officer_own", "officer_other", "mission_own", "mission_other", "ministry", "superuser")

REQUESTS: list[Row] = [
    row("buying_request_list", {"visitor": LOGIN, "importer": 200, ALL: 403}),
    row("buying_request_create", {**dict.fromkeys(OF_STAFF, 302), ALL: 200}),
    row("buying_request_create", {**dict.fromkeys(OF_STAFF, 302), ALL: 422}, "POST", data={"title": ""}),
    row("buying_request_detail", for_the_importer(200), kwargs=ASKED),
    row("buying_request_change", for_the_importer(200), kwargs=ASKED),
    row("buying_request_change", for_the_importer(409), kwargs={"pk": "=open_request.pk"}),
    row("buying_request_change", for_the_importer(422), "POST", ASKED, {"title": ""}),
    row("buying_request_withdraw", for_the_importer(302), "POST", ASKED),
    row("buying_request_close", for_the_importer(302), "POST", OPEN_REQUEST, {"outcome": "not_found"}),
    row("buying_request_picture", {"visitor": LOGIN, ALL: 404}, kwargs={**ASKED, "size": "640"}),
    row("request_invitation_list", SIGNED_IN),
    row("request_invitation", FOR_MEMBERS, kwargs=INVITATION),
    row("request_invitation", {"visitor": LOGIN, ALL: 404}, kwargs={"pk": "=fitting.pk"}),
    row(
        "request_pass", {**FOR_MEMBERS, "own_producer": 302, "own_editor": 302}, "POST", INVITATION, {"reason": "price"}
    ),
    row("request_offer", FOR_MEMBERS, kwargs=INVITATION),
    row("request_offer", {**FOR_MEMBERS, "own_producer": 422, "own_editor": 422}, "POST", INVITATION),
    row("request_invitation_picture", {"visitor": LOGIN, ALL: 404}, kwargs={**INVITATION, "size": "640"}),
    row("admin:request_queue", desk(ALL_STAFF)),
    row("admin:request_figures", desk(ALL_STAFF)),
    row("admin:request_review", desk(OWN_STAFF), kwargs=ASKED),
    row("admin:request_review", desk(ACTING), "POST", ASKED, {"do": "approve", "seen_version": "1"}),
    row("admin:request_invite", desk(ACTING), "POST", OPEN_REQUEST, {"match": "=fitting.pk"}),
    row("admin:request_match", desk(ACTING), "POST", OPEN_REQUEST),
    row("admin:request_close", desk(ACTING), "POST", OPEN_REQUEST, {"outcome": "not_found"}),
    row("admin:request_picture", desk(dict.fromkeys(ALL_STAFF, 404)), kwargs={**ASKED, "size": "640"}),
]

ATTACHMENT, REFUSED = {"pk": "=attachment.pk"}, {"pk": "=refused.pk"}
BY_IMPORTER = {"text": "Gracias.", "language": "es"}
BY_PRODUCER = {"kind": "ask_quantity", "language": "id"}
THREADS: list[Row] = [
    row("enquiry_detail", for_the_importer(200), kwargs=REFUSED),
    row("enquiry_detail", for_the_importer(422), "POST", ENQUIRY),
    row("enquiry_detail", for_the_importer(302), "POST", ENQUIRY, BY_IMPORTER),
    row("enquiry_withdraw", for_the_importer(200), kwargs=ENQUIRY),
    row("enquiry_withdraw", for_the_importer(302), "POST", ENQUIRY, {"why": "Ya no."}),
    row("enquiry_report", for_the_importer(200), kwargs=ENQUIRY),
    row("enquiry_report", for_the_importer(302), "POST", ENQUIRY, {"reason": "spam"}),
    row("enquiry_attachment", {**for_the_asked_producer(200), "importer": 200, **OVERSEERS}, kwargs=ATTACHMENT),
    row("desk_enquiry", for_the_asked_producer(200), kwargs=REFUSED),
    row("desk_enquiry", for_the_asked_producer(422), "POST", ENQUIRY),
    row("desk_enquiry", for_the_asked_producer(302), "POST", ENQUIRY, BY_PRODUCER),
    row("desk_enquiry_report", for_the_asked_producer(200), kwargs=ENQUIRY),
    row("desk_enquiry_report", for_the_asked_producer(302), "POST", ENQUIRY, {"reason": "fraud"}),
    row("desk_enquiry_block", for_the_asked_producer(200), kwargs=ENQUIRY),
    row("desk_enquiry_block", for_the_asked_producer(302), "POST", ENQUIRY, {"do": "block"}),
]

IMPORTERS = {"visitor": LOGIN, "importer": 200, ALL: 403}
WITHOUT_COMPANY = dict.fromkeys(("other_producer", "own_producer", "own_editor"), 200)
COMPANY, SEARCH = {"pk": "=company.pk"}, {"pk": "=saved_search.pk"}
INQUIRIES: list[Row] = [
    row("register_importer", {"visitor": 200, ALL: 302}),
    row("register_importer", {"visitor": 422, ALL: 302}, "POST", data={"name": ""}),
    row("importer_home", IMPORTERS),
    row("importer_profile", IMPORTERS),
    row("importer_profile", {**IMPORTERS, "importer": 422}, "POST", data={"company": ""}),
    row("saved_product_list", IMPORTERS),
    row("importer_create", {"visitor": LOGIN, "importer": 302, **WITHOUT_COMPANY, ALL: 403}),
    row("importer_create", {"visitor": LOGIN, "importer": 422, **dict.fromkeys(WITHOUT_COMPANY, 422), ALL: 403},
        "POST"),
    row("importer_create", {"visitor": LOGIN, "importer": 409, **dict.fromkeys(WITHOUT_COMPANY, 302), ALL: 403}, "POST",
        data={"company": "Batik Mojo Trading", "country": "ID"}),
    row("product_save", {"importer": 200, ALL: 302}, kwargs={"slug": "=asking.slug"}),
    row("product_save", 302, "POST", {"slug": "=asking.slug"}),
    row("product_unsave", {**IMPORTERS, "importer": 302}, "POST", {"slug": "=product.slug"}),
    row("saved_search_list", IMPORTERS),
    row("search_save", {"importer": 200, ALL: 302}),
    row("search_save", {"importer": 422, ALL: 302}, "POST", data={"query": ""}),
    row("search_change", {**IMPORTERS, "importer": 302}, "POST", SEARCH, {"name": "Sandalias", "frequency": "off"}),
    row("search_delete", {**IMPORTERS, "importer": 302}, "POST", SEARCH),
    row("search_stop", 200, kwargs={"token": "=stop_token"}),
    row("search_stop", 200, "POST", {"token": "=stop_token"}),
    row("admin:importer_list", desk(ALL_STAFF)),
    row("admin:importer_record", desk(OWN_STAFF), kwargs=COMPANY),
    row("admin:importer_record", desk(ACTING), "POST", COMPANY, {"do": "verify", "note": "Seen.", "seen_version": "1"}),
    row("basket", 200),
    row("basket", {"importer": 302, ALL: 200}, "POST"),
    row("basket_sent", {"visitor": LOGIN, "importer": 200, ALL: 404}, kwargs={"pk": "=sent.pk"}),
    row("basket_add", 302, "POST", data={"product": "leather-sandals"}),
    row("basket_add", 404, "POST", data={"product": "no-such-product"}),
    row("admin:handover", desk(ALL_STAFF)),
    row("admin:handover", desk(dict.fromkeys(ALL_STAFF, 422)), "POST"),
    row("admin:importer_notes", desk(OWN_STAFF), kwargs={"pk": "=noted_importer.pk"}),
    row("admin:importer_notes", desk({**ACTING, "ministry": 422, "superuser": 422}), "POST",
        {"pk": "=noted_importer.pk"}, {"text": "Asks for samples.", "mission": "=note.mission_id"}),
    row("admin:importer_note_change", desk({"mission_own": 200, **NO_KEEPER}), kwargs={"pk": "=importer_note.pk"}),
    row("admin:importer_note_change", desk({"mission_own": 302, **NO_KEEPER}),
        "POST", {"pk": "=importer_note.pk"}, {"text": "Asks for samples."}),
]  # fmt: skip

INAACCESS: list[Row] = [
    row("healthz", 200),
    row("readyz", 200),
    row("metrics", 404),
    row("admin:audit_csv", desk(MINISTRY)),
    row("admin:person_erase", desk(MINISTRY), "GET", {"pk": "=importer.pk"}),
    row("admin:person_erase", desk(dict.fromkeys(MINISTRY, 302)), "POST", {"pk": "=importer.pk"}, {"why": "x"}),
    row("admin:tables", desk(ALL_STAFF)),
    row("admin:background_work", desk({"ministry": 200, "superuser": 200})),
    row("admin:background_retry", desk({"ministry": 404, "superuser": 404}), "POST"),
    row("after_login", 302),
    row("desk", SIGNED_IN),
]

DESK_WORKERS = dict.fromkeys(WHO_WORKS_ON_ANY, 200)


def in_api(answer: int, *, elsewhere: int = 404) -> dict[str, int]:
    """`answer` for who works on the producer; `elsewhere` for who works on another; no power, no answer."""
    others = dict.fromkeys(WHO_WORKS_ON_ANY, elsewhere)
    own = dict.fromkeys(("own_producer", "own_editor", "officer_own"), answer)
    return {"visitor": 401, **others, **own, ALL: 403}


def staff_in_api(answer: int, **others: int) -> dict[str, int]:
    """`answer` for staff who have it in their scope; no power, no answer."""
    scope = {"mission_own": answer, "ministry": answer, "superuser": answer, "mission_other": 404}
    return {"visitor": 401, **scope, **others, ALL: 403}


OWN_PRODUCT, OWN_RETIRED = {"pk": "=product.pk"}, {"pk": "=retired.pk"}
IN_CHILE, ASKING = {"iso2": "CL", "slug": "=product.slug"}, {"iso2": "CL", "slug": "=asking.slug"}
TO_PROPOSE = {"iso2": "BR", "slug": "=product.slug"}
IN_REVIEW, SEEN = {"pk": "=in_review.pk"}, {"seen_version": "=in_review.version"}
CERTIFICATE = {"pk": "=certificate.pk"}
ANSWERING = {**in_api(200), "officer_own": 404}  # who prepares products for a producer does not answer for it
OWN_OF_IMPORTER = {"visitor": 401, "importer": 200, ALL: 403}
RULE = {"market": "CL", "kind": "sample", "text": {"es": "Muestras."}, "source_title": "Ley 1"}
DRAFT_OF_CHILE, CURATORS = {"slug": "=shared.slug"}, {"mission_own": 200, "ministry": 200, "superuser": 200}
CLAIMANT = {"ministry": 409, "superuser": 409}
ASKING_IN_API = {**OWN_OF_IMPORTER, **OVERSEERS, "mission_other": 404}
QUOTED_IN_API = {"visitor": 401, "importer": 200, "own_producer": 200, "own_editor": 200, ALL: 404}
REPORT = {"pk": "=report.pk"}
OWN_LINE, BASKET_LINE = {"visitor": 401, ALL: 404}, {"pk": "=basket_line.pk"}


def writing_in_api(answer: int) -> dict[str, int]:
    """`answer` for the importer and for staff who oversee the enquiry."""
    return {**ASKING_IN_API, "importer": answer, **dict.fromkeys(OVERSEERS, answer)}


API: list[Row] = [
    row("api:schema", 200),
    row("api:docs", 200),
    row("api:suggestion-list", 200),
    row("api:nothing", 404),
    row("api:token-obtain", 400, "POST"),
    row("api:token-list", {"visitor": 401, ALL: 200}),
    row("api:token-current", {"visitor": 401, ALL: 204}, "DELETE"),
    row("api:token-detail", {"visitor": 401, ALL: 404}, "DELETE", {"id": "0123456789abcdef"}),
    *(row(f"api:{name}-list", 200)
      for name in ("product", "producer", "category", "commodity", "hs-code", "market", "mission")),
    row("api:product-detail", 200, kwargs={"slug": "=product.slug"}),
    row("api:product-detail", 404, kwargs={"slug": "=suspended.slug"}),
    row("api:product-detail", 410, kwargs={"slug": "=retired.slug"}),
    row("api:producer-detail", 200, kwargs={"slug": "=producer.slug"}),
    row("api:producer-products", 200, kwargs={"slug": "=producer.slug"}),
    row("api:category-detail", 200, kwargs={"slug": "=category.slug"}),
    row("api:commodity-detail", 200, kwargs={"slug": "=commodity.slug"}),
    row("api:hs-code-detail", 200, kwargs={"code": "=hs6.code"}),
    row("api:market-detail", 200, kwargs=CHILE),
    row("api:market-products", 200, kwargs=CHILE),
    row("api:mission-detail", 200, kwargs={"code": "KBRI-SCL"}),
    *(row(f"api:my-{name}-list", {"visitor": 401, **DESK_WORKERS, ALL: 403})
      for name in ("product", "revision", "photo", "certificate", "listing")),
    row("api:collection-list", 200),
    row("api:collection-list", staff_in_api(201, mission_other=400), "POST",
        data={"title": {"en": "X"}, "market": "CL"}),
    row("api:collection-detail", 200, kwargs={"slug": "=collection.slug"}),
    row("api:collection-detail", {**CURATORS, ALL: 404}, kwargs=DRAFT_OF_CHILE),
    row("api:collection-detail", staff_in_api(200), "PATCH", DRAFT_OF_CHILE, {"version": 1}),
    row("api:collection-publish", staff_in_api(200), "POST", DRAFT_OF_CHILE),
    row("api:collection-archive", staff_in_api(200), "POST", {"slug": "=collection.slug"}),
    row("api:collection-reopen", staff_in_api(200), "POST", {"slug": "=archived.slug"}),
    row("api:collection-cover", staff_in_api(415), "POST", DRAFT_OF_CHILE),
    row("api:collection-cover", staff_in_api(200), "DELETE", DRAFT_OF_CHILE),
    row("api:collection-share", staff_in_api(200), "POST", DRAFT_OF_CHILE),
    row("api:collection-unshare", staff_in_api(200), "POST", DRAFT_OF_CHILE),
    row("api:campaign-list", staff_in_api(200, mission_other=200)),
    row("api:campaign-list", staff_in_api(201, mission_other=400), "POST", data={"name": "Feria Lima", "market": "CL"}),
    row("api:campaign-detail", staff_in_api(200), kwargs={"code": "=campaign.code"}),
    row("api:campaign-days", staff_in_api(200), kwargs={"code": "=campaign.code"}),
    row("api:campaign-end", staff_in_api(200), "POST", {"code": "=campaign.code"}),
    row("api:document-list", staff_in_api(200, mission_other=200)),
    row("api:document-list", staff_in_api(201, mission_other=400), "POST",
        data={"kind": "price_list", "market": "CL", "language": "es"}),
    row("api:document-detail", staff_in_api(200), kwargs={"pk": "=document.pk"}),
    row("api:document-file", staff_in_api(404), kwargs={"pk": "=document.pk"}),
    row("api:document-again", staff_in_api(409), "POST", {"pk": "=document.pk"}),
    row("api:share-kit-detail", staff_in_api(200), kwargs=IN_CHILE),
    row("api:share-kit-detail", staff_in_api(200), "PATCH", IN_CHILE, {"texts": {"es": "Sandalias"}}),
    row("api:my-product-list", in_api(201, elsewhere=201), "POST", data={"title": {"id": "Sandal"}}),
    row("api:my-product-detail", in_api(200), kwargs=OWN_PRODUCT),
    row("api:my-product-revise", in_api(201), "POST", OWN_PRODUCT),
    row("api:my-product-retire", in_api(200), "POST", OWN_PRODUCT),
    row("api:my-product-confirm", in_api(200), "POST", OWN_PRODUCT),
    row("api:my-product-restore", in_api(200), "POST", OWN_RETIRED),
    row("api:my-product-restore", in_api(409), "POST", {"pk": "=suspended.pk"}),
    row("api:my-revision-detail", in_api(200), kwargs=DRAFT),
    row("api:my-revision-detail", in_api(200), "PATCH", DRAFT, {"version": 1, "brand": "Asli"}),
    row("api:my-revision-submit", in_api(200), "POST", DRAFT),
    row("api:my-revision-withdraw", in_api(200), "POST", DRAFT),
    row("api:my-photo-list", in_api(415, elsewhere=415), "POST"),
    row("api:my-certificate-list", in_api(415, elsewhere=415), "POST"),
    row("api:my-certificate-detail", in_api(200), kwargs=CERTIFICATE),
    row("api:my-certificate-detail", in_api(204), "DELETE", CERTIFICATE),
    row("api:my-certificate-file", in_api(200), kwargs=CERTIFICATE),
    row("api:my-certificate-renew", in_api(415), "POST", {"pk": "=verified.pk"}),
    row("api:my-listing-detail", ANSWERING, kwargs={"pk": "=listing.pk"}),
    row("api:my-listing-accept", ANSWERING, "POST", {"pk": "=proposed.pk"}),
    row("api:my-listing-refuse", ANSWERING, "POST", {"pk": "=proposed.pk"}, {"why": "Stok habis."}),
    row("api:buying-request-list", OWN_OF_IMPORTER),
    row("api:buying-request-list", {**OWN_OF_IMPORTER, "importer": 400}, "POST", data={"title": "Sandal"}),
    row("api:buying-request-detail", OWN_OF_IMPORTER, kwargs=ASKED),
    row("api:buying-request-detail", OWN_OF_IMPORTER, "PATCH", ASKED, {"version": 1, "quantity": "4000"}),
    row("api:request-picture-detail", {"visitor": 401, ALL: 404}, kwargs=ASKED),
    row("api:buying-request-withdraw", OWN_OF_IMPORTER, "POST", ASKED),
    row("api:buying-request-close", OWN_OF_IMPORTER, "POST", OPEN_REQUEST, {"outcome": "not_found"}),
    row("api:my-request-list", {"visitor": 401, **DESK_WORKERS, ALL: 403}),
    row("api:my-request-detail", ANSWERING, kwargs=INVITATION),
    row("api:my-request-pass-on", ANSWERING, "POST", INVITATION, {"reason": "price"}),
    row("api:my-request-offer", {**ANSWERING, "own_producer": 400, "own_editor": 400}, "POST", INVITATION),
    row("api:request-list", staff_in_api(200, mission_other=200)),
    row("api:request-detail", staff_in_api(200), kwargs=ASKED),
    row("api:request-approve", staff_in_api(200), "POST", ASKED, {"seen_version": 1}),
    row("api:request-reject", staff_in_api(200), "POST", ASKED, {"seen_version": 1, "reason": "small"}),
    row("api:request-invite", staff_in_api(400), "POST", OPEN_REQUEST, {"matches": []}),
    row("api:request-close", staff_in_api(200), "POST", OPEN_REQUEST, {"outcome": "not_found"}),
    row("api:enquiry-list", {**ASKING_IN_API, "mission_other": 200}),
    row("api:enquiry-list", {**OWN_OF_IMPORTER, "importer": 201}, "POST",
        data={"destination_country": "CL", "lines": [{"product": "leather-sandals"}]}),
    row("api:enquiry-detail", ASKING_IN_API, kwargs=ENQUIRY),
    row("api:enquiry-detail", ASKING_IN_API, kwargs=HELD),
    row("api:enquiry-messages", ASKING_IN_API, kwargs=ENQUIRY),
    row("api:enquiry-messages", writing_in_api(201), "POST", ENQUIRY, {"text": "¿Cuándo?", "language": "es"}),
    row("api:enquiry-withdraw", OWN_OF_IMPORTER, "POST", ENQUIRY),
    row("api:enquiry-report", OWN_OF_IMPORTER, "POST", ENQUIRY, {"reason": "spam"}),
    row("api:enquiry-deliver", staff_in_api(200), "POST", HELD),
    row("api:enquiry-discard", staff_in_api(200), "POST", HELD, {"why": "Advertising"}),
    row("api:enquiry-remind", staff_in_api(200), "POST", ENQUIRY),
    row("api:enquiry-report-list", staff_in_api(200, mission_other=200)),
    row("api:enquiry-report-uphold", staff_in_api(200), "POST", REPORT),
    row("api:enquiry-report-dismiss", staff_in_api(200), "POST", REPORT),
    row("api:enquiry-attachment-detail", {**QUOTED_IN_API, **OVERSEERS}, kwargs=ATTACHMENT),
    row("api:quotation-list", {"visitor": 401, ALL: 200}),
    row("api:quotation-detail", {**QUOTED_IN_API, **OVERSEERS}, kwargs=QUOTATION),
    row("api:quotation-pdf", {**QUOTED_IN_API, **OVERSEERS}, kwargs=QUOTATION),
    row("api:quotation-accept", {"visitor": 401, "importer": 200, ALL: 404}, "POST", QUOTATION),
    row("api:quotation-decline", {"visitor": 401, "importer": 200, ALL: 404}, "POST", QUOTATION, {"reason": "price"}),
    row("api:my-enquiry-list", {"visitor": 401, **DESK_WORKERS, ALL: 403}),
    row("api:my-enquiry-detail", ANSWERING, kwargs=ENQUIRY),
    row("api:my-enquiry-detail", {**ANSWERING, "own_producer": 404, "own_editor": 404}, kwargs=HELD),
    row("api:my-enquiry-messages", ANSWERING, kwargs=ENQUIRY),
    row("api:my-enquiry-messages", {**ANSWERING, "own_producer": 201, "own_editor": 201}, "POST", ENQUIRY,
        {"kind": "ask_quantity"}),
    row("api:my-enquiry-refuse", ANSWERING, "POST", ENQUIRY, {"reason": "capacity"}),
    row("api:my-enquiry-quote", {**ANSWERING, "own_producer": 400, "own_editor": 400}, "POST", ENQUIRY),
    row("api:my-enquiry-block", ANSWERING, "POST", ENQUIRY),
    row("api:my-enquiry-unblock", ANSWERING, "POST", ENQUIRY),
    row("api:my-enquiry-report", ANSWERING, "POST", ENQUIRY, {"reason": "spam"}),
    row("api:my-importer", OWN_OF_IMPORTER),
    row("api:my-importer", OWN_OF_IMPORTER, "PATCH", data={"version": 1, "buys_hs": []}),
    row("api:my-importer", {"visitor": 401, **dict.fromkeys(WITHOUT_COMPANY, 201), ALL: 409}, "POST",
        data={"company": "Batik Mojo Trading", "country": "ID"}),
    row("api:my-saved-product-list", OWN_OF_IMPORTER),
    row("api:my-saved-product-list", {**OWN_OF_IMPORTER, "importer": 201}, "POST", data={"product": "asking-sandals"}),
    row("api:my-saved-product-detail", {**OWN_OF_IMPORTER, "importer": 204}, "DELETE", {"slug": "=product.slug"}),
    row("api:my-saved-search-list", OWN_OF_IMPORTER),
    row("api:my-saved-search-list", {**OWN_OF_IMPORTER, "importer": 201}, "POST",
        data={"name": "Batik", "query": "q=batik"}),
    row("api:my-saved-search-detail", OWN_OF_IMPORTER, kwargs=SEARCH),
    row("api:my-saved-search-detail", OWN_OF_IMPORTER, "PATCH", SEARCH, {"frequency": "off"}),
    row("api:my-saved-search-detail", {**OWN_OF_IMPORTER, "importer": 204}, "DELETE", SEARCH),
    row("api:importer-list", staff_in_api(200, mission_other=200)),
    row("api:importer-detail", staff_in_api(200), kwargs=COMPANY),
    row("api:importer-verify", staff_in_api(200), "POST", COMPANY, {"note": "Seen.", "seen_version": 1}),
    row("api:importer-unverify", staff_in_api(409), "POST", COMPANY, {"why": "x"}),
    row("api:my-basket", {"visitor": 401, ALL: 200}),
    row("api:my-basket", {"visitor": 401, ALL: 200}, "PATCH", data={"destination_port": "Callao"}),
    row("api:my-basket-send", {"visitor": 401, ALL: 400}, "POST"),
    row("api:my-basket-line-list", {"visitor": 401, ALL: 201}, "POST", data={"product": "leather-sandals"}),
    row("api:my-basket-line-list", {"visitor": 401, ALL: 400}, "POST", data={"product": "no-such-product"}),
    row("api:my-basket-line-detail", {**OWN_LINE, "importer": 200}, "PATCH", BASKET_LINE, {"quantity": "7"}),
    row("api:my-basket-line-detail", {**OWN_LINE, "importer": 204}, "DELETE", BASKET_LINE),
    row("api:review-list", staff_in_api(200, mission_other=200)),
    row("api:review-detail", staff_in_api(200), kwargs=REVIEW),
    row("api:review-detail", staff_in_api(404), kwargs=DRAFT),
    row("api:review-claim", staff_in_api(200), "POST", REVIEW),
    row("api:my-history-list", {"visitor": 401, **DESK_WORKERS, ALL: 403}),
    row("api:review-release", staff_in_api(200, **CLAIMANT), "POST", IN_REVIEW),
    row("api:review-approve", staff_in_api(200, **CLAIMANT), "POST", IN_REVIEW, SEEN),
    row("api:review-request-changes", staff_in_api(200, **CLAIMANT), "POST", IN_REVIEW,
        {**SEEN, "requests": [{"field": "moq", "reason": "moq_missing", "comment": "Mohon isi."}]}),
    row("api:review-reject", staff_in_api(200, **CLAIMANT), "POST", IN_REVIEW, {**SEEN, "why": "Ganda."}),
    row("api:listing-list", staff_in_api(200), kwargs=CHILE),
    row("api:listing-detail", staff_in_api(200), kwargs=IN_CHILE),
    row("api:listing-offer", staff_in_api(200), "POST", ASKING),
    row("api:listing-decline", staff_in_api(200), "POST", ASKING, {"reason": "no_demand"}),
    row("api:listing-withdraw", staff_in_api(200), "POST", IN_CHILE),
    row("api:listing-promote", staff_in_api(200), "POST", IN_CHILE, {"until": None}),
    row("api:listing-rank", staff_in_api(200), "POST", IN_CHILE, {"rank": 3}),
    row("api:listing-reword", staff_in_api(200), "POST", IN_CHILE, {"pitch": {"es": "Cuero"}}),
    row("api:listing-propose", staff_in_api(200, mission_own=404, mission_other=200), "POST", TO_PROPOSE),
    row("api:market-clearance", 200, kwargs=IN_CHILE),
    row("api:rule-list", 200),
    row("api:rule-list", staff_in_api(201, mission_other=400), "POST", data=RULE),
    row("api:rule-detail", 200, kwargs={"pk": "=rule.pk"}),
    row("api:rule-detail", staff_in_api(200), "PATCH", {"pk": "=rule.pk"}, {"source_title": "Ley 2"}),
    row("api:rule-confirm", staff_in_api(200), "POST", {"pk": "=rule.pk"}),
    row("api:certificate-list", staff_in_api(200, mission_other=200)),
    row("api:certificate-detail", staff_in_api(200), kwargs=CERTIFICATE),
    row("api:certificate-file", staff_in_api(200), kwargs=CERTIFICATE),
    row("api:certificate-first-page", staff_in_api(200), kwargs={"pk": "=verified.pk"}),
    row("api:certificate-revoke", staff_in_api(200), "POST", {"pk": "=verified.pk"}, {"why": "Palsu."}),
    row("api:certificate-verify", staff_in_api(200), "POST", CERTIFICATE),
    row("api:certificate-reject", staff_in_api(200), "POST", CERTIFICATE, {"why": "Tidak terbaca."}),
]  # fmt: skip

HOOK = {"pk": "=webhook.pk"}
WEBHOOKS: list[Row] = [
    row("admin:webhook_secret", desk(OWN_STAFF), "GET", HOOK),
    row("admin:webhook_secret", desk(OWN_STAFF), "POST", HOOK),
    row("admin:webhook_pause", desk(ACTING), "POST", HOOK),
    row("admin:webhook_resume", desk(ACTING), "POST", {"pk": "=paused.pk"}),
    row("admin:webhook_ping", desk(ACTING), "POST", HOOK),
    row("admin:delivery_retry", desk(ACTING), "POST", {"pk": "=given_up.pk"}),
]

PUBLIC: list[Row] = [
    row("home", 200),
    row("product_list", 200),
    row("product_list", 405, "POST"),
    row("product_detail", 200, kwargs={"slug": "=product.slug"}),
    row("product_detail", 410, kwargs={"slug": "=retired.slug"}),
    row("product_detail", 404, kwargs={"slug": "=suspended.slug"}),
    row("product_detail", 404, kwargs={"slug": "=nowhere.slug"}),
    row("search_suggest", 200),
    row("producer_list", 200),
    row("producer_detail", 200, kwargs={"slug": "=producer.slug"}),
    row("producer_detail", 404, kwargs={"slug": "=nowhere.slug"}),
    row("producer_preview", DESK, kwargs={"pk": "=producer.pk"}),
    row("collection_detail", 200, kwargs={"slug": "=collection.slug"}),
    row("collection_detail", 410, kwargs={"slug": "=archived.slug"}),
    row("collection_detail", 404, kwargs={"slug": "=shared.slug"}),
    row("collection_preview", 200, kwargs={"token": "=preview_token"}),
    row("collection_preview_cover", 404, kwargs={"token": "=preview_token", "size": "640"}),
    row("market_list", 200),
    row("market_detail", 200, kwargs={"iso2": "=market.iso2"}),
    row("market_detail", 301, kwargs={"iso2": "cl"}),
    row("market_detail", 404, kwargs={"iso2": "ZZ"}),
    *(
        row(f"market_{name}", 200, kwargs={"iso2": "=market.iso2"})
        for name in ("feed", "catalogue_csv", "catalogue_jsonl")
    ),
    row("market_feed", 404, kwargs={"iso2": "ZZ"}),
    row("sitemap_index", 200),
    row("sitemap_section", 200, kwargs={"section": "products-es"}),
    row("sitemap_section", 404, kwargs={"section": "products-xx"}),
    row("robots", 200),
    row("security_txt", 200),
]

TABLE = [
    *PUBLIC, *ACCOUNTS, *EXPORTERS, *CATALOG, *MARKETS, *PROMOTION, *GUARDING, *INQUIRIES, *REQUESTS,
    *ENQUIRIES, *THREADS, *OVERSIGHT, *WEBHOOKS, *INAACCESS, *API,
]  # fmt: skip
