from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from inaaccess.staticfiles import APART, SOURCE, StylesheetFinder, joined_stylesheet

STATIC = Path(settings.BASE_DIR) / "static"


def test_the_joined_stylesheet_starts_with_the_order_of_the_layers():
    assert joined_stylesheet().startswith("@layer reset, tokens, base, layout, components, utilities;")


def test_every_component_is_in_it_and_the_staff_pages_are_not():
    joined = joined_stylesheet()
    for file in SOURCE.glob("*.css"):
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip().endswith("{")]
        if file.name not in APART:
            assert lines and all(line in joined for line in lines), file.name
    assert "#changelist" not in joined


def test_joining_keeps_braces_in_pairs_and_drops_comments():
    joined = joined_stylesheet()
    assert joined.count("{") == joined.count("}") and "/*" not in joined


def test_the_stylesheet_is_found_and_follows_its_sources(tmp_path: Path, monkeypatch):
    found = finders.find("css/app.css")
    assert found and Path(found).read_text(encoding="utf-8") == joined_stylesheet()
    (tmp_path / "layers.css").write_text("@layer a;", encoding="utf-8")
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr("inaaccess.staticfiles.joined_stylesheet", lambda: "one")
    finder = StylesheetFinder()
    assert Path(finder.find("css/app.css")).read_text(encoding="utf-8") == "one"
    monkeypatch.setattr("inaaccess.staticfiles.joined_stylesheet", lambda: "two")
    assert Path(finder.find("css/app.css")).read_text(encoding="utf-8") == "two"
    assert [name for name, _storage in finder.list(None)] == ["css/app.css"]


def test_styles_are_in_layers_and_nothing_is_forced():
    for file in SOURCE.glob("*.css"):
        text = file.read_text(encoding="utf-8")
        assert "!important" not in text, file.name
        if file.name not in APART | {"print.css"}:
            rules = re.sub(r"/\*.*?\*/|@(?:font-face|property)[^{]*\{[^}]*\}", "", text, flags=re.DOTALL).strip()
            assert rules.startswith("@layer "), file.name


def test_styles_and_scripts_fit_into_50_kib_compressed():
    scripts = "".join(file.read_text(encoding="utf-8") for file in (STATIC / "js").glob("*.js"))
    weight = sum(len(gzip.compress(text.encode())) for text in (joined_stylesheet(), scripts))
    assert weight <= 50 * 1024


def test_what_the_styles_point_to_exists():
    for file in SOURCE.glob("*.css"):
        for target in re.findall(r'url\("?(?!data:)([^")]+)"?\)', file.read_text(encoding="utf-8")):
            found = (SOURCE / target).resolve()
            known = str(found.relative_to(STATIC.resolve()))
            assert finders.find(known), f"{file.name}: {target}"
