"""Errors of joining, importing, the register and farm visits say what to do, and doing that helps."""

from __future__ import annotations

import contextlib
import re
import shutil

import pytest
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.dossier.opening import init_dossier
from intake_runs import BAG, CITY, KEEP
from manual_files import YARDS

JOIN = (
    "join",
    "--level",
    "gemeente",
    "--key",
    "Gemeente",
    "--unit",
    "count",
    "--value",
    "Aantal",
    "-o",
    "u.gpkg",
)
SHARE = (*JOIN[:6], "percent", "--value", "Aantal", "-o", "u.gpkg")
FIXED = ("--source", "FICTIEF", "--keep-until", KEEP, "--reference-date", "2025-01-05")
IMPORT = ("objects", "import", "d")
WITH_BAG = (*FIXED, "--addresses", "bag.csv")
OF_CAMPAIGN = ("--name", "E", "--purpose", "oefenen", "--keep-until", "2040-12-31", "--municipality", "Assen")
SELECT = ("visits", "select", "d", *OF_CAMPAIGN)
OVERSIGHT = (*SELECT, "--kind", "toezicht")
OUT = ("visits", "hand-out", "d", "--campaign", "E", "--purpose", "p", "--back-by", "2040-04-05")
TEXTS = {
    "t.csv": "Gemeente;Aantal\nAssen;3\nEmmen;5\n",
    "punt.csv": "Gemeente;Aantal\nAssen;1.204\nEmmen;2.310\n",
    "streep.csv": "Gemeente;Aantal\nAssen;3\nEmmen;-\n",
    "breuk.csv": "Gemeente;Aantal\nAssen;0,36\nEmmen;0,41\n",
    "dubbel.csv": "Gemeente;Aantal\nAssen;3\nAssen;4\nEmmen;5\n",
    "titel.csv": "Aantallen;FICTIEF\nGemeente;Aantal\nAssen;3\nEmmen;4\n",
    "plaats.csv": "Gemeente;Aantal\nEelde;3\nRoden;4\nPeize;2\n",
    "jaren.csv": "Gemeente;Jaar;Aantal\nAssen;2023;3\nAssen;2024;4\nEmmen;2023;5\nEmmen;2024;6\n",
    "o.csv": f"Adres;Soort\nVerzonnenweg 1 9400AA {CITY};schuur\n",
    "tekst.csv": f"Adres;Soort;Toelichting\nVerzonnenweg 2 9400AA {CITY};stal;bel 06-12345678\n",
    "oneens.csv": f"Adres;Huisnummer;Soort\nVerzonnenweg 3 9400AA {CITY};4;stal\n",
    "extra.csv": f"Straat;Huisnummer;Huisnr extra;Postcode;Plaats\nVerzonnenweg;3;A;9400AA;{CITY}\n",
    "regels.toml": "places = veel\n",
    "goed.toml": "places = 2\n",
}
#: beginning of the sentence -> what goes wrong, and what its hint says to do; a file of another name is one
HINTS = {
    'De kolom "Antal"': ((*JOIN[:7], "--value", "Antal", "-o", "u.gpkg", "t.csv"), (*JOIN, "t.csv")),
    'De kolom "Gemeente"': ((*JOIN, "titel.csv"), (*JOIN, "titel.csv", "--sheet", "#rij2")),
    "Uit deze kolom blijkt niet wat het decimaalteken is": (
        (*JOIN, "punt.csv"), (*JOIN, "punt.csv", "--decimal", ","),
    ),
    "Een streepje kan nul betekenen": ((*JOIN, "streep.csv"), (*JOIN, "streep.csv", "--dash", "zero")),
    "Deze percentages lijken breuken": (
        (*SHARE, "breuk.csv"), (*SHARE, "breuk.csv", "--below-one", "fraction"),
    ),
    "Voor één gebied staan er meer rijen": (
        (*JOIN, "dubbel.csv"), (*JOIN, "dubbel.csv", "--combine", "sum"),
    ),
    "Deze tabel gaat over plaatsen": ((*JOIN, "plaats.csv"), (*JOIN, "plaats.csv", "--places", "sum")),
    "Deze tabel heeft rijen van meer dan één periode": (
        (*JOIN, "jaren.csv"), (*JOIN, "jaren.csv", "--period", "2024"),
    ),
    "De uitvoer zou de invoer vervangen": ((*JOIN[:-1], "t.csv", "t.csv"), (*JOIN, "t.csv")),
    "Welke kolom de cijfers heeft": ((*JOIN[:7], "-o", "u.gpkg", "t.csv"), (*JOIN, "t.csv")),
    "Dit bestand bestaat niet": ((*JOIN, "weg.csv"), (*JOIN, "t.csv")),
    "Zeg voor alle rijen tegelijk wat ontbreekt: --source": (
        (*IMPORT, "o.csv"), (*IMPORT, "o.csv", *WITH_BAG),
    ),
    "Zeg voor alle rijen tegelijk wat ontbreekt: --addresses": (
        (*IMPORT, "o.csv", *FIXED), (*IMPORT, "o.csv", *WITH_BAG),
    ),
    "In vrije tekst staat wat bij een persoon hoort, of daarop lijkt; er is niets": (
        (*IMPORT, "tekst.csv", *WITH_BAG), (*IMPORT, "tekst.csv", *WITH_BAG, "--accept-personal-text"),
    ),
    "Twee kolommen noemen verschillende huisnummers": (
        (*IMPORT, "oneens.csv", *WITH_BAG), (*IMPORT, "oneens.csv", *WITH_BAG, "--ignore", "Huisnummer"),
    ),
    "Deze kolom lijkt een deel van het huisnummer": (
        (*IMPORT, "extra.csv", *WITH_BAG), (*IMPORT, "extra.csv", *WITH_BAG, "--ignore", "Huisnr extra"),
    ),
    "Deze map bestaat niet": (("objects", "check", "geen"), ("objects", "init", "geen")),
    "Verzonnen en echte gegevens": (
        (*IMPORT, "o.csv", "--source", "Eigen", *WITH_BAG[2:]), (*IMPORT, "o.csv", *WITH_BAG),
    ),
    "Dit is geen dossier": (("register", "list", "."), ("register", "list", "d")),
    "Deze regel staat niet in het register": (("register", "show", "d", "99"), ("register", "list", "d")),
    "Op dit adres staat niets": (
        ("objects", "access", "d", "--address", f"Nergens 1, {CITY}", "-o", "a.docx"),
        ("objects", "access", "d", "--address", f"Verzonnenweg 8, {CITY}", "-o", "a.docx"),
    ),
    "Grondslag is verplicht": (OVERSIGHT, (*OVERSIGHT, "--ground", "toezicht_awb")),
    "Bij toezicht staat welke wet": (
        (*OVERSIGHT, "--ground", "toezicht_awb"),
        (*OVERSIGHT, "--ground", "toezicht_awb", "--regulation", "Omgevingswet"),
    ),
    "De regels zijn niet te lezen": ((*SELECT, "regels.toml"), (*SELECT, "goed.toml")),
    "Er is in Emmen geen erf": ((*SELECT, "--municipality", "Emmen"), SELECT),
    "Er is al een campagne met deze naam": ((*SELECT, "--name", "Al"), SELECT),
    "Het bestand kan niet worden gelezen": (
        ("visits", "rounds", "d", "weg.csv", "--campaign", "Al"),
        ("visits", "rounds", "d", "teams.csv", "--campaign", "Al"),
    ),
    "Deze campagne staat niet in het dossier": (
        ("visits", "rounds", "d", "teams.csv", "--campaign", "Ander"),
        ("visits", "rounds", "d", "teams.csv", "--campaign", "Al"),
    ),
    "Voor deze campagne is niet vooraf vastgelegd": (
        ("visits", "evaluate", "d", "--campaign", "Al", "--purpose", "p"),
        ("visits", "indicators", "d", "gedumpt_afval", "--campaign", "Al", "--purpose", "p"),
    ),
    "Dit is geen pakket": (("visits", "import", "d", "o.csv"), ("visits", "out", "d")),
    "Zeg over welk conflict": (("visits", "decide", "d", "ab12"), ("visits", "decide", "d")),
}  # fmt: skip
#: what was done is right, and leaves something else to mend
CHANGED = {"Grondslag is verplicht", "Bij toezicht staat welke wet"}
#: what was expected says it all
EXPECTED = {
    "Deze regel staat niet in het register", "Deze campagne staat niet in het dossier",
    "Zeg over welk conflict", "Bij toezicht staat welke wet",
}  # fmt: skip


