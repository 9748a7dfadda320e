"""A package is edited in the field, in QGIS, and comes back: what was done there and nothing else."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from contextlib import closing

import processing
import pytest
from fictitious_dossier import evidence, filled, uuid, vacant
from qgis.core import QgsGeometry, QgsPointXY, QgsProcessingException, QgsProject, QgsVectorLayerUtils
from qgis.PyQt.QtCore import QDate

OWN, OTHER = "GM0106", "GM0765"
OBJECTS, EVIDENCE, VISITS, FINDINGS = "leegstand_object", "leegstand_bewijs", "erfbezoek", "bevinding"
KEEP = QDate(2040, 1, 1)
PICTURE = b"\xff\xd8\xff\xda\x00\x02 FICTIEF\xff\xd9"  # as small as a file can be that reads as a photo


@pytest.fixture(scope="module")
def made(provider, tmp_path_factory):
    """A dossier ("before"), and ("after") the same with the package of a team, also as it lies on a phone."""
    from buitengebied_atlas.atlas.jobs.handing_out import Request
    from buitengebied_atlas.project.field_package import write_package

    room = tmp_path_factory.mktemp("veld")
    objects = [
        vacant(1, OWN, foto="fotos/van_kantoor.jpg", toelichting="van kantoor"),
        vacant(2, OWN), vacant(3, OTHER), vacant(4, OWN),
    ]  # fmt: skip
    after = filled(room / "after" / "dossier", objects, [evidence(11, 1)]).folder
    edit(after, {1: {"prioriteit": "hoog"}})  # by hand, after the import: this must not be in the way
    shutil.copytree(after, room / "before" / "dossier")
    write_package(after, room / "after" / "veld.zip", Request("team", (OWN,), "proef", "Tester"))
    with zipfile.ZipFile(room / "after" / "veld.zip") as archive:
        archive.extractall(room / "after" / "telefoon")
    return room


@pytest.fixture
def dossier(made, iface, tmp_path):
    from buitengebied_atlas.atlas.dossier.opening import open_dossier

    shutil.copytree(made / "before", tmp_path, dirs_exist_ok=True)
    return open_dossier(tmp_path / "dossier")


@pytest.fixture
def field(made, dossier, tmp_path):
    """The package as it lies on a phone."""
    shutil.rmtree(dossier.folder)
    shutil.copytree(made / "after", tmp_path, dirs_exist_ok=True)
    return tmp_path / "telefoon" / "dossier"


def edit(folder, changes=(), new=(), deleted=()):
    """Edit records through the layers of QGIS, with their forms' defaults, and let go of the files."""
    from buitengebied_atlas.project.dossier_layers import open_dossier_layers

    project = QgsProject.instance()  # where the default of the municipality looks for the borders
    layers = open_dossier_layers(project, folder)
    for number, fields in dict(changes).items():
        layer = layers[OBJECTS]
        layer.startEditing()
        feature = next(f for f in layer.getFeatures() if f["uuid"] == uuid(number))
        for name, value in fields.items():
            layer.changeAttributeValue(feature.id(), layer.fields().indexOf(name), value)
        assert layer.commitChanges(), layer.commitErrors()
    for name, place, given in new:
        layer = layers[name]
        layer.startEditing()
        point = QgsGeometry.fromPointXY(QgsPointXY(*place)) if place else QgsGeometry()
        values = {layer.fields().indexOf(key): value for key, value in given.items()}
        layer.addFeature(
            QgsVectorLayerUtils.createFeature(layer, point, values, layer.createExpressionContext())
        )
        assert layer.commitChanges(), layer.commitErrors()
    for number in deleted:
        layer = layers[OBJECTS]
        layer.startEditing()
        layer.deleteFeature(next(f for f in layer.getFeatures() if f["uuid"] == uuid(number)).id())
        assert layer.commitChanges(), layer.commitErrors()
    project.clear()


