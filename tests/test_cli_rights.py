"""The commands for the rights of a person and a team's mistakes, on the demo, as a team would give them."""

from __future__ import annotations

import shutil

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
