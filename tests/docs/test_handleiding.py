"""The manual holds together: its links and pictures, and what chapter 7 quotes from the plugin."""

from __future__ import annotations

import ast
import importlib.util
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "handleiding"
CHAPTERS = sorted(MANUAL.glob("[0-9]*-*.md"))
IN_QGIS = (MANUAL / "7-in-qgis.md").read_text(encoding="utf-8")
_TARGET = re.compile(r"\]\(([^)]+)\)")
_LABEL = re.compile(r'def label\(self\) -> str:\s+return tr\("([^"]+)"\)')
#: larger than this and a manual is slow to open over a municipal connection
LARGEST_PICTURE = 200_000


def anchors(text):
    """The headings of a chapter as GitHub and most readers link to them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def targets(path):
    return _TARGET.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [*CHAPTERS, MANUAL / "README.md"], ids=lambda path: path.name)
def test_every_link_leads_somewhere(path):
    for target in targets(path):
        name, _, anchor = target.partition("#")
        linked = path.parent / name if name else path
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked.read_text(encoding="utf-8")), target


def test_every_chapter_is_in_the_table_of_contents():
    listed = {target for target in targets(MANUAL / "README.md") if target.endswith(".md")}
    assert listed == {chapter.name for chapter in CHAPTERS}


def test_every_picture_is_shown_and_small():
    shown = {target for chapter in CHAPTERS for target in targets(chapter) if target.startswith("img/")}
    pictures = list((MANUAL / "img").glob("*"))
    assert {f"img/{picture.name}" for picture in pictures} - shown <= {"img/pagina.png"}
    assert [picture.name for picture in pictures if picture.stat().st_size > LARGEST_PICTURE] == []


def dutch():
    """English text -> Dutch, as the interface has it."""
    messages = ET.parse(ROOT / "qgis_plugin/i18n/buitengebied_atlas_nl.ts").iter("message")
    return {message.findtext("source"): message.findtext("translation") for message in messages}


def test_chapter_7_names_every_tool_as_the_interface_does():
    translations = dutch()
    algorithms = (ROOT / "qgis_plugin" / "provider").glob("*.py")
    labels = [
        label for path in sorted(algorithms) for label in _LABEL.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(labels) > 10
    # "Klaar voor het veld? (QField, Mergin Maps)" is named by its first part
    assert [label for label in labels if translations[label].partition(" (")[0] not in IN_QGIS] == []


def test_the_sentences_that_chapter_7_explains_are_the_real_ones():
    quoted = re.findall(
        r"^\| ([A-Z][^|]+[.])  ?\|", IN_QGIS.partition("## Wat kan er misgaan")[2], re.MULTILINE
    )
    sources = [*(ROOT / "src/atlas").rglob("*.py"), *(ROOT / "qgis_plugin").rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert len(quoted) > 10
    assert [sentence for sentence in quoted if sentence not in code] == []


def test_the_buttons_that_chapter_7_names_are_in_the_interface():
    interface = {text.replace("&", "") for text in dutch().values()}
    for button in (
        "Toon op de kaart",
        "Wijzig status",
        "Open in de browser",
        "Toon het paneel Atlas",
    ):
        assert button in IN_QGIS
        assert button in interface


def test_what_scripts_beside_the_tests_import_of_the_atlas_exists():
    """Pictures and measurements are made now and then: a name that moved would be found too late."""
    missing = []
    for script in (*(ROOT / "bench").glob("*.py"), *(ROOT / "docs" / "handleiding").glob("*.py")):
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("atlas"):
                module = importlib.import_module(node.module)
                missing += [
                    (script.name, f"{node.module}.{one.name}")
                    for one in node.names
                    if not hasattr(module, one.name)
                    and importlib.util.find_spec(f"{node.module}.{one.name}") is None
                ]
    assert missing == []
