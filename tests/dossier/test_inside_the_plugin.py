"""The same room under the plugin's name, without any library: a dossier of the same bytes."""

import shutil
import subprocess
import sys
from pathlib import Path

import atlas
from atlas.core.files.embedded import embedded_path
from atlas.dossier.files import dossier_files
from atlas.dossier.opening import init_dossier

CODE = """
import sys
from pathlib import Path
from buitengebied_atlas.atlas.dossier import changes, issue_register, opening, records
folder = Path(sys.argv[1])
opening.init_dossier(folder)
dossier = opening.open_dossier(folder)
assert set(map(len, records.read_layers(dossier).values())) == {0}
print({name.split(".")[0] for name in sys.modules} & {"numpy", "shapely", "pyproj", "pandas", "atlas"})
"""


def test_the_plugin_makes_the_same_dossier_without_libraries(tmp_path):
    plugin = tmp_path / "zip" / "buitengebied_atlas"
    for room in ("core", "gpkg", "dossier"):
        shutil.copytree(Path(atlas.__file__).with_name(room), plugin / "atlas" / room)
    for folder in ("data", "styles"):
        shutil.copytree(embedded_path(folder), plugin / folder)
    done = subprocess.run(
        [sys.executable, "-S", "-B", "-c", CODE, tmp_path / "plugin"],
        capture_output=True, text=True, check=False, cwd=plugin.parent, env={"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "set()\n", "")
    dossier = init_dossier(tmp_path / "atlas")
    for path in dossier_files(dossier.folder):
        assert path.read_bytes() == (tmp_path / "plugin" / path.name).read_bytes()
