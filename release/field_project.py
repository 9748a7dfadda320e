"""Make the project that the command puts in a package for the field: it holds no record and no name.

`.venv-qgis/bin/python -m release.field_project`, on the zip of `make plugin`, after a change of the schema or
of `qgis_plugin/project`: QGIS makes it from the schema, as the plugin does beside a dossier.
"""

from __future__ import annotations

import re
import sys
import tempfile
import zipfile
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "data" / "field"
#: by whether the dossier holds made-up records
NAMES = {True: "project-FICTIEF.qgz", False: "project.qgz"}
#: ids that QGIS draws anew each time
_ID = re.compile(r"[0-9a-f]{8}([-_])[0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}")
#: styles of a project, in a database of a name drawn anew each time; this one has none
_STYLES = re.compile(r' projectStyleId="attachment:///[^"]*"')
#: QGIS writes the attributes of some tags in an order drawn anew each time
_ATTRIBUTES = re.compile(r'(?<=[\w"])((?: [\w:.-]+="[^"<]*"){2,})(?=\s*[/?]?>)')
_ATTRIBUTE = re.compile(r' [\w:.-]+="[^"<]*"')
_SNAPPING = re.compile(r"(?:[ ]*<layer-setting [^\n]*\n)+")


def settled(project: str) -> str:
    """The text of a project with the same ids and order each time."""
    known: dict[str, str] = {}

    def again(found: re.Match[str]) -> str:
        new = str(uuid5(NAMESPACE_URL, f"buitengebied-atlas/{len(known)}"))
        return known.setdefault(found[0], new.replace("-", found[1]))

    ordered = _ATTRIBUTES.sub(lambda found: "".join(sorted(_ATTRIBUTE.findall(found[0]))), project)
    ordered = _SNAPPING.sub(lambda found: "".join(sorted(found[0].splitlines(keepends=True))), ordered)
    return _ID.sub(again, _STYLES.sub("", ordered))


def project_text(path: Path) -> str:
    """The text of a project file."""
    with zipfile.ZipFile(path) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith(".qgs"))
        return archive.read(name).decode()


def pack(built: Path, path: Path) -> None:
    """Keep a project that QGIS made, settled."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        entry = zipfile.ZipInfo("dossier.qgs")
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, settled(project_text(built)), compresslevel=9)


def main() -> None:
    """Make both projects."""
    sys.path.insert(0, str(ROOT / "tests"))
    from qgis.core import QgsApplication

    import packaged_plugin

    with tempfile.TemporaryDirectory() as room:
        sys.path.insert(0, str(packaged_plugin.plugin_root(Path(room, "plugin"))))
        application = QgsApplication([], False, str(Path(room, "profile")))  # noqa: FBT003
        application.initQgis()
        from buitengebied_atlas.atlas.dossier.opening import init_dossier
        from buitengebied_atlas.project.dossier_project import build_project

        FOLDER.mkdir(exist_ok=True)
        for fictitious, name in NAMES.items():
            folder = Path(room, name)
            init_dossier(folder, fictitious=fictitious)
            pack(build_project(folder), FOLDER / name)
        application.exitQgis()


if __name__ == "__main__":
    main()
