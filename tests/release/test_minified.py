"""The small files of the page are made of the script and style as they are now."""

from __future__ import annotations

import re

from atlas.web.page.assets import SCRIPTS, STYLES
from release import minified


def test_the_small_files_are_fresh():
    assert minified.stale() == [], "python -m release.minified"


def test_there_is_one_for_each_file_that_the_page_asks_for():
    wanted = {*(f"{name}.js" for name in SCRIPTS), *(f"{name}.css" for name in STYLES)}
    assert {path.name for path in minified.MINIFIED.iterdir()} == wanted


def test_no_template_stands_in_a_template_whose_blanks_would_be_lost():
    nested = re.compile(r"\$\{(?:[^{}`]|\{[^{}]*\})*`")
    scripts = sorted((minified.PAGE / "script").glob("*.js"))
    found = {path.name: nested.findall(path.read_text(encoding="utf-8")) for path in scripts}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_no_small_file_wraps_itself_in_a_function():
    assert [name for name, text in minified.minified().items() if "window.atlas)" in text] == []


def test_a_small_file_that_is_older_than_its_source_is_named(tmp_path, monkeypatch):
    for name, text in minified.minified().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(minified, "MINIFIED", tmp_path)
    assert minified.main(["--check"]) == 0
    (tmp_path / "main.js").write_text("old", encoding="utf-8")
    (tmp_path / "gone.js").write_text("left behind", encoding="utf-8")
    assert minified.stale() == ["gone.js", "main.js"]
    assert minified.main(["--check"]) == 1
    assert minified.main([]) == 0
    assert minified.stale() == []
