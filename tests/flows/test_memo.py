"""One figure for a memo: the files say what the page says, and a withheld figure makes none."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import docx
import openpyxl
import pptx
import pytest
from PIL import Image

from atlas.core.figures.edition import Edition, Maker
from atlas.core.figures.figure_table import COLUMNS
from atlas.core.words.errors import AtlasError
from atlas.flows.configuration import Configuration
from atlas.flows.memo import (
    Asked,
    check_place,
    comparison,
    find_figure,
    sentence,
    write_picture,
    write_slide,
    write_table,
)

CONCERN = Asked("zorgen_georganiseerde_criminaliteit_buurt")
#: the share of Groningen rests on too few respondents
SEEN = Asked("buitengebied_verdachte_activiteiten_gezien")
SIGNED = Configuration(Edition(maker=Maker("Assen (FICTIEF)", "gis@assen.example"), made_on="2026-12-01"))


def test_a_figure_is_found_by_id_or_name_level_and_period():
    by_name = find_figure(SIGNED, Asked("bezorgd over georganiseerde criminaliteit in de eigen buurt"))
    assert by_name.view["level"] == "surveyregio"
    assert find_figure(SIGNED, replace(CONCERN, level="provincie")).view["level"] == "provincie"
    with pytest.raises(AtlasError, match="heeft geen kaart"):
        find_figure(SIGNED, Asked("onbekend"))
    with pytest.raises(AtlasError, match="niet gemeten"):
        find_figure(SIGNED, replace(CONCERN, period="1999"))


def test_sentence_and_comparison_take_any_spelling_of_an_area_on_the_map():
    assert "21% in Noord-Drenthe" in sentence(SIGNED, CONCERN, "noord drenthe")
    told = comparison(SIGNED, CONCERN, "SR01", "Gemeente Groningen")
    assert told.second.startswith("Gemeente Groningen: 24%")
    for area in ("Assen", "Utrecht"):
        with pytest.raises(AtlasError, match="niet op deze kaart"):
            sentence(SIGNED, CONCERN, area)


def test_of_a_municipality_without_a_figure_the_region_is_named_that_has_one():
    with pytest.raises(AtlasError) as caught:
        sentence(SIGNED, CONCERN, "Assen")
    assert caught.value.detail.startswith("Assen ligt in Noord-Drenthe (zo is de indeling afgeleid)")
    with pytest.raises(AtlasError) as caught:
        sentence(SIGNED, CONCERN, "Pekela")
    assert caught.value.detail.startswith("Pekela ligt in Pekela/Stadskanaal/Veendam;")
    for outside in ("Utrecht", "Drenthe"):
        with pytest.raises(AtlasError) as caught:
            sentence(SIGNED, CONCERN, outside)
        assert caught.value.detail == ""


@pytest.mark.parametrize(("shape", "size"), [("landscape", (1600, 900)), ("portrait", (1080, 1350))])
def test_a_picture_is_as_large_as_a_slide_asks_and_the_same_each_time(tmp_path, shape, size):
    for name in ("a.png", "b.png"):
        write_picture(SIGNED, CONCERN, shape, tmp_path / name)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == size


def test_a_drawing_has_its_words_as_text(tmp_path):
    for name in ("a.svg", "b.svg"):
        write_picture(SIGNED, CONCERN, "landscape", tmp_path / name)
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert drawn == (tmp_path / "b.svg").read_text(encoding="utf-8")
    for part in (
        "Bezorgd over georganiseerde criminaliteit", "november 2025", "Legenda, procent", "Let op",
        "Bron: Georganiseerde", "CBS/Kadaster", "Gemaakt door: Assen (FICTIEF)",
        "Gemaakt op: 1 december 2026",
        "Nieuwste gegevens: februari 2026",
    ):  # fmt: skip
        assert part in drawn


def test_a_picture_of_made_up_figures_says_so(tmp_path):
    made_up = replace(SIGNED, edition=replace(SIGNED.edition, fictitious=True, audience="partners"))
    write_picture(made_up, CONCERN, "portrait", tmp_path / "a.svg")
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "FICTIEF: deze gegevens zijn verzonnen." in drawn
    assert "Geef dit niet verder door." in drawn


def test_the_table_has_a_row_for_every_area_with_source_and_caution_in_each(tmp_path):
    write_table(SIGNED, CONCERN, tmp_path / "t.csv")
    write_table(SIGNED, CONCERN, tmp_path / "t.xlsx")
    text = (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    written = list(csv.reader(io.StringIO(text), delimiter=";"))
    sheet = [list(row) for row in openpyxl.load_workbook(tmp_path / "t.xlsx")["Cijfers"].values]
    assert written[0] == sheet[0] == list(COLUMNS)
    assert len(written) == len(sheet) == 1 + 8 + 2
    for row in written[1:]:
        known = dict(zip(COLUMNS, row, strict=True))
        assert known["bron"].startswith("Georganiseerde")
        assert "geen geregistreerde misdaad" in known["let_op"]
        assert known["gemaakt_op"] == "1 december 2026"


def test_a_slide_has_title_picture_with_words_and_the_paragraph_as_its_notes(tmp_path):
    for name in ("a.pptx", "b.pptx"):
        write_slide(SIGNED, CONCERN, "Noord-Drenthe", tmp_path / name)
    assert (tmp_path / "a.pptx").read_bytes() == (tmp_path / "b.pptx").read_bytes()
    (slide,) = pptx.Presentation(tmp_path / "a.pptx").slides
    assert slide.shapes.title.text.startswith("Noord-Drenthe: 21% (95%-interval")
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert "Kaart van de surveyregio's" in picture._element.nvPicPr.cNvPr.get("descr")
    assert Image.open(io.BytesIO(picture.image.blob)).size == (1600, 900)
    made = pptx.Presentation(tmp_path / "a.pptx")
    assert picture.left >= 0
    assert picture.left + picture.width <= made.slide_width
    assert picture.top + picture.height <= made.slide_height
    notes = slide.notes_slide.notes_text_frame.text
    assert "Let op: Dit is een gevoel" in notes
    assert "Gemaakt op: 1 december 2026" in notes


def test_a_paragraph_has_figure_caution_source_maker_and_dates(tmp_path):
    write_slide(SIGNED, CONCERN, "Noord-Drenthe", tmp_path / "a.docx")
    parts = docx.Document(str(tmp_path / "a.docx")).paragraphs
    words = "\n".join(part.text for part in parts)
    assert parts[0].text.startswith("Bezorgd over georganiseerde criminaliteit in de eigen buurt: 21%")
    assert {part.style.name for part in parts} == {"Normal"}, "a paragraph to paste, not a chapter"
    for part in ("21% in Noord-Drenthe", "Bron: ", "Let op: ", "Vragen aan: gis@assen.example"):
        assert part in words


@pytest.mark.parametrize("name", ["a.pptx", "a.docx"])
def test_a_figure_that_is_withheld_makes_no_slide(tmp_path, name):
    with pytest.raises(AtlasError, match="geen cijfer om door te geven"):
        write_slide(SIGNED, SEEN, "PV20", tmp_path / name)
    with pytest.raises(AtlasError, match="geen cijfer om door te geven"):
        sentence(SIGNED, SEEN, "PV20")
    assert not list(tmp_path.iterdir())


def test_a_file_of_another_kind_is_neither_made_nor_replaced(tmp_path):
    for write, name in (
        (lambda path: write_slide(SIGNED, CONCERN, "SR01", path), "a.odp"),
        (lambda path: write_table(SIGNED, CONCERN, path), "a.json"),
        (lambda path: write_picture(SIGNED, CONCERN, "landscape", path), "a.jpg"),
    ):
        with pytest.raises(AtlasError, match="Dit soort bestand"):
            write(tmp_path / name)
    letter = tmp_path / "brief.pptx"
    docx.Document().save(str(letter))
    before = letter.read_bytes()
    with pytest.raises(AtlasError, match="andere soort"):
        check_place(letter, SIGNED, None)
    assert letter.read_bytes() == before


def test_what_is_missing_to_make_a_slide_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pptx", None)
    with pytest.raises(AtlasError, match="ontbreekt een onderdeel") as refusal:
        write_slide(SIGNED, CONCERN, "SR01", tmp_path / "a.pptx")
    assert "memo" in refusal.value.hint
