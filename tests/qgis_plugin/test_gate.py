"""Nothing of a dossier comes out for other readers than its team: not by any algorithm, in any output."""

from __future__ import annotations

import base64
import re
import sqlite3
import struct
import zipfile
import zlib
from contextlib import closing
from uuid import UUID

import processing
import pytest
from fictitious_dossier import evidence, filled, uuid, vacant
from qgis.core import QgsProcessingException, QgsProject

#: so many objects lie in Assen: a number that is nowhere in the published figures
COUNT = 1237
#: these only change a dossier or make an empty one: what they write stays with the team
INSIDE_THE_DOSSIER = {
    "create_dossier", "import_records", "take_in_list", "import_field_package", "conclude_vacancy",
    "migrate_dossier",
    "check_dossier", "correct_record", "erase_record",
    "settle_municipality",
    "select_yards", "plan_rounds", "note_back", "decide_conflict", "register_indicators",
    # in the log of its window only
    "evaluate_visits",
}  # fmt: skip
#: these write for a team and nobody else, with the line in the register first (their own tests say so)
FOR_A_TEAM = {"team_figures", "reading_list"}
#: the same, of the one municipality of a campaign (`provider/test_farm_visits.py`)
FOR_A_CAMPAIGN = {"hand_out_round"}
#: this one writes for the person whom the records are about, with its own line in the register
FOR_WHO_ASKS = {"answer_access"}
#: kinds of destination -> how the file is called
_FILES = {"sink": "gpkg", "vectorDestination": "gpkg"}


@pytest.fixture(scope="module")
def dossier(provider, tmp_path_factory):
    objects = [vacant(number, "GM0106") for number in range(1, COUNT + 1)]
    return filled(tmp_path_factory.mktemp("poort") / "dossier", objects, [evidence(90_001, 1)])


@pytest.fixture
def secrets(dossier):
    """Whatever tells of a record: its key, address, place, and the number of them."""
    from buitengebied_atlas.atlas.dossier.records import read_records

    records = read_records(dossier, "leegstand_object")
    assert len(records) == COUNT
    # the page writes an address as its street and its numbers apart, and a key in base64
    found = {f"\\b{COUNT}\\b", "1\\.237\\b", "leegstand_object", "Verzonnenweg"}
    for record in records[:50]:
        x, _y = record["geometrie"]
        found |= {re.escape(record["uuid"]), re.escape(base64_of(record["uuid"]))}
        found |= {re.escape(f"{x:.1f}"), re.escape(f"{x}"), re.escape(struct.pack("<d", x).hex())}
    found.add(re.escape(uuid(90_001)))
    return re.compile("|".join(sorted(found)))


def base64_of(key):
    return base64.urlsafe_b64encode(UUID(key).bytes).decode("ascii").rstrip("=")


