"""What goes wrong with files in practice: a sentence for each row, and nothing half-written."""

from __future__ import annotations

import shutil
import threading

import processing
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

OBJECTS = "leegstand_object"
IMPORT = "buitengebied_atlas:import_records"
ROW = {"soort": "schuur", "bron": "FICTIEF", "peildatum": "2026-01-15", "bewaren_tot": "2040-01-01"}
HERE = "Point(231000 561000)"

pytestmark = pytest.mark.usefixtures("provider", "iface")


@pytest.fixture
def folder(tmp_path):
    from buitengebied_atlas.atlas.dossier.opening import init_dossier

    return init_dossier(tmp_path / "dossier van Zoë", fictitious=True).folder


def layer_of(*rows, crs="EPSG:28992", kind="Point"):
    """Rows (fields, geometry as WKT) as a layer in memory."""
    names = sorted({name for fields, _ in rows for name in {**ROW, **fields, "bronkenmerk": ""}})
    columns = "&".join(f"field={name}:string" for name in names)
    layer = QgsVectorLayer(f"{kind}?crs={crs or 'EPSG:28992'}&{columns}", "in", "memory")
    if not crs:
        layer.setCrs(QgsCoordinateReferenceSystem())
    for number, (fields, place) in enumerate(rows):
        feature = QgsFeature(layer.fields())
        cells = {**ROW, "bronkenmerk": f"k{number}", **fields}
        feature.setAttributes([cells.get(name) for name in names])
        if place:
            feature.setGeometry(QgsGeometry.fromWkt(place))
        assert layer.dataProvider().addFeature(feature)
    return layer


def run(folder, source, **more):
    asked = {"FOLDER": str(folder), "INPUT": source, "LAYER": OBJECTS, "OUTPUT": "TEMPORARY_OUTPUT"}
    done = processing.run(IMPORT, asked | more)
    return done, [(f["rij"], f["uitkomst"], f["toelichting"] or "") for f in done["OUTPUT"].getFeatures()]


def records(folder, layer=OBJECTS):
    from buitengebied_atlas.atlas.dossier.opening import open_dossier
    from buitengebied_atlas.atlas.dossier.records import read_layers

    return read_layers(open_dossier(folder))[layer]


def state(folder):
    """Every file but the slot and the seal, which say who is at work and what was read."""
    from buitengebied_atlas.atlas.dossier.files import SEAL_FILE

    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.name not in {"dossier.slot", SEAL_FILE}
    }


@pytest.mark.parametrize(
    ("kind", "crs", "place", "words"),
    [
        ("Point", "EPSG:28992", "Point(561000 231000)", "verwisseld"),
        ("Point", "EPSG:28992", "Point(6.5 52.99)", "graden"),
        ("Point", "", HERE, "welk coördinatenstelsel"),
        ("Point", "EPSG:28992", "Point(0 0)", "0, 0"),
        ("Point", "EPSG:28992", "Point(100000 400000)", "niet in of bij Drenthe"),
        ("Point", "EPSG:4326", "Point(52.99 6.5)", "niet in of bij Drenthe"),
        ("Polygon", "EPSG:28992", "Polygon((231000 561000,231010 561000,231010 561010))", "Geen punt"),
        ("MultiPoint", "EPSG:28992", "MultiPoint((231000 561000),(231010 561000))", "Meer dan één punt"),
    ],
)  # fmt: skip
def test_a_place_that_is_wrong_is_never_left_out_in_silence(folder, kind, crs, place, words):
    """Also when the row names its municipality, with which it could be a record without a place."""
    before = state(folder)
    with pytest.raises(QgsProcessingException, match=words):
        run(folder, layer_of(({"gemeente_code": "GM0106"}, place), crs=crs, kind=kind))
    assert state(folder) == before


def test_rows_with_a_wrong_place_do_not_stop_the_others(folder):
    source = layer_of(
        ({}, "Point(0 0)"), ({}, None), ({}, HERE), ({"gemeente_code": "GM0106"}, "Point EMPTY")
    )
    done, lines = run(folder, source)
    assert (done["INSERTED"], done["REFUSED"], done["UNREAD"]) == (2, 1, 1)
    assert {line[:2] for line in lines} == {
        (1, "niet_gelezen"), (2, "geweigerd"), (3, "nieuw"), (4, "nieuw"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "crs", "place"),
    [("PointZM", "EPSG:28992", "PointZM(231000 561000 3 4)"), ("MultiPoint", "EPSG:28992", f"Multi{HERE}")],
)
def test_height_and_measure_and_a_multipoint_of_one_are_a_point(folder, kind, crs, place):
    run(folder, layer_of(({}, place), kind=kind, crs=crs))
    (record,) = records(folder)
    assert record["geometrie"] == (231_000, 561_000)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"bag_vbo_id": "1,06E+14"}, "afgerond"),
        ({"bag_pand_id": "1.23E+15"}, "afgerond"),
        ({"peildatum": "31-02-2025"}, "bestaat niet"),
        ({"peildatum": "1-4-25"}, "twee cijfers"),
        ({"peildatum": "01/04/2025"}, "1 april zijn en 4 januari"),
        ({"peildatum": "2090-01-01"}, "toekomst"),
        ({"bewaren_tot": "9999-12-31"}, "voor altijd"),
        ({"bewaren_tot": "2020-01-01"}, "al voorbij"),
        ({"bewaren_tot": None}, "verplicht"),
        ({"regime": "wpg"}, "Wpg"),
        ({"toelichting": "bsn 123456782"}, "burgerservicenummer"),
        ({"bron": "eigen lijst"}, "Verzonnen en echte"),
    ],
)
def test_a_cell_that_can_not_be_is_refused_with_the_reason(folder, fields, words):
    before = state(folder)
    try:
        _, lines = run(folder, layer_of((fields, HERE)))
        said = " ".join(line[2] for line in lines if line[1] == "geweigerd")
    except QgsProcessingException as error:
        said = str(error)
    assert words in said
    assert "123456782" not in said
    assert records(folder) == []
    assert state(folder) == before