def run(*words):
    done = CliRunner().invoke(app, [*words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    """A dossier with an object, yards and a campaign, and the files that go wrong."""
    folder = tmp_path_factory.mktemp("hints")
    there = f"Adres;Soort\nVerzonnenweg 8 9400AA {CITY};schuur\n"
    for name, text in {**TEXTS, "bag.csv": BAG, "erven.csv": YARDS, "er_al.csv": there}.items():
        (folder / name).write_text(text, encoding="utf-8")
    with contextlib.chdir(folder):
        init_dossier(folder / "d", fictitious=True)
        for words in (
            (*IMPORT, "er_al.csv", *WITH_BAG), (*IMPORT, "erven.csv", "--layer", "agrarisch_bedrijf"),
            (*SELECT, "--name", "Al"), ("visits", "teams", "-o", "teams.csv"),
        ):  # fmt: skip
            done = run(*words)
            assert done.exit_code == 0, done.output
    return folder


@pytest.mark.parametrize("title", HINTS)
def test_every_hint_can_be_followed(furnished, tmp_path, monkeypatch, title):
    shutil.copytree(furnished, tmp_path / "hier")
    monkeypatch.chdir(tmp_path / "hier")
    wrong, followed = HINTS[title]
    done = run(*wrong)
    assert done.exit_code == 1, done.output
    assert title in done.output, done.output
    assert not re.search(r"Errno|No such|Expected|Invalid", done.output), "an error in English"
    assert title in EXPECTED or title.startswith("Zeg voor") or "Wat te doen: " in done.output
    after = run(*followed)
    assert title not in after.output
    assert title in CHANGED or after.exit_code == 0, after.output
    said = re.findall(r"--[a-z-]+", done.output)
    more = {one for one in followed if one.startswith("--")} - {*wrong}
    assert not said or not more or more & {*said} or title in CHANGED, (more, said)
