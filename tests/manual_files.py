"""What the commands of the manual find in their folder: FICTIEF files under the names of a user, and what is
needed before a command because a person, a service or a team in the field did it.
"""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from pathlib import Path

import geopandas
import openpyxl
import pandas as pd
import pyreadstat
from ogc_server import serving

from atlas.core.joining.recipes import recipe
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_layers
from atlas.flows.fetching import fetch_table
from atlas.gpkg.spatial_index import register_spatial_functions
from atlas.jobs.deciding import conflicts_to_decide
from field_days import work
from odata_server import TABLE_3, Service, TableHandler

ROOT = Path(__file__).parents[1]
#: name in the manual -> file of the demo
FILES = {
    "objecten.csv": "oefenen/bestanden/FICTIEF_leegstand_objecten.csv",
    "woz.csv": "oefenen/bestanden/FICTIEF_bewijs_woz_gebruiker.csv",
    "bedrijven.csv": "oefenen/bestanden/FICTIEF_agrarische_bedrijven.csv",
    "bag-light.gpkg": "oefenen/bestanden/FICTIEF_adressen.gpkg",
    "kernen.gpkg": "oefenen/bestanden/FICTIEF_kernen.gpkg",
    "woonplaatsen.csv": "oefenen/bestanden/FICTIEF_woonplaatsen.csv",
    "wijkenenbuurten_2025.gpkg": "oefenen/bestanden/FICTIEF_buurten.gpkg",
    "wegvakken.gpkg": "oefenen/bestanden/FICTIEF_wegen.gpkg",
    "regels.toml": "docs/voorbeeld/erfbezoeken-regels.toml",
    "verslag.toml": "docs/voorbeeld/erfbezoeken-verslag.toml",
}
#: in the manual these are of the user's own municipality: a dossier of its own takes nothing that is FICTIEF
OWN = ("objecten.csv", "woz.csv", "bedrijven.csv")
POLICE = """"Geregistreerde misdrijven en aangiften; soort misdrijf, gemeente 2026 (FICTIEF)"
""
"Onderwerp";"Geregistreerde misdrijven";"Geregistreerde misdrijven"
"Soort misdrijf";"Totaal misdrijven";"1.1.1 Diefstal/inbraak woning"
"Perioden";"2024";"2024"
"Regio's";"aantal";"aantal"
"Assen";"3300";"90"
"Emmen";"4100";"120"
"Bron: Politie"
"""
#: more yards in Assen, for a number that others may see
YARDS = (
    "adres;bron;bronkenmerk;peildatum;bewaren_tot;x;y;gemeente_code;gemeente_zeker;buitengebied\n"
    + "".join(
        f"Verzonnen Laan {n}, Nergenshuizen FICTIEF;FICTIEF lijst;FICTIEF-ERF-{n};2026-02-01;2036-12-31;"
        f"{233000 + 40 * n};{552000 + 30 * n};GM0106;ja;ja\n"
        for n in range(1, 21)
    )
)
AT_A_BORDER = (
    "adres;soort;bron;bronkenmerk;peildatum;bewaren_tot;x;y;gemeente_code;gemeente_zeker\n"
    "Verzonnen Grens 1, Nergenshuizen FICTIEF;schuur;FICTIEF lijst;FICTIEF-G-1;2026-01-05;2036-12-31;233000;"
    "552000;GM0106;nee\n"
)
#: a signal that was weighed, about one of those yards
SIGNAL = (
    "bedrijf_uuid;categorie;melder_soort;fase;weging;gemeente_code;gemeente_zeker;bron;bronkenmerk;peildatum;"
    "bewaren_tot;x;y\n{};gedumpt_afval;inwoner;plan;naar_broncheck;GM0106;ja;FICTIEF meldpunt;FICTIEF-S-1;"
    "2026-02-01;2036-12-31;233040;552030\n"
)