def visit_and_finding(about, number=50):
    return [
        (
            VISITS, None,
            {
                "uuid": uuid(number), "object_uuid": about, "datum": QDate(2026, 3, 5),
                "team": "Team Verzonnen", "soort": "preventief", "grondslag": "instemming",
                "doel": "kennismaken", "uitkomst": None, "bewaren_tot": KEEP, "peildatum": QDate(2026, 3, 5),
            },
        ),
        (
            FINDINGS, None,
            {
                "uuid": uuid(number + 1), "bezoek_uuid": uuid(number), "waarneming": "niet_waargenomen",
                "categorie": None, "bewaren_tot": KEEP, "peildatum": QDate(2026, 3, 5),
            },
        ),
    ]  # fmt: skip


@pytest.fixture
def codes():
    """A code of each list that the test does not care about."""
    from buitengebied_atlas.atlas.core.schema.rural import RURAL_LAYERS

    return lambda layer, name: RURAL_LAYERS[layer].field(name).codes.codes[0].value


def worked(field, codes):
    """A day in the field: changes, a new object, a visit with a finding, a photo, and a deletion."""
    (visit, finding) = visit_and_finding(uuid(2))
    visit[2]["uitkomst"] = codes(VISITS, "uitkomst")
    finding[2]["categorie"] = codes(FINDINGS, "categorie")
    (field / "fotos").mkdir(exist_ok=True)
    (field / "fotos" / "nieuw.jpg").write_bytes(PICTURE)
    new = {"uuid": uuid(60), "adres": "Verzonnenweg 60, Nergens", "soort": "stal", "bewaren_tot": KEEP}
    edit(
        field,
        {
            1: {"status": "bezocht", "toelichting": None},
            2: {"foto": "fotos/nieuw.jpg", "toelichting": "dak stuk"},
        },
        [(OBJECTS, (232_000, 558_000), new), visit, finding],
        deleted=[4],
    )  # fmt: skip


def take_back(dossier, package, **more):
    done = processing.run(
        "buitengebied_atlas:import_field_package",
        {"FOLDER": str(dossier.folder), "PACKAGES": str(package), "OUTPUT": "TEMPORARY_OUTPUT", **more},
    )
    lines = [feature.attributes() for feature in done["OUTPUT"].getFeatures()]
    return done, lines


def records(dossier):
    from buitengebied_atlas.atlas.dossier.opening import open_dossier
    from buitengebied_atlas.atlas.dossier.records import read_layers

    found = read_layers(open_dossier(dossier.folder))
    return {name: {record["uuid"]: record for record in of_layer} for name, of_layer in found.items()}


def test_a_day_in_the_field_comes_back_in_one_step(dossier, field, codes):
    before = records(dossier)
    worked(field, codes)
    done, lines = take_back(dossier, field / "basis.gpkg", USER="Terugnemer")
    after = records(dossier)
    assert (done["INSERTED"], done["UPDATED"], done["CONFLICTS"], done["REFUSED"]) == (3, 2, 0, 0), lines
    first, second = after[OBJECTS][uuid(1)], after[OBJECTS][uuid(2)]
    assert (first["status"], first["prioriteit"]) == ("bezocht", "hoog")
    # what the team never had, or emptied, stays
    assert (first["foto"], first["toelichting"]) == ("fotos/van_kantoor.jpg", "van kantoor")
    assert first["aangemaakt_door"] == before[OBJECTS][uuid(1)]["aangemaakt_door"]
    assert first["gewijzigd_door"] == "Terugnemer"
    assert (second["foto"], second["toelichting"]) == ("fotos/nieuw.jpg", "dak stuk")
    assert (dossier.folder / "fotos" / "nieuw.jpg").read_bytes() == PICTURE
    assert after[OBJECTS][uuid(60)]["gemeente_code"] == OWN
    assert after[VISITS][uuid(50)]["object_uuid"] == uuid(2)
    assert after[FINDINGS][uuid(51)]["bezoek_uuid"] == uuid(50)
    # untouched, and not there: the same as before
    assert after[OBJECTS][uuid(3)] == before[OBJECTS][uuid(3)]
    assert after[OBJECTS][uuid(4)] == before[OBJECTS][uuid(4)]
    assert after[EVIDENCE] == before[EVIDENCE]
    said = {(line[1], line[2], line[3]) for line in lines}
    assert {("opmerking", uuid(1), "toelichting"), ("opmerking", uuid(4), "")} <= said