def text_of(path):
    """All that can be read from a file, also in packed parts and databases."""
    content = path.read_bytes()
    parts = [content.decode("latin-1"), content.hex() if len(content) < 5_000_000 else ""]
    if content.startswith(b"SQLite format 3"):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            tables = [
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            for table in tables:
                if table.startswith(("rtree_", "gpkg_spatial_ref")):
                    continue
                for row in connection.execute(f'SELECT * FROM "{table}"'):
                    parts += [cell.hex() if isinstance(cell, bytes) else str(cell) for cell in row]
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts += [archive.read(name).decode("latin-1") for name in archive.namelist()]
    elif content.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
            try:
                parts.append(zlib.decompress(stream).decode("latin-1"))
            except zlib.error:
                continue
    return "\n".join(parts)


def asked(dossier):
    """For each algorithm the ways in which records of the dossier might go in."""
    objects = f"{dossier.path('leegstand_object')}|layername=leegstand_object"
    evidences = f"{dossier.path('leegstand_bewijs')}|layername=leegstand_bewijs"
    team = {"MUNICIPALITIES": ["Assen"], "PURPOSE": "toets"}
    return {
        "assign_points": [{"POINTS": objects, **team}],
        "countryside": [{"POINTS": objects, "POLYGONS": "gemeenten", "REFERENCE_DATE": "2026-01-01", **team}],
        "remoteness": [{"YARDS": objects, "DWELLINGS": objects, "REFERENCE_DATE": "2026-01-01", **team}],
        "check_field_package": [{"PROJECT": str(dossier.folder), **team}],
        "export_page": [{"FOLDER": str(dossier.folder), "TRIAL": True, **team}],
        "printed_atlas": [
            {
                "INDICATOR": "Rapportcijfer voor de veiligheid in de buurt",
                "FOLDER": str(dossier.folder),
                "MUNICIPALITIES": ["Assen"],
                "PURPOSE": "toets",
            }
        ],
        "join_table": [
            {"INPUT": table, "KEY": key, "VALUE": value}
            for table, key, value in (
                (objects, "gemeente_code", "adres"),
                (objects, "adres", "uuid"),
                (evidences, "object_uuid", "waarde"),
            )
        ],
        "choropleth": [
            {"INDICATOR": "Rapportcijfer voor de veiligheid in de buurt"},
            {"INPUT": objects, "AREA_FIELD": "gemeente_code", "VALUE_FIELD": "uuid", "LABEL": "FICTIEF"},
        ],
        "load_boundaries": [{}, {"FROM": 1, "INPUT": objects}],
    }


def run(provider, name, parameters, audience, folder):
    """Let an algorithm make its files; the sentence with which it refuses, or ""."""
    algorithm = next(item for item in provider.algorithms() if item.name() == name)
    if algorithm.parameterDefinition("AUDIENCE") is not None:
        parameters = {**parameters, "AUDIENCE": audience}
    for output in algorithm.destinationParameterDefinitions():
        suffix = _FILES.get(output.type()) or output.defaultFileExtension()
        parameters[output.name()] = str(folder / f"{name}_{output.name()}.{suffix}")
    if parameters.get("POLYGONS") == "gemeenten":
        made = processing.run("buitengebied_atlas:load_boundaries", {"OUTPUT": "TEMPORARY_OUTPUT"})
        parameters["POLYGONS"] = made["OUTPUT"]
    try:
        processing.run(algorithm.id(), parameters)
    except QgsProcessingException as error:
        return str(error)
    return ""


def leaks(provider, dossier, secrets, audience, folder, *, only=()):
    """What of the dossier is in the files that come out, and which algorithms refused to make any."""
    found, refused = [], set()
    chosen = {name: ways for name, ways in asked(dossier).items() if not only or name in only}
    for name, ways in chosen.items():
        for number, parameters in enumerate(ways):
            room = folder / f"{name}_{number}"
            room.mkdir()
            if run(provider, name, dict(parameters), audience, room):
                refused.add(name)
            files = [path for path in room.rglob("*") if path.is_file()]
            found += [(path.name, match[0]) for path in files if (match := secrets.search(text_of(path)))]
    return found, refused


def test_every_algorithm_is_looked_at(provider, dossier):
    names = {algorithm.name() for algorithm in provider.algorithms()}
    assert names == set(asked(dossier)) | INSIDE_THE_DOSSIER | FOR_A_TEAM | FOR_A_CAMPAIGN | FOR_WHO_ASKS
    for algorithm in provider.algorithms():
        if algorithm.name() in INSIDE_THE_DOSSIER | FOR_A_TEAM | FOR_A_CAMPAIGN | FOR_WHO_ASKS:
            assert algorithm.parameterDefinition("AUDIENCE") is None
        if algorithm.name() in FOR_A_TEAM:
            assert algorithm.parameterDefinition("PURPOSE") is not None
            assert algorithm.parameterDefinition("MUNICIPALITIES") is not None


@pytest.mark.parametrize("audience", ["openbaar", "partners"])
def test_nothing_of_a_dossier_comes_out(provider, dossier, secrets, audience, tmp_path):
    found, refused = leaks(provider, dossier, secrets, audience, tmp_path)
    assert found == []
    assert {"assign_points", "remoteness", "countryside", "export_page"} <= refused
    made = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert "choropleth_OUTPUT.gpkg" in made


def test_the_search_finds_them_when_the_gate_is_off(provider, dossier, secrets, tmp_path, monkeypatch):
    from buitengebied_atlas import gate, team_page
    from buitengebied_atlas.atlas.core.counts import objects_payload
    from buitengebied_atlas.atlas.core.counts import team_page as core_team_page
    from buitengebied_atlas.atlas.core.disclosure import records
    from buitengebied_atlas.atlas.web.page import object_sections
    from buitengebied_atlas.provider import export_page

    for module in (gate, objects_payload, records):
        monkeypatch.setattr(module, "may_leave", lambda *_: True)
    monkeypatch.setattr(gate, "TEAM", "openbaar")
    monkeypatch.setattr(export_page, "TEAM", "openbaar")
    for module in (team_page, core_team_page, objects_payload, object_sections):
        monkeypatch.setattr(module, "AUDIENCE", "openbaar")
    only = ("assign_points", "export_page")
    found, _refused = leaks(provider, dossier, secrets, "openbaar", tmp_path, only=only)
    assert {"assign_points_POINTS_OUTPUT.gpkg", "export_page_OUTPUT.html"} <= {name for name, _text in found}


@pytest.fixture(autouse=True)
def _empty_project():
    yield
    QgsProject.instance().clear()
