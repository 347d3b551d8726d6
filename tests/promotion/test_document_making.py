"""Documents are made in steps, which may fail, be killed or be done twice."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import AuditEntry
from accounts.verbs import LABELS
from accounts.workflow import TransitionNotAllowed
from promotion import drawing, making
from promotion.models import Document
from tests import factories as make
from tests.markets.test_races import at_once
from tests.promotion.documents import asked, files, offered

pytestmark = pytest.mark.django_db


class TestSteps:
    @pytest.mark.django_db(transaction=True)
    def test_a_worker_killed_in_the_middle_loses_one_step(self, stock, monkeypatch):
        monkeypatch.setitem(making.STEP, "market_catalogue", 1)
        document, drawn = asked(per_page=1), []
        draw = drawing.draw_part

        def dying(document, ids):
            drawn.append(ids)
            if len(drawn) == 2:
                raise KeyboardInterrupt  # nothing of ours runs after it, as after kill -9
            return draw(document, ids)

        monkeypatch.setattr(drawing, "draw_part", dying)
        with pytest.raises(KeyboardInterrupt):
            making.make_waiting()
        document.refresh_from_db()
        assert (document.state, document.done, document.file_path) == ("making", 1, "")
        assert making.make_waiting() == 0, "the lease of the dead one holds"
        Document.objects.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))
        making.make_waiting()
        document.refresh_from_db()
        assert document.state == "ready" and document.pages == 6
        assert drawn == [[ids] for ids in (stock[0].pk, stock[1].pk, stock[1].pk, stock[2].pk)]
        assert files() == {document.file_path.removeprefix("documents/")}, "no part is left"

    def test_a_step_done_twice_counts_once(self, stock):
        document = asked()
        document.make()
        part = {"file": "", "pages": 1, "entries": []}
        assert document.take_part(part, after=0, products=2)
        assert not document.take_part(part, after=0, products=2)
        assert document.done == 2 and len(document.parts) == 1

    def test_three_failures_in_a_row_end_it_and_it_may_be_asked_again(self, client, santiago, stock, monkeypatch):
        document = asked(santiago)

        def fail(*_args):
            raise OSError("disk full")

        monkeypatch.setattr(drawing, "draw_part", fail)
        for _time in range(4):
            making.make_waiting()
            Document.objects.update(leased_until=None)
        document.refresh_from_db()
        assert document.state == "failed" and not document.file_path
        page = client.get(reverse("admin:document_detail", args=[document.pk]))
        assert "Make it again" in page.content.decode() and "Refresh" not in page
        monkeypatch.undo()
        again = reverse("admin:document_again", args=[document.pk])
        assert client.post(again).status_code == 302
        assert client.post(again).status_code == 409
        making.make_waiting()
        document.refresh_from_db()
        assert document.state == "ready"

    def test_no_verb_goes_from_where_it_must_not(self, stock):
        document = make.DocumentFactory(ready=True)
        for verb in (document.make, document.fail, lambda: document.finish(path="x", size=1, pages=1)):
            with pytest.raises(TransitionNotAllowed):
                verb()

    @pytest.mark.django_db(transaction=True)
    def test_two_workers_at_once_make_one_document(self):
        for number in range(3):
            offered(rank=number + 1, title=f"Producto {number}")
        document = asked()
        assert at_once(making.make_waiting, making.make_waiting) == ["done", "done"]
        document.refresh_from_db()
        assert document.state == "ready" and len(files()) == 1
        assert AuditEntry.objects.filter(verb="finish", object_id=str(document.pk)).count() == 1

    def test_its_verbs_have_names_in_the_trail(self):
        with translation.override("en"):
            assert all(verb in LABELS for verb in Document.TRANSITIONS)
