"""Words of users: long, of one emoji, from right to left; and the table as it is copied and printed."""

from __future__ import annotations

import subprocess

import pytest
from page_samples import TRIAL

from atlas.web.page import render
from atlas.web.page.sections import interval_ends
from released_samples import leaving

LONG = "x" * 400
#: what a maker or a table fills in freely
WORDS = [
    "label",
    "label_plural",
    "title",
    "subtitle",
    "name",
    "note",
    "text",
    "base",
    "source",
    "place",
    "caution",
    "question",
    "definition",
    "explanation",
    "period_label",
    "interval_note",
    "audience_label",
    "method_label",
    "boundary_source",
    "contact",
    "error_report",
]


def filled(node, word, key=""):
    """The payload with one word in every place for words; figures stay."""
    if isinstance(node, dict):
        figures = "interval_text" in node
        return {
            name: inner if figures and name == "text" else filled(inner, word, name)
            for name, inner in node.items()
            if name != "geometry"
        } | {name: node[name] for name in ("geometry",) if name in node}
    if isinstance(node, list):
        return [filled(inner, word, key) for inner in node]
    return word if key in WORDS and isinstance(node, str) else node


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_a_word_of_four_hundred_letters_never_widens_the_page(visit, trial, width, scripts):
    trial["opening"] = {"indicator": TRIAL, "level": "gemeente", "period": "2025-11"}
    html = render(leaving(filled(trial, LONG)))
    opened = visit(html, width=width, scripts=scripts, address="#gebied=GM0014" if scripts else "")
    if scripts:
        opened.page.fill("#search", "x")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("word", ["🐄", "مزرعة شاغرة", "\u202eomgekeerd"])
def test_one_emoji_and_words_from_right_to_left_stay_by_themselves(visit, trial, word):
    opened = visit(render(leaving(filled(trial, word))), address=f"#indicator={TRIAL}")
    page = opened.page
    assert page.locator("#indicator").text_content() == word
    assert page.locator("#table-caption bdi").text_content() == word
    assert page.evaluate("getComputedStyle(document.querySelector('#indicator')).unicodeBidi") == "isolate"
    assert opened.complaints == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("18–25%", ("18%", "25%")),
        ("−2,5–10,4", ("−2,5", "10,4")),
        ("8.000.000–€ 10.600.000", ("€ 8.000.000", "€ 10.600.000")),
        ("", ("–", "–")),
    ],
)
def test_each_end_of_an_interval_has_its_unit(text, ends):
    assert interval_ends(text) == ends


COPIED = """() => { const copied = new DataTransfer();
    document.dispatchEvent(new ClipboardEvent('copy', {clipboardData: copied, cancelable: true}));
    return copied.getData('text/plain'); }"""


def test_the_copied_table_is_one_row_an_area_with_the_interval_in_two_cells(visit, payload):
    payload["levels"][1]["areas"][0]["label"] = "=1+1"
    page = visit(render(leaving(payload))).page
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#table'))")
    lines = page.evaluate(COPIED).rstrip("\n").split("\n")
    assert lines[0].split("\t") == [
        "Surveyregio", "Provincie", "Cijfer", "95% van", "95% tot", "Aantal (n)", "Hoe zeker",
    ]  # fmt: skip
    assert len(lines) == 1 + 8 + 2
    assert {line.count("\t") for line in lines} == {6}
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in lines}
    value = payload["indicators"][0]["views"][0]["values"]["SR01"]
    assert rows["Noord-Drenthe"][:5] == [
        "Drenthe", value["text"], *interval_ends(value["interval_text"]), "1037"
    ]  # fmt: skip
    assert not any("indeling afgeleid" in line or line.startswith("=") for line in lines)


def test_a_part_of_the_table_is_copied_with_its_heading_and_one_cell_as_it_is(visit, page_html):
    page = visit(page_html).page
    page.evaluate(
        """() => { const rows = document.querySelectorAll('#table-rows tr');
            getSelection().setBaseAndExtent(rows[1].cells[0], 0, rows[2].cells[6], 1); }"""
    )
    assert [line.split("\t")[0] for line in page.evaluate(COPIED).splitlines()] == [
        "Surveyregio", "Oldambt/Westerwolde", "Zuidoost-Drenthe",
    ]  # fmt: skip
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#table-rows td'))")
    assert page.evaluate(COPIED) == ""
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#indicator'))")
    assert page.evaluate(COPIED) == ""


def test_the_button_copies_the_table_and_says_so(visit, page_html):
    page = visit(page_html).page
    page.evaluate("document.addEventListener('copy', (event) => {"
                  " window.copied = event.clipboardData.getData('text/plain'); })")  # fmt: skip
    page.get_by_role("button", name="Kopieer de tabel").click()
    assert page.evaluate("window.copied").startswith("Surveyregio\tProvincie\t")
    assert page.locator("#announcement").text_content() == "De tabel is gekopieerd."


def test_the_printed_figure_keeps_the_dot_plot_and_repeats_the_heading_of_the_table(visit, trial, tmp_path):
    page = visit(render(leaving(trial)), address=f"#indicator={TRIAL}").page
    pdf = tmp_path / "atlas.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    first, second = [page for page in text.split("\f") if page.strip()]
    assert "95%-interval per gebied" in first
    assert "Westerwolde" in second
    assert "Hoe zeker" in second
    page.emulate_media(media="print")
    assert page.locator(".plot-row[data-code]:visible").count() == 22
