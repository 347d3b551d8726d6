from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.letter_text import Block, Line, Piece, parts_of

SITE = "https://ina.example"


def blocks(text: str) -> list[Block]:
    return parts_of(text, site_url=SITE).blocks


def said(line: Line) -> str:
    return "".join(piece.text for piece in line)


def test_blank_lines_part_paragraphs_and_lines_stay_lines():
    assert [[said(line) for line in block.lines] for block in blocks("One\ntwo\n\n\nThree")] == [
        ["One", "two"],
        ["Three"],
    ]


def test_dashes_before_lines_make_a_list_that_ends_with_the_next_paragraph():
    found = blocks("Change this:\n- Prices\n- Photos\nThank you")
    assert [block.kind for block in found] == ["text", "list", "text"]
    assert [said(line) for line in found[1].lines] == ["Prices", "Photos"]


def test_a_line_of_dashes_makes_a_heading_of_the_line_above():
    found = blocks("Before\nNews\n----\nText")
    assert [(block.kind, said(block.lines[0])) for block in found] == [
        ("text", "Before"), ("heading", "News"), ("text", "Text"),
    ]  # fmt: skip


def test_a_link_of_ours_alone_is_a_button_and_a_short_line_above_its_label():
    assert blocks(f"Sign in:\n{SITE}/en/login/") == [Block("button", [[Piece("Sign in")]], f"{SITE}/en/login/")]


def test_a_blank_line_may_stand_between_label_and_link():
    assert blocks(f"Hello\n\nSign in:\n\n{SITE}/x") == [
        Block("text", [[Piece("Hello")]]), Block("button", [[Piece("Sign in")]], f"{SITE}/x"),
    ]  # fmt: skip


def test_a_link_below_a_line_of_a_list_makes_it_a_link():
    found = blocks(f"– Batik\n  {SITE}/batik\n– Sandal\n\nMore:\n{SITE}/x")
    assert found[0] == Block("list", [[Piece("Batik", f"{SITE}/batik")], [Piece("Sandal")]])
    assert found[1].kind == "button"


def test_a_long_line_above_stays_a_line():
    long = "Each request stands beside its field. Change it, then submit the product again:"
    assert [block.kind for block in blocks(f"{long}\n{SITE}/en/desk/")] == ["text", "button"]
    assert blocks(f"{long}\n{SITE}/en/desk/")[1].lines == []


def test_a_link_within_a_line_ends_before_the_full_stop():
    assert blocks(f"See {SITE}/en/.")[0].lines == [[Piece("See "), Piece("ina.example/en/", f"{SITE}/en/"), Piece(".")]]


@pytest.mark.parametrize(
    "foreign",
    [
        "https://evil.example/",
        "https://ina.example.evil.test/x",
        "https://ina.example@evil.test/",
        "javascript:alert(1)",
    ],
)
def test_links_to_other_places_stay_text(foreign):
    found = blocks(foreign)
    assert [block.kind for block in found] == ["text"] and not any(piece.url for piece in found[0].lines[0])


def test_what_follows_the_last_signature_is_the_foot_and_its_lines_become_links():
    parts = parts_of(f"He wrote\n-- \nthis\n\n-- \nINA Access\n{SITE}/en/\nNo more:\n{SITE}/stop/", site_url=SITE)
    assert parts.foot == [[Piece("INA Access", f"{SITE}/en/")], [Piece("No more", f"{SITE}/stop/")]]
    assert [said(line) for line in parts.blocks[0].lines] == ["He wrote", "--", "this"]


def test_a_letter_without_a_foot_has_none():
    assert parts_of("Text", site_url=SITE).foot == []


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["", "-- ", "---", "- a", "word", f"{SITE}/x", "Go:", "\r", "<b>", "-"]), max_size=30))
def test_no_word_is_lost_whatever_the_order(lines):
    parts = parts_of("\n".join(lines), site_url=SITE)
    shown = [said(line) for block in parts.blocks for line in block.lines] + [said(line) for line in parts.foot]
    for word in ("word", "<b>"):
        assert sum(text.count(word) for text in shown) == lines.count(word)
    for block in parts.blocks:
        assert (block.kind == "button") == bool(block.url) and (block.lines or block.url)
