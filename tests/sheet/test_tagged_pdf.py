"""The PDF is what PDF/UA-1 (ISO 14289-1) asks, as far as a program sees; the text beside a PNG says the same.

Numbers in the tests are those of the Matterhorn Protocol 1.1, which lists how a file can fail the standard.
"""

from __future__ import annotations

import re
import subprocess

import pikepdf
import pytest
from pikepdf import Name

from atlas.sheet.writing import write_sheets
from released_samples import leaving

#: operators that put something on the page (ISO 32000-1, table 51)
PAINTING = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI", "Tj", "TJ", "'", '"'])


@pytest.fixture(scope="module")
def written(tmp_path_factory, _embedded_payload):
    """The sheets of two figures, three of the nine; `test_writing` draws them all."""
    few = {**_embedded_payload, "indicators": _embedded_payload["indicators"][:2]}
    return write_sheets(leaving(few), tmp_path_factory.mktemp("kaarten"))


@pytest.fixture
def pdf(written):
    with pikepdf.open(written[-1]) as opened:
        yield opened


def elements(node):
    """All structure elements below a node, in reading order."""
    for kid in node.K if isinstance(node.K, pikepdf.Array) else [node.K]:
        if isinstance(kid, pikepdf.Dictionary) and Name.S in kid:
            yield kid
            yield from elements(kid)


def tagged(pdf, *tags):
    return [element for element in elements(pdf.Root.StructTreeRoot) if str(element.S)[1:] in tags]


def drawn(page):
    """For each painting operator of a page the mark that it stands in: a number, "Artifact" or None."""
    open_marks = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "BDC":
            open_marks.append(int(instruction.operands[1].MCID))
        elif operator == "BMC":
            open_marks.append(str(instruction.operands[0])[1:])
        elif operator == "EMC":
            open_marks.pop()
        elif operator in PAINTING:
            yield open_marks[-1] if open_marks else None
    assert not open_marks


def test_the_document_says_its_language_its_title_and_that_it_is_tagged(pdf):  # 06, 07, 11
    assert str(pdf.Root.Lang) == "nl-NL"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Buitengebied Atlas Drenthe en Groningen"
        assert metadata["pdfuaid:part"] == "1"


def test_all_that_is_drawn_is_tagged_or_an_artifact(pdf):  # 01
    for page in pdf.pages:
        marks = list(drawn(page))
        assert None not in marks
        assert "Artifact" in marks
        assert any(isinstance(mark, int) for mark in marks)


def test_every_mark_belongs_to_one_element_and_the_parent_tree_knows_it(pdf):  # 01-005
    parents = {
        int(pdf.Root.StructTreeRoot.ParentTree.Nums[at]): pdf.Root.StructTreeRoot.ParentTree.Nums[at + 1]
        for at in range(0, len(pdf.Root.StructTreeRoot.ParentTree.Nums), 2)
    }
    owned = [
        (kid.Pg.objgen, int(kid.MCID), element.objgen)
        for element in elements(pdf.Root.StructTreeRoot)
        for kid in element.K
        if Name.MCID in kid
    ]
    on_pages = [
        (page.obj.objgen, number, parents[int(page.StructParents)][number].objgen)
        for page in pdf.pages
        for number in sorted({mark for mark in drawn(page) if isinstance(mark, int)})
    ]
    assert sorted(owned) == sorted(on_pages)


def test_every_figure_has_words_and_a_place(pdf):  # 13
    figures = tagged(pdf, "Figure")
    assert len(figures) == 2 * len(pdf.pages)  # the map, and the intervals
    for figure in figures:
        assert len(str(figure.Alt)) > 40
        left, bottom, right, top = map(float, figure.A.BBox)
        assert 0 <= left < right <= 595.3
        assert 0 <= bottom < top <= 841.9
    assert "Het hoogste is 30% (Eemsdelta/Midden-Groningen)" in str(figures[0].Alt)


def test_every_table_has_headings_for_its_rows_and_columns(pdf):  # 15
    tables = tagged(pdf, "Table")
    assert len(tables) == len(pdf.pages)
    for table in tables:
        heading, *rows = [list(elements(row)) for row in elements(table) if row.S == Name.TR]
        assert {str(cell.A.Scope) for cell in heading} == {"/Column"}
        assert rows
        for name, *cells in rows:
            assert str(name.A.Scope) == "/Row"
            assert {cell.S for cell in cells} == {Name.TD}
            assert len(cells) == len(heading) - 1