def test_taking_it_back_twice_changes_nothing(dossier, field, codes):
    worked(field, codes)
    take_back(dossier, field / "basis.gpkg")
    before = records(dossier)
    done, _ = take_back(dossier, field / "basis.gpkg")
    assert (done["INSERTED"], done["UPDATED"], done["CONFLICTS"], done["REFUSED"]) == (0, 0, 0, 0)
    assert records(dossier) == before


def test_a_zip_that_came_back_is_taken_as_it_is_and_leaves_nothing(dossier, field, codes, tmp_path):
    worked(field, codes)
    (tmp_path / "terug").mkdir()
    with zipfile.ZipFile(tmp_path / "terug" / "veld terug.zip", "w") as archive:
        for file in field.rglob("*"):
            archive.write(file, file.relative_to(field.parent))
    done, _ = take_back(dossier, tmp_path / "terug" / "veld terug.zip")
    assert done["INSERTED"] == 3
    assert [path.name for path in (tmp_path / "terug").iterdir()] == ["veld terug.zip"]


def test_what_both_changed_is_a_conflict_with_both_values_and_the_rest_comes_back(dossier, field):
    edit(field, {1: {"status": "bezocht"}, 2: {"toelichting": "uit het veld"}})
    edit(dossier.folder, {1: {"status": "leegstand_vermoed"}, 2: {"prioriteit": "laag"}})
    done, lines = take_back(dossier, field / "basis.gpkg")
    after = records(dossier)[OBJECTS]
    assert (done["UPDATED"], done["CONFLICTS"]) == (1, 1)
    assert after[uuid(1)]["status"] == "leegstand_vermoed"
    assert (after[uuid(2)]["toelichting"], after[uuid(2)]["prioriteit"]) == ("uit het veld", "laag")
    (conflict,) = [line for line in lines if line[1] == "conflict"]
    assert conflict[2:5] == [uuid(1), "status", "dossier: leegstand_vermoed; veld: bezocht"]
    assert conflict[6:] == [after[uuid(1)]["adres"], "1", "basis.gpkg"]


def test_a_record_that_was_erased_in_the_dossier_does_not_return(dossier, field):
    edit(field, {2: {"status": "bezocht"}})
    edit(dossier.folder, deleted=[2])
    done, lines = take_back(dossier, field / "basis.gpkg")
    assert (done["REFUSED"], done["INSERTED"]) == (1, 0)
    assert uuid(2) not in records(dossier)[OBJECTS]
    assert "niet (meer) in het dossier" in lines[0][5]


def test_a_second_photo_does_not_take_the_place_of_the_first(dossier, field):
    edit(field, {1: {"foto": "fotos/nieuw.jpg", "status": "bezocht"}})
    _, lines = take_back(dossier, field / "basis.gpkg")
    first = records(dossier)[OBJECTS][uuid(1)]
    assert (first["foto"], first["status"]) == ("fotos/van_kantoor.jpg", "bezocht")
    assert any(line[3] == "foto" and "fotos/nieuw.jpg" in line[5] for line in lines)


def test_photos_named_alike_are_both_kept(dossier, field):
    (dossier.folder / "fotos").mkdir()
    (dossier.folder / "fotos" / "IMG_0001.JPG").write_bytes(b"een andere foto, FICTIEF")
    (field / "fotos").mkdir()
    (field / "fotos" / "img_0001.jpg").write_bytes(PICTURE)
    edit(field, {2: {"foto": "fotos/img_0001.jpg"}})
    take_back(dossier, field / "basis.gpkg")
    name = records(dossier)[OBJECTS][uuid(2)]["foto"]
    assert name.startswith("fotos/img_0001-")
    assert (dossier.folder / name).read_bytes() == PICTURE
    before = records(dossier)
    take_back(dossier, field / "basis.gpkg")
    assert records(dossier) == before
    assert len(list((dossier.folder / "fotos").iterdir())) == 2


