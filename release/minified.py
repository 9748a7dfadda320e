"""Make the small files of the page: its script and style without what a browser has no use for.

`python -m release.minified` writes `src/atlas/web/page/minified/` anew from `script/` and `style/`; `--check`
only says whether it is fresh. The result is kept in the repository: checkout, wheel and plugin hold the same
bytes, and none of them needs the libraries that made them. Names stay as they are.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

import rcssmin
import rjsmin

from atlas.web.page.assets import SCRIPTS

from .metadata import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_STRICT = '"use strict";'
_OPENS, _CLOSES = "(function(atlas){", "})(window.atlas);"
PAGE = ROOT / "src" / "atlas" / "web" / "page"
MINIFIED = PAGE / "minified"


def minified() -> dict[str, str]:
    """Name of each small file -> its text."""
    scripts = {path.name: _script(path) for path in _files("script", "js")}
    styles = {path.name: rcssmin.cssmin(path.read_text(encoding="utf-8")) for path in _files("style", "css")}
    return {name: f"{text}\n" for name, text in {**scripts, **styles}.items()}


def _script(path: Path) -> str:
    """A file of the script; they stand in the page as one, which the first makes strict for all.

    In strict text a block keeps its names to itself as a function does, and takes fewer bytes.
    """
    text = rjsmin.jsmin(path.read_text(encoding="utf-8"))
    text = text if path.stem == SCRIPTS[0] else text.removeprefix(_STRICT)
    before, opened, body = text.partition(_OPENS)
    return f"{before}{{{body.removesuffix(_CLOSES)}}}" if opened and body.endswith(_CLOSES) else text


def stale() -> list[str]:
    """The names of small files that are missing, left behind, or made of an older text."""
    fresh = minified()
    present = {path.name: path.read_text(encoding="utf-8") for path in MINIFIED.iterdir()}
    return sorted(name for name in fresh.keys() | present.keys() if fresh.get(name) != present.get(name))


def _files(folder: str, ending: str) -> list[Path]:
    return sorted((PAGE / folder).glob(f"*.{ending}"))


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Maak de kleine bestanden van de pagina.")
    parser.add_argument("--check", action="store_true", help="schrijf niets, zeg of ze vers zijn")
    if parser.parse_args(arguments).check:
        old = stale()
        print(f"niet vers: {', '.join(old)}; voer uit: python -m release.minified" if old else "vers")
        return 1 if old else 0
    MINIFIED.mkdir(exist_ok=True)
    for name in stale():
        (MINIFIED / name).unlink(missing_ok=True)
    for name, text in minified().items():
        (MINIFIED / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
