"""The page from QGIS is that of the command `atlas`; records go to the team only, through the register."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import processing
import pytest
from fictitious_dossier import evidence, filled, vacant, without_line
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
    assert "leegstand_object_aantal" in line["cijfers"].split(",")
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


def test_without_a_protected_table_others_get_no_page_of_a_dossier(provider, dossier, tmp_path):
    asked = {"AUDIENCE": "openbaar", "FOLDER": str(dossier.folder), "OUTPUT": str(tmp_path / "pagina.html")}
    with pytest.raises(QgsProcessingException, match="waarvoor deze uitvoer is"):
        run(**asked, MUNICIPALITIES=["Assen"], TRIAL=True)
    with pytest.raises(QgsProcessingException, match="geen beschermde tabel met deze gemeente"):
        run(**asked, MUNICIPALITIES=["Assen"], PURPOSE="toets", TRIAL=True)
    assert not (tmp_path / "pagina.html").exists()


@pytest.fixture(scope="module")
def made_up(atlas_command, tmp_path_factory):
    """A demo dossier with its protected table, and the pages that the command made of it."""
    room = tmp_path_factory.mktemp("demo")
    done = atlas_command("demo", "--out", room / "demo", "--seed", "3", "--scale", "0.1", cwd=room)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = room / "demo" / "dossier-FICTIEF"
    for audience in ("openbaar", "partners"):
        done = atlas_command(
            "build", "--audience", audience, "--dossier", folder, "--municipality", "alle", "--purpose",
            "toets", "--no-sheets", "--trial", "--unsealed", "toets", "--out", room / audience, cwd=room,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    return folder, {name: room / name / f"atlas-{name}-FICTIEF.html" for name in ("openbaar", "partners")}


@pytest.mark.parametrize("audience", ["openbaar", "partners"])
@pytest.mark.usefixtures("nobody_remembered")
def test_the_page_for_others_has_the_stored_figures_of_the_command(provider, made_up, tmp_path, audience):
    from buitengebied_atlas.atlas.core.areas.divisions import areas
    from buitengebied_atlas.atlas.core.figures.page_form import as_records
    from buitengebied_atlas.atlas.dossier.issue_register import read_register
    from buitengebied_atlas.atlas.dossier.opening import open_dossier

    folder, pages = made_up
    made = run(
        AUDIENCE=audience, MUNICIPALITIES=[area.name for area in areas("gemeente")], FOLDER=str(folder),
        PURPOSE="toets", UNSEALED="toets", TRIAL=True, OUTPUT=str(tmp_path / "pagina.html"),
    )  # fmt: skip
    ours, theirs = (as_records(payload(page.read_text(encoding="utf-8"))) for page in (made, pages[audience]))
    shapes = [{level["id"]: level.pop("geometry") for level in one["levels"]} for one in (ours, theirs)]
    assert shapes[0].keys() == shapes[1].keys()
    assert "vierkant" in shapes[0]
    anchors = [
        {area["code"]: area.pop("anchor") for level in one["levels"] for area in level["areas"]}
        for one in (ours, theirs)
    ]
    assert anchors[0].keys() == anchors[1].keys()
    assert ours == theirs
    lines = {line["bestand"]: line for line in read_register(open_dossier(folder))}
    mine = [line for line in read_register(open_dossier(folder)) if line["bestand"] == "pagina.html"][-1]
    other = lines[pages[audience].name]
    for name in ("publiek", "cijfers", "tabel", "regels", "onderdrukking", "lagen", "aantal", "geldig_tot"):
        assert mine[name] == other[name], name
    assert mine["cijfers"]


def test_a_page_for_partners_is_not_left_open_without_a_reason(provider, atlas_command, made_up, tmp_path):
    folder = tmp_path / "een dossier"
    shutil.copytree(made_up[0], folder)
    with pytest.raises(QgsProcessingException, match="hoort verzegeld te zijn") as caught:
        run(
            AUDIENCE="partners", MUNICIPALITIES=["Assen", "Aa en Hunze"], FOLDER=str(folder),
            PURPOSE='de "toets" van `mei` en $HOME', TRIAL=True, OUTPUT=str(tmp_path / "pagina.html"),
        )  # fmt: skip
    assert not (tmp_path / "pagina.html").exists()
    told = re.search(r"atlas (build .*?/uit\")", str(caught.value))[1]
    assert not set("$`") & set(told)
    done = atlas_command(*shlex.split(told), "--no-sheets", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert list((tmp_path / "uit").glob("beveiligd-bestand-*.html"))
    assert "1 wachtzin" in done.stdout


def test_a_protected_table_that_is_gone_is_not_missed_in_silence(provider, made_up, tmp_path):
    folder = tmp_path / "dossier"
    shutil.copytree(made_up[0], folder)
    for table in (folder / "beschermd").glob("*.json"):
        table.unlink()
    with pytest.raises(QgsProcessingException, match="het laatst is uitgegeven is er niet meer"):
        run(
            AUDIENCE="openbaar", MUNICIPALITIES=["Assen"], FOLDER=str(folder), PURPOSE="toets", TRIAL=True,
            OUTPUT=str(tmp_path / "pagina.html"),
        )  # fmt: skip


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
