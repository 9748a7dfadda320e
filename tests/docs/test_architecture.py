"""The page for developers names every room and module there is, and no other; its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGE = (DOCS / "architecture.md").read_text(encoding="utf-8")
#: room -> the modules its row names
NAMED = {
    room: set(re.findall(r"`(\w+)`", modules))
    for room, modules in re.findall(r"^\| `([\w/.]+)` \|.*\| ((?:`\w+`(?:, )?)+) \|$", PAGE, re.MULTILINE)
}


def rooms():
    """Every folder with modules -> their names; the door of a room is no module of it."""
    found = {}
    for top, start in ((ROOT / "src/atlas", ROOT / "src/atlas"), (ROOT / "qgis_plugin", ROOT)):
        for path in top.rglob("*.py"):
            if path.stem != "__init__":
                found.setdefault(path.parent.relative_to(start).as_posix(), set()).add(path.stem)
    return found


@pytest.mark.parametrize("room", sorted(rooms().keys() | NAMED.keys()))
def test_the_row_of_a_room_names_its_modules(room):
    assert NAMED.get(room, set()) == rooms().get(room, set())


@pytest.mark.parametrize(
    "page",
    sorted({*DOCS.glob("*.md"), *DOCS.glob("decisions/*.md"), *ROOT.glob("*.md")}),
    ids=lambda page: page.name,
)
def test_every_link_leads_to_a_file(page):
    targets = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if "://" not in target and not (page.parent / target).exists()] == []


def test_where_to_change_what_names_files_that_exist():
    rows = PAGE.partition("## Where to change what")[2]
    named = set(
        re.findall(
            r"`((?:src|core|planar|dossier|geo|flows|web|sheet|cli|jobs|qgis_plugin|data|styles|release)/[^`\s]*)`",
            rows,
        )
    )
    assert len(named) > 30
    assert [
        path for path in sorted(named) if not ((ROOT / path).exists() or (ROOT / "src/atlas" / path).exists())
    ] == []


def test_every_room_has_a_door_that_says_what_it_is_for():
    for start in (ROOT / "src/atlas", ROOT / "qgis_plugin"):
        for folder in {path.parent for path in start.rglob("*.py")}:
            text = (folder / "__init__.py").read_text(encoding="utf-8")
            assert text.startswith('"""'), folder


def named_places(text):
    """The places in `src/atlas` that a text names between backticks: room, module, and what is in it."""
    for name in re.findall(
        r"`(?:atlas\.)?((?:core|geo|gpkg|planar|dossier|jobs|store|sheet|flows)(?:\.\w+)+)", text
    ):
        yield name.split(".")


def exists(parts):
    """Whether there is a room or module of that name, and the next word in it."""
    place = ROOT / "src/atlas"
    while parts and (place / parts[0]).is_dir():
        place, *parts = place / parts[0], *parts[1:]
    module = place / f"{parts[0]}.py" if parts else place
    if module.exists():
        return len(parts) < 2 or re.search(rf"\b{parts[1]}\b", module.read_text(encoding="utf-8")) is not None
    door = (place / "__init__.py").read_text(encoding="utf-8")
    return re.search(rf"import .*\b{parts[0]}\b", door) is not None


def test_what_pages_and_docstrings_name_is_there():
    """Modules move: a page or docstring that names one by where it stood sends a reader to nothing."""
    files = [*DOCS.glob("*.md"), *DOCS.glob("decisions/*.md"), *(ROOT / "src/atlas").rglob("*.py")]
    gone = [
        f"{path.relative_to(ROOT)}: {'.'.join(parts)}"
        for path in files
        for parts in named_places(path.read_text(encoding="utf-8"))
        if parts[-1] not in {"gpkg", "qgz", "zegel"} and not exists(parts)
    ]
    assert gone == []
