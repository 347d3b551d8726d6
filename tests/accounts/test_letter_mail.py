from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail

from accounts import letters
from accounts.letter_kinds import ABOUT, TEMPLATES, kind_of
from accounts.letter_mail import letter_of, message_id
from accounts.models import Letter, LetterKind
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.BASE_DIR, "templates/mails")
TEMPLATE_NAMES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("[!_]*.txt"))
OF_THE_READER = {"email_changed.txt": {"to_email", "from_email"}}


def write(
    event: str = "e1", *, kind: str = LetterKind.REVIEWS, body: str = "", thread: str = "", **more: Any
) -> Letter:
    person = more.pop("recipient", None) or UserFactory.create(language="en")
    body = body or f"Good day,\n\nLook:\n{settings.SITE_URL}/en/desk/"
    letters.post(
        person.email, subject="News", body=body, event=event, language="en", kind=kind, recipient=person, thread=thread
    )
    return Letter.objects.get(event=event, address=person.email)


def sent() -> Any:
    letters.send_due()
    return mail.outbox[-1]


def html_of(message: Any) -> str:
    return str(message.alternatives[0][0])


def test_a_letter_is_text_and_html_of_the_same_words_and_only_its_text_was_kept():
    letter = write(body=f"Good day,\n\nWe ask you:\n- <b>Price</b> & port\n\nLook:\n{settings.SITE_URL}/en/desk/")
    assert "<p" not in letter.body
    message = sent()
    assert [part.get_content_type() for part in message.message().walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    html = html_of(message)
    assert "&lt;b&gt;Price&lt;/b&gt; &amp; port" in html and "<b>Price</b> & port" in message.body
    assert re.search(rf'<a class="button"\s+href="{re.escape(settings.SITE_URL)}/en/desk/"', html) and "<li" in html
    assert '<html lang="en">' in html


def test_S24_the_html_loads_nothing_from_elsewhere_and_runs_nothing():
    write(body='<img src="https://evil.test/x.png"> https://evil.test/ <script>alert(1)</script>')
    html = html_of(sent())
    assert not re.search(r"<(img|link|script|iframe|object)\b|url\(|@import", html)
    assert all(link.startswith(settings.SITE_URL) for link in re.findall(r'href="([^"]*)"', html))


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_foot_speaks_the_readers_language(language):
    person = UserFactory.create(language=language)
    letters.post(
        person.email, subject="s", body="b", event="e", language=language, kind=LetterKind.REVIEWS, recipient=person
    )
    message = sent()
    assert f'<html lang="{language}">' in html_of(message) and f"/{language}/account/letters/" in message.body


def test_answers_and_returned_letters_go_to_the_address_that_nobody_reads(settings):
    settings.NO_REPLY_EMAIL = "nobody@inaaccess.example"
    write()
    message = sent()
    assert message.reply_to == [message.from_email] == ["nobody@inaaccess.example"]
    assert message.message()["From"] == settings.DEFAULT_FROM_EMAIL
    assert message.message()["Auto-Submitted"] == "auto-generated"


class TestThread:
    def test_letters_of_a_thread_name_its_first_one_to_the_same_reader(self):
        person, other = UserFactory.create(), UserFactory.create()
        write("other", recipient=other, thread="enquiry:41")
        first = write("first", recipient=person, thread="enquiry:41")
        write("second", recipient=person, thread="enquiry:41")
        write("third", recipient=person, thread="enquiry:41")
        letters.send_due()
        heads = [message.message() for message in mail.outbox if message.to == [person.email]]
        assert "In-Reply-To" not in heads[0] and "References" not in heads[0]
        for head in heads[1:]:
            assert head["In-Reply-To"] == head["References"] == message_id(first) == heads[0]["Message-ID"]
        assert len({head["Message-ID"] for head in heads}) == 3

    def test_another_thread_and_no_thread_stand_alone(self):
        person = UserFactory.create()
        for event, thread in (("a", "enquiry:1"), ("b", "enquiry:2"), ("c", ""), ("d", "")):
            write(event, recipient=person, thread=thread)
        letters.send_due()
        assert not any("References" in message.message() for message in mail.outbox)

    def test_a_letter_that_was_never_mailed_is_no_root(self):
        person = UserFactory.create()
        write("gathered", recipient=person, thread="enquiry:1")
        Letter.objects.update(state="gathered")
        write("sent", recipient=person, thread="enquiry:1")
        assert "References" not in sent().message() and len(mail.outbox) == 1

    def test_the_writer_names_the_thread_and_the_page_is_kept(self):
        person = UserFactory.create(language="en")
        letters.write("account_sleeps", event="e", to=[person], context={"last_day": None}, thread="enquiry:41")
        letter = Letter.objects.get()
        assert letter.thread == "enquiry:41" and letter.page == f"{settings.SITE_URL}/en/account/login/"


class TestMessageId:
    def test_our_own_is_known_again(self):
        letter = write()
        assert letter_of(f"<x@y.test> {message_id(letter)}") == letter

    @pytest.mark.parametrize(
        "forged",
        [
            "",
            "<letter-1-20260101@inaaccess.example>",
            f"<letter-{{pk}}-{'0' * 24}@x.test>",
            f"letter-{'9' * 40}-{'a' * 24}@x",
        ],
    )
    def test_one_that_we_did_not_sign_is_nobodys(self, forged):
        assert letter_of(forged.format(pk=write().pk)) is None


class TestWaysToGetFewer:
    def test_a_kind_that_may_be_left_out_carries_its_link_in_head_and_foot(self):
        write(kind=LetterKind.REVIEWS)
        message = sent()
        link = message.message()["List-Unsubscribe"].strip().strip("<>")
        assert link.startswith(f"{settings.SITE_URL}/en/letters/stop/") and link in message.body
        assert message.message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message.body.count("\n-- \n") == 1

    def test_letters_about_the_account_carry_none(self):
        write(kind=LetterKind.ACCOUNT)
        message = sent()
        assert "List-Unsubscribe" not in message.message() and "letters/stop" not in message.body

    def test_nor_does_one_to_somebody_without_an_account(self):
        letters.post("x@y.test", subject="s", body="b", event="e", language="en", kind=LetterKind.ENQUIRIES)
        assert "List-Unsubscribe" not in sent().message()


@pytest.mark.parametrize("template", TEMPLATE_NAMES)
def test_every_letter_has_a_kind(template):
    named = [kind for kind, patterns in TEMPLATES.items() if any(fnmatchcase(template, one) for one in patterns)]
    assert named and kind_of(template) == named[0]


def test_security_and_account_can_never_be_switched_off():
    assert LetterKind.ACCOUNT not in ABOUT and kind_of("account/password_changed") == LetterKind.ACCOUNT
    assert kind_of("nobody_named_it") == LetterKind.ACCOUNT


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.txt")), ids=lambda path: path.stem)
def test_no_letter_tells_the_address_or_telephone_of_somebody_else(path):
    said = " ".join(re.findall(r"\{[{%](.*?)[}%]\}", re.sub(r'"[^"]*"', "", path.read_text())))
    told = set(re.findall(r"[\w.]*(?:email|phone|address|npwp|nib)\b", said))
    assert told <= {"recipient.email"} | OF_THE_READER.get(path.name, set())
