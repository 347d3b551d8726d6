"""S7: a passkey from the set-up to the desk, in Chromium with an authenticator of its own (WebAuthn over CDP)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import OpenPage
from tests.browser.site import Site
from tests.factories import UserFactory
from tests.security.second_factors import PASSWORD, factors_of, with_password

FINGERPRINT_READER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
CANCELLED = "That did not work, or it was cancelled. Try again."
NOT_RECOGNISED = "That passkey was not recognised. Try again."
DESK = "/admin/"


class Reader:
    """The fingerprint reader of the page's computer."""

    def __init__(self, page: Page) -> None:
        self.cdp: Any = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        self.id = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": FINGERPRINT_READER})["authenticatorId"]

    def tell(self, command: str, **more: Any) -> None:
        """A command of Chrome's WebAuthn domain about this reader."""
        self.cdp.send(f"WebAuthn.{command}", {"authenticatorId": self.id, **more})

    def lies(self, *, lies: bool) -> None:
        """Answers with a signature of nothing."""
        self.tell("setResponseOverrideBits", isBogusSignature=lies)

    def knows_the_finger(self, *, knows: bool) -> None:
        """Recognises its person, or not."""
        self.tell("setUserVerified", isUserVerified=knows)


class Worker:
    """Somebody of the ministry, where a second factor is required, at a computer with a fingerprint reader."""

    def __init__(self, page: Page, site: Site, user: User) -> None:
        self.page, self.site, self.user, self.reader = page, site, user, Reader(page)

    def opens(self, name: str, *args: object) -> None:
        self.page.goto(self.site.address(name, *args))

    def sees(self, name: str) -> None:
        expect(self.page).to_have_url(self.site.address(name))

    def is_at_the_desk(self) -> None:
        expect(self.page).to_have_url(self.site.url + DESK)

    def presses(self, text: str, *, and_goes_on: bool = True) -> None:
        button = self.page.get_by_role("button", name=text, exact=True)
        if not and_goes_on:
            return button.click()
        with self.page.expect_navigation():
            button.click()

    def reads(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=True)).to_be_visible()

    def gives_the_password(self) -> None:
        self.opens("account_login")
        self.page.locator("[name=login]").fill(self.user.email)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.presses("Sign in")

    def says_again_who_it_is(self) -> None:
        self.sees("account_reauthenticate")
        self.page.locator("[name=password]").fill(PASSWORD)
        self.presses("Go on")

    def begins_to_add(self) -> None:
        self.page.get_by_role("link", name="Add a passkey").click()
        self.page.locator("[name=password]").or_(self.page.get_by_label("Name")).wait_for()
        if self.page.locator("[name=password]").count():
            self.page.locator("[name=password]").fill(PASSWORD)
            self.presses("Go on")
        self.page.get_by_label("Name").fill("Office laptop")

    def sets_up_a_passkey(self) -> None:
        self.gives_the_password()
        self.sees("mfa_index")
        self.begins_to_add()
        self.presses("Add a passkey")
        self.sees("mfa_view_recovery_codes")

    def signs_out(self) -> None:
        self.page.goto(self.site.url + DESK)
        self.presses("Sign out")


@pytest.fixture
def named(site: Site) -> Site:
    """The same site by a name: no browser makes a passkey for an address that is a number."""
    return Site(site.url.replace("127.0.0.1", "localhost"))


@pytest.fixture
def worker(open_page: OpenPage, named: Site, settings: Any) -> Worker:
    settings.STAFF_MFA = True
    cache.clear()  # the tries of the tests before
    return Worker(open_page(base_url=named.url), named, with_password(UserFactory(ministry=True)))


