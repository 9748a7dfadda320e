"""Making a dossier, concluding and migrating, through Processing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import processing
import pytest
from buitengebied_atlas.atlas.core.schema.published import SCHEMA_VERSION
from buitengebied_atlas.atlas.dossier.opening import open_dossier
from buitengebied_atlas.atlas.dossier.records import read_layers
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsProject

ROWS = (
    "adres;bag_vbo_id;soort;bron;peildatum;bewaren_tot;x;y\n"
    "Verzonnen Lijst 1, Nergens;0106010000000101;stal;FICTIEF: proef;2026-01-15;2040-01-01;233101;560000\n"
)
SEEN = (
    "bag_vbo_id;bewijsbron;waarde;bron;peildatum;bewaren_tot\n"
    "0106010000000101;waarneming;leeg;FICTIEF: proef;2026-01-15;2040-01-01\n"
)

pytestmark = pytest.mark.usefixtures("provider", "iface")


def run(name, **parameters):
    return processing.run(f"buitengebied_atlas:{name}", parameters)


def created(folder, **parameters):
    return run(
        "create_dossier", FOLDER=str(folder), **{"FICTITIOUS": True, "MAKE_PROJECT": True} | parameters
    )


def test_a_dossier_with_a_project_that_opens(tmp_path):
    done = created(tmp_path / "nieuw dossier é")
    assert open_dossier(Path(done["FOLDER"])).fictitious
    assert QgsProject.instance().read(done["PROJECT"])


def test_a_dossier_without_a_project(tmp_path):
    done = created(tmp_path / "d", FICTITIOUS=False, MAKE_PROJECT=False)
    assert not open_dossier(Path(done["FOLDER"])).fictitious
    assert not list((tmp_path / "d").glob("*.qgz"))


def test_a_folder_that_is_not_empty_or_passes_away_is_refused(tmp_path):
    (tmp_path / "iets.txt").write_text("x")
    with pytest.raises(QgsProcessingException, match="niet leeg"):
        created(tmp_path)
    with pytest.raises(QgsProcessingException, match="tijdelijke map"):
        created("TEMPORARY_OUTPUT")


def test_conclusions_are_written_with_their_reasons_and_only_once(tmp_path):
    folder = Path(created(tmp_path / "d")["FOLDER"])
    for name, text, layer in (("o.csv", ROWS, "leegstand_object"), ("b.csv", SEEN, "leegstand_bewijs")):
        (tmp_path / name).write_text(text)
        run("import_records", FOLDER=str(folder), INPUT=str(tmp_path / name), LAYER=layer,
            OUTPUT="TEMPORARY_OUTPUT")  # fmt: skip
    asked = {"FOLDER": str(folder), "DATE": "2026-03-01", "USER": "Tester", "OUTPUT": "TEMPORARY_OUTPUT"}
    done = run("conclude_vacancy", **asked)
    assert (done["CHANGED"], done["UNCHANGED"], done["UNJUDGED"]) == (1, 0, 0)
    (line,) = done["OUTPUT"].getFeatures()
    assert (line["uitkomst"], line["conclusie"], line["adres"]) == (
        "gewijzigd", "Leeg", "Verzonnen Lijst 1, Nergens",
    )  # fmt: skip
    assert "ter plaatse gezien" in line["redenen"]
    (record,) = read_layers(open_dossier(folder))["leegstand_object"]
    assert (record["conclusie"], record["conclusie_sinds"]) == ("leeg", "2026-03-01")
    again = run("conclude_vacancy", **asked)
    assert (again["CHANGED"], again["UNCHANGED"]) == (0, 1)


def test_a_dossier_of_this_version_needs_no_migration(tmp_path):
    folder = created(tmp_path / "d")["FOLDER"]
    assert "COPY" not in run("migrate_dossier", FOLDER=folder)


def test_a_dossier_of_another_version_gets_a_sentence(tmp_path):
    import sqlite3

    folder = Path(created(tmp_path / "d", MAKE_PROJECT=False)["FOLDER"])
    for version, words in (("99", "nieuwere versie"), ("0", "oudere versie")):
        with closing(sqlite3.connect(folder / "signaal.gpkg")) as connection, connection:
            connection.execute(
                "UPDATE gpkg_metadata SET metadata = replace(replace(metadata, ?, ?), 'e\">99<', ?)",
                [f'e">{SCHEMA_VERSION}<', *[f'e">{version}<'] * 2],
            )
        connection.close()
        with pytest.raises(QgsProcessingException, match=words):
            run("conclude_vacancy", FOLDER=str(folder), OUTPUT="TEMPORARY_OUTPUT")


def test_damage_is_told_by_every_tool_until_it_is_looked_at_and_accepted(tmp_path):
    """A value that nobody changed: as with the command, in the log of whatever tool opens the dossier."""
    import sqlite3

    folder = Path(created(tmp_path / "d", MAKE_PROJECT=False)["FOLDER"])
    (tmp_path / "o.csv").write_text(ROWS)
    run("import_records", FOLDER=str(folder), INPUT=str(tmp_path / "o.csv"), LAYER="leegstand_object",
        OUTPUT="TEMPORARY_OUTPUT")  # fmt: skip
    assert run("check_dossier", FOLDER=str(folder)) == {"WRONG": 0, "CLEARED": 0, "NOTES": 0}
    with closing(sqlite3.connect(folder / "leegstand_object.gpkg")) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE leegstand_object SET adres = 'Elders 1'")
    words = "anders dan opgeslagen"

    def told(name, **more):
        feedback, given = QgsProcessingFeedback(logFeedback=False), {"FOLDER": str(folder), **more}
        processing.run(f"buitengebied_atlas:{name}", given, feedback=feedback)
        return feedback.textLog()

    assert words in told("conclude_vacancy", OUTPUT="TEMPORARY_OUTPUT")
    assert words in told("check_dossier")
    assert run("check_dossier", FOLDER=str(folder))["WRONG"] == 1
    assert run("check_dossier", FOLDER=str(folder), ACCEPT=True)["WRONG"] == 0
    assert words not in told("check_dossier")
