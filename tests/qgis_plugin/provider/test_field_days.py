"""The days in the field of `field_days`, which the command takes too, through the tools of QGIS."""

from __future__ import annotations

import zipfile

import processing
import pytest

from field_days import DAYS, OBJECTS, OWN, ROWS, compare, work


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day[0])
def test_the_plugin_takes_back_what_the_command_takes_back(provider, iface, tmp_path, day):
    from buitengebied_atlas.atlas.dossier.opening import init_dossier, open_dossier
    from buitengebied_atlas.atlas.dossier.records import read_layers
    from buitengebied_atlas.atlas.gpkg.spatial_index import register_spatial_functions
    from buitengebied_atlas.atlas.jobs.handing_out import Request
    from buitengebied_atlas.project.field_package import write_package

    folder = init_dossier(tmp_path / "dossier", fictitious=True).folder
    (tmp_path / "in.csv").write_text("\n".join(ROWS) + "\n", encoding="utf-8")

    def run(name, **parameters):
        asked = {"FOLDER": str(folder), "OUTPUT": "TEMPORARY_OUTPUT", **parameters}
        return processing.run(f"buitengebied_atlas:{name}", asked)

    assert run("import_records", INPUT=str(tmp_path / "in.csv"), LAYER=OBJECTS)["INSERTED"] == 3
    write_package(folder, tmp_path / "veld.zip", Request("team", (OWN,), "bezoekronde", "Tester"))
    with zipfile.ZipFile(tmp_path / "veld.zip") as archive:
        archive.extractall(tmp_path / "telefoon")
    package = tmp_path / "telefoon" / "dossier"
    work(package, day[1], register_spatial_functions)
    work(folder, day[2], register_spatial_functions)
    done = run("import_field_package", PACKAGES=str(package / "basis.gpkg"))
    counts = {
        "nieuw": done["INSERTED"], "gewijzigd": done["UPDATED"], "conflict": done["CONFLICTS"],
        "geweigerd": done["REFUSED"],
    }  # fmt: skip
    lines = [feature.attributes() for feature in done["OUTPUT"].getFeatures()]
    compare(day, counts, lines, read_layers(open_dossier(folder)))
