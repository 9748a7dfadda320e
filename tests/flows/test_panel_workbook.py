"""The workbook of the bureaus, from empty to a page with a map of each question that was filled in."""

import json

import openpyxl
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.core.figures.panel_delivery import COLUMNS, DELIVERY_SHEET, panel_questions
from atlas.flows.building import published_payload
from atlas.flows.configuration import read_configuration

run = CliRunner().invoke


def filled(path, share):
    """Every question that asks for a percentage, in every province and region."""
    book = openpyxl.load_workbook(path)
    sheet = book[DELIVERY_SHEET]
    for row in sheet.iter_rows(min_row=2):
        cells = dict(zip(COLUMNS, row, strict=True))
        if cells["waarde"].value is None and cells["id"].value != "rapportcijfer_veiligheid_buurt":
            cells["waarde"].value, cells["n"].value = share, 900
    book.save(path)


def test_the_same_workbook_every_time_and_never_over_one_that_is_there(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        assert run(app, ["panel", "workbook", "-o", str(tmp_path / name)]).exit_code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    again = run(app, ["panel", "workbook", "-o", str(tmp_path / "a.xlsx")])
    assert again.exit_code == 1
    assert "blijft staan" in again.output
    assert "zoals 2027-11" in run(app, ["panel", "workbook", "-o", "c.xlsx", "--period", "2027"]).output


def test_filled_in_it_makes_a_map_of_every_question(tmp_path):
    file = tmp_path / "panel-FICTIEF.xlsx"
    assert run(app, ["panel", "workbook", "-o", str(file)]).exit_code == 0
    filled(file, 24)
    (tmp_path / "atlas.toml").write_text('panel = "panel-FICTIEF.xlsx"\n', encoding="utf-8")
    payload = published_payload(read_configuration(tmp_path / "atlas.toml"))
    maps = [
        one["id"]
        for one in payload.content["indicators"]
        if any(view["level"] == "surveyregio" for view in one["views"])
    ]
    assert len(maps) == len(panel_questions()) - 1
    assert "Opgegeven door het onderzoeksbureau" in json.dumps(payload.content, ensure_ascii=False)


def test_the_command_builds_with_it_in_one_step(tmp_path):
    file = tmp_path / "panel-FICTIEF.xlsx"
    run(app, ["panel", "workbook", "-o", str(file)])
    empty = run(
        app, ["build", "--panel", str(file), "--out", str(tmp_path / "uit"), "--trial", "--no-sheets"]
    )
    assert "niets nieuws ingevuld" in empty.output
    assert not (tmp_path / "uit" / "atlas.html").exists()
    filled(file, 24)
    done = run(app, ["build", "--panel", str(file), "--out", str(tmp_path / "uit"), "--trial", "--no-sheets"])
    assert done.exit_code == 0, done.output
    assert "vragen (november 2025)" in done.output
    assert (tmp_path / "uit" / "atlas.html").stat().st_size > 0
