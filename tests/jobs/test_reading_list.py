"""Monday's list: read back from XLSX and PDF as the team reads it."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime

import openpyxl
import pytest

from atlas.core.figures.edition import Maker
from atlas.core.words.errors import AtlasError
from atlas.dossier.issue_register import read_register
from dossier_samples import (
    ASSEN,
    EDITABLE,
    EMMEN,
    contents,
    filled,
    handed_out,
    rows,
    uuid,
    vacant,
    without_line,
)

OBJECTS = "leegstand_object"


@pytest.fixture
def dossier(tmp_path):
    return filled(tmp_path / "team")


def listed(dossier, path, layer=OBJECTS, technical=False, **change):
    return handed_out(dossier, path, layer, technical=technical, **change)


def sheet(path):
    return openpyxl.load_workbook(path).active


def table(path):
    """The heading and the rows below it, of a workbook; and what stands above it."""
    lines = [[cell.value for cell in line] for line in sheet(path).iter_rows()]
    heading = next(number for number, line in enumerate(lines) if line[:2] == ["Adres", "Gemeente"])
    return lines[heading], lines[heading + 1 :], lines[:heading]


def printed(path):
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_workbook_to_read_has_labels_names_and_dates(dossier, tmp_path):
    done = listed(dossier, tmp_path / "lijst.xlsx", municipalities=[ASSEN, EMMEN])
    assert done.count == 4
    heading, lines, above = table(done.path)
    assert heading[:4] == ["Adres", "Gemeente", "Soort", "Gebruik"]
    assert not {"uuid", "Uuid", "BAG-id pand", "x_rd", "Gemeente zeker", "Regime"} & set(heading)
    assert [line[:3] for line in lines] == [
        ["Verzonnen Lijst 101, Nergenshuizen", "Assen", "Onbekend"],
        ["Verzonnen Lijst 102, Nergenshuizen", "Assen", "Onbekend"],
        ["Verzonnen Lijst 201, Nergenshuizen", "Emmen", "Onbekend"],
        ["Verzonnen Lijst 202, Nergenshuizen", "Emmen", "Onbekend"],
    ]
    assert lines[0][heading.index("Peildatum")] == datetime(2026, 1, 15)  # noqa: DTZ001 - a day of a workbook
    facts = {line[0]: line[1] for line in above if len(line) > 1 and line[1]}
    assert facts == {
        "Gemeente:": "Assen en Emmen", "Waarvoor:": "rondje maart", "Gemaakt op:": "1 februari 2026",
        "Gemaakt door:": "beheer", "Aantal:": "4 records", "Nieuwste gegevens:": "15 januari 2026",
        "Vragen aan:": "niet ingevuld",
    }  # fmt: skip
    assert above[0][0] == "Objecten in het dossier"
    assert above[1][0].startswith("Vertrouwelijk")


def test_a_list_says_for_which_organisation_whom_to_ask_and_on_which_day(dossier, tmp_path):
    given = {"maker": Maker("Gemeente Voorbeeld", "team@voorbeeld.example"), "made_on": "2-3-2026"}
    text = printed(listed(dossier, tmp_path / "lijst.pdf", **given).path)
    for words in ("Gemeente Voorbeeld (beheer)", "team@voorbeeld.example", "2 maart 2026", "15 januari 2026"):
        assert words in " ".join(text.split())
    told = json.loads(listed(dossier, tmp_path / "lijst.geojson", **given).path.read_text(encoding="utf-8"))
    assert [told[name] for name in ("gemaakt_door", "vragen_aan", "gemaakt_op", "nieuwste_gegevens")] == [
        "Gemeente Voorbeeld", "team@voorbeeld.example", "2 maart 2026", "15 januari 2026",
    ]  # fmt: skip
    with pytest.raises(AtlasError, match="geen datum"):
        listed(dossier, tmp_path / "ook.pdf", **{**given, "made_on": "maart"})
    assert not (tmp_path / "ook.pdf").exists()


def test_the_heading_stays_the_columns_are_wide_and_can_be_filtered(dossier, tmp_path):
    found = sheet(listed(dossier, tmp_path / "lijst.xlsx").path)
    _heading, lines, above = table(tmp_path / "lijst.xlsx")
    row = len(above) + 1
    assert found.freeze_panes == f"B{row + 1}"
    assert found.auto_filter.ref.startswith(f"A{row}:")
    assert found.auto_filter.ref.endswith(str(row + len(lines)))
    assert found.print_title_rows == f"${row}:${row}"
    assert found.page_setup.orientation == "landscape"
    assert found.column_dimensions["A"].width >= 30
    assert "Vertrouwelijk" in found.oddFooter.left.text


def test_a_pdf_has_its_heading_and_number_on_every_page(tmp_path):
    many = [vacant(number, toelichting="Schuur met stenen muren.") for number in range(1000, 1180)]
    dossier = filled(tmp_path / "team", {OBJECTS: many})
    pages = printed(listed(dossier, tmp_path / "lijst.pdf").path).split("\f")[:-1]
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"pagina {number} van {len(pages)}" in page
        assert "Adres" in page
        assert "Vertrouwelijk" in page
    whole = "".join(pages)
    assert all(f"Lijst {number}," in whole for number in range(1000, 1180))
    assert "rondje maart" in pages[0]
    assert "Schuur met" in whole


def test_a_pdf_of_the_same_records_has_the_same_bytes(dossier, tmp_path):
    one, other = (listed(dossier, tmp_path / f"{name}.pdf").path for name in ("een", "twee"))
    assert without_line(one) == without_line(other)


@pytest.mark.parametrize("layer", EDITABLE)
@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_every_layer_can_be_read_and_names_the_place_it_is_about(dossier, tmp_path, layer, kind):
    done = listed(dossier, tmp_path / f"lijst.{kind}", layer)
    assert done.count == sum(ASSEN in str(line.get("gemeente_code", ASSEN)) for line in of_assen(layer))
    text = printed(done.path) if kind == "pdf" else str(table(done.path)[1])
    assert ("Lijst 1" in text) or layer in ("signaal", "campagne", "ronde")
    assert "Assen" in text
    for left in (uuid(101), "melding-131", "Inwoner", "Lijst 201"):
        assert left not in text
    line = read_register(dossier)[-1]
    assert (line["lagen"], line["aantal"], line["handeling"]) == (layer, done.count, "uitgifte")


def of_assen(layer):
    return [one for one in rows()[layer] if one["uuid"][-3] == "1"]


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_what_stays_behind_is_counted_on_the_list_and_named_to_who_made_it(tmp_path, kind):
    dossier = filled(tmp_path / "team", {OBJECTS: [vacant(101), vacant(102, gemeente_zeker="nee")]})
    done = listed(dossier, tmp_path / f"lijst.{kind}")
    assert done.count == 1
    assert any("Lijst 102" in sentence and uuid(102) in sentence for sentence in done.sentences)
    text = printed(done.path) if kind == "pdf" else str(table(done.path)[2])
    assert "1 record gaat niet mee" in text
    assert "Stel hun gemeente vast" in " ".join(text.split())
    assert "102" not in text


def test_text_is_never_run_as_a_formula(tmp_path):
    dossier = filled(tmp_path / "team", {OBJECTS: [vacant(101, toelichting='=HYPERLINK("http://x";"y")')]})
    heading, (line,), _above = table(listed(dossier, tmp_path / "lijst.xlsx").path)
    position = heading.index("Toelichting")
    assert line[position].startswith("'=HYPERLINK")
    kinds = {cell.data_type for row in sheet(tmp_path / "lijst.xlsx").iter_rows() for cell in row}
    assert "f" not in kinds
    assert "HYPERLINK" in printed(listed(dossier, tmp_path / "lijst.pdf").path)


def test_the_technical_workbook_is_still_there_for_a_program(dossier, tmp_path):
    done = listed(dossier, tmp_path / "lijst.xlsx", technical=True)
    heading = [cell.value for cell in next(sheet(done.path).iter_rows())]
    assert {"uuid", "gemeente_code", "x_rd", "y_rd"} <= set(heading)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"audience": "partners"}, "alleen naar het team"),
        ({"municipalities": []}, "Noem de gemeente"),
        ({"purpose": " "}, "waarvoor"),
        ({"layer": "uitgifte"}, "uitgifte"),
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_what_may_not_leave_gets_a_sentence_and_no_file(dossier, tmp_path, change, words, kind):
    before = contents(dossier)
    with pytest.raises(AtlasError) as caught:
        listed(dossier, tmp_path / f"lijst.{kind}", **change)
    assert words in str(caught.value)
    assert not (tmp_path / f"lijst.{kind}").exists()
    assert contents(dossier) == before
    assert read_register(dossier) == []


def test_a_technical_pdf_does_not_exist(dossier, tmp_path):
    with pytest.raises(AtlasError, match="Een PDF is om te lezen"):
        listed(dossier, tmp_path / "lijst.pdf", technical=True)
