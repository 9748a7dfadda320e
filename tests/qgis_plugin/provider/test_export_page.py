"""The page from QGIS is that of the command `atlas`; records go to the team only, through the register."""

from __future__ import annotations

import json
import re
from pathlib import Path

import processing
import pytest
from fictitious_dossier import evidence, filled, uuid, vacant, without_line
from qgis.core import QgsProcessingException

ALGORITHM = "buitengebied_atlas:export_page"


@pytest.fixture
def dossier(tmp_path):
    objects = [
        vacant(1, "GM0106"),
        vacant(2, "GM0106", gemeente_zeker="nee"),
        vacant(3, "GM0114"),
        vacant(4, "GM1680", geometrie=None),
    ]
    return filled(tmp_path / "dossier", objects, [evidence(101, 1), evidence(102, 3, waarde="in_gebruik")])


def run(**parameters):
    return Path(processing.run(ALGORITHM, parameters)["OUTPUT"])


def payload(page):
    block = re.search(r'<script[^>]*id="atlas-payload"[^>]*>(.*?)</script>', page, re.DOTALL)
    return json.loads(block[1])


@pytest.mark.parametrize("audience", ["openbaar", "partners"])
@pytest.mark.usefixtures("nobody_remembered")
def test_the_published_page_has_the_bytes_of_the_command(provider, atlas_command, tmp_path, audience):
    signed = ["--maker", "Assen", "--contact", "gis@assen.example", "--made-on", "2026-12-01"]
    arguments = ["--audience", audience, "--out", tmp_path / "uit", "--no-sheets", *signed]
    done = atlas_command("build", *arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    made = run(
        AUDIENCE=audience, MAKER="Assen", CONTACT="gis@assen.example", MADE_ON="2026-12-01",
        OUTPUT=str(tmp_path / "pagina.html"),
    )  # fmt: skip
    assert made.read_bytes() == (tmp_path / "uit" / "atlas.html").read_bytes()


def test_the_page_of_a_team_has_the_values_of_the_command(provider, atlas_command, dossier, tmp_path):
    done = atlas_command(
        "build", "--audience", "team", "--dossier", dossier.folder, "--municipality", "GM0106",
        "--municipality", "GM1680", "--purpose", "toets", "--no-sheets", "--out", tmp_path / "uit",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    made = run(
        AUDIENCE="team", MUNICIPALITIES=["Assen", "Aa en Hunze"], FOLDER=str(dossier.folder), PURPOSE="toets",
        OUTPUT=str(tmp_path / "team.html"),
    )  # fmt: skip
    page = made.read_text(encoding="utf-8")
    theirs = (tmp_path / "uit" / "atlas-team-FICTIEF.html").read_text(encoding="utf-8")
    assert payload(page) == payload(theirs)
    assert without_line(page) == without_line(theirs)


def test_the_page_of_a_team_stands_in_the_register(provider, dossier, tmp_path):
    from buitengebied_atlas.atlas.dossier.issue_register import read_register

    run(
        AUDIENCE="team", MUNICIPALITIES=["Assen"], FOLDER=str(dossier.folder), PURPOSE="toets",
        OUTPUT=str(tmp_path / "team.html"),
    )  # fmt: skip
    (line,) = read_register(dossier)
    assert (line["publiek"], line["gemeenten"], line["doel"]) == ("team", "GM0106", "toets")
    assert line["bestand"] == "team.html"
    assert line["controlegetal"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"PURPOSE": ""}, "waarvoor deze uitvoer is"),
        ({"MUNICIPALITIES": []}, "Noem de gemeente"),
        ({"FOLDER": "/nergens"}, "Deze map bestaat niet."),
        ({"FOLDER": ""}, "Er is geen dossier gekozen."),
    ],
)
def test_without_what_the_register_asks_there_is_no_page(provider, dossier, tmp_path, changed, said):
    asked = {
        "AUDIENCE": "team", "MUNICIPALITIES": ["Assen"], "FOLDER": str(dossier.folder), "PURPOSE": "toets",
        "OUTPUT": str(tmp_path / "team.html"),
    }  # fmt: skip
    with pytest.raises(QgsProcessingException, match=said):
        run(**{**asked, **changed})
    assert not (tmp_path / "team.html").exists()


def test_a_page_for_others_holds_nothing_of_the_dossier(provider, dossier, tmp_path):
    made = run(AUDIENCE="partners", FOLDER=str(dossier.folder), OUTPUT=str(tmp_path / "pagina.html"))
    page = made.read_text(encoding="utf-8")
    assert "Verzonnenweg" not in page
    assert uuid(1) not in page


@pytest.fixture
def nobody_remembered():
    from buitengebied_atlas.settings import CONTACT, MAKER

    for setting in (MAKER, CONTACT):
        setting.forget()
    yield MAKER, CONTACT
    for setting in (MAKER, CONTACT):
        setting.forget()


def test_a_page_for_the_public_without_a_maker_is_refused_with_the_fields_to_fill_in(
    provider, nobody_remembered, tmp_path
):
    with pytest.raises(QgsProcessingException, match="noemt wie haar maakte"):
        run(AUDIENCE="openbaar", OUTPUT=str(tmp_path / "pagina.html"))
    assert not (tmp_path / "pagina.html").exists()
    made = run(AUDIENCE="openbaar", TRIAL=True, OUTPUT=str(tmp_path / "pagina.html"))
    assert "Proefuitgave" in made.read_text(encoding="utf-8")


def test_who_made_a_page_is_filled_in_the_next_time(provider, nobody_remembered, tmp_path):
    from qgis.core import QgsApplication

    run(MAKER="Assen", CONTACT="gis@assen.example", OUTPUT=str(tmp_path / "pagina.html"))
    assert [setting.get() for setting in nobody_remembered] == ["Assen", "gis@assen.example"]
    again = QgsApplication.processingRegistry().algorithmById(ALGORITHM).create()
    fields = {one.name(): one.defaultValue() for one in again.parameterDefinitions()}
    assert (fields["MAKER"], fields["CONTACT"], fields["MADE_ON"]) == ("Assen", "gis@assen.example", "")
