"""How far a campaign is, and the papers that go to farmers, partners and a neighbour."""

from __future__ import annotations

import subprocess
from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from docx import Document

from atlas.core.counts.campaign_progress import campaign_progress
from atlas.core.records.border_request import Search
from atlas.core.words.errors import AtlasError
from atlas.dossier.changes import apply_import
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.flows.border_cases import write_border_cases
from atlas.flows.protecting import read_protected
from atlas.flows.team import TeamRequest
from atlas.flows.visit_letters import write_evaluation, write_feedback, write_review
from atlas.jobs.evaluating import evaluate_campaign, register_indicators
from atlas.web.page import progress_section
from dossier_samples import (
    ASSEN,
    EMMEN,
    campaign,
    filled,
    finding,
    plans,
    signal,
    stop,
    tour,
    uuid,
    visit,
    yard,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ACCOUNT = """
[telling]
campagne = "Verzonnen reeks 161"
benaderd = 0
waardering = 2
[[invoer]]
soort = "netwerkpartners"
gevraagd = true
aan = "Natuurmonumenten en de Drentse aanpak"
op = 2026-02-20
"""


def layers():
    """Five yards in the frame, four chosen; two reached, one refused, one not at home."""
    stops = [stop(400 + one, 161, 300 + one, keuze="loting", ronde_uuid=uuid(181)) for one in range(4)]
    outcomes = ("toegang_verleend", "toegang_verleend", "geen_medewerking", "niemand_aanwezig")
    visits = [
        visit(500 + one, bedrijf_uuid=uuid(300 + one), datum="2026-01-20", uitkomst=outcome)
        for one, outcome in enumerate(outcomes)
    ]
    seen = {"categorie": "kapotte_straatverlichting", "waarneming": "waargenomen"}
    return {
        "agrarisch_bedrijf": [yard(one) for one in range(300, 305)],
        "campagne": [campaign(161)],
        "ronde": [tour(181, 161)],
        "ronde_stop": [*stops, stop(404, 161, 304, keuze="niet_gekozen")],
        "erfbezoek": [*visits, visit(510, bedrijf_uuid=uuid(300), datum="2026-01-02")],
        "bevinding": [
            finding(
                600,
                500,
                **seen,
                opvolging="terugkoppeling",
                opvolging_op="2026-02-10",
                triage="geen_actie",
            ),
            finding(601, 501, **seen, opvolging="schouw"),
            finding(602, 501, categorie="knallen", waarneming="niet_waargenomen"),
            finding(603, 510, **seen),
        ],
        "signaal": [signal(131), signal(231, EMMEN)],
    }


@pytest.fixture
def folder(tmp_path):
    return filled(tmp_path / "team", layers()).folder


def request(folder):
    return TeamRequest(folder, (ASSEN,), "toetsing", "planner")


def text_of(path):
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True)
    return " ".join(told.stdout.split())


def test_progress_is_of_the_frame_and_of_visits_since_the_choice():
    (one,) = campaign_progress(layers())
    assert (one.frame, one.chosen, one.planned) == (5, 4, 4)
    assert (one.reached, one.refused, one.nobody, one.to_go) == (2, 1, 1, 1)
    assert one.findings == (("Kapotte straatverlichting", 2),)
    assert (one.unresolved, one.follow_up, one.answered, one.reported) == (1, 1, 1, 2)


def test_the_page_of_a_team_says_it_and_no_other_page():
    (one,) = campaign_progress(layers())
    told = [{**asdict(one), "to_go": one.to_go, "observed": one.observed}]
    page = progress_section.section({"audience": "team", "campaigns": told})
    assert "zijn er 2 bezocht met resultaat: 40%" in page
    assert "Zwart: bezocht met resultaat." in page, "a bar without a key says nothing"
    assert progress_section.section({"audience": "openbaar"}) == ""
    with pytest.raises(AtlasError, match="alleen voor het team"):
        progress_section.section({"audience": "partners", "campaigns": told})


