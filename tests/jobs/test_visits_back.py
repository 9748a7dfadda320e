"""Several packages of visits come back at once, on real files; what differs waits for somebody to decide."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime

import pytest

from atlas.core.words.errors import AtlasError
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_history, read_layers
from atlas.gpkg.spatial_index import register_spatial_functions
from atlas.jobs.deciding import conflicts_to_decide, decide_conflict
from atlas.jobs.field_return import packages_in, return_packages
from dossier_samples import campaign, filled, stop, tour, uuid, yard
from field_days import work

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
YARDS, VISITS = "agrarisch_bedrijf", "erfbezoek"
MADE_UP = {"bron": "FICTIEF: proef"}
VISIT = {
    "datum": "2026-03-05", "team": "Team Verzonnen", "soort": "preventief", "grondslag": "instemming",
    "doel": "kennismaken", "uitkomst": "toegang_verleend",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    rows = {
        YARDS: [yard(1, **MADE_UP), yard(2, **MADE_UP)],
        "campagne": [campaign(61, **MADE_UP)],
        "ronde": [tour(81, 61, **MADE_UP)],
        "ronde_stop": [
            stop(71, 61, 1, ronde_uuid=uuid(81), naam="A-01", **MADE_UP),
            stop(72, 61, 2, **MADE_UP),
        ],
    }
    made = filled(tmp_path / "dossier", rows, fictitious=True).folder
    work(made, [("ronde_stop", uuid(72), {"keuze": "allemaal"})], register_spatial_functions)
    return made


def device(folder, name, *edits):
    """A copy of the dossier on which somebody worked, packed again."""
    place = folder.parent / name / "dossier"
    if not place.exists():
        shutil.copytree(folder, place)
    work(place, edits, register_spatial_functions)
    return place


def packed(place, path):
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(place.iterdir()):
            archive.write(file, f"dossier/{file.name}")
    return path


def back(folder, *packages):
    return return_packages(folder, packages, now=NOW, user="terug")


def records(folder, layer):
    return {one["uuid"]: one for one in read_layers(open_dossier(folder))[layer]}


def visited(number, at_yard, **more):
    return VISITS, uuid(number), {"bedrijf_uuid": uuid(at_yard), **VISIT, **more}


def noted(text, hour, at_yard=1):
    return YARDS, uuid(at_yard), {"toelichting": text, "gewijzigd_op": f"2026-03-05T{hour:02d}:00:00.000Z"}


def test_several_packages_come_back_at_once_and_each_visit_at_its_stop(folder, tmp_path):
    one = device(folder, "a", visited(51, 1, stop_uuid=uuid(71), begin="09:05", eind="09:40"))
    other = device(folder, "b", visited(52, 2))
    done = back(folder, packed(one, tmp_path / "a.zip"), other)
    assert [each.counts["nieuw"] for each in done] == [1, 1]
    visits = records(folder, VISITS)
    assert {key: visit["stop_uuid"] for key, visit in visits.items()} == {
        uuid(51): uuid(71),
        uuid(52): uuid(72),
    }
    assert (visits[uuid(51)]["begin"], visits[uuid(51)]["eind"]) == ("09:05", "09:40")


def test_a_folder_with_packages_means_the_packages_in_it(folder, tmp_path):
    day = tmp_path / "dag"
    day.mkdir()
    loose = device(folder, "a", visited(51, 1))
    zips = [packed(loose, day / "b.zip"), packed(loose, day / "a.ZIP")]
    (day / "lees mij.txt").write_text("FICTIEF")
    assert packages_in([day, loose, zips[0], tmp_path / "weg"]) == [*zips[::-1], loose, tmp_path / "weg"]
    assert {line[-1] for one in back(folder, *packages_in([day])) for line in one.lines} == {"a.ZIP", "b.zip"}


def test_two_devices_at_one_yard_and_both_values_wait_for_somebody(folder, tmp_path):
    one = device(folder, "a", noted("hek dicht", 9), visited(51, 1))
    other = device(folder, "b", noted("hek open", 11), visited(52, 1))
    done = back(folder, packed(one, tmp_path / "a.zip"), packed(other, tmp_path / "b.zip"))
    assert [each.counts["conflict"] for each in done] == [0, 1]
    assert any("Mogelijk hetzelfde bezoek" in line for line in done[1].attention)
    assert records(folder, YARDS)[uuid(1)]["toelichting"] == "hek open"
    (conflict,) = conflicts_to_decide(folder)
    assert "Dossier: hek open; veld: hek dicht" in conflict.sentence
    decided, changed = decide_conflict(folder, conflict.short, "veld", reason="gebeld", user="Jo", now=NOW)
    assert (decided.short, changed) == (conflict.short, True)
    assert records(folder, YARDS)[uuid(1)]["toelichting"] == "hek dicht"
    (kept,) = records(folder, "conflict").values()
    assert (kept["besluit"], kept["besloten_door"], kept["toelichting"]) == ("veld", "Jo", "gebeld")
    assert (kept["waarde_dossier"], kept["waarde_veld"]) == ("hek open", "hek dicht")
    assert kept["besloten_op"] == "2026-03-06T12:00:00Z"
    back(folder, tmp_path / "b.zip", tmp_path / "a.zip")
    assert records(folder, YARDS)[uuid(1)]["toelichting"] == "hek dicht"
    assert conflicts_to_decide(folder) == []
    assert decide_conflict(folder, conflict.short, "veld", user="Jo", now=NOW)[1] is False


@pytest.mark.parametrize("order", ["ab", "ba", "aba", "a b", "b a", "a b a b"])
def test_at_once_or_one_after_the_other_and_in_whatever_order_it_ends_the_same(folder, tmp_path, order):
    one = device(folder, "a", noted("hek dicht", 9), visited(51, 1))
    other = device(folder, "b", noted("hek open", 11), visited(52, 2))
    packages = {"a": packed(one, tmp_path / "a.zip"), "b": packed(other, tmp_path / "b.zip")}
    for turn in order.split():
        back(folder, *(packages[letter] for letter in turn))
    assert records(folder, YARDS)[uuid(1)]["toelichting"] == "hek open"
    assert {one.from_field for one in conflicts_to_decide(folder)} == {"hek dicht"}
    assert set(records(folder, VISITS)) == {uuid(51), uuid(52)}


def test_a_device_that_came_back_and_worked_on_is_no_conflict_with_itself(folder, tmp_path):
    place = device(folder, "a", noted("hek dicht", 9), visited(51, 1, uitkomst="niemand_aanwezig"))
    half = packed(place, tmp_path / "ochtend.zip")
    work(
        place,
        [noted("hek open", 15), (VISITS, uuid(51), {"uitkomst": "toegang_verleend"})],
        register_spatial_functions,
    )
    whole = packed(place, tmp_path / "middag.zip")
    for package in (half, whole, half):
        (done,) = back(folder, package)
        assert done.counts["conflict"] == 0
    assert records(folder, YARDS)[uuid(1)]["toelichting"] == "hek open"
    assert records(folder, VISITS)[uuid(51)]["uitkomst"] == "toegang_verleend"
    assert conflicts_to_decide(folder) == []
    lines = read_history(open_dossier(folder), VISITS, uuid(51))
    assert [line["veldwerk"] is not None for line in lines] == [True, True]


def test_a_visit_that_was_deleted_in_the_field_after_it_came_back_is_told_and_stays(folder, tmp_path):
    place = device(folder, "a", visited(51, 1))
    back(folder, packed(place, tmp_path / "a.zip"))
    with closing(sqlite3.connect(place / "erfbezoek.gpkg")) as connection, connection:
        connection.execute("DELETE FROM erfbezoek")
    (done,) = back(folder, packed(place, tmp_path / "b.zip"))
    assert any("In het veld verwijderd" in line for line in done.attention)
    assert set(records(folder, VISITS)) == {uuid(51)}


def test_a_package_that_is_cut_off_is_named_and_the_others_come_back(folder, tmp_path):
    whole = packed(device(folder, "a", visited(51, 1)), tmp_path / "a.zip")
    half = tmp_path / "half.zip"
    half.write_bytes(whole.read_bytes()[:-2000])
    wrong, gone, right = back(folder, half, tmp_path / "weg.zip", whole)
    assert isinstance(wrong, AtlasError)
    assert isinstance(gone, AtlasError)
    assert gone.title == "Dit pakket is er niet."
    assert right.counts["nieuw"] == 1
    assert set(records(folder, VISITS)) == {uuid(51)}


def test_photos_of_two_devices_with_one_name_are_both_kept(folder, tmp_path):
    packages = []
    for number, name in ((51, "a"), (52, "b")):
        place = device(folder, name, visited(number, number - 50, foto="fotos/IMG_1.jpg"))
        (place / "fotos").mkdir()
        (place / "fotos" / "IMG_1.jpg").write_bytes(b"\xff\xd8\xff\xda\x00\x02" + name.encode() + b"\xff\xd9")
        path = packed(place, tmp_path / f"{name}.zip")
        with zipfile.ZipFile(path, "a") as archive:
            archive.write(place / "fotos" / "IMG_1.jpg", "dossier/fotos/IMG_1.jpg")
        packages.append(path)
    back(folder, *packages)
    names = {key: visit["foto"] for key, visit in records(folder, VISITS).items()}
    assert len(set(names.values())) == 2
    assert {(folder / names[uuid(number)]).read_bytes()[6:7] for number in (51, 52)} == {b"a", b"b"}
    assert (folder / names[uuid(52)]).read_bytes()[6:7] == b"b"


def test_a_stop_of_another_yard_is_let_go_and_the_visit_stays(folder, tmp_path):
    place = device(folder, "a", visited(51, 2, stop_uuid=uuid(71)))
    (done,) = back(folder, packed(place, tmp_path / "a.zip"))
    assert any("hoort bij een ander erf" in line for line in done.attention)
    assert records(folder, VISITS)[uuid(51)]["stop_uuid"] is None


def test_what_goes_takes_its_conflicts_along(folder, tmp_path):
    from atlas.core.records.retention import plan_erasure

    back(folder, device(folder, "a", noted("hek dicht", 9)), device(folder, "b", noted("hek open", 11)))
    layers = read_layers(open_dossier(folder))
    assert len(layers["conflict"]) == 1
    assert "conflict" in plan_erasure(layers, YARDS, uuid(1)).erase


def test_who_decides_and_about_what_must_be_said(folder):
    with pytest.raises(AtlasError, match="Dit conflict is er niet"):
        decide_conflict(folder, "0000", "veld", user="Jo", now=NOW)
    with pytest.raises(AtlasError, match="wie dit beslist"):
        decide_conflict(folder, "0000", "veld", user=" ", now=NOW)
    assert conflicts_to_decide(folder) == []
