"""A webhook on the desk: set, given its secret, tested, switched on and paused."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.workflow import Refused, TransitionNotAllowed
from tests import factories as make
from webhooks import sending
from webhooks.models import Delivery, Webhook

pytestmark = pytest.mark.django_db
ADD = "admin:webhooks_webhook_add"


@pytest.fixture
def keeper(client):
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    client.force_login(post.user)
    return post


def form(**changed):
    return {"name": "Buletin", "address": "https://hooks.sandal.cl/ina", "events": ["listing.listed"], **changed}


def test_staff_set_it_and_get_its_secret_once(client, keeper):
    answer = client.post(reverse(ADD), form(mission=keeper.mission.pk))
    hook = Webhook.objects.get()
    assert answer["Location"] == reverse("admin:webhook_secret", args=[hook.pk])
    assert (hook.state, hook.made_by, hook.mission, hook.events) == (
        "paused", keeper.user, keeper.mission, ["listing.listed"],
    )  # fmt: skip

    shown = client.post(answer["Location"])
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", shown.content.decode())
    hook.refresh_from_db()
    assert secret is not None and secret[0] == hook.secret() and secret[0] not in hook.sealed_secret
    assert "no-store" in shown["Cache-Control"]
    for page in (answer["Location"], reverse("admin:webhooks_webhook_change", args=[hook.pk])):
        assert secret[0] not in client.get(page).content.decode()
    assert not AuditEntry.objects.filter(to_state__contains="whsec").exists()


def test_a_mission_sets_it_for_itself_only(client, keeper):
    elsewhere = make.MissionFactory(code="KBRI-BSB")
    for mission in ("", elsewhere.pk):
        assert client.post(reverse(ADD), form(mission=mission)).status_code == 200
    assert not Webhook.objects.exists()


def test_sent_twice_there_is_one(client, keeper):
    for _time in range(2):
        answer = client.post(reverse(ADD), form(mission=keeper.mission.pk))
    assert "is told already" in answer.content.decode() and Webhook.objects.count() == 1


def test_one_address_is_told_once_for_all_markets():
    make.WebhookFactory(address="https://hooks.sandal.cl/ina")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.WebhookFactory(address="https://hooks.sandal.cl/ina")


def test_the_ministry_may_leave_the_mission_open(client):
    client.force_login(make.UserFactory(ministry=True))
    client.post(reverse(ADD), form(mission=""))
    assert Webhook.objects.get().mission is None


@pytest.mark.parametrize(
    "wrong",
    [{"address": "http://hooks.sandal.cl/"}, {"address": "https://10.0.0.1/"}, {"events": ["x.y"]}, {"events": []}],
)
def test_a_wrong_value_is_refused_and_what_was_typed_stays(client, keeper, wrong):
    answer = client.post(reverse(ADD), form(mission=keeper.mission.pk, **wrong))
    assert answer.status_code == 200 and "Buletin" in answer.content.decode() and not Webhook.objects.exists()


def test_editing_it_leaves_its_state_and_secret_alone(client, keeper):
    hook = make.WebhookFactory(active=True, mission=keeper.mission)
    page = reverse("admin:webhooks_webhook_change", args=[hook.pk])
    client.post(page, form(mission=keeper.mission.pk, name="Warta", state="paused"))
    changed = Webhook.objects.get()
    assert (changed.name, changed.state, changed.sealed_secret) == ("Warta", "active", hook.sealed_secret)
    assert "name: Warta" in AuditEntry.objects.get(verb="change").to_state


def test_its_buttons_are_what_is_possible_now(client, keeper):
    def labels(hook):
        page = client.get(reverse("admin:webhooks_webhook_change", args=[hook.pk])).content.decode()
        return [name for name in ("resume", "pause", "ping", "secret") if f"/webhooks/{hook.pk}/{name}/" in page]

    assert labels(make.WebhookFactory(mission=keeper.mission)) == ["secret"]
    hook = make.WebhookFactory(active=True, mission=keeper.mission)
    assert labels(hook) == ["pause", "ping", "secret"]
    hook.pause(by=keeper.user)
    assert labels(hook) == ["resume", "ping", "secret"]


def test_without_a_secret_it_is_neither_switched_on_nor_tested(keeper):
    hook = make.WebhookFactory()
    for verb in (hook.resume, hook.ping):
        with pytest.raises(Refused) as refusal:
            verb(by=keeper.user)
        assert refusal.value.code == "secret_missing"
    with pytest.raises(IntegrityError), transaction.atomic():
        Webhook.objects.update(state="active")


@pytest.mark.parametrize(("verb", "start"), [("resume", "active"), ("pause", "paused")])
def test_a_verb_from_the_wrong_state_is_refused(keeper, verb, start):
    hook = make.WebhookFactory(active=True)
    Webhook.objects.update(state=start)
    with pytest.raises(TransitionNotAllowed):
        getattr(hook, verb)(by=keeper.user)
    assert not AuditEntry.objects.filter(verb=verb).exists()


def test_each_verb_is_in_the_trail(keeper):
    hook = make.WebhookFactory()
    hook.renew_secret(by=keeper.user)
    hook.resume(by=keeper.user)
    hook.ping(by=keeper.user)
    hook.pause(by=keeper.user)
    told = AuditEntry.objects.filter(object_type="webhooks.webhook").order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["renew_secret", "resume", "ping", "pause"]


def test_a_test_reaches_the_receiver_also_while_it_is_paused(keeper, receiver):
    hook = make.WebhookFactory(address=receiver.address)
    hook.renew_secret(by=keeper.user)
    hook.ping(by=keeper.user)
    with pytest.raises(Refused) as refusal:
        hook.ping(by=keeper.user)
    assert refusal.value.code == "ping_waits"
    assert sending.send_due() == 1
    assert b'"type":"ping"' in receiver.got[0].body


def test_a_new_secret_signs_from_now_on(keeper):
    hook = make.WebhookFactory(active=True)
    old = hook.secret()
    assert hook.renew_secret(by=keeper.user) == Webhook.objects.get().secret() != old


def test_the_secret_opens_with_a_former_key_of_the_site(settings, keeper):
    hook = make.WebhookFactory()
    secret = hook.renew_secret(by=keeper.user)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " * 5
    assert Webhook.objects.get().secret() == secret


def test_the_pages_of_the_desk_call_the_verbs(client, keeper):
    hook = make.WebhookFactory(active=True, mission=keeper.mission)
    client.post(reverse("admin:webhook_pause", args=[hook.pk]))
    assert client.post(reverse("admin:webhook_pause", args=[hook.pk])).status_code == 409
    client.post(reverse("admin:webhook_resume", args=[hook.pk]))
    client.post(reverse("admin:webhook_ping", args=[hook.pk]))
    assert Delivery.objects.get().event == "ping"
    Delivery.objects.update(state="failed")
    client.post(reverse("admin:delivery_retry", args=[Delivery.objects.get().pk]))
    assert Delivery.objects.get().state == "waiting"


def test_failed_deliveries_are_listed_and_sent_again_from_the_list(client, keeper):
    failed = make.DeliveryFactory(failed=True, webhook__mission=keeper.mission)
    fine = make.DeliveryFactory(state="delivered", webhook=failed.webhook)
    log = reverse("admin:webhooks_delivery_changelist")
    page = client.get(log, {"state__exact": "failed", "webhook__id__exact": failed.webhook.pk}).content.decode()
    assert failed.event_id in page and fine.event_id not in page
    client.post(log, {"action": "retry", "_selected_action": [failed.pk, fine.pk]})
    assert dict(Delivery.objects.values_list("pk", "state")) == {failed.pk: "waiting", fine.pk: "delivered"}


def test_events_and_address_are_checked_by_the_model_too():
    with pytest.raises(ValidationError):
        make.WebhookFactory.build(events=["x.y"]).full_clean()
    with pytest.raises(ValidationError):
        make.WebhookFactory.build(address="https://169.254.169.254/").full_clean()
