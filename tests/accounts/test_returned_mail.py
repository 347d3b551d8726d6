from __future__ import annotations

import datetime
import random

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import bounces, letter_choices, letters, returned_mail
from accounts.incoming_mail import MOST_BYTES
from accounts.models import Bounce, Letter
from tests.accounts.mails_that_come import answer, letter_to, notice, put
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory.create(language="en", email="siti@example.test")


def read(tmp_path, *mails):
    return returned_mail.read_folder(put(tmp_path, *mails))


class TestReturned:
    @pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
    def test_a_failure_for_good_is_noted_for_the_address_of_the_letter_and_no_other(self, tmp_path, person, returned):
        letter = letter_to(person)
        assert read(tmp_path, notice(letter, returned=returned)) == (1, 0, 0)
        bounce = Bounce.objects.get()
        assert (bounce.letter, bounce.address, bounce.is_permanent, bounce.status) == (
            letter, "siti@example.test", True, "5.1.1",
        )  # fmt: skip
        assert bounces.is_unreachable(person)

    def test_read_twice_it_counts_once_and_what_was_read_is_deleted(self, tmp_path, person):
        letter = letter_to(person)
        assert read(tmp_path, notice(letter)).returned == 1
        assert read(tmp_path) == (0, 0, 0)
        assert read(tmp_path, notice(letter), notice(letter)) == (0, 0, 2)
        assert Bounce.objects.count() == 1

    def test_three_letters_that_fail_for_the_moment_within_30_days_count_like_one_for_good(self, tmp_path, person):
        sent = [letter_to(person, f"e{number}") for number in range(3)]
        read(tmp_path, *(notice(letter, status="4.2.2", action="delayed") for letter in sent[:2]))
        read(tmp_path, notice(sent[0], status="4.2.2", action="failed"))
        assert not bounces.is_unreachable(person)
        read(tmp_path, notice(sent[2], status="4.4.1"))
        assert bounces.is_unreachable(person)
        Bounce.objects.filter(letter=sent[0]).update(at=timezone.now() - datetime.timedelta(days=31))
        assert not bounces.is_unreachable(person)

    @pytest.mark.parametrize(
        ("status", "action"),
        [
            ("2.0.0", "delivered"),
            ("5.1.1", "relayed"),
            ("5", "failed"),
            ("x", "failed"),
            ("5.1.1111", "failed"),
            ("", "failed"),
        ],
    )
    def test_what_is_no_failure_is_none(self, tmp_path, person, status, action):
        assert read(tmp_path, notice(letter_to(person), status=status, action=action)) == (0, 0, 1)
        assert not Bounce.objects.exists()

    def test_a_notice_with_a_message_id_that_we_did_not_sign_moves_nothing(self, tmp_path, person):
        letter = letter_to(person)
        forged = notice(letter).replace(f"letter-{letter.pk}-".encode(), f"letter-{letter.pk + 1}-".encode())
        assert read(tmp_path, forged) == (0, 0, 1) and not Bounce.objects.exists()


class TestUnreachable:
    def test_what_may_be_left_out_is_not_sent_any_more_and_the_rest_is(self, person):
        bounces.note(letter_to(person), status="5.1.1")
        letters.write("translation_written", event="new", to=[person], context={"revision": "x", "fields": []})
        letters.write("account/password_changed", event="pw", to=[person], context={})
        assert Letter.objects.get(event="new").state == "stopped"
        assert Letter.objects.get(event="pw").state == "waiting"

    def test_what_waits_already_stops_too(self, person):
        letter_to(person, "waiting", state="waiting")
        letter_to(person, "held", state="held")
        letter_to(person, "account", kind="account", state="waiting")
        bounces.note(letter_to(person), status="5.1.1")
        states = dict(Letter.objects.values_list("event", "state"))
        assert states == {"waiting": "stopped", "held": "stopped", "account": "waiting", "e": "sent"}

    def test_another_address_of_the_same_person_is_reachable(self, person):
        bounces.note(letter_to(person), status="5.1.1")
        person.email = "new@example.test"
        person.save()
        letters.write("translation_written", event="new", to=[person], context={"revision": "x", "fields": []})
        assert Letter.objects.get(event="new").state == "waiting"

    def test_who_wants_none_is_not_counted_as_unreachable(self, person):
        letter_choices.choose(person, {"reviews": "never"})
        bounces.note(letter_to(person), status="5.1.1")
        letters.write("translation_written", event="new", to=[person], context={"revision": "x", "fields": []})
        assert Letter.objects.get(event="new").state == "unwanted"


