from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import comparison, content
from catalog.comparison import Piece, compare, words
from catalog.vocabulary import vocabulary
from catalog.wording import Fact, Wording, field_label, field_names
from tests import factories as make

texts = st.text(alphabet="ab \n.", max_size=60)


def row_of(rows, name):
    return next(row for row in rows if row.field == name)


def test_the_differing_words_are_marked_on_their_side():
    old, new = words("Soft sole, best quality.", "Soft sole, own label possible.")
    assert old == (Piece("same", "Soft sole, "), Piece("del", "best quality."))
    assert new == (Piece("same", "Soft sole, "), Piece("ins", "own label possible."))


@given(texts, texts)
def test_both_texts_can_be_read_from_the_pieces(old, new):
    went, came = words(old, new)
    assert "".join(piece.text for piece in went) == old
    assert "".join(piece.text for piece in came) == new
    assert {piece.mark for piece in went} <= {"same", "del"}
    assert {piece.mark for piece in came} <= {"same", "ins"}


def test_two_huge_texts_are_not_compared_word_by_word():
    old, new = words("a b " * 1000, "b a " * 1000)
    assert [piece.mark for piece in (*old, *new)] == ["del", "ins"]


def test_a_price_says_by_how_much_it_rose():
    old = [Fact("USD 6.80", key="FOB|300", amount=Decimal("6.80"))]
    new = [Fact("USD 7.10", key="FOB|300", amount=Decimal("7.10"))]
    _old, (line,) = compare(old, new)
    assert line.note == "+4.4 %"


def test_a_line_that_came_or_went_is_marked_whole():
    (old,), (new,) = compare([Fact("Chile", key="CL")], [Fact("Brazil", key="BR")])
    assert (old.mark, new.mark) == ("del", "ins")


@pytest.mark.django_db
class TestRows:
    def test_of_a_first_revision_everything_given_is_new_and_unmarked(self):
        now = content.snapshot(make.RevisionFactory(submitted=True))
        rows = comparison.rows(None, now, Wording.of(now))
        title = row_of(rows, "title")
        assert title.is_changed and not title.old
        assert {line.mark for line in title.new} == {"same"}
        assert not row_of(rows, "storage").is_changed

    def test_the_same_content_has_no_changed_field(self):
        product = make.ProductFactory(published=True, target_markets=["CL"])
        revision = make.RevisionFactory(product=product)
        revision.copy_fields_from(product)
        content.copy_parts(product, revision)
        old, new = content.snapshot(product), content.snapshot(revision)
        assert not [row.field for row in comparison.rows(old, new, Wording.of(old, new)) if row.is_changed]

    def test_changed_fields_are_found_with_their_words(self):
        product = make.ProductFactory(published=True, lead_time_days=35)
        revision = make.RevisionFactory(complete=True, product=product, lead_time_days=25, target_markets=["CL"])
        old, new = content.snapshot(product), content.snapshot(revision)
        rows = comparison.rows(old, new, Wording.of(old, new))
        lead_time = row_of(rows, "lead_time_days")
        assert [piece.text for piece in lead_time.old[0].pieces if piece.mark == "del"] == ["35"]
        assert [piece.text for piece in lead_time.new[0].pieces if piece.mark == "ins"] == ["25"]
        assert {row.field for row in rows if row.is_changed} == {"lead_time_days", "target_markets", "photos"}
        assert comparison.changed_fields(old, new) == {"lead_time_days", "target_markets", "photos"}

    def test_names_are_read_in_at_most_five_queries(self, django_assert_max_num_queries):
        now = content.snapshot(make.RevisionFactory(submitted=True))
        vocabulary()
        with django_assert_max_num_queries(6):
            comparison.rows(None, now, Wording.of(now))

    def test_the_name_of_the_hs_code_is_marked_as_english(self):
        now = content.snapshot(make.RevisionFactory(submitted=True))
        (fact,) = Wording.of(now).facts("hs6", now)
        assert fact.text.startswith("6403.99 ") and fact.language == "en"
        (moq,) = Wording.of(now).facts("moq", now)
        assert moq.language == ""

    def test_a_price_line_names_its_rule_place_quantity_and_last_day(self):
        now = content.snapshot(make.RevisionFactory(submitted=True))
        (fact,) = Wording.of(now).facts("offers", now)
        assert fact.label == "FOB Tanjung Perak, Surabaya, from 300\u00a0pairs"
        assert fact.text.startswith("USD\u00a06.80 until ")


def test_every_field_has_a_name_for_the_page():
    assert len(field_names()) == len(set(field_names()))
    assert all(field_label(name) for name in [*field_names(), "certificates"])
    assert {"title", "offers", "photos", "target_markets"} <= set(field_names())
