"""The commands of the rural area, run one after the other as a team would."""

import csv
import shutil
import zipfile

import pytest


@pytest.fixture(scope="module")
def demo(atlas, tmp_path_factory):
    """The folder of a small demo, made by the command."""
    folder = tmp_path_factory.mktemp("demo")
    done = atlas("demo", "--out", folder, "--seed", 3, "--scale", 0.02, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_team_goes_from_files_to_its_page(atlas, demo, tmp_path):
    files, folder = demo / "bestanden", tmp_path / "dossier"
    objects = files / "FICTIEF_leegstand_objecten.csv"
    addresses = files / "FICTIEF_adressen.gpkg"
    assert atlas("objects", "init", folder, "--fictitious", cwd=tmp_path).returncode == 0
    first = atlas("objects", "import", folder, objects, "--report", "r.csv", cwd=tmp_path)
    assert "nieuw 24, gewijzigd 0" in first.stdout, first.stderr
    again = atlas("objects", "import", folder, objects, "--report", "r.csv", "--strict", cwd=tmp_path)
    assert "nieuw 0, gewijzigd 0, ongewijzigd 24" in again.stdout
    assert again.returncode == 0
    woz = files / "FICTIEF_bewijs_woz_gebruiker.csv"
    evidence = atlas(
        "objects", "import", folder, woz, "--layer", "leegstand_bewijs", "--register", "woz_gebruiker",
        "--report", "w.csv", cwd=tmp_path,
    )  # fmt: skip
    assert evidence.returncode == 0, evidence.stderr
    assert (
        atlas("objects", "conclude", folder, "--reference-date", "2026-02-01", cwd=tmp_path).returncode == 0
    )
    matched = atlas(
        "farms", "match", files / "FICTIEF_agrarische_bedrijven.csv", "--addresses", addresses,
        "--settlements", files / "FICTIEF_kernen.gpkg", "--roads", files / "FICTIEF_wegen.gpkg",
        "--reference-date", "2026-02-01", "-o", "erven.csv", cwd=tmp_path,
    )  # fmt: skip
    assert matched.returncode == 0, matched.stderr
    assert {"afstand_woning_m", "afstand_kern_m", "afstand_weg_m", "buitengebied"} <= rows_of(
        tmp_path / "erven.csv"
    )[0].keys()
    yards = atlas(
        "objects",
        "import",
        folder,
        "erven.csv",
        "--layer",
        "agrarisch_bedrijf",
        "--report",
        "e.csv",
        cwd=tmp_path,
    )
    assert yards.returncode == 0, yards.stderr
    page = atlas(
        "build", "--dossier", folder, "--audience", "team", "--municipality", "alle", "--purpose", "test",
        "--addresses", addresses, "--no-sheets", cwd=tmp_path,
    )  # fmt: skip
    assert page.returncode == 0, page.stderr
    assert (tmp_path / "out" / "atlas-team-FICTIEF.html").exists()


def test_an_output_for_others_asks_for_which_municipalities(atlas, demo, tmp_path):
    done = atlas("build", "--dossier", demo / "dossier-FICTIEF", "--no-sheets", "--trial", cwd=tmp_path)
    assert done.returncode == 1
    assert "Noem de gemeente waarvoor deze uitvoer is." in done.stderr
    assert not (tmp_path / "out" / "atlas.html").exists()


@pytest.mark.parametrize("name", ["uit.csv", "uit.xlsx", "uit.pdf", "uit.gpkg", "uit.geojson"])
def test_records_are_handed_out_for_named_municipalities(atlas, demo, tmp_path, name):
    done = atlas(
        "objects", "export", demo / "dossier-FICTIEF", "-o", name, "--municipality", "Emmen",
        "--purpose", "test", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / name).stat().st_size


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--purpose", "test"], "gemeente"),
        (["--municipality", "Emmen"], "waarvoor"),
        (["--municipality", "Groningn X", "--purpose", "test"], "niet herkend"),
        (["--municipality", "Emmen", "--purpose", "test", "--audience", "openbaar"], "team"),
    ],
)
def test_an_export_without_what_it_needs_gets_a_sentence_and_no_file(atlas, demo, tmp_path, options, words):
    done = atlas("objects", "export", demo / "dossier-FICTIEF", "-o", "uit.csv", *options, cwd=tmp_path)
    assert done.returncode == 1
    assert words in done.stderr.lower()
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_addresses_countryside_and_a_raster(atlas, demo, tmp_path):
    addresses = demo / "bestanden" / "FICTIEF_adressen.gpkg"
    read = atlas("addresses", "read", addresses, "-o", "adressen.csv", cwd=tmp_path)
    assert read.returncode == 0, read.stderr
    assert "ingetrokken" in read.stderr
    marked = atlas(
        "countryside",
        "adressen.csv",
        "-o",
        "b.csv",
        "--threshold",
        300,
        "--reference-date",
        "2026-02-01",
        cwd=tmp_path,
    )
    assert marked.returncode == 0, marked.stderr
    assert "300" in rows_of(tmp_path / "b.csv")[0]["methode"]
    raster = atlas(
        "raster", "remoteness", addresses, "-o", "FICTIEF.tif", "--cell", 1000, "--fictitious",
        "--reference-date", "2026-02-01", cwd=tmp_path,
    )  # fmt: skip
    assert raster.returncode == 0, raster.stderr
    assert (tmp_path / "FICTIEF.qml").exists()


