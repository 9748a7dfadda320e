"""A tool that is cancelled leaves nothing behind, and what stood there as it was.

Those that take long are cancelled halfway in the tests of their own.
"""

from pathlib import Path

import processing
import pytest
from fictitious_dossier import filled, vacant
from qgis.core import QgsProcessingFeedback, QgsProject

#: of yesterday, by its suffix: another kind of file would be refused
OLD = {
    ".gpkg": b"SQLite format 3\0van gisteren",
    ".html": b"<p>van gisteren",
    ".zip": b"PK\x05\x06".ljust(20, b"\0") + b"\x0c\0van gisteren",
}
TOOLS = {
    "choropleth": lambda folder, dossier: {"INDICATOR": 0, "OUTPUT": f"{folder}/kaart.gpkg"},
    "load_boundaries": lambda folder, dossier: {"LEVEL": 0, "OUTPUT": f"{folder}/grenzen.gpkg"},
    "create_dossier": lambda folder, dossier: {"FOLDER": f"{folder}/dossier", "FICTITIOUS": True},
    "check_dossier": lambda folder, dossier: {"FOLDER": str(dossier.folder)},
    "migrate_dossier": lambda folder, dossier: {"FOLDER": str(dossier.folder)},
    "export_page": lambda folder, dossier: {"AUDIENCE": "partners", "OUTPUT": f"{folder}/pagina.html"},
    "conclude_vacancy": lambda folder, dossier: {"FOLDER": str(dossier.folder), "OUTPUT": "TEMPORARY_OUTPUT"},
    "settle_municipality": lambda folder, dossier: {
        "FOLDER": str(dossier.folder),
        "OUTPUT": "TEMPORARY_OUTPUT",
    },
    "check_field_package": lambda folder, dossier: {
        "OUTPUT": f"{folder}/bevindingen.gpkg",
        "PACKAGE": f"{folder}/pakket.zip",
        "AUDIENCE": "team",
        "MUNICIPALITIES": ["Assen"],
        "PURPOSE": "test",
    },
}


@pytest.fixture
def dossier(tmp_path):
    from buitengebied_atlas.atlas.dossier.opening import open_dossier

    made = filled(tmp_path / "bron" / "dossier", [vacant(number, "GM0106") for number in range(5)], [])
    return open_dossier(made.folder)  # looked through once: opening it again changes nothing


def contents(folder):
    """Every file but the seal, which says what was read and no more."""
    from buitengebied_atlas.atlas.dossier.files import SEAL_FILE

    return {
        path.name: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != SEAL_FILE
    }


@pytest.mark.parametrize("name", TOOLS)
def test_what_is_cancelled_changes_nothing(provider, dossier, tmp_path, name):
    from buitengebied_atlas.project.dossier_layers import open_dossier_layers

    target = tmp_path / "uit"
    target.mkdir()
    parameters = TOOLS[name](target, dossier)
    if name == "check_field_package":
        open_dossier_layers(QgsProject.instance(), dossier.folder)
    for path in (parameters.get("OUTPUT", ""), parameters.get("PACKAGE", "")):
        if path.startswith(str(target)):
            Path(path).write_bytes(OLD[Path(path).suffix])
    before, of_dossier = contents(target), contents(dossier.folder)
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    processing.run(f"buitengebied_atlas:{name}", parameters, feedback=feedback)
    QgsProject.instance().clear()
    assert contents(target) == before
    assert contents(dossier.folder) == of_dossier