def test_headings_begin_with_the_title_of_a_sheet_and_skip_no_level(pdf):  # 14
    levels = [int(str(heading.S)[2:]) for heading in tagged(pdf, "H1", "H2")]
    assert levels[0] == 1
    assert levels.count(1) == len(pdf.pages)
    with pdf.open_outline() as outline:
        assert len(outline.root) == len(pdf.pages)


def test_every_font_is_embedded_and_says_which_letters_it_draws(pdf):  # 10, 31
    fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}
    assert fonts
    for font in fonts.values():
        assert Name.ToUnicode in font
        descriptor = (
            font.FontDescriptor if Name.FontDescriptor in font else font.DescendantFonts[0].FontDescriptor
        )
        assert Name.FontFile2 in descriptor


def test_a_reader_program_hears_what_stands_in_the_text_beside_the_sheet(written):
    """Word for word, also where a line ends: no two words become one."""
    heard = subprocess.run(
        ["pdfinfo", "-struct-text", written[-1]], capture_output=True, text=True, check=True
    ).stdout
    spoken = " ".join(" ".join(re.findall(r'^ *"(.*)"$', heard, re.MULTILINE)).split())
    texts = [path for path in written if path.suffix == ".txt"]
    assert len(texts) == sum(path.suffix == ".png" for path in written)
    for path in texts:
        for line in path.read_text(encoding="utf-8").splitlines()[2:]:
            if not line.startswith(("- ", "Kaart van", "Dezelfde cijfers", "=")) and ": cijfer" not in line:
                assert line in spoken


def test_the_text_beside_a_sheet_has_each_figure_its_state_source_and_caution(written, payload):
    indicator = next(entry for entry in payload["indicators"] if entry["views"])
    view = indicator["views"][0]
    text = next(
        path.read_text(encoding="utf-8")
        for path in written
        if path.name == f"{indicator['id']}-{view['level']}-{view['period']}.txt"
    )
    assert indicator["label"] in text
    assert indicator["caution"] in text
    assert indicator["source"] in text
    level = next(level for level in payload["levels"] if level["id"] == view["level"])
    for area in level["areas"]:
        value = view["values"][area["code"]]
        doubt = " (indicatief)" if value["status"] == "indicatief" else ""
        cells = f"cijfer {value['text']}{doubt}, interval {value['interval_text']}, n {value['n_text']}"
        assert f"{area['name']}: {cells}" in text


def test_an_area_without_a_figure_is_in_the_words_of_the_map(every_state, tmp_path):
    text = write_sheets(leaving(every_state), tmp_path)[-2].read_text(encoding="utf-8")
    (told,) = (line for line in text.splitlines() if line.startswith("Kaart van"))
    areas = next(level for level in every_state["levels"] if level["id"] == "gemeente")["areas"]
    values = every_state["indicators"][0]["views"][0]["values"]
    for area in areas:
        if values[area["code"]]["value"] is None:
            assert area["name"] in told


@pytest.mark.parametrize("hostile", ["🏙 emoji", "שלום a\u202eb\ud800c\x07 <script> & $x$\n\n" + "woord" * 80])
def test_any_text_can_be_read_out(one_view, tmp_path, hostile):
    indicator = one_view["indicators"][0]
    indicator["caution"] = indicator["label"] = hostile
    one_view["title"] = hostile
    (pdf_path,) = write_sheets(leaving(one_view), tmp_path, pictures=False)
    with pikepdf.open(pdf_path) as opened:
        assert None not in {mark for page in opened.pages for mark in drawn(page)}
        (heading,) = tagged(opened, "H1")
        spoken = str(heading.get(Name.ActualText, ""))
    assert "\ufffd" not in spoken
    if "emoji" in hostile:
        assert spoken == hostile  # the typeface has no emoji; a screen reader has


def test_a_paragraph_that_goes_on_on_a_next_page_is_one_paragraph(one_view, tmp_path):
    one_view["indicators"][0]["caution"] = "Een lange tekst over twee bladen. " * 330
    (pdf_path,) = write_sheets(leaving(one_view), tmp_path, pictures=False)
    with pikepdf.open(pdf_path) as opened:
        assert len(opened.pages) > 1
        across = [
            element
            for element in tagged(opened, "P")
            if len({kid.Pg.objgen for kid in element.K if Name.MCID in kid}) > 1
        ]
        assert 1 <= len(across) < len(opened.pages)
        assert all(Name.ActualText not in paragraph for paragraph in across)