def furnish(folder):
    """The files that are there before there is a demo."""
    (folder / "docs").mkdir()
    shutil.copytree(ROOT / "docs" / "voorbeeld", folder / "docs" / "voorbeeld")
    shutil.copyfile(folder / "docs" / "voorbeeld" / "FICTIEF_meldpunt.csv", folder / "tabel.csv")
    (folder / "misdrijven.csv").write_text(POLICE, encoding="utf-8")
    (folder / "wijken.csv").write_text("gwb_code;a_inw\nWK010600;100\nWK010601;200\n", encoding="utf-8")
    write_book(
        folder / "FICTIEF_meldingen.xlsx",
        [("Gemeente", "Meldingen 2023", "Meldingen 2024"), ("Assen", 3, 4), ("Emmen", 5, 6)],
    )
    own = folder / "docs" / "voorbeeld" / "atlas.voorbeeld.toml"
    text = own.read_text(encoding="utf-8")
    assert "\n# survey = false" in text  # another command draws the sheets of the survey
    own.write_text(text.replace("\n# survey = false", "\nsurvey = false"), encoding="utf-8")
    answers = {
        "seen": [1 + number % 3 // 2 for number in range(900)],
        "weging": [1 + number % 5 / 10 for number in range(900)],
        "stratum": [1 + number % 2 for number in range(900)],
        "gemeente": [("Assen", "Emmen", "Groningen")[number % 3] for number in range(900)],
    }
    pyreadstat.write_sav(
        pd.DataFrame(answers), folder / "panel.sav",
        variable_value_labels={"seen": {1: "ja", 2: "nee"}},
        column_labels={"seen": "Zag iets (FICTIEF)"},
    )  # fmt: skip
    (folder / "grenzen").mkdir()
    for name in ("gemeenten", "provincies", "surveyregios"):
        shutil.copy(ROOT / "data" / "boundaries" / f"{name}.geojson", folder / "grenzen")


def write_book(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def take_from_the_demo(room):
    """The files that the manual names, from those of the demo."""
    for name, source in FILES.items():
        shutil.copyfile(room / source, room / name)
    for name in OWN:
        text = (room / name).read_text(encoding="utf-8")
        (room / name).write_text(text.replace("FICTIEF", "Verzonnen"), encoding="utf-8")
    files = room / "oefenen" / "bestanden"
    # one file holds addresses and buildings, as the monthly delivery does
    geopandas.read_file(files / "FICTIEF_panden_erven.gpkg").to_file(room / "bag-light.gpkg", layer="pand")
    shutil.copyfile(room / "bag-light.gpkg", room / "bag.gpkg")
    bag = geopandas.read_file(room / "bag-light.gpkg", layer="verblijfsobject")
    bag.assign(x=bag.geometry.x, y=bag.geometry.y).drop(columns="geometry").to_csv(
        room / "bag.csv", sep=";", index=False
    )
    objects = csv.DictReader(
        (files / "FICTIEF_leegstand_objecten.csv").read_text(encoding="utf-8").splitlines()
    )
    barns = [(one["adres"], one["soort"]) for one in objects if one["adres"] and one["bag_vbo_id"]][:12]
    write_book(room / "FICTIEF_schuren.xlsx", [("Adres", "Soort"), *barns])


def fresh_dossier(room, source="dossier-FICTIEF"):
    """The filled dossier of the demo, or one that was kept, in the place of the user's own."""
    shutil.rmtree(room / "dossier", ignore_errors=True)
    shutil.copytree(room / "oefenen" / source, room / "dossier")


def records(room, layer):
    return read_layers(open_dossier(room / "dossier"))[layer]


def ask_the_service(room, _atlas):
    with serving(Service(), TableHandler) as service:
        fetch_table(recipe(TABLE_3), room / TABLE_3, endpoint=service.endpoint)


def fill_in_the_questions(room, _atlas):
    draft = (room / "vragen.toml").read_text(encoding="utf-8")
    head, first, *_others = draft.split("[[question]]")
    text = (head + "[[question]]" + first).replace("counted = []", "counted = [1]")
    text = text.replace("other = [1, 2]", "other = [2]").replace('period = ""', 'period = "2025-11"')
    (room / "vragen.toml").write_text(re.sub(r'= ""', '= "Verzonnen (FICTIEF)"', text), encoding="utf-8")


def no_dossier(room, _atlas):
    """Every chapter begins anew; the dossier with its protected table is kept for the last one."""
    if (room / "dossier" / "beschermd").exists():
        shutil.move(room / "dossier", room / "oefenen" / "dossier-met-tabel")
    shutil.rmtree(room / "dossier", ignore_errors=True)


def what_went_out_comes_back(room, _atlas):
    shutil.copyfile(room / "veld.zip", room / "veld-terug.zip")


def a_sealed_page_is_found(room, _atlas):
    (page,) = (room / "out").glob("beveiligd-bestand-*.html")
    shutil.copyfile(page, room / "beveiligd-bestand-1a2b3c.html")


def more_yards(room, atlas):
    (room / "meer.csv").write_text(YARDS, encoding="utf-8")
    done = atlas("objects", "import", "dossier", "meer.csv", "--layer", "agrarisch_bedrijf", cwd=room)
    assert not done.returncode, done.stderr


def one_stands_at_a_border(room, atlas):
    (room / "grens.csv").write_text(AT_A_BORDER, encoding="utf-8")
    done = atlas("objects", "import", "dossier", "grens.csv", cwd=room)
    assert not done.returncode, done.stderr


def a_campaign_of_its_own(room, _atlas):
    fresh_dossier(room, "dossier-met-tabel")


def a_signal_was_weighed(room, atlas):
    a_campaign_of_its_own(room, atlas)
    yard = next(one for one in records(room, "agrarisch_bedrijf") if one["bronkenmerk"] == "FICTIEF-ERF-1")
    (room / "signaal.csv").write_text(SIGNAL.format(yard["uuid"]), encoding="utf-8")
    done = atlas("objects", "import", "dossier", "signaal.csv", "--layer", "signaal", cwd=room)
    assert not done.returncode, done.stderr


def three_teams_were_out(room, atlas):
    """A round came back filled in three times; one team wrote at a yard what the office changed meanwhile."""
    out = ("visits", "hand-out", "dossier", "-o", "A.zip", "--campaign", "Erfbezoeken 2026", "--round", "A",
           "--purpose", "oefenen", "--back-by", "2027-04-05")  # fmt: skip
    for words in (out, ("demo", "--package", "A.zip", "--out", "oefenen")):
        done = atlas(*words, cwd=room)
        assert not done.returncode, done.stderr
    for number in (1, 2, 3):
        shutil.copyfile(room / "oefenen" / "FICTIEF_A-terug.zip", room / f"team{number}.zip")
    yard = next(one["bedrijf_uuid"] for one in records(room, "ronde_stop") if one["ronde_uuid"])
    with zipfile.ZipFile(room / "team2.zip") as package:
        package.extractall(room / "team2")
    (dossier,) = (room / "team2").iterdir()
    noted = ("agrarisch_bedrijf", yard, {"toelichting": "FICTIEF: uit het veld"})
    work(dossier, [noted], register_spatial_functions)
    shutil.make_archive(str(room / "team2"), "zip", room / "team2")
    done = atlas(
        "objects", "correct", "dossier", "--uuid", yard, "--set", "toelichting=FICTIEF: van kantoor",
        "--reason", "gebeld", cwd=room,
    )  # fmt: skip
    assert not done.returncode, done.stderr


#: begin of a command -> what has to be so before it
BEFORE = {
    "figures add 47013NED/": ask_the_service,
    "panel figures": fill_in_the_questions,
    "objects init": no_dossier,
    "objects settle dossier --record": one_stands_at_a_border,
    "objects return": what_went_out_comes_back,
    "register verify": a_sealed_page_is_found,
    "build --dossier dossier --audience partners": more_yards,
    "visits select dossier --kind toezicht": a_signal_was_weighed,
    "visits select": a_campaign_of_its_own,
    "visits import": three_teams_were_out,
}


def as_typed_here(room, words):
    """A command with the record, conflict and files of this folder where the manual gives an example."""
    for word in words:
        if word == "UUID":
            unsure = [one for one in records(room, "leegstand_object") if one["gemeente_zeker"] == "nee"]
            yield str(unsure[0]["uuid"])
        elif word == "3f2a91c0":
            (conflict,) = conflicts_to_decide(room / "dossier")
            yield conflict.short
        elif "*" in word:
            yield from (str(path.relative_to(room)) for path in sorted(room.glob(word)))
        else:
            yield word
