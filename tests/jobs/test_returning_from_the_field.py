"""A package goes into the field and comes back: the days of `field_days`, as in the plugin."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import zipfile
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from field_packages import NOW, PICTURE, pack, photographed, unpacked

from atlas.core.files.dossier_folder import SLOT_FILE
from atlas.core.records.import_file import ImportRequest
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError
from atlas.dossier import opening
from atlas.dossier.checking import check_dossier
from atlas.dossier.files import SEAL_FILE
from atlas.dossier.issue_register import read_register
from atlas.dossier.migration import migrate_dossier
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.records import read_layers, read_records
from atlas.flows.importing import ImportTask, import_file
from atlas.gpkg.spatial_index import register_spatial_functions
from atlas.jobs.field_return import return_package
from field_days import DAYS, OBJECTS, OWN, ROWS, VISIT, VISITS, compare, uuid, work

ATTENTION = ("conflict", "geweigerd", "opmerking")


def test_a_package_without_records_is_refused_in_words(folder, tmp_path):
    with pytest.raises(AtlasError) as error:
        pack(folder, tmp_path / "leeg.zip", municipalities=("GM1680",))
    assert error.value.title.startswith("Er is niets om mee te nemen")
    assert not (tmp_path / "leeg.zip").exists()


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "folder"])
@pytest.mark.parametrize("day", DAYS, ids=lambda day: day[0])
def test_a_day_in_the_field_comes_back_as_the_case_says(folder, tmp_path, day, zipped):
    pack(folder, tmp_path / "veld.zip")
    package = unpacked(tmp_path / "veld.zip", tmp_path / "telefoon")
    work(package, day[1], register_spatial_functions)
    work(folder, day[2], register_spatial_functions)
    back = package
    if zipped:
        back = tmp_path / "terug.zip"
        with zipfile.ZipFile(back, "w") as archive:
            for file in package.iterdir():
                archive.write(file, f"dossier/{file.name}")
    done = return_package(folder, back, now=NOW, user="terug")
    compare(day, done.counts, done.lines, read_layers(open_dossier(folder)))
    assert len(done.attention) == sum(line[1] in ATTENTION for line in done.lines)


def test_a_package_holds_its_own_municipality_only_and_stands_in_the_register(folder, tmp_path):
    done = pack(folder, tmp_path / "veld.zip")
    records = read_layers(open_dossier(unpacked(tmp_path / "veld.zip", tmp_path / "telefoon")))
    assert done.records == len(records["leegstand_object"]) == 2
    assert {record["gemeente_code"] for record in records["leegstand_object"]} == {OWN}
    assert {record["aangemaakt_door"] for record in records["leegstand_object"]} == {"onbekend"}
    (line,) = read_register(open_dossier(folder))
    assert (line["bestand"], line["doel"], line["aantal"]) == ("veld.zip", "bezoekronde", 2)


def test_what_the_face_adds_goes_along_and_may_stop_the_package(folder, tmp_path):
    pack(folder, tmp_path / "veld.zip", finish=lambda place: (place / "project.qgz").write_bytes(b"FICTIEF"))
    assert (unpacked(tmp_path / "veld.zip", tmp_path / "telefoon") / "project.qgz").is_file()

    def refuse(_place):
        raise AtlasError("Het pakket zou in het veld niet werken.")

    with pytest.raises(AtlasError, match="niet werken"):
        pack(folder, tmp_path / "nee.zip", finish=refuse)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "dossier", "in.csv", "r.csv", "telefoon", "veld.zip",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"purpose": " "}, "waarvoor"),
        ({"municipalities": []}, "Noem de gemeente"),
        ({"user": ""}, "wie"),
    ],
    ids=lambda value: "",
)
def test_a_package_without_what_the_register_asks_is_refused(folder, tmp_path, change, words):
    with pytest.raises(AtlasError, match=words):
        pack(folder, tmp_path / "veld.zip", **change)
    assert not (tmp_path / "veld.zip").exists()


def test_a_package_in_the_dossier_or_of_another_kind_is_refused(folder, tmp_path):
    for path in (folder / "veld.zip", tmp_path / "veld.gpkg"):
        with pytest.raises(AtlasError):
            pack(folder, path)
        assert not path.exists()


def killed(work):
    """Do it in a process of its own that kills itself."""
    process = os.fork()
    if not process:
        try:
            work(lambda _given: os.kill(os.getpid(), signal.SIGKILL))
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL


def files(room):
    return sorted(path.relative_to(room).as_posix() for path in room.rglob("*") if path.is_file())


def test_of_a_package_that_was_killed_in_the_making_a_check_leaves_nothing(folder, tmp_path):
    before = files(tmp_path)
    killed(lambda kill: pack(folder, tmp_path / "elders" / "veld.zip", finish=kill))
    (room,) = (tmp_path / "elders").iterdir()
    assert files(room)
    dossier = open_dossier(folder)
    assert check_dossier(dossier).cleared == ()  # somebody may still be making it
    os.utime(room, (0, 0))
    assert check_dossier(dossier).cleared == (f"{room}: half gemaakt en opgeruimd.",)
    assert files(tmp_path) == before


def test_of_a_return_that_was_killed_a_check_leaves_nothing(folder, tmp_path):
    pack(folder, tmp_path / "stick" / "veld.zip")
    before = files(tmp_path)
    killed(
        lambda kill: return_package(
            folder, tmp_path / "stick" / "veld.zip", now=NOW, user="terug", report=kill
        )
    )
    (room,) = folder.glob(".pakket.*")
    assert files(room)
    dossier = open_dossier(folder)
    assert check_dossier(dossier).cleared == ()
    os.utime(room, (0, 0))
    assert check_dossier(dossier).cleared == (f"{room.name}: half gemaakt en opgeruimd.",)
    assert files(tmp_path) == before


def test_who_stops_before_the_dossier_changes_gets_nothing(folder, tmp_path):
    pack(folder, tmp_path / "veld.zip")
    package = unpacked(tmp_path / "veld.zip", tmp_path / "telefoon")
    work(package, DAYS[1][1], register_spatial_functions)
    before = read_layers(open_dossier(folder))

    def report(lines):
        assert len(lines) == 2
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        return_package(folder, package, now=NOW, user="terug", report=report)
    assert read_layers(open_dossier(folder)) == before


def test_free_text_about_a_person_is_asked_about_before_anything_comes_back(folder, tmp_path):
    pack(folder, tmp_path / "veld.zip")
    package = unpacked(tmp_path / "veld.zip", tmp_path / "telefoon")
    edits = [
        (VISITS, uuid(51), {**VISIT, "toelichting": "gesproken met dhr. Verzonnen"}),
        (OBJECTS, uuid(2), {"toelichting": "bus met kenteken ZX-123-G"}),
    ]
    work(package, edits, register_spatial_functions)
    before = read_layers(open_dossier(folder))
    with pytest.raises(AtlasError, match="niets overgenomen") as caught:
        return_package(folder, package, now=NOW, user="terug")
    assert "leegstand_object, toelichting: een kenteken in rij 2" in caught.value.where
    assert "erfbezoek, toelichting: een aanspreking (dhr., mevr.) in rij 1" in caught.value.where
    assert read_layers(open_dossier(folder)) == before
    done = return_package(folder, package, now=NOW, user="terug", accept_personal_text=True)
    assert (done.counts["nieuw"], done.counts["gewijzigd"]) == (1, 1)
    assert any("zo is gekozen" in note for note in done.notes)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["dossier/signaal.gpkg", "dossier/SIGNAAL.gpkg"])
def test_two_files_with_one_name_are_no_package(folder, tmp_path, second):
    """On Windows the one would take the place of the other."""
    pack(folder, tmp_path / "veld.zip")
    with zipfile.ZipFile(tmp_path / "veld.zip", "a") as archive:
        archive.writestr("dossier/signaal.gpkg", b"")
        archive.writestr(second, b"")
    with pytest.raises(AtlasError, match="dezelfde naam"):
        return_package(folder, tmp_path / "veld.zip", now=NOW, user="terug")


@contextmanager
def of_version(version, patch):
    """An older schema: the same code makes files as that version made them."""
    now = dict(RURAL_LAYERS)
    held = Path(__file__).parents[1] / f"data/schema/{version}.json"
    before = json.loads(held.read_text(encoding="utf-8"))["layers"]
    RURAL_LAYERS.clear()
    for name, layer in now.items():
        if name in before:
            fields = tuple(field for field in layer.fields if field.name in before[name]["fields"])
            relations = tuple(one for one in layer.relations if one.field in before[name]["fields"])
            older = replace(layer, fields=fields, relations=relations)
            # the register is that of today: this code chains every line that it adds
            RURAL_LAYERS[name] = layer if layer.append_only else older
    patch.setattr(opening, "SCHEMA_VERSION", version)
    try:
        yield
    finally:
        patch.undo()
        RURAL_LAYERS.clear()
        RURAL_LAYERS.update(now)


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "folder"])
@pytest.mark.parametrize(("version", "added"), [(5, "ronde_stop"), (8, "conflict"), (10, "vierkant")])
def test_a_package_that_was_in_the_field_during_a_migration_comes_back(
    tmp_path, monkeypatch, zipped, version, added
):
    with of_version(version, monkeypatch):
        made = init_dossier(tmp_path / "dossier", fictitious=True).folder
        (tmp_path / "in.csv").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
        task = ImportTask(tmp_path / "in.csv", ImportRequest("leegstand_object"))
        import_file(made, task, tmp_path / "r.csv", user="beheer", now=NOW)
        pack(made, tmp_path / "veld.zip")
    package = unpacked(tmp_path / "veld.zip", tmp_path / "telefoon")
    assert not (package / f"{added}.gpkg").exists()
    migrate_dossier(made)
    day = DAYS[0]
    work(package, day[1], register_spatial_functions)
    work(made, day[2], register_spatial_functions)
    back = package
    if zipped:
        back = tmp_path / "terug.zip"
        with zipfile.ZipFile(back, "w") as archive:
            for file in package.iterdir():
                archive.write(file, f"dossier/{file.name}")
    came = {file.name: file.read_bytes() for file in package.iterdir()}
    around = sorted(path.name for path in package.parent.iterdir())
    done = return_package(made, back, now=NOW, user="terug")
    compare(day, done.counts, done.lines, read_layers(open_dossier(made)))
    assert {file.name: file.read_bytes() for file in package.iterdir()} == came
    assert sorted(path.name for path in package.parent.iterdir()) == around


@contextmanager
def no_file_larger_than(size):
    """As on a disk that fills up: what is larger can't be written."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def everything(folder):
    """What stands in a folder, but for the two files that an opening makes."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.name not in {SEAL_FILE, SLOT_FILE}
    )


def test_a_disk_that_fills_up_leaves_all_as_it_was_and_it_can_be_done_again(folder, tmp_path):
    pack(folder, tmp_path / "veld.zip")
    photo = PICTURE[:-2] + b"x" * 250_000 + PICTURE[-2:]
    package = photographed(unpacked(tmp_path / "veld.zip", tmp_path / "telefoon"), "fotos/a.jpg", photo)
    work(package, [(VISITS, uuid(51), VISIT)], register_spatial_functions)
    back = tmp_path / "terug.zip"
    with zipfile.ZipFile(back, "w") as archive:
        for file in sorted(package.rglob("*")):
            archive.write(file, f"dossier/{file.relative_to(package).as_posix()}")
    before, names = read_layers(open_dossier(folder)), everything(tmp_path)
    for size in (20_000, 150_000, 200_000):
        with no_file_larger_than(size), pytest.raises(AtlasError):
            return_package(folder, back, now=NOW, user="terug")
        assert everything(tmp_path) == names
    # unpacked elsewhere it comes as far as the photo, and the records
    for size in (100_000, 240_000):
        with no_file_larger_than(size), pytest.raises(AtlasError):
            return_package(folder, package, now=NOW, user="terug")
        assert everything(tmp_path) == names
        assert read_layers(open_dossier(folder)) == before
    assert return_package(folder, back, now=NOW, user="terug").counts["nieuw"] == 1
    assert (folder / "fotos" / "a.jpg").is_file()


def test_a_clock_that_is_years_ahead_takes_nothing_back(folder, tmp_path):
    pack(folder, tmp_path / "veld.zip")
    package = unpacked(tmp_path / "veld.zip", tmp_path / "telefoon")
    work(package, [(VISITS, uuid(51), VISIT)], register_spatial_functions)
    before = read_layers(open_dossier(folder))
    with pytest.raises(AtlasError, match="niets overgenomen") as caught:
        return_package(folder, package, now=NOW.replace(year=2031), user="terug")
    assert "2031-03-06" in str(caught.value)
    assert read_layers(open_dossier(folder)) == before
    assert return_package(folder, package, now=NOW.replace(year=2027), user="terug").counts["nieuw"] == 1


def test_a_telephone_that_is_years_ahead_is_said_and_counts_as_now(folder, tmp_path):
    pack(folder, tmp_path / "veld.zip")
    package = unpacked(tmp_path / "veld.zip", tmp_path / "telefoon")
    work(package, [(VISITS, uuid(51), VISIT)], register_spatial_functions)
    ahead = [(VISITS, uuid(51), {"gewijzigd_op": "2045-01-01T10:00:00.000Z"})]
    work(package, ahead, register_spatial_functions)
    (note,) = return_package(folder, package, now=NOW, user="terug").notes
    assert "1 record is" in note
    assert "klok" in note
    (visit,) = read_records(open_dossier(folder), VISITS)
    assert str(visit["gewijzigd_op"]).startswith("2026-03-06")


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["fifo", "map"])
def test_a_zip_that_is_no_file_gets_a_sentence_and_is_not_waited_for(folder, tmp_path, make):
    make(tmp_path / "veld.zip")
    with pytest.raises(AtlasError, match="geen gewoon bestand"):
        return_package(folder, tmp_path / "veld.zip", now=NOW, user="terug")


@pytest.mark.parametrize(
    ("members", "words"),
    [(["veld/basis.gpkg"], "geen bestand van een dossier"), (["basis.gpkg/a", "basis.gpkg"], "geen pakket")],
)
def test_what_is_wrong_in_a_zip_is_said_of_the_zip(folder, tmp_path, members, words):
    back = tmp_path / "terug.zip"
    with zipfile.ZipFile(back, "w") as archive:
        for name in members:
            archive.writestr(name, b"FICTIEF")
    with pytest.raises(AtlasError, match=words) as caught:
        return_package(folder, back, now=NOW, user="terug")
    assert caught.value.where.startswith(str(back))
    assert str(folder) not in str(caught.value)


def test_a_package_of_very_many_files_is_refused_before_they_are_unpacked(folder, tmp_path):
    pack(folder, tmp_path / "veld.zip")
    with zipfile.ZipFile(tmp_path / "veld.zip", "a") as archive:
        for number in range(5_001):
            archive.writestr(f"dossier/fotos/{number}.jpg", b"")
    names = everything(tmp_path)
    with pytest.raises(AtlasError, match="te veel bestanden"):
        return_package(folder, tmp_path / "veld.zip", now=NOW, user="terug")
    assert everything(tmp_path) == names


def test_findings_of_a_visit_that_is_refused_say_so_and_come_back_once_it_can(folder, tmp_path):
    pack(folder, tmp_path / "veld.zip")
    package = unpacked(tmp_path / "veld.zip", tmp_path / "telefoon")
    seen = {"bezoek_uuid": uuid(51), "categorie": "opvallende_geur", "waarneming": "niet_waargenomen"}
    work(package, [(VISITS, uuid(51), VISIT), ("bevinding", uuid(61), seen)], register_spatial_functions)
    with closing(sqlite3.connect(folder / "leegstand_object.gpkg")) as other, other:
        register_spatial_functions(other)
        other.execute("DELETE FROM leegstand_object WHERE uuid = ?", [uuid(1)])
    done = return_package(folder, package, now=NOW, user="terug")
    assert done.counts["geweigerd"] == 2
    visit, finding = done.attention
    assert "leegstand_object waar dit bij hoort, staat niet (meer) in het dossier" in visit
    assert "erfbezoek waar dit bij hoort, is zelf geweigerd" in finding
    task = ImportTask(tmp_path / "in.csv", ImportRequest("leegstand_object"))
    import_file(folder, task, tmp_path / "r.csv", user="beheer", now=NOW)
    assert return_package(folder, package, now=NOW, user="terug").counts["nieuw"] == 2


def test_findings_of_a_visit_of_which_a_change_is_refused_come_back(folder, tmp_path):
    work(folder, [(VISITS, uuid(41), VISIT)], register_spatial_functions)
    pack(folder, tmp_path / "veld.zip")
    package = unpacked(tmp_path / "veld.zip", tmp_path / "telefoon")
    other_act = {"soort": "toezicht", "grondslag": "toezicht_awb", "regeling": "Verzonnen verordening"}
    seen = {"bezoek_uuid": uuid(41), "categorie": "opvallende_geur", "waarneming": "niet_waargenomen"}
    work(package, [(VISITS, uuid(41), other_act), ("bevinding", uuid(61), seen)], register_spatial_functions)
    done = return_package(folder, package, now=NOW, user="terug")
    assert (done.counts["nieuw"], done.counts["geweigerd"]) == (1, 1)
    assert [one["uuid"] for one in read_records(open_dossier(folder), "bevinding")] == [uuid(61)]


def test_a_history_that_is_no_json_is_said(folder, tmp_path):
    pack(folder, tmp_path / "veld.zip")
    package = unpacked(tmp_path / "veld.zip", tmp_path / "telefoon")
    with closing(sqlite3.connect(package / "leegstand_object.gpkg")) as other, other:
        other.execute(
            "INSERT INTO wijziging (record_uuid, tijdstip, door, soort, velden, bewaren_tot) "
            "VALUES (?, '2026-03-05T10:00:00.000Z', 'x', 'gewijzigd', '{', '2040-01-01')",
            [uuid(1)],
        )
    with pytest.raises(AtlasError, match="geschiedenis"):
        return_package(folder, package, now=NOW, user="terug")
