"""What a reader takes along, sentence, comparison, table and picture, is what the core says."""

from __future__ import annotations

import dataclasses
import re
import struct
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from page_samples import TRIAL

from atlas.core.figures.edition import Edition, Maker
from atlas.core.figures.estimates import survey_estimate
from atlas.core.figures.figure_table import as_csv, figure_rows
from atlas.core.figures.indicators import load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.core.figures.statements import compare, sentence_of
from atlas.core.words.errors import AtlasError
from atlas.geo.boundaries.levels import boundary_payload
from atlas.web.page import render
from released_samples import leaving

SIGNED = Edition(maker=Maker("Assen (FICTIEF)", "gis@assen.example"), made_on="2026-12-01")


def judged():
    """The embedded atlas with a design effect that the source of its opening figure publishes."""
    catalogue = load_catalogue()
    opening = catalogue.indicators[0].id

    def change(value):
        if value.indicator != opening or value.level != "surveyregio":
            return value
        estimate = survey_estimate(value.value, value.n, design_effect=1.1, published=True)
        return dataclasses.replace(
            value, low=estimate.low, high=estimate.high, status=estimate.status,
            n_effective=estimate.n_effective, ground=estimate.ground,
        )  # fmt: skip

    boundaries, source, _warnings = boundary_payload()
    values = tuple(map(change, catalogue.values))
    return build_payload(dataclasses.replace(catalogue, values=values), boundaries, source, SIGNED).content


@pytest.fixture(scope="module")
def with_verdicts():
    return judged()


def views(payload):
    return [(indicator, view) for indicator in payload["indicators"] for view in indicator["views"]]


def at(page, indicator, view):
    """Look at a view, and return it as the script has it."""
    state = {"indicator": indicator["id"], "level": view["level"], "period": view["period"], "area": ""}
    page.evaluate("(state) => atlas.go(state)", state)


def test_every_sentence_of_the_page_is_that_of_the_core(visit, trial):
    page = visit(render(leaving(trial))).page
    for indicator, view in views(trial):
        at(page, indicator, view)
        for code in view["values"]:
            said = page.evaluate("(code) => atlas.sentenceOf(atlas.view(), code)", code)
            try:
                assert said == sentence_of(trial, indicator, view, code)
            except AtlasError:
                assert said.startswith("Over ")
                assert not page.evaluate("(code) => atlas.isShown(atlas.view(), code)", code)


def test_every_comparison_of_the_page_is_that_of_the_core(visit, with_verdicts):
    page = visit(render(leaving(with_verdicts))).page
    verdicts = set()
    for indicator, view in views(with_verdicts):
        at(page, indicator, view)
        shown = [code for code, value in view["values"].items() if value["value"] is not None]
        for pair in {*pairwise(shown), *pairwise(reversed(shown)), *zip(shown[:1], shown[2:], strict=False)}:
            told = compare(with_verdicts, indicator, view, *pair)
            said = page.evaluate("(pair) => atlas.compared(atlas.view(), ...pair)", list(pair))
            assert said == [told.first, told.second, told.verdict, told.about]
            verdicts.add(told.verdict.split()[0])
    assert {"In", "Tussen", "Deze"} <= verdicts


def test_the_table_of_the_page_has_the_bytes_of_the_command(visit, trial, hostile):
    for payload in (trial, hostile):
        page = visit(render(leaving(payload))).page
        for indicator, view in views(payload):
            at(page, indicator, view)
            made = page.evaluate("atlas.tableText(atlas.view())")
            assert made == as_csv(figure_rows(payload, indicator, view))


def test_a_reader_is_at_the_sentence_in_two_actions_and_has_the_picture_in_the_third(visit, with_verdicts):
    opened = visit(render(leaving(with_verdicts)), permissions=["clipboard-read"])
    page = opened.page
    assert page.locator("#carry-copy").is_disabled()
    page.locator("#table-rows a", has_text="Noord-Drenthe").click()
    page.locator("#carry-copy").click()
    assert page.locator("#carry-said").inner_text().startswith("Gekopieerd")
    indicator, view = views(with_verdicts)[0]
    assert page.evaluate("navigator.clipboard.readText()") == sentence_of(
        with_verdicts, indicator, view, "SR01"
    )
    with page.expect_download() as download:
        page.get_by_role("button", name="Plaatje liggend").click()
    assert download.value.suggested_filename.endswith("-liggend.png")
    content = download.value.path().read_bytes()
    assert struct.unpack(">II", content[16:24]) == (1600, 900)
    assert opened.complaints == []
    assert all(url.startswith(("file:", "data:", "blob:")) for url in opened.requests)


