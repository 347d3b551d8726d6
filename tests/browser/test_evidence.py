"""A browser test that fails shows what it saw."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import evidence
from tests.browser.evidence import leave_evidence
from tests.browser.site import Site


def test_each_open_page_is_left_as_a_picture_and_as_text(
    site: Site, wide: Page, browser: Browser, tmp_path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(evidence, "FOLDER", tmp_path)
    wide.goto(site.address("home"))

    sentence = leave_evidence("tests/browser/test_x.py::test_y[wide/1]", browser)

    folder = tmp_path / "test_x-py-test_y-wide-1"
    assert sentence.endswith(str(folder))
    seen = [file for file in folder.glob("*.html") if file.read_text().startswith(f"<!-- {wide.url} -->")]
    assert len(seen) == 1 and "<h1" in seen[0].read_text()
    assert seen[0].with_suffix(".png").read_bytes().startswith(b"\x89PNG")
