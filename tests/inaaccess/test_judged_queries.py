"""Search over the demo against the judged queries that staff keep: overall, in each language, across languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test.utils import override_settings

from inaaccess.bench.judging import (
    LANGUAGES,
    LEAST_IN_A_LANGUAGE,
    LEAST_OVERALL,
    Verdict,
    judge,
    judged_queries,
    means,
    ndcg,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def verdicts(django_db_setup, django_db_blocker, tmp_path_factory) -> Generator[list[Verdict]]:
    """Every query asked of the demo, which is loaded once for this file and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("uploads"))):
            call_command("load_demo", verbosity=0)
        yield judge(judged_queries())
        transaction.set_rollback(True)


def worst(verdicts: list[Verdict]) -> str:
    return "\n".join(
        f"{one.ndcg:.2f} {one.judged.query!r}: {', '.join(one.found) or 'nothing'}"
        for one in sorted(verdicts, key=lambda one: one.ndcg)[:20]
    )


def test_at_least_150_queries_are_judged_of_every_language_and_kind(verdicts):
    assert len(verdicts) >= 150
    languages = Counter(one.judged.language for one in verdicts)
    assert all(languages[language] >= 25 for language in LANGUAGES)
    assert {"plain", "regional", "typo", "cross", "name", "hs"} <= {one.judged.kind for one in verdicts}
    assert all(one.judged.best for one in verdicts)


def test_the_answers_are_good_overall(verdicts):
    assert means(verdicts)["overall"] >= LEAST_OVERALL, worst(verdicts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answers_are_good_in_each_language(verdicts, language):
    own = [one for one in verdicts if one.judged.language == language]
    assert means(own)["overall"] >= LEAST_IN_A_LANGUAGE, worst(own)


def test_a_query_finds_products_that_have_no_text_in_its_language(verdicts):
    assert not [(one.judged.query, one.misses) for one in verdicts if one.judged.kind == "cross" and one.misses]


def test_a_bad_order_is_worth_less_than_a_good_one_and_nothing_is_worth_nothing():
    grades = {"a": 3, "b": 1}
    assert ndcg([3, 1], grades) == 1
    assert 0 < ndcg([1, 3], grades) < ndcg([3, 0], grades) < 1
    assert ndcg([], grades) == 0