def test_a_comparison_is_chosen_and_copied_with_the_keyboard(visit, with_verdicts):
    page = visit(render(leaving(with_verdicts)), permissions=["clipboard-read"]).page
    page.get_by_label("Eerste gebied").select_option(label="Noord-Drenthe")
    page.get_by_label("Tweede gebied").select_option(label="Eemsdelta/Midden-Groningen")
    page.get_by_role("button", name="Kopieer de vergelijking").focus()
    page.keyboard.press("Enter")
    indicator, view = views(with_verdicts)[0]
    told = compare(with_verdicts, indicator, view, "SR01", "SR08")
    said = page.evaluate("navigator.clipboard.readText()")
    assert said.split("\n") == [told.first, told.second, told.verdict, told.about]


def test_a_figure_that_is_withheld_is_not_copied_and_the_reader_hears_why(visit, trial):
    page = visit(render(leaving(trial)), address=f"#indicator={TRIAL}&niveau=gemeente&periode=2025-11").page
    indicator = next(entry for entry in trial["indicators"] if entry["id"] == TRIAL)
    withheld = [
        code for code, value in indicator["views"][0]["values"].items() if value["status"] == "onderdrukt"
    ]
    page.evaluate("(code) => atlas.choose(code)", withheld[0])
    assert page.locator("#carry-copy").is_disabled()
    assert "is hier geen cijfer: niet getoond" in page.locator("#carry-sentence").inner_text()
    page.locator("#compare-first").select_option(withheld[0])
    page.locator("#compare-second").select_option(withheld[1])
    assert page.locator("#compare-copy").is_disabled()


@pytest.mark.parametrize("shape", ["liggend", "staand"])
def test_a_picture_has_title_legend_caution_source_and_both_dates_in_it(visit, with_verdicts, shape):
    page = visit(render(leaving(with_verdicts))).page
    indicator, view = views(with_verdicts)[0]
    with page.expect_download() as download:
        page.locator(f"[data-picture='{shape} svg']").click()
    drawn = ET.fromstring(download.value.path().read_text(encoding="utf-8"))
    words = " ".join(
        " ".join("".join(node.itertext()).split()) for node in drawn.iter() if node.tag.endswith("}text")
    )
    for part in (
        indicator["label"], "november 2025", "Legenda, procent", view["legend"]["classes"][0]["label"],
        "Let op", "geen geregistreerde misdaad", "Bron: ", "CBS/Kadaster", "Gemaakt door: Assen (FICTIEF)",
        "Vragen aan: gis@assen.example", "Gemaakt op: 1 december 2026", "Nieuwste gegevens: februari 2026",
        "21%",
    ):  # fmt: skip
        assert part in words, part
    ids = {node.get("id") for node in drawn.iter()}
    used = set(re.findall(r"url\(#([^)]+)\)", ET.tostring(drawn, encoding="unicode")))
    assert used <= ids


def test_nothing_of_a_picture_stands_outside_it(visit, hostile, trial):
    for payload in (hostile, trial):
        page = visit(render(leaving(payload))).page
        for shape, size in (("liggend", (1600, 900)), ("staand", (1080, 1350))):
            boxes = page.evaluate(
                """(shape) => { const drawn = atlas.picture(shape); document.body.append(drawn);
                const frame = drawn.getBoundingClientRect();
                const texts = [...drawn.children].filter((node) => node.tagName === "text");
                return texts.map((node) => node.getBoundingClientRect()).map(({left, top, right, bottom}) =>
                  [left - frame.left, top - frame.top, right - frame.left, bottom - frame.top]); }""",
                shape,
            )
            assert boxes
            for left, top, right, bottom in boxes:
                assert left >= 0, boxes
                assert top >= 0, boxes
                assert right <= size[0] + 1, boxes
                assert bottom <= size[1] + 1, boxes


def test_a_picture_of_made_up_or_closed_figures_says_so(visit, payload):
    payload |= {"fictitious": True, "audience": "partners", "audience_label": "Voor partners"}
    page = visit(render(leaving(payload))).page
    words = page.evaluate("atlas.picture('liggend').textContent")
    assert "FICTIEF: deze gegevens zijn verzonnen." in words
    assert "Voor partners. Geef dit niet verder door." in words