def test_S7_a_passkey_from_the_set_up_to_the_desk_and_its_end(worker: Worker):
    worker.sets_up_a_passkey()
    expect(worker.page.locator("main code")).to_have_count(10)
    assert factors_of(worker.user) == {"webauthn", "recovery_codes"}
    worker.signs_out()
    worker.gives_the_password()
    worker.sees("mfa_authenticate")
    worker.presses("Use a passkey")
    worker.is_at_the_desk()

    worker.opens("mfa_list_webauthn")
    worker.page.get_by_role("link", name=re.compile("^Remove")).click()
    worker.page.get_by_role("link", name="Use a passkey instead").click()
    worker.presses("Use a passkey")
    worker.presses("Remove")
    worker.sees("mfa_index")
    worker.reads("The passkey is removed.")
    assert factors_of(worker.user) == set()
    worker.page.goto(worker.site.url + DESK)
    worker.sees("mfa_index")


def test_S7_a_passkey_that_may_do_so_signs_in_alone_and_stands_for_both_factors(worker: Worker):
    worker.gives_the_password()
    worker.begins_to_add()
    worker.page.get_by_label("Sign in with it alone, without the password").check()
    worker.presses("Add a passkey")
    worker.signs_out()
    worker.opens("account_login")
    worker.presses("Sign in with a passkey")
    worker.is_at_the_desk()

    worker.signs_out()
    worker.opens("account_login")
    worker.reader.knows_the_finger(knows=False)
    worker.presses("Sign in with a passkey", and_goes_on=False)
    worker.reads(CANCELLED)
    worker.reader.knows_the_finger(knows=True)
    worker.reader.lies(lies=True)
    worker.presses("Sign in with a passkey")
    worker.sees("account_login")
    worker.reads(NOT_RECOGNISED)


def test_S7_a_wrong_or_cancelled_passkey_after_the_password_is_told_and_tried_again(worker: Worker):
    worker.sets_up_a_passkey()
    worker.signs_out()
    worker.gives_the_password()
    worker.reader.lies(lies=True)
    worker.presses("Use a passkey")
    worker.reads(NOT_RECOGNISED)
    worker.reader.lies(lies=False)
    worker.reader.knows_the_finger(knows=False)
    worker.presses("Use a passkey", and_goes_on=False)
    worker.reads(CANCELLED)
    worker.reader.knows_the_finger(knows=True)
    worker.presses("Use a passkey")
    worker.is_at_the_desk()


def test_S7_a_session_from_before_passes_by_the_passkey_and_goes_where_it_wanted(worker: Worker):
    worker.sets_up_a_passkey()
    worker.page.context.clear_cookies()
    worker.site.sign_in(worker.page.context, worker.user)
    worker.page.goto(worker.site.url + "/admin/markets/market/")
    worker.reader.lies(lies=True)
    worker.presses("Use a passkey")
    worker.reads(NOT_RECOGNISED)
    worker.reader.lies(lies=False)
    worker.presses("Use a passkey")
    expect(worker.page).to_have_url(worker.site.url + "/admin/markets/market/")


def test_S7_the_same_device_is_not_set_up_twice(worker: Worker):
    worker.sets_up_a_passkey()
    worker.opens("mfa_index")
    worker.begins_to_add()
    worker.presses("Add a passkey", and_goes_on=False)
    worker.reads("This device has a passkey for your account already.")


def test_S7_at_an_address_without_a_name_the_page_says_what_to_do(site: Site, open_page: OpenPage, settings: Any):
    settings.STAFF_MFA = True
    cache.clear()
    worker = Worker(open_page(), site, with_password(UserFactory(ministry=True)))
    worker.gives_the_password()
    worker.begins_to_add()
    worker.presses("Add a passkey", and_goes_on=False)
    expect(worker.page.locator("[data-passkey-said]")).to_contain_text("Open it by its name")


def test_S7_a_browser_without_passkeys_says_so_before_anybody_tries(worker: Worker):
    worker.page.add_init_script("delete window.PublicKeyCredential")
    worker.gives_the_password()
    worker.begins_to_add()
    expect(worker.page.locator("[data-passkey-said]")).to_contain_text("This browser has no passkeys.")
    worker.presses("Add a passkey")
    expect(worker.page.locator("[data-errors]")).to_contain_text("Your browser sent no passkey.")
    assert factors_of(worker.user) == set()
