"""The fixed files that go into the page, and the policy that lets in these files and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.files.embedded import embedded_path
from ...core.words.errors import AtlasError
from .markup import Markup, join

if TYPE_CHECKING:
    from collections.abc import Sequence

_HERE = Path(__file__).parent
#: in this order: a later file uses what an earlier one made
SCRIPTS = (
    "atlas",
    "data",
    "change",
    "without_objects",
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
    "lines",
    "time",
    "beside",
    "detail",
    "sentences",
    "picture",
    "carry",
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
#: what only a page with objects runs, and what stands in its place in the others
_OF_OBJECTS = (
    "objects",
    "object_choice",
    "object_symbols",
    "object_map",
    "object_filters",
    "object_list",
    "object_panel",
    "object_view",
)
_WITHOUT_OBJECTS = ("without_objects",)
STYLES = ("base", "figures", "print", "objects")
_STYLES_OF_OBJECTS = ("objects",)
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
        objects: Whether the page holds objects; without them half of our script has nothing to do.
    """
    leaflet = _SOURCE_MAP.sub("\n", leaflet_file("leaflet.js"))
    left_out = _WITHOUT_OBJECTS if objects else _OF_OBJECTS
    names = [name for name in SCRIPTS if name not in left_out]
    return leaflet, _minified("js", names)


@cache
def styles(*, objects: bool) -> tuple[str, ...]:
    """Leaflet's style, and our own files as one.

    Args:
        objects: As for `scripts`.
    """
    names = [name for name in STYLES if objects or name not in _STYLES_OF_OBJECTS]
    return leaflet_file("leaflet.css"), _minified("css", names)


def _minified(ending: str, names: Sequence[str]) -> str:
    """Our own files as one text, as `release/minified.py` made them of `script` and `style`."""
    return "".join((_HERE / "minified" / f"{name}.{ending}").read_text(encoding="utf-8") for name in names)


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
        " ".join(("style-src", *(_source(text) for text in styles(objects=objects)))),
    ))  # fmt: skip


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
