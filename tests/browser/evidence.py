"""What a failing test leaves behind: of each page that was open, a picture and the page itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Error, Page

FOLDER: Final = Path(__file__).parents[2] / ".data" / "failures"


def leave_evidence(nodeid: str, browser: Browser) -> str:
    """Write down the pages that are open in `browser`, and answer a sentence that names their folder."""
    folder = FOLDER / re.sub(r"\W+", "-", nodeid.removeprefix("tests/browser/")).strip("-")[:150]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number, page in enumerate(_open_pages(browser), start=1):
        with suppress(Error):  # a page that hangs shows nothing: the others may
            (folder / f"{number}.html").write_text(f"<!-- {page.url} -->\n{page.content()}")
            page.screenshot(path=folder / f"{number}.png", full_page=True, timeout=5_000)
    return f"Pictures and text of the pages that were open: {folder}"


def _open_pages(browser: Browser) -> Iterator[Page]:
    for context in browser.contexts:
        yield from context.pages
