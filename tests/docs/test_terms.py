"""One word for one thing, as the glossary has it: a row of a table, a line of a report, a hand-over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: what must not be written -> the word of the glossary
OTHER_WORDS = {
    r"\bregels? (?:van|uit|in) (?:de|het|een|uw)(?: eigen)? (?:tabel|lijst|bestand|rekenblad|csv)\b": "rij",
    r"\btabelregels?\b": "rij",
    r"\b(?:geëxporteerd|exporter(?:en|t)|exporteert?|exports?)\b": "uitgifte, uitgeven",
    r"\bback-?ups?\b": "reservekopie",
    r"\bsjablo(?:on|nen)\b": "leeg rekenblad",
    r"\bopdrachtregel\b": "opdracht",
    r"\bkoprij(?:en)?\b": "kopregel",
    r"\brijen? (?:van|in|uit) het register\b": "regel",
    r"\b(?:dossier|team)regels?\b": "record",
    r"\brecords? (?:van|in|uit) (?:de|het|een) (?:tabel|lijst|bestand)\b": "rij",
}
#: a command and its options are called what they are called
_CODE = re.compile(r"`[^`]*`|^ {4}.*$|\]\([^)]*\)|atlas objects export", re.MULTILINE)


#: the help of the command stands in opdrachten.md, which is made of it
PAGES = (
    ("docs/handleiding", "*.md"), ("docs", "opdrachten.md"), ("qgis_plugin/help", "*_nl.md"),
    (".", "README.md"),
)  # fmt: skip


def pages():
    for folder, pattern in PAGES:
        yield from (ROOT / folder).glob(pattern)


def sentences(path):
    """The texts in a module that are sentences of people: with blanks, and no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and " " in text and text not in docs:
            yield text


@pytest.fixture(scope="module")
def said():
    return list(texts())


def texts():
    for page in pages():
        yield str(page.relative_to(ROOT)), _CODE.sub(" ", page.read_text(encoding="utf-8"))
    for path in (ROOT / "src" / "atlas").rglob("*.py"):
        yield str(path.relative_to(ROOT)), "\n".join(sentences(path))
    page = ROOT / "src" / "atlas" / "web" / "page"
    for path in (page / "page.html", *(page / "script").glob("*.js")):
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    translated = (ROOT / "qgis_plugin" / "i18n" / "buitengebied_atlas_nl.ts").read_text(encoding="utf-8")
    yield "i18n", "\n".join(re.findall(r"<translation>([^<]*)", translated))


@pytest.mark.parametrize("pattern", OTHER_WORDS)
def test_no_text_calls_a_thing_by_another_word(said, pattern):
    found = [(where, match[0]) for where, text in said for match in re.finditer(pattern, text, re.IGNORECASE)]
    assert found == [], f"the glossary says: {OTHER_WORDS[pattern]}"


def dutch_pages():
    for path in sorted((ROOT / "docs").rglob("*.md")):
        words = re.findall(r"\w+", path.read_text(encoding="utf-8").lower())
        if words.count("de") + words.count("het") > words.count("the"):
            yield path


def test_no_reader_of_dutch_is_sent_to_an_english_page():
    dutch = set(dutch_pages())
    assert {ROOT / "docs" / name for name in ("begrippen.md", "rondes.md", "opdrachten.md")} <= dutch
    wrong = []
    for page in dutch:
        for target in re.findall(r"(?:\]\(|`)([\w./-]+\.md)", page.read_text(encoding="utf-8")):
            place = ROOT if target.startswith("docs/") else page.parent
            if (place / target).resolve() not in dutch:
                wrong.append((page.name, target))
    assert wrong == []
