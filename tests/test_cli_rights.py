"""The commands for the rights of a person and a team's mistakes, on the demo, as a team would give them."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_layers

OBJECTS = "leegstand_object"


@pytest.fixture(scope="module")
def demo(atlas, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    assert atlas("demo", "--out", folder, "--seed", 3, "--scale", 0.02, cwd=folder).returncode == 0
    return folder / "dossier-FICTIEF"


@pytest.fixture
def folder(demo, tmp_path):
    shutil.copytree(demo, tmp_path / "dossier")
    return tmp_path / "dossier"


def seen_on_the_spot(folder):
    """A piece of evidence that decides the conclusion of an object, and that object."""
    layers = read_layers(open_dossier(folder))
    for piece in layers["leegstand_bewijs"]:
        about = next(one for one in layers[OBJECTS] if one["uuid"] == piece["object_uuid"])
        if piece["bewijsbron"] == "waarneming" and about["conclusie"] == "gedeeltelijk_leeg":
            return piece, about
    raise AssertionError


def test_evidence_is_withdrawn_and_the_conclusion_says_from_what_to_what(atlas, folder, tmp_path):
    piece, about = seen_on_the_spot(folder)
    asked = ("objects", "correct", folder, "--uuid", piece["uuid"], "--withdraw")
    done = atlas(*asked, "--reason", "verkeerd erf", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Reden van intrekking: van (leeg) naar verkeerd erf." in done.stdout
    assert "atlas objects conclude" in done.stderr
    concluded = atlas("objects", "conclude", folder, "--reference-date", "2026-02-01", cwd=tmp_path)
    assert f"{about['adres']}: van Gedeeltelijk leeg" in concluded.stdout
    assert "1 object" in concluded.stdout
    again = atlas(*asked, "--reason", "verkeerd erf", cwd=tmp_path)
    assert (again.returncode, again.stderr.splitlines()[0]) == (1, "Dit bewijs is al ingetrokken.")


def test_a_field_is_set_emptied_or_refused_with_a_sentence(atlas, folder, tmp_path):
    _piece, about = seen_on_the_spot(folder)

    def correct(*values):
        sets = [part for value in values for part in ("--set", value)]
        return atlas(
            "objects", "correct", folder, "--uuid", about["uuid"], *sets, "--reason", "was fout", cwd=tmp_path
        )

    done = correct("prioriteit=laag", "vab_stopjaar=")
    assert "Prioriteit: van" in done.stdout
    assert "naar (leeg)." in done.stdout
    assert "niet duidelijk welk veld" in correct("prioriteit").stderr
    asked = correct("toelichting=bel 0612345678")
    assert asked.returncode == 1
    assert "Waarmee: --accept-personal-text" in asked.stderr
    assert "0612345678" not in asked.stderr


def test_a_record_is_erased_after_the_word_for_it_and_who_has_a_copy_is_told(atlas, folder, tmp_path):
    _piece, about = seen_on_the_spot(folder)
    issue = ("--municipality", "alle", "--purpose", "overleg")
    assert atlas("objects", "export", folder, "-o", "uit.csv", *issue, cwd=tmp_path).returncode == 0
    asked = ("objects", "erase", folder, "--uuid", about["uuid"], "--reason", "verzoek van de betrokkene")
    unanswered = atlas(*asked, cwd=tmp_path)
    assert unanswered.returncode == 1
    assert "Er is niets gewist" in unanswered.stderr
    assert "bestand uit.csv" in unanswered.stdout
    done = atlas(*asked, "--yes", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "in geen bestand van het dossier staat er nog iets van" in done.stdout
    assert "AVG art. 19" in done.stdout
    assert "bestand uit.csv" in done.stdout
    assert about["uuid"] not in {one["uuid"] for one in read_layers(open_dossier(folder))[OBJECTS]}
    gone = atlas(*asked, "--yes", cwd=tmp_path)
    assert (gone.returncode, gone.stderr.splitlines()[0]) == (1, "Dit record staat niet in het dossier.")


def on_a_terminal(answers, *arguments, cwd):
    """Run `atlas` for somebody who types; what it says."""
    ours, theirs = pty.openpty()
    try:
        os.write(ours, answers.encode())
        return subprocess.run(
            [Path(sys.executable).with_name("atlas"), *map(str, arguments)], cwd=cwd, stdin=theirs,
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
    finally:
        os.close(ours)
        os.close(theirs)


def both_at_one_address(folder):
    """A yard and an object that the demo has at one address."""
    layers = read_layers(open_dossier(folder))
    yards = {one["adres"]: one for one in layers["agrarisch_bedrijf"] if one["adres"]}
    about = next(one for one in layers[OBJECTS] if one["adres"] in yards)
    return yards[about["adres"]], about


def test_a_record_is_named_by_its_address_and_of_two_the_user_picks_one(atlas, folder, tmp_path):
    yard, about = both_at_one_address(folder)
    asked = ("objects", "erase", folder, "--address", about["adres"], "--reason", "verzoek van de betrokkene")
    refused = atlas(*asked, "--yes", cwd=tmp_path)
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (
        1, "Op dit adres staat meer dan één record in het dossier.",
    )  # fmt: skip
    assert yard["uuid"] in refused.stderr
    assert about["uuid"] in refused.stderr
    done = on_a_terminal("3\n1\nwis\n", *asked, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"3" is geen nummer van deze lijst' in done.stderr
    layers = read_layers(open_dossier(folder))
    assert about["uuid"] not in {one["uuid"] for one in layers[OBJECTS]}
    assert yard["uuid"] in {one["uuid"] for one in layers["agrarisch_bedrijf"]}
    alone = atlas(*asked, "--yes", cwd=tmp_path)  # the yard is now the only one there
    assert alone.returncode == 0, alone.stderr


def test_a_correction_by_address_finds_the_record_that_has_the_field(atlas, folder, tmp_path):
    _yard, about = both_at_one_address(folder)
    asked = ("objects", "correct", folder, "--address", about["adres"], "--reason", "was fout")
    done = atlas(*asked, "--set", "vab_stopjaar=1999", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = {one["uuid"]: one for one in read_layers(open_dossier(folder))[OBJECTS]}
    assert found[about["uuid"]]["vab_stopjaar"] == 1999
    neither = atlas(
        "objects", "correct", folder, "--set", "vab_stopjaar=1", "--reason", "was fout", cwd=tmp_path
    )
    assert "een adres, of een uuid" in neither.stderr
    nothing = atlas(*asked[:4], "Nergensweg 1, Nergens", *asked[5:], "--withdraw", cwd=tmp_path)
    assert nothing.stderr.splitlines()[0] == "Op dit adres staat niets in het dossier."
