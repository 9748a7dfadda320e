"""What is in the zip of the plugin, and that it is the same zip every time."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile

import pytest
from release.metadata import ROOT, read_metadata, unfilled_contacts
from release.plugin_zip import LARGEST_BYTES, NAME, write_tree, write_zip, zip_tree


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return write_tree(tmp_path_factory.mktemp("tree"))


def test_the_zip_has_the_same_bytes_twice_and_is_small(tmp_path):
    first, second = write_zip(tmp_path / "a"), write_zip(tmp_path / "b")
    assert first.name == f"{NAME}-{read_metadata()['version']}.zip"
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size < LARGEST_BYTES
    assert not list(tmp_path.rglob("*.part"))


def test_neither_the_rights_nor_the_moment_of_a_file_reach_the_zip(tree, tmp_path):
    zip_tree(tree, tmp_path / "a.zip")
    (tree / "metadata.txt").touch()
    (tree / "metadata.txt").chmod(0o755)
    zip_tree(tree, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_all_that_belongs_in_it_is_in_it_and_nothing_else(tree):
    inside = {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
    for name in (
        "__init__.py",
        "metadata.txt",
        "LICENSE",
        "CHANGELOG.md",
        "icons/atlas.svg",
        "leaflet/leaflet.js",
        "leaflet/leaflet.css",
        "atlas/core/areas/resolving.py",
        "atlas/dossier/__init__.py",
        "atlas/web/page/page.html",
        "atlas/web/page/script/main.js",
        "data/boundaries/gemeenten.geojson",
        "data/boundaries/gemeenten_detail.txt",
        "data/disclosure/velden.csv",
        "styles/palettes.json",
        "i18n/buitengebied_atlas_nl.qm",
        "i18n/buitengebied_atlas_en.qm",
    ):
        assert name in inside
    assert {path.split("/")[1] for path in inside if path.startswith("atlas/")} <= {
        "__init__.py",
        "core",
        "dossier",
        "gpkg",
        "jobs",
        "planar",
        "rounds",
        "web",
    }
    assert not [name for name in inside if name.startswith(("tests/", "data/")) and name.endswith(".py")]
    assert not [name for name in inside if "/bron/" in name]
    assert not [name for name in inside if name.endswith((".pyc", ".ts", ".part"))]


_WITHOUT_PACKAGES = f"""
import sys
sys.path.insert(0, sys.argv[1])
before = list(sys.path)
from {NAME}.atlas.core.areas.resolving import resolve
from {NAME}.atlas.web.page.assets import leaflet_file
assert sys.path == before
print(resolve('Assen').area.code, 'Leaflet' in leaflet_file('leaflet.js'))
"""


def test_the_atlas_in_it_loads_without_any_package(tree):
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _WITHOUT_PACKAGES, str(tree.parent)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["GM0106", "True"], done.stderr


def test_a_reader_without_root_may_read_what_is_unpacked(tmp_path):
    with zipfile.ZipFile(write_zip(tmp_path)) as archive:
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o644}


def test_all_that_is_shipped_of_the_atlas_is_strictly_typed(tree):
    """The rooms that mypy is asked about are those of the zip: one that joins it joins both."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    shipped = {door.parent.name for door in (tree / "atlas").glob("*/__init__.py")}
    assert asked["strict"]
    assert {name.split(".")[1] for name in asked["packages"]} == shipped


def test_one_version_everywhere():
    version = read_metadata()["version"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert version == project["version"]
    assert f'softwareVersion: "{version}"' in (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert read_metadata()["changelog"].startswith(f"{version}:")


def test_the_metadata_says_for_which_qgis_and_how_that_was_tried():
    metadata = read_metadata()
    assert (metadata["qgisMinimumVersion"], metadata["qgisMaximumVersion"]) == ("3.40", "4.99")
    assert metadata["hasProcessingProvider"] == "yes"
    assert "QGIS 4 is checked statically only" in metadata["about"]
    assert "QGIS 4 is alleen statisch gecontroleerd" in metadata["about[nl]"]


_FILLED = """url: https://example.org/atlas
maintenance:
  contacts:
    - {name: Beheer (FICTIEF), email: beheer@example.org}
"""


def test_it_can_be_published_only_when_every_contact_is_filled_in(tmp_path):
    publiccode, metadata = tmp_path / "publiccode.yml", tmp_path / "metadata.txt"
    publiccode.write_text(_FILLED, encoding="utf-8")
    lines = ["author", "email", "tracker", "repository", "homepage"]
    metadata.write_text("[general]\n" + "\n".join(f"{key}=x" for key in lines), encoding="utf-8")
    assert unfilled_contacts(metadata, publiccode) == []
    publiccode.write_text(_FILLED.replace("beheer@example.org", '""'), encoding="utf-8")
    assert unfilled_contacts(metadata, publiccode) == ["publiccode.yml: contacts.email"]
    metadata.write_text("[general]\nauthor=x\nemail=\n", encoding="utf-8")
    assert unfilled_contacts(metadata, publiccode)[1:] == [
        f"metadata.txt: {key}" for key in ("email", "tracker", "repository", "homepage")
    ]


def test_without_contacts_it_is_built_and_said_to_be_not_for_publication():
    done = subprocess.run(
        [sys.executable, "-m", "release.plugin_zip"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert ("niet publiceerbaar" in done.stdout) == bool(unfilled_contacts())