def test_ids_and_dates_that_a_spreadsheet_spoiled_are_mended_and_said(folder):
    _, lines = run(folder, layer_of(({"bag_vbo_id": "106010000000001", "peildatum": "45672"}, HERE)))
    (record,) = records(folder)
    assert (record["bag_vbo_id"], record["peildatum"]) == ("0106010000000001", "2025-01-15")
    assert sorted(line[1] for line in lines) == ["hersteld", "hersteld", "nieuw"]


def test_two_rows_with_one_bag_id_that_differ_are_both_refused(folder):
    rows = [({"bag_vbo_id": "0106010000000001", "soort": kind}, HERE) for kind in ("schuur", "stal")]
    done, lines = run(folder, layer_of(*rows))
    assert (done["INSERTED"], done["REFUSED"]) == (0, 2)
    assert "Rij 2 van dit bestand gaat over hetzelfde" in lines[0][2]


@pytest.mark.parametrize(("spoil", "words"), [("cut", "afgebroken"), ("wal", "ontbreekt het hulpbestand")])
def test_a_dossier_that_was_copied_badly_is_left_alone(folder, spoil, words):
    path = folder / f"{OBJECTS}.gpkg"
    content = bytearray(path.read_bytes())
    if spoil == "cut":
        content = content[: len(content) // 2]
    else:
        content[18:20] = b"\x02\x02"  # the header of a file in WAL mode
    path.write_bytes(content)
    before = state(folder)
    with pytest.raises(QgsProcessingException, match=words):
        run(folder, layer_of(({}, HERE)))
    assert state(folder) == before


def test_a_folder_that_disappeared_gets_a_sentence(folder, tmp_path):
    shutil.rmtree(folder)
    with pytest.raises(QgsProcessingException, match="bestaat niet"):
        run(folder, layer_of(({}, HERE)))


class _StopsAt(QgsProcessingFeedback):
    """A user who stops when the algorithm has asked so many times whether he did."""

    def __init__(self, times):
        super().__init__()
        self._left = times

    def isCanceled(self):  # noqa: N802
        self._left -= 1
        return self._left < 0


@pytest.mark.parametrize("times", range(6))
@pytest.mark.parametrize("name", ["import_records", "conclude_vacancy"])
def test_stopping_leaves_the_dossier_as_it_was_or_done(folder, name, times):
    run(folder, layer_of(({}, HERE)))
    before, feedback, context = state(folder), _StopsAt(times), QgsProcessingContext()
    asked = {"FOLDER": str(folder), "OUTPUT": "TEMPORARY_OUTPUT", "DATE": "2031-01-01"}
    source = layer_of(({"bronkenmerk": "ander"}, "Point(231500 561000)"))
    more = {"INPUT": source, "LAYER": OBJECTS} if name == "import_records" else {}
    from qgis.core import QgsApplication

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"buitengebied_atlas:{name}")
    results, fine = algorithm.run(asked | more, context, feedback)
    assert fine
    if results.get("OUTPUT") is None:
        assert state(folder) == before
        assert "niets" in feedback.textLog() or "nothing" in feedback.textLog()


def test_two_imports_at_the_same_time_both_get_in_or_one_is_told(folder, tmp_path):
    from buitengebied_atlas.atlas.core.records.changes import plan_import
    from buitengebied_atlas.atlas.core.words.errors import AtlasError
    from buitengebied_atlas.atlas.dossier.changes import apply_import
    from buitengebied_atlas.atlas.dossier.opening import open_dossier
    from fictitious_dossier import NOW, vacant

    refused, ready = [], threading.Barrier(2)

    def other():
        ready.wait()
        plan = plan_import([], [vacant(1, "GM0106")], now=NOW, user="collega", layer=OBJECTS)
        try:
            apply_import(open_dossier(folder), plan)
        except AtlasError as error:
            refused.append(str(error))

    thread = threading.Thread(target=other)
    thread.start()
    source = layer_of(*(({}, f"Point({231_000 + 100 * number} 561000)") for number in range(50)))
    ready.wait()
    mine = 50
    try:
        run(folder, source)
    except QgsProcessingException as error:
        refused.append(str(error))
        mine = 0
    thread.join()
    assert len(records(folder)) == mine + (0 if len(refused) > (mine == 0) else 1)
    assert all("gewijzigd sinds" in sentence or "in gebruik" in sentence for sentence in refused)
