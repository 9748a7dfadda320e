"""The empty list of a layer: what it holds, its example is no record, and the manual says the same."""

import openpyxl
import pytest
from release.column_tables import PAGE, page
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.core.records.list_template import EXAMPLE_SOURCE, template_columns
from atlas.core.schema.rural import RURAL_LAYERS, working_layer
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.records import read_layers
from atlas.flows.intake import write_empty_list

LAYERS = [name for name, layer in RURAL_LAYERS.items() if not (layer.append_only or layer.made_here)]


def test_the_manual_has_the_columns_of_the_schema():
    """When this fails: python -m release.column_tables."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("layer", LAYERS)
def test_the_workbook_has_labels_lists_and_one_example_and_the_same_bytes(layer, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_empty_list(layer, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet, lists = book.worksheets
    assert lists.sheet_state == "hidden"
    columns = template_columns(layer)
    assert [cell.value for cell in sheet[1]] == [column.label for column in columns]
    assert sheet.max_row == 2
    assert EXAMPLE_SOURCE in [cell.value for cell in sheet[2]]
    rules = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    for number, column in enumerate(columns, start=1):
        known = working_layer(layer).field(column.name)
        if known is not None and known.codes is not None:
            letter = sheet.cell(1, number).column_letter
            there = [cell.value for cell in lists[letter] if cell.value]
            assert there == list(dict.fromkeys(code.label for code in known.codes.codes))
            assert rules[f"{letter}2"] == f"lijsten!${letter}$1:${letter}${len(there)}"


def test_a_list_that_was_filled_in_is_taken_without_its_example(tmp_path):
    init_dossier(tmp_path / "d", fictitious=True)
    run = CliRunner().invoke
    file = tmp_path / "lijst.xlsx"
    assert run(app, ["objects", "template", "leegstand_object", "-o", str(file)]).exit_code == 0
    empty = run(app, ["objects", "import", str(tmp_path / "d"), str(file), "--user", "t"])
    assert empty.exit_code == 1
    assert "als voorbeeld" in empty.output
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    row = {
        "Adres": "Verzonnenweg 1, Nergenshuizen", "Soort": "Schuur", "Bron": "FICTIEF", "Gemeente": "Assen",
        "Peildatum": "2025-01-05", "Bewaren tot": "2030-01-01",
    }  # fmt: skip
    sheet.append([row.get(cell.value) for cell in sheet[1]])
    book.save(file)
    done = run(app, ["objects", "import", str(tmp_path / "d"), str(file), "--user", "t"])
    assert "nieuw 1, gewijzigd 0, ongewijzigd 0, conflict 0, geweigerd 0, niet gelezen 1" in done.output
    (record,) = read_layers(open_dossier(tmp_path / "d"))["leegstand_object"]
    assert (record["soort"], record["gemeente_code"]) == ("schuur", "GM0106")
    again = run(app, ["intake", str(file), "--dossier", str(tmp_path / "d"), "--user", "t", "--yes"])
    assert "ongewijzigd 1" in again.output, again.output