class TestAnswers:
    def test_a_person_is_told_kindly_once_a_day(self, tmp_path, person):
        letter = letter_to(person, thread="enquiry:41", page="https://ina.example/en/enquiries/41/")
        assert read(tmp_path, answer(letter), answer(letter)) == (0, 1, 1)
        told = Letter.objects.get(event__startswith="mail_refused:")
        assert (told.address, told.recipient, told.language) == ("siti@example.test", None, "en")
        assert "https://ina.example/en/enquiries/41/" in told.body and "Nobody reads" in told.body
        Letter.objects.filter(pk=told.pk).update(event=told.event[:-1] + "x")
        assert read(tmp_path, answer(letter)).answered == 1

    def test_forged_senders_make_one_letter_write_to_three_at_most(self, tmp_path, person):
        letter = letter_to(person)
        forged = [answer(letter, sender=f"victim{number}@x.test") for number in range(9)]
        assert read(tmp_path, *forged) == (0, 3, 6)

    def test_without_a_page_of_the_letter_it_leads_to_the_site(self, tmp_path, person, settings):
        read(tmp_path, answer(letter_to(person)))
        assert f"{settings.SITE_URL}/en/desk/" in Letter.objects.get(event__startswith="mail_refused:").body

    @pytest.mark.parametrize(
        "more",
        [
            "Auto-Submitted: auto-replied\n",
            "Auto-Submitted: auto-generated (holiday)\n",
            "Precedence: bulk\n",
            "Precedence: list\n",
            "List-Id: <fans.example.test>\n",
            "List-Unsubscribe: <mailto:x@y.test>\n",
            "X-Auto-Response-Suppress: All\n",
            "X-Loop: somewhere\n",
        ],
    )
    def test_robots_and_lists_get_no_answer(self, tmp_path, person, more):
        assert read(tmp_path, answer(letter_to(person), more=more)) == (0, 0, 1)
        assert not Letter.objects.filter(event__startswith="mail_refused:").exists()

    @pytest.mark.parametrize(
        "sender",
        [
            "",
            "mailer-daemon@mx.test",
            "postmaster@mx.test",
            "no-reply@x.test",
            "noreply@inaaccess.example",
            "x",
            "a@b\x00.test",
        ],
    )
    def test_nor_do_senders_that_are_none(self, tmp_path, person, sender):
        assert read(tmp_path, answer(letter_to(person), sender=sender)) == (0, 0, 1)

    def test_a_mail_that_answers_no_letter_of_ours_gets_none(self, tmp_path, person):
        letter = letter_to(person)
        stranger = answer(letter).replace(f"letter-{letter.pk}-".encode(), b"letter-9-")
        assert read(tmp_path, stranger) == (0, 0, 1)

    def test_an_answer_to_the_answer_gets_none(self, tmp_path, person):
        read(tmp_path, answer(letter_to(person)))
        told = Letter.objects.get(event__startswith="mail_refused:")
        assert read(tmp_path, answer(told, sender="other@example.test")) == (0, 0, 1)

    def test_the_answer_says_that_a_program_wrote_it(self, tmp_path, person, mailoutbox):
        read(tmp_path, answer(letter_to(person)))
        letters.send_due()
        assert mailoutbox[0].message()["Auto-Submitted"] == "auto-replied"
        assert mailoutbox[0].to == ["siti@example.test"]

    def test_S24_no_head_of_theirs_gets_into_ours(self, tmp_path, person, mailoutbox):
        evil = answer(letter_to(person), sender="siti@example.test").replace(
            b"From: Siti <siti@example.test>", b"From: =?utf-8?q?x=0D=0ABcc:_v@evil.test?= <siti@example.test>"
        )
        read(tmp_path, evil)
        letters.send_due()
        assert mailoutbox[0].recipients() == ["siti@example.test"] and "Bcc" not in mailoutbox[0].message()