def test_a_package_that_was_cut_off_gets_a_sentence_and_leaves_nothing(dossier, field, tmp_path):
    whole = (tmp_path / "veld.zip").read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(QgsProcessingException, match="geen pakket"):
        take_back(dossier, tmp_path / "half.zip")
    layer = field / "erfbezoek.gpkg"
    layer.write_bytes(layer.read_bytes()[:5000])
    before = records(dossier)
    with pytest.raises(QgsProcessingException, match=r"afgebroken|beschadigd"):
        take_back(dossier, field / "basis.gpkg")
    assert records(dossier) == before
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_a_view_that_never_ends_and_a_package_of_gigabytes_get_a_sentence(dossier, field, tmp_path):
    huge = tmp_path / "groot.zip"
    with zipfile.ZipFile(huge, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pakket/basis.gpkg", b"FICTIEF")
    content = bytearray(huge.read_bytes())
    size = content.index(b"PK\x01\x02") + 24  # what the list of contents says that it is unpacked
    content[size : size + 4] = (2_000_000_000).to_bytes(4, "little")
    huge.write_bytes(content)
    with pytest.raises(QgsProcessingException, match="uitgepakt"):
        take_back(dossier, huge)
    with closing(sqlite3.connect(field / "erfbezoek.gpkg")) as connection, connection:
        connection.execute("ALTER TABLE erfbezoek RENAME TO echt")
        connection.execute(
            "CREATE VIEW erfbezoek AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT i AS fid FROM n"
        )
    with pytest.raises(QgsProcessingException, match="view"):
        take_back(dossier, field / "basis.gpkg")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"geen zip", "geen pakket"), (b"PK\x05\x06" + bytes(18), "geen pakket")],
    ids=["no zip", "empty zip"],
)
def test_another_file_gets_a_sentence(dossier, tmp_path, content, words):
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(QgsProcessingException, match=words):
        take_back(dossier, tmp_path / "x.zip")


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [((6, 8), 1, "wachtwoord"), ((8, 10), 9, "ingepakt op een manier")],
    ids=["encrypted", "deflate64"],
)
def test_a_package_that_cannot_be_unpacked_gets_a_sentence(dossier, tmp_path, place, value, words):
    """Place of the flags, and of the method, in the headers of every file in the zip (local, central)."""
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pakket/basis.gpkg", b"FICTIEF")
    content = bytearray(path.read_bytes())
    for mark, position in ((b"PK\x03\x04", place[0]), (b"PK\x01\x02", place[1])):
        content[content.index(mark) + position] = value
    path.write_bytes(content)
    with pytest.raises(QgsProcessingException, match=words):
        take_back(dossier, path)
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_the_dossier_itself_and_a_dossier_of_real_records_are_refused(dossier, tmp_path):
    from buitengebied_atlas.atlas.dossier.opening import init_dossier

    with pytest.raises(QgsProcessingException, match="het dossier zelf"):
        take_back(dossier, dossier.path(OBJECTS))
    init_dossier(tmp_path / "echt")
    with pytest.raises(QgsProcessingException, match="Verzonnen en echte"):
        take_back(dossier, tmp_path / "echt" / "basis.gpkg")


def test_a_broken_off_return_leaves_no_photo(dossier, field, codes):
    worked(field, codes)
    before = records(dossier)
    with closing(sqlite3.connect(dossier.path(OBJECTS))) as another:
        another.execute("BEGIN IMMEDIATE")
        with pytest.raises(QgsProcessingException, match="in gebruik"):
            take_back(dossier, field / "basis.gpkg")
        another.rollback()
    assert not (dossier.folder / "fotos").exists()
    assert records(dossier) == before