def test_a_team_page_has_more_levels_when_they_are_asked_for(atlas, demo, tmp_path):
    done = atlas(
        "build", "--dossier", demo / "dossier-FICTIEF", "--audience", "team", "--municipality", "Emmen",
        "--purpose", "test", "--neighbourhoods", demo / "bestanden" / "FICTIEF_buurten.gpkg", "--squares",
        "--no-sheets", "--out", "uit", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "uit" / "atlas-team-FICTIEF.html").read_text(encoding="utf-8")
    assert "Vierkanten van 500 m" in page
    assert "WK0114" in page


def test_a_raster_per_area(atlas, demo, tmp_path):
    folder = demo / "dossier-FICTIEF"
    made = atlas(
        "raster", "density", folder, "-o", "FICTIEF.tif", "--cell", 500, "--municipality", "Emmen",
        "--purpose", "test", cwd=tmp_path,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    refused = atlas("raster", "zonal", "FICTIEF.tif", "-o", "z.csv", cwd=tmp_path)
    assert refused.returncode == 1
    assert "--dossier" in refused.stderr
    done = atlas(
        "raster", "zonal", "FICTIEF.tif", "-o", "z.csv", "--dossier", folder, "--purpose", "test",
        "--areas", demo / "bestanden" / "FICTIEF_buurten.gpkg", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "rijen gebruikt" in done.stderr
    assert any(row["gemiddelde"] for row in rows_of(tmp_path / "z.csv"))


def test_what_is_past_its_term_is_listed_before_it_is_erased(atlas, demo, tmp_path):
    listed = atlas(
        "objects", "expire", demo / "dossier-FICTIEF", "--reference-date", "2090-01-01", cwd=tmp_path
    )
    assert "voorbij de termijn" in listed.stdout
    nothing = atlas(
        "objects", "expire", demo / "dossier-FICTIEF", "--reference-date", "2026-02-01", cwd=tmp_path
    )
    assert "Geen record is voorbij" in nothing.stdout


def test_erasing_asks_first_and_never_for_a_day_that_is_to_come(atlas, demo, tmp_path):
    folder = tmp_path / "dossier"
    shutil.copytree(demo / "dossier-FICTIEF", folder)
    unasked = atlas("objects", "expire", folder, "--erase", "--reference-date", "2090-01-01", cwd=tmp_path)
    assert unasked.returncode == 1
    assert "Er is niets gewist" in unasked.stderr
    future = atlas(
        "objects", "expire", folder, "--erase", "--yes", "--reference-date", "2090-01-01", cwd=tmp_path
    )
    assert future.returncode == 1
    assert "nog moet komen" in future.stderr


def test_a_package_goes_into_the_field_and_comes_back(atlas, demo, tmp_path):
    folder = tmp_path / "dossier"
    shutil.copytree(demo / "dossier-FICTIEF", folder)
    made = atlas(
        "objects", "package", folder, "-o", "veld.zip", "--municipality", "alle", "--purpose", "bezoekronde",
        cwd=tmp_path,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert "staat in het register van uitgifte" in made.stdout
    with zipfile.ZipFile(tmp_path / "veld.zip") as archive:
        assert "dossier/dossier.qgz" in archive.namelist()
    back = atlas("objects", "return", folder, "veld.zip", "--strict", cwd=tmp_path)
    assert back.returncode == 0, back.stderr
    assert "nieuw 0, gewijzigd 0, conflict 0, geweigerd 0" in back.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"dossier", "veld.zip"}
    itself = atlas("objects", "return", folder, folder, cwd=tmp_path)
    assert itself.returncode == 1
    assert "Dit is het dossier zelf" in itself.stderr


def test_a_folder_that_is_no_dossier_gets_a_sentence(atlas, tmp_path):
    done = atlas("objects", "conclude", tmp_path, cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_an_export_of_a_municipality_without_records_says_that_it_is_empty(atlas, tmp_path):
    assert atlas("objects", "init", "dossier", "--fictitious", cwd=tmp_path).returncode == 0
    done = atlas(
        "objects", "export", "dossier", "-o", "leeg.csv", "--municipality", "Emmen", "--purpose", "p",
        cwd=tmp_path,
    )  # fmt: skip
    assert "0 records" in done.stdout
    assert "staat niets van deze gemeente" in done.stderr


def test_an_import_that_takes_nothing_says_why_by_kind_and_does_not_end_well(atlas, tmp_path):
    assert atlas("objects", "init", "dossier", "--fictitious", cwd=tmp_path).returncode == 0
    rows = "".join(f"Verzonnenweg {number};onbekend gebouw\n" for number in range(1, 61))
    (tmp_path / "schuren.csv").write_text("adres;Type gebouw\n" + rows, encoding="utf-8")
    done = atlas("objects", "import", "dossier", "schuren.csv", cwd=tmp_path)
    assert "geweigerd 60" in done.stdout
    assert done.returncode == 1
    assert done.stderr.count("60 rijen niet overgenomen") >= 1
