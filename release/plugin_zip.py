"""Make the QGIS plugin: the tree that QGIS loads, and the zip that holds it.

`python -m release.plugin_zip` writes `dist/buitengebied_atlas-X.Y.Z.zip`, the same bytes for the same files.
`--tree DIR` writes the tree `DIR/buitengebied_atlas` only, for the tests. Messages are Dutch: the maker of a
release reads them.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from .metadata import ROOT, read_metadata, unfilled_contacts

NAME = "buitengebied_atlas"
#: a zip may hold 25 MB on the public site; ours stays small enough to be mailed
LARGEST_BYTES = 3_000_000
#: the oldest moment that a zip can tell: no clock goes into the bytes
_MOMENT = (1980, 1, 1, 0, 0, 0)

#: folder or file of the checkout -> its place in the plugin
_PARTS = {
    "qgis_plugin": ".",
    "src/atlas/__init__.py": "atlas/__init__.py",
    "src/atlas/core": "atlas/core",
    "src/atlas/gpkg": "atlas/gpkg",
    "src/atlas/dossier": "atlas/dossier",
    "src/atlas/jobs": "atlas/jobs",
    "src/atlas/planar": "atlas/planar",
    "src/atlas/rounds": "atlas/rounds",
    "src/atlas/web/page": "atlas/web/page",
    "data": "data",
    "styles": "styles",
    "metadata.txt": "metadata.txt",
    "LICENSE": "LICENSE",
    "CHANGELOG.md": "CHANGELOG.md",
}
_WEB = '"""The page of the atlas. What needs folium is not in the plugin."""\n'
_LEAFLET = ("leaflet.js", "leaflet.css")


def write_tree(folder: Path) -> Path:
    """Write the plugin as `folder/buitengebied_atlas`, and return that."""
    plugin = folder / NAME
    for source, place in _PARTS.items():
        _copy(ROOT / source, plugin / place)
    (plugin / "atlas" / "web" / "__init__.py").write_text(_WEB, encoding="utf-8")
    leaflet = _package("xstatic") / "pkg" / "leaflet" / "data"
    (plugin / "leaflet").mkdir()
    for name in _LEAFLET:
        shutil.copyfile(leaflet / name, plugin / "leaflet" / name)
    for source in sorted((plugin / "i18n").glob("*.ts")):
        _compile_translation(source)
        source.unlink()
    return plugin


def write_zip(folder: Path) -> Path:
    """Write the plugin's zip into `folder`; it appears there whole or not at all.

    Raises:
        ValueError: it is too large.
    """
    path = folder / f"{NAME}-{read_metadata()['version']}.zip"
    unfinished = path.with_suffix(".part")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as room:
        zip_tree(write_tree(Path(room)), unfinished)
    size = unfinished.stat().st_size
    if size >= LARGEST_BYTES:
        unfinished.unlink()
        raise ValueError(f"De zip is te groot: {size} bytes, en er mogen er {LARGEST_BYTES} in.")
    return unfinished.replace(path)


def zip_tree(plugin: Path, path: Path) -> None:
    """Zip a plugin's tree: in order of name, without a moment, a user or the rights of this machine."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(file for file in plugin.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(plugin.parent).as_posix(), _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.read_bytes())


def _copy(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file():
        shutil.copyfile(source, place)
        return
    # scripts beside the data made it of what is in `bron`: nothing in the plugin runs or reads them,
    # and it makes the project of a package itself
    unwanted = ["__pycache__", "*.pyc", "*.qm", ".*"] + (
        ["*.py", "bron", "field"] if source.name == "data" else []
    )
    shutil.copytree(
        source,
        place,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns(*unwanted),
        copy_function=shutil.copyfile,
    )


def _compile_translation(source: Path) -> None:
    done = subprocess.run(
        [
            _package("PySide6") / "lrelease",
            "-silent",
            "-nounfinished",
            source,
            "-qm",
            source.with_suffix(".qm"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ValueError(f"lrelease kan {source.name} niet vertalen: {done.stderr.strip()}")


def _package(name: str) -> Path:
    """The folder of an installed package, found without importing it."""
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise ValueError(f"Het pakket {name} ontbreekt; `make plugin` installeert het.")
    return Path(next(iter(found.submodule_search_locations)))


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Maak de QGIS-plugin.")
    parser.add_argument("--tree", type=Path, metavar="MAP", help="schrijf alleen de boom, in deze map")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.tree:
            write_tree(chosen.tree)
            return 0
        path = write_zip(ROOT / "dist")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{path.relative_to(ROOT)} ({path.stat().st_size / 1_000_000:.2f} MB)")
    empty = unfilled_contacts()
    if empty:
        print(f"niet publiceerbaar: leeg in publiccode.yml of metadata.txt: {', '.join(empty)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
