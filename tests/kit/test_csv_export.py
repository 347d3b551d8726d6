import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from kit.csv_export import ROWS_AT_ONCE, cell, csv_response

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "|calc",
    "%0A=1",
]


def read(response):
    text = b"".join(response).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


@pytest.mark.parametrize("text", FORMULAS)
def test_S23_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(text):
    assert cell(text).lstrip(" ").startswith("'")


@pytest.mark.parametrize("text", ["harga; =1+1", "a\t=1", "a;@x"])
def test_S23_text_that_another_region_would_cut_is_guarded_behind_the_cut(text):
    guarded = cell(text)
    for part in guarded.replace("\t", ";").split(";"):
        assert not part.strip().startswith(("=", "+", "-", "@"))


def test_S23_the_guard_leaves_plain_text_and_numbers_alone():
    assert cell("Sandal kulit, 24-30 cm (a=b)") == "Sandal kulit, 24-30 cm (a=b)"
    assert cell(Decimal("-3.5")) == "-3.5" and cell(-2) == "-2"


def test_values_are_told_so_that_a_program_reads_them():
    assert cell(None) == "" and cell(True) == "yes"
    assert cell(datetime.date(2026, 11, 24)) == "2026-11-24"
    moment = datetime.datetime(2026, 11, 24, 3, 0, tzinfo=datetime.UTC)
    assert cell(moment).startswith("2026-11-24 ") and cell(moment)[-6] in "+-"


def test_a_cell_stays_in_its_cell_and_on_its_line():
    rows = read(csv_response("x", ["a", "b"], [['He said "no", twice', "one\r\ntwo"]]))
    assert rows == [["a", "b"], ['He said "no", twice', "one two"]]


def test_words_are_in_the_language_of_the_request_although_they_are_written_after_it():
    with translation.override("es"):
        response = csv_response("x", [gettext_lazy("Product")], ([gettext_lazy("Product")] for _ in range(1)))
    assert read(response) == [["Producto"], ["Producto"]]


def test_many_rows_come_in_parts():
    response = csv_response("many", ["n"], ([number] for number in range(3 * ROWS_AT_ONCE)))
    assert len(list(response)) == 5


def test_the_download_is_named_by_us_and_kept_nowhere():
    response = csv_response("reviews", ["n"], [])
    assert response["Content-Disposition"] == 'attachment; filename="reviews.csv"'
    assert response["Cache-Control"] == "no-store"