def nested(depth: int) -> bytes:
    heads = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return heads.encode() + b"text\n"


HOSTILE = {
    "empty": b"",
    "only nul": b"\0" * 5000,
    "no head": b"\n\n\n\n",
    "huge": b"Subject: x\n\n" + b"x" * (MOST_BYTES + 10),
    "huge head": b"Subject: " + b"x" * 400_000 + b"\n\n",
    "many heads": b"X-A: b\n" * 60_000,
    "many lines": b"In-Reply-To: <x>\n\n" + b"\n" * 400_000,
    "deep": nested(50),
    "too deep": nested(3000),
    "many references": b"From: a@b.test\nReferences: " + b"<letter-1-aaaaaaaaaaaaaaaaaaaaaaaa@x> " * 9000 + b"\n\n",
    "bad charset": b"From: =?no-such?q?=FF?= <a@b.test>\nIn-Reply-To: =?utf-8?b?////?=\n\nx",
    "bad bytes": b"From: \xff\xfe <a@b.test>\nIn-Reply-To: \xff\nSubject: \x80\x81\n\n\xff",
    "bad boundary": b"Content-Type: multipart/report; boundary=\n\n--\n--\n",
    "report of nothing": b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x--\n",
    "status as text": b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n////\n",
    "returned as base64": b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n!!!!\n",
    "group as sender": b"From: friends: a@b.test, c@d.test;\nIn-Reply-To: <x>\n\n",
    "many parameters": b"Content-Type: text/plain" + b"; a*0*=x" * 3000 + b"\n\nx",
    "comments": b"From: " + b"(" * 5000 + b" a@b.test\nIn-Reply-To: <x>\n\n",
    "quotes": b'From: "' + b"\\" * 3001 + b" <a@b.test>\nIn-Reply-To: <x>\n\n",
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_is_let_be_and_the_next_one_is_read(tmp_path, person, name):
    assert read(tmp_path, HOSTILE[name], notice(letter_to(person))) == (1, 0, 1)


def test_mails_changed_at_random_never_stop_the_reading(tmp_path, person):
    luck = random.Random(2026)  # the same each time
    letter = letter_to(person)
    mails = []
    for _number in range(300):
        data = bytearray(luck.choice([notice(letter), answer(letter)]))
        for _change in range(luck.randrange(1, 40)):
            data[luck.randrange(len(data))] = luck.randrange(256)
        mails.append(bytes(data[: luck.randrange(len(data))] if luck.random() < 0.3 else data))
    assert sum(read(tmp_path, *mails)) == 300
    assert set(Bounce.objects.values_list("address", flat=True)) <= {"siti@example.test"}


def test_when_the_database_fails_the_mail_stays(tmp_path, person, monkeypatch):
    folder = put(tmp_path, notice(letter_to(person)))

    def fail(*_args, **_rest):
        raise RuntimeError("no database")

    with monkeypatch.context() as broken:
        broken.setattr("accounts.bounces.note", fail)
        with pytest.raises(RuntimeError):
            returned_mail.read_folder(folder)
    assert returned_mail.read_folder(folder).returned == 1


class TestCommand:
    def test_it_says_what_it_read(self, tmp_path, person, capsys):
        call_command("read_mailbox", str(put(tmp_path, notice(letter_to(person)), b"")))
        assert capsys.readouterr().out.splitlines() == ["returned: 1", "answered: 0", "ignored: 1"]

    def test_it_says_when_there_is_no_folder(self, tmp_path):
        with pytest.raises(CommandError):
            call_command("read_mailbox", str(tmp_path / "nowhere"))

    def test_no_more_than_a_thousand_at_once(self, tmp_path, monkeypatch):
        folder = put(tmp_path, *[b""] * 12)
        assert returned_mail.read_folder(folder, most=10).ignored == 10
        assert returned_mail.read_folder(folder).ignored == 2
