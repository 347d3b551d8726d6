import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from catalog import content
from catalog.models import CannedComment, ChangeRequest, ChecklistItem, Decision
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client):
    user = make.UserFactory(ministry=True, name="Rina", language="en")
    client.force_login(user)
    return user


@pytest.fixture
def revision(reviewer):
    """Claimed by the reviewer; its producer reads Indonesian."""
    found = make.RevisionFactory(in_review=True, claimed_by=reviewer, target_markets=["CL"])
    make.MembershipFactory(producer=found.product.producer, user__language="id")
    return found


@pytest.fixture
def comment():
    return CannedComment.objects.create(
        code="blurred",
        reason="photo_unclear",
        about=["photos"],
        name={"en": "Cover is blurred", "id": "Foto sampul buram"},
        text={"en": "Please send a sharp one.", "id": "Mohon unggah yang tajam.", "es": "Suba una nítida."},
    )


def address(revision):
    return reverse("admin:review_revision", args=[revision.pk])


def send(client, revision, decision, **fields):
    return client.post(address(revision), {"do": decision, "seen_version": revision.version, **fields})


def asking(**fields):
    return {f"{part}-photos": value for part, value in {"verdict": "ask", **fields}.items()}


# --- canned comments ---------------------------------------------------------------------------


def test_a_comment_is_offered_in_the_reviewers_words_only_where_it_suits(client, revision, comment):
    form = client.get(address(revision)).context["form"]
    assert ("blurred", "Cover is blurred") in form.fields["canned-photos"].choices
    assert [code for code, _name in form.fields["canned-moq"].choices] == [""]


def test_choosing_one_stands_for_reason_and_comment_in_the_producers_language(client, revision, comment):
    send(client, revision, "request_changes", **asking(canned="blurred"))
    asked = ChangeRequest.objects.get()
    assert (asked.reason, asked.comment) == ("photo_unclear", "Mohon unggah yang tajam.")


@pytest.mark.parametrize(("language", "text"), [("es", "Suba una nítida."), ("pt-br", "Please send a sharp one.")])
def test_a_producer_without_that_language_reads_english(client, revision, comment, language, text):
    revision.product.producer.members.update(language=language)
    send(client, revision, "request_changes", **asking(canned="blurred"))
    assert ChangeRequest.objects.get().comment == text


def test_what_was_typed_goes_before_what_was_chosen(client, revision, comment):
    typed = asking(canned="blurred", reason="other", comment="Foto ketiga terbalik.")
    send(client, revision, "request_changes", **typed)
    asked = ChangeRequest.objects.get()
    assert (asked.reason, asked.comment) == ("other", "Foto ketiga terbalik.")


def test_one_that_is_not_offered_any_more_is_refused_and_nothing_is_lost(client, revision, comment):
    CannedComment.objects.update(is_offered=False)
    response = send(client, revision, "request_changes", **asking(canned="blurred", comment="Foto terbalik."))
    assert response.status_code == 422 and "Foto terbalik." in response.content.decode()


def test_a_comment_on_a_field_that_is_fine_is_not_sent(client, revision, comment):
    response = send(client, revision, "request_changes", **{"verdict-photos": "fine", "canned-photos": "blurred"})
    assert response.status_code == 422 and not ChangeRequest.objects.exists()


def test_the_ministry_edits_comments_and_missions_read_them(client, reviewer, comment):
    change = reverse("admin:catalog_cannedcomment_change", args=[comment.pk])
    page = client.get(change).content.decode()
    assert "Please send a sharp one." in page and 'name="about" value="photos"' in page
    make.MissionStaffFactory(user__email="rina@example.test")
    client.force_login(make.MissionStaffFactory().user)
    assert client.get(change).status_code == 200
    assert client.post(change, {"code": "x"}).status_code == 403


# --- the checklist -----------------------------------------------------------------------------


@pytest.fixture
def checklist(revision):
    ChecklistItem.objects.create(code="real", text={"en": "Photos are real"}, position=1)
    parent = revision.category.parent
    ChecklistItem.objects.create(code="sizes", category=parent, text={"en": "Sizes are given"}, position=2)
    ChecklistItem.objects.create(code="old", text={"en": "Not asked any more"}, is_asked=False)
    elsewhere = make.CategoryFactory(slug="food-snacks", name={"en": "Food"}, parent=None)
    ChecklistItem.objects.create(code="label", category=elsewhere, text={"en": "Label"})


