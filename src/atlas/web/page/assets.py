"""The fixed files that go into the page, and the policy that lets in these files and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ...core.files.embedded import embedded_path
from ...core.words.errors import AtlasError
from .markup import Markup, join

_HERE = Path(__file__).parent
#: in this order: a later file uses what an earlier one made
SCRIPTS = (
    "atlas",
    "objects",
    "object_choice",
    "state",
    "detail_drawing",
    "map",
    "labels",
    "places",
    "keys",
    "legend",
    "plot",
    "table",
    "detail",
    "search",
    "layers",
    "object_symbols",
    "object_map",
    "object_filters",
    "object_list",
    "object_panel",
    "object_view",
    "main",
)
#: what only a page with objects runs; the others find nothing of it
_OF_OBJECTS = (
    "object_symbols",
    "object_map",
    "object_filters",
    "object_list",
    "object_panel",
    "object_view",
)
STYLES = ("base", "figures", "print", "objects")
#: comments with lines of their own, and what stands before a line; no text of ours has several lines
_COMMENT = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^[ \t\n]+", re.MULTILINE)
#: names a file beside it, which a developer's console would ask for; there is none
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=\S*\s*$")


@cache
def leaflet_file(name: str) -> str:
    """The text of a file of Leaflet 1.9, from XStatic-Leaflet or, inside the plugin, from its own folder.

    The package is looked up by its folder: importing `xstatic` runs pkg_resources in some installations.

    Raises:
        AtlasError: Leaflet is in neither place: the installation is incomplete.
    """
    spec = find_spec("xstatic")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder, "pkg", "leaflet", "data", name)
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return embedded_path("leaflet", name).read_text(encoding="utf-8")


@cache
def scripts(*, objects: bool) -> tuple[str, ...]:
    """Leaflet, and our own files as one script: the browser may paint a half-made page between two.

    Args:
        objects: Whether the page holds objects; without them a third of our script has nothing to do.
    """
    leaflet = _SOURCE_MAP.sub("\n", leaflet_file("leaflet.js"))
    names = [name for name in SCRIPTS if objects or name not in _OF_OBJECTS]
    return leaflet, "".join(_compact(_HERE / "script" / f"{name}.js") for name in names)


@cache
def styles() -> tuple[str, ...]:
    """Leaflet's style, and our own files as one."""
    return leaflet_file("leaflet.css"), "".join(_compact(_HERE / "style" / f"{name}.css") for name in STYLES)


def _compact(path: Path) -> str:
    """The text of one of our files without the comments and indents that a browser has no use for."""
    return _INDENT.sub("", _COMMENT.sub("", path.read_text(encoding="utf-8")))


@cache
def template() -> str:
    """The page around it all, for `string.Template`."""
    return (_HERE / "page.html").read_text(encoding="utf-8")


def inlined(tag: str, files: tuple[str, ...]) -> Markup:
    """The files as elements of their own, unchanged, as the policy names the hash of each.

    Raises:
        AtlasError: a file holds the closing tag of its own element, which would end it halfway.
    """
    for text in files:
        if f"</{tag}" in text.lower():
            raise AtlasError(
                "Een vast bestand van de atlas is beschadigd.", hint="Installeer de atlas opnieuw."
            )
    return join(*(Markup(f"<{tag}>{text}</{tag}>\n") for text in files))


def policy(image_origins: tuple[str, ...] = (), *, objects: bool) -> str:
    """The Content-Security-Policy: our fixed scripts and styles by hash, images inside the file, no more.

    Args:
        image_origins: Where a background map may be asked for; nowhere unless it was built with one.
        objects: As for `scripts`.
    """
    return "; ".join((
        "default-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        " ".join(("img-src data:", *image_origins)),
        " ".join(("script-src", *(_source(text) for text in scripts(objects=objects)))),
        " ".join(("style-src", *(_source(text) for text in styles()))),
    ))  # fmt: skip


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