def test_the_sheet_for_a_team_says_of_whom_was_asked_and_the_tally(folder, tmp_path):
    (tmp_path / "verslag.toml").write_text(ACCOUNT, encoding="utf-8")
    for name in ("blad.pdf", "blad.docx"):
        write_review(tmp_path / name, request(folder), "team", tmp_path / "verslag.toml")
    document = Document(str(tmp_path / "blad.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = text_of(tmp_path / "blad.pdf")
    for said in ("Natuurmonumenten", "Hebben we hetzelfde beeld?", "niet gevraagd"):
        assert said in text
        assert any(said in cell for cell in cells)
    assert "Waardeert het bezoek: 2 van 2 erven." in text
    assert "Verzonnen Lijst" not in text, "no yard is on it"
    assert "Alleen voor het team van de gemeente" in text, "its numbers are not rounded"
    told = write_review(tmp_path / "blad.html", request(folder), "team", None)
    assert len(told) == 1, "a page of real records is sealed"
    assert "Agrarische erven" not in (tmp_path / "blad.html").read_text(encoding="utf-8")
    lines = [line["bestand"] for line in read_register(open_dossier(folder))]
    assert lines == ["blad.pdf", "blad.docx", "blad.html"]


@pytest.mark.parametrize("audience", ["partners", "openbaar"])
def test_others_get_nothing_without_a_protected_table(folder, tmp_path, audience):
    with pytest.raises(AtlasError, match=r"beschermde tabel|team en zijn partners"):
        write_review(tmp_path / "blad.pdf", request(folder), audience, None)
    with pytest.raises(AtlasError, match="geen beschermde tabel"):
        write_feedback(tmp_path / "brief.pdf", request(folder), None)
    assert not list(tmp_path.glob("*.pdf"))


def test_word_for_farmers_has_the_rounded_numbers_on_one_page(tmp_path):
    yards = [yard(one) for one in range(300, 340)]
    visits = [visit(500 + one, bedrijf_uuid=uuid(300 + one)) for one in range(30)]
    folder = filled(tmp_path / "team", {"agrarisch_bedrijf": yards, "erfbezoek": visits}).folder
    read_protected(request(folder), "openbaar", {})
    write_feedback(tmp_path / "brief.pdf", request(folder), None)
    text = text_of(tmp_path / "brief.pdf")
    assert "pagina 1 van 1" in text
    assert "afgerond" in text
    assert "Agrarische erven in de gemeente: ongeveer 40." in text
    write_review(tmp_path / "blad.pdf", request(folder), "partners", None)
    assert "Alleen voor de partners in de toetsing" in text_of(tmp_path / "blad.pdf")
    assert "ongeveer 40" in text_of(tmp_path / "blad.pdf")


def test_what_lies_at_a_border_is_listed_and_the_neighbour_gets_no_record(tmp_path):
    near = {"geometrie": (233_110.0, 552_170.0)}  # at the border of Assen and Midden-Drenthe
    signals = [
        signal(131, **near),
        signal(132, geometrie=(234_000.0, 557_000.0)),
        signal(133, "GM1731", **near),
    ]
    folder = filled(tmp_path / "team", {"signaal": signals}).folder
    many = write_border_cases(
        folder, tmp_path / "grens.docx", ASSEN, ("GM1731",), Search(1000, 1000, 2), purpose="samen kijken",
        user="planner", now=NOW,
    )  # fmt: skip
    document = Document(str(tmp_path / "grens.docx"))
    (table,) = document.tables
    (row,) = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert many == 1
    assert row[1:4] == ["Signaal: gedumpt afval", "15 januari 2026", "233110, 552170"]
    assert row[5] == "1, ook in Midden-Drenthe"
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "DBSCAN" in told
    assert "Verzoek aan de gemeente Midden-Drenthe" in told
    assert "samen kijken" in told
    for ours in ("233110", "gedumpt", "15 januari"):
        assert ours not in told.lower(), "the neighbour is sent no record"
    (line,) = read_register(open_dossier(folder))
    assert (line["gemeenten"], line["aantal"]) == ("GM0106,GM1731", 1)
    with pytest.raises(AtlasError, match="afstand"):
        write_border_cases(
            folder, tmp_path / "x.pdf", ASSEN, (), Search(0, 1000, 2), purpose="p", user="u", now=NOW
        )


def test_what_a_campaign_found_is_a_sheet_for_its_team_only_and_stands_in_the_register(tmp_path):
    found = layers()
    found["ronde_stop"] = [{**one, "kans": 1.0} for one in found["ronde_stop"]]
    later = {layer: found.pop(layer) for layer in ("erfbezoek", "bevinding")}
    folder = filled(tmp_path / "team", found).folder
    name = found["campagne"][0]["naam"]
    measured = ["kapotte_straatverlichting", "knallen"]
    register_indicators(folder, name, measured, purpose="meten", user="planner", now=NOW)
    dossier = open_dossier(folder)
    apply_import(dossier, plans(dossier, later, now=NOW))
    asked = TeamRequest(folder, (), "verantwoording", "planner")
    done = evaluate_campaign(folder, name, purpose="verantwoording")
    for file in ("evaluatie.pdf", "evaluatie.docx"):
        assert write_evaluation(tmp_path / file, asked, name, done) == ()
    text = text_of(tmp_path / "evaluatie.pdf")
    for said in (f"Evaluatie van {name}", "Kapotte straatverlichting", "Alleen voor het team", "hoogstens"):
        assert said in text
    assert len(write_evaluation(tmp_path / "evaluatie.html", asked, name, done)) == 1, "real records: sealed"
    with pytest.raises(AtlasError, match="soort bestand") as caught:
        write_evaluation(tmp_path / "evaluatie.txt", asked, name, done)
    assert caught.value.expected == ".docx of .pdf of .html"
    _measured, *lines = read_register(open_dossier(folder))
    assert [line["bestand"] for line in lines] == ["evaluatie.pdf", "evaluatie.docx", "evaluatie.html"]
    assert {(line["publiek"], line["gemeenten"], line["doel"]) for line in lines} == {
        ("team", ASSEN, "verantwoording")
    }
    assert "Verzonnen Lijst" not in text, "no yard is on it"