def test_a_category_asks_what_all_and_what_the_shelf_above_asks(client, revision, checklist):
    form = client.get(address(revision)).context["form"]
    assert form.fields["checked"].choices == [("real", "Photos are real"), ("sizes", "Sizes are given")]


@pytest.mark.parametrize("decision", ["approve", "request_changes", "reject"])
def test_the_ticks_are_kept_with_the_decision_in_the_audit_trail(client, revision, checklist, decision):
    more = {"why": "Dilarang.", **asking(reason="other", comment="Mohon ganti.")} if decision != "approve" else {}
    assert send(client, revision, decision, checked=["real"], **more).status_code == 302
    trail = AuditEntry.objects.filter(object_type="catalog.productrevision", object_id=str(revision.pk))
    ticked, decided = trail.order_by("pk")
    assert (ticked.verb, ticked.why) == ("check", "[x] Photos are real\n[ ] Sizes are given")
    assert (decided.verb, decided.by) == (decision, ticked.by)


def test_ticks_decide_nothing_and_without_one_nothing_is_kept(client, revision, checklist):
    assert send(client, revision, "approve").status_code == 302
    assert not AuditEntry.objects.filter(verb="check").exists()


def test_a_refused_decision_keeps_its_ticks_on_the_page_and_none_in_the_trail(client, revision, checklist):
    response = send(client, revision, "request_changes", checked=["sizes"])
    assert response.status_code == 422
    assert response.context["form"]["checked"].value() == ["sizes"]
    assert not AuditEntry.objects.filter(object_type="catalog.productrevision").exists()


# --- rounds, neighbours, what changed ----------------------------------------------------------


def test_each_round_is_kept_with_the_hand_in_that_it_answered(client, revision, reviewer):
    began = timezone.now() - datetime.timedelta(days=3)
    type(revision).objects.update(submitted_at=began)
    send(client, revision, "request_changes", **asking(reason="other", comment="Mohon ganti."))
    revision.refresh_from_db()
    revision.submit(by=make.UserFactory())
    revision.claim(by=reviewer)
    send(client, revision, "approve")
    rounds = list(Decision.objects.order_by("pk"))
    assert [one.outcome for one in rounds] == ["request_changes", "approve"]
    assert rounds[0].submitted_at == began and rounds[1].submitted_at > began
    assert rounds[0].by == reviewer


def test_a_refused_decision_is_no_round(client, revision):
    client.post(address(revision), {"do": "approve", "seen_version": 99})
    assert not Decision.objects.exists()


def test_previous_and_next_keep_to_the_filters_of_the_queue(client, reviewer, revision):
    def waiting(days, title):
        moment = timezone.now() - datetime.timedelta(days=days)
        return make.RevisionFactory(submitted=True, submitted_at=moment, title={"en": title})

    older, _other, newer = waiting(3, "Batik bag"), waiting(2, "Chips"), waiting(-1, "Batik cap")
    around = client.get(f"{address(revision)}?q=batik&view=all").context["neighbours"]
    assert around.previous == older and around.next == newer
    assert around.next_url == f"{address(newer)}?view=all&q=batik"
    assert around.queue_url == reverse("admin:review_queue") + "?view=all&q=batik"


def test_the_answer_to_a_request_tells_what_was_done_left_and_changed_beside(client, revision, reviewer):
    revision.content_at_request = content.snapshot(revision)
    for name in ("moq", "title"):
        revision.change_requests.create(field=name, reason="other", comment="Mohon ganti.", version=1, by=reviewer)
    revision.moq, revision.lead_time_days = 99, 7
    revision.save()
    response = client.get(address(revision))
    since = response.context["since"]
    assert [field.row.field for field in since.answered] == ["moq"]
    assert [field.row.field for field in since.untouched] == ["title"]
    assert [field.row.field for field in since.unasked] == ["lead_time_days"]
    assert "Changed since the request, without being asked" in response.content.decode()


def test_claiming_at_the_page_leads_back_to_it(client, reviewer):
    waiting = make.RevisionFactory(submitted=True)
    response = client.post(f"{address(waiting)}?view=mine", {"do": "claim"})
    assert response.status_code == 302 and response["Location"] == f"{address(waiting)}?view=mine"