def test_layer_by_layer_empty_photos_and_unknown_editors_overwrite_nothing(dossier, field):
    """The plain import of one layer of a package: by dates, so it keeps what was edited by hand here."""
    edit(field, {1: {"status": "bezocht"}, 2: {"status": "bezocht"}})
    edit(dossier.folder, {1: {"toelichting": "later op kantoor"}})
    done = processing.run(
        "buitengebied_atlas:import_records",
        {
            "FOLDER": str(dossier.folder), "INPUT": f"{field}/{OBJECTS}.gpkg|layername={OBJECTS}",
            "LAYER": OBJECTS, "OUTPUT": "TEMPORARY_OUTPUT",
        },
    )  # fmt: skip
    after = records(dossier)[OBJECTS]
    assert (done["UPDATED"], done["CONFLICTS"], done["REFUSED"]) == (1, 1, 0)
    assert after[uuid(2)]["status"] == "bezocht"
    assert after[uuid(1)]["foto"] == "fotos/van_kantoor.jpg"
    assert after[uuid(1)]["toelichting"] == "later op kantoor"
    assert "onbekend" not in {after[uuid(1)]["aangemaakt_door"], after[uuid(2)]["gewijzigd_door"]}


@pytest.mark.parametrize("times", range(4))
def test_stopping_half_way_leaves_the_dossier_as_it_was_or_done(dossier, field, codes, times):
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    class Stops(QgsProcessingFeedback):
        left = times

        def isCanceled(self):  # noqa: N802
            self.left -= 1
            return self.left < 0

    worked(field, codes)
    before = records(dossier)
    registry = QgsApplication.processingRegistry()
    algorithm = registry.createAlgorithmById("buitengebied_atlas:import_field_package")
    package = str(field / "basis.gpkg")
    asked = {"FOLDER": str(dossier.folder), "PACKAGES": package, "OUTPUT": "TEMPORARY_OUTPUT"}
    results, fine = algorithm.run(asked, QgsProcessingContext(), Stops())
    assert fine
    done = results.get("INSERTED") == 3
    assert done or records(dossier) == before
    assert (dossier.folder / "fotos" / "nieuw.jpg").exists() == done


def test_the_report_with_values_of_records_is_no_file(dossier, field, tmp_path):
    with pytest.raises(QgsProcessingException, match="niet als bestand"):
        take_back(dossier, field / "basis.gpkg", OUTPUT=str(tmp_path / "terug.csv"))
    assert not (tmp_path / "terug.csv").exists()


def test_several_packages_come_back_at_once_and_one_that_is_none_is_named(dossier, field, codes, tmp_path):
    from qgis.core import QgsProcessingFeedback

    worked(field, codes)
    broken = tmp_path / "kapot.zip"
    broken.write_bytes(b"PK geen zip")
    feedback = QgsProcessingFeedback()
    chosen = [str(broken), str(field / "basis.gpkg")]
    done = processing.run(
        "buitengebied_atlas:import_field_package",
        {"FOLDER": str(dossier.folder), "PACKAGES": chosen, "OUTPUT": "TEMPORARY_OUTPUT"},
        feedback=feedback,
    )
    assert done["INSERTED"] == 3
    assert {feature["pakket"] for feature in done["OUTPUT"].getFeatures()} == {"basis.gpkg"}
    assert "kapot.zip: Dit is geen pakket voor het veld" in feedback.textLog()
    with pytest.raises(QgsProcessingException, match="geen pakket"):
        take_back(dossier, broken)
    again = tmp_path / "ook kapot.zip"
    again.write_bytes(b"PK ook geen zip")
    with pytest.raises(QgsProcessingException, match="Geen van de pakketten") as raised:
        processing.run(
            "buitengebied_atlas:import_field_package",
            {
                "FOLDER": str(dossier.folder),
                "PACKAGES": [str(broken), str(again)],
                "OUTPUT": "TEMPORARY_OUTPUT",
            },
        )
    assert "ook kapot.zip: Dit is geen pakket" in str(raised.value)
