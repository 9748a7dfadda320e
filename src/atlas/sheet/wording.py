"""What a sheet says in words: caution first, then what was asked, of whom, and where the figure is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.figures.map_layers import caution_of
from ..core.words.notation import counted
from .structure import Box, Element
from .typesetting import CAUTION, INK, Style, wrap

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from .page import Page
    from .view import View

_SIZES = (7.6, 7.2, 6.8, 6.4)
_CAUTION_GROUND = "#fbf4ec"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading with a text; the caution is set apart."""

    heading: str
    text: str
    is_caution: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of running text with the room below it (mm)."""

    text: str
    style: Style
    space_after: float
    #: a heading does not stay behind at the foot of a column
    keeps_with_next: bool
    #: the heading or paragraph that it is a line of, on this page or the next
    element: Element


def explanation_of(view: View) -> list[Paragraph]:
    """What a reader must know of the figure, the caution first; what the payload leaves empty is left out."""
    indicator, legend = view.indicator, view.legend
    method = legend["method_label"] if legend["kind"] == "classes" else ""
    return _filled(
        Paragraph("Let op", caution_of(indicator, view.view), is_caution=True),
        Paragraph("Vraag", indicator["question"]),
        Paragraph("Wat het cijfer zegt", indicator["definition"]),
        Paragraph("Over wie", indicator["base"]),
        Paragraph("Kolom van", _divided_by(indicator["denominator"])),
        Paragraph("Het interval", view.view["interval_note"]),
        *_notes(view),
        Paragraph("Klassen", _sentences(method, legend["note"])),
        Paragraph("Algemeen", _sentences(*view.payload["notes"])),
    )


def _divided_by(denominator: str) -> str:
    return denominator and f"Het aantal {denominator} waardoor is gedeeld."


def map_in_words(view: View) -> str:
    """What the map shows, for who does not see it; the figures themselves are in the table after it."""
    level, period = view.level["label_plural"].lower(), view.view["period_label"]
    shown = view.with_figure()
    told = [f"Kaart van de {level}: {view.indicator['label']}, {period}, {view.indicator['unit_label']}"]
    if shown:
        highest, lowest = shown[0], shown[-1]
        told.append(
            f"{len(shown)} van {counted(len(view.areas), 'gebied heeft', 'gebieden hebben')} een cijfer"
        )
        if not view.legend.get("unordered"):
            told.append(
                f"Het hoogste is {view.figure_of(highest['code'])} ({highest['name']}), "
                f"het laagste {view.figure_of(lowest['code'])} ({lowest['name']})"
            )
    for state, areas in view.without_figure():
        told.append(f"{state['label']}: {', '.join(area['name'] for area in areas)}")
    told.append(
        "De tabel hierna noemt elk gebied met zijn cijfer" if shown else "Er is geen cijfer om te tonen"
    )
    return _sentences(*told)


def plot_in_words(view: View) -> str:
    """What the drawing of the intervals shows."""
    ticks = view.view["axis"]["ticks"]
    text = "Dezelfde cijfers als punten op hun interval"
    if ticks:
        text += f", op een as van {ticks[0]['label']} tot {ticks[-1]['label']}"
    if view.view["references"]:
        text += "; bij elk gebied staat een streepje op het cijfer van zijn provincie"
    return _sentences(text)


def origin_of(view: View, background: str, made: str) -> list[Paragraph]:
    """Where figure, borders and background come from, and who made the sheet when its foot is too small."""
    indicator, payload = view.indicator, view.payload
    source = ", ".join(part for part in (indicator["source"], indicator["place"]) if part)
    return _filled(
        Paragraph("Bron", source),
        Paragraph("Grenzen", payload["boundary_source"].removeprefix("Grenzen: ")),
        Paragraph("Achtergrondkaart", background),
        Paragraph("Deze uitgave", made),
        Paragraph("Fout gezien?", payload["maker"]["error_report"]),
    )


def _filled(*paragraphs: Paragraph) -> list[Paragraph]:
    return [paragraph for paragraph in paragraphs if paragraph.text.strip()]


def _sentences(*texts: str) -> str:
    """Texts one after another, each as a sentence: a capital in front, a full stop behind."""
    ended = [text if text.endswith((".", "!", "?", ":")) else f"{text}." for text in texts if text]
    return " ".join(text[0].upper() + text[1:] for text in ended)


def _notes(view: View) -> Iterator[Paragraph]:
    """Remarks on single areas: that they were inferred and on their figure; equal remarks together."""
    remarks: dict[str, list[str]] = {}
    for area in view.areas:
        for remark in (area["note"] if area["inferred"] else "", view.values[area["code"]]["note"]):
            if remark.strip():
                remarks.setdefault(remark, []).append(area["name"])
    for remark, names in remarks.items():
        yield Paragraph(", ".join(names), remark)


def draw_caution(page: Page, box: Box, caution: Paragraph) -> float | None:
    """Set the caution apart in a box when it fits, and return where it ends; else draw nothing."""
    inset = 4.0
    heading, body = Style(_SIZES[0], bold=True, colour=CAUTION), Style(_SIZES[0])
    lines = wrap(caution.text, body, box.width - 2 * inset)
    height = heading.line_mm + len(lines) * body.line_mm + 2 * 2.2
    if height > box.height:
        return None
    page.rectangle(Box(box.left, box.top, box.width, height), fill=_CAUTION_GROUND)
    page.rectangle(Box(box.left, box.top, 0.9, height), fill=CAUTION)
    with page.part("H2", caution.heading):
        top = page.paragraph(box.left + inset, box.top + 2.2, [caution.heading], heading)
    with page.part("P", caution.text):
        page.paragraph(box.left + inset, top, lines, body)
    return box.top + height


def lines_that_fit(
    paragraphs: Sequence[Paragraph], box: Box, sizes: Sequence[float]
) -> tuple[list[Line], bool]:
    """The lines of paragraphs in the largest of `sizes` in which they fit, and whether they do."""
    for size in sizes:
        (lines,), rest = fill_columns(_lines(paragraphs, size, box.width), [box])
        if not rest:
            break
    return lines, not rest


def set_texts(
    explanation: Sequence[Paragraph], origin: Sequence[Paragraph], columns: Sequence[Box], aside: Box
) -> tuple[list[tuple[Box, list[Line]]], list[Line]]:
    """Divide the texts over the page in the largest type in which they fit.

    Args:
        explanation: Goes into the columns.
        origin: Goes into `aside` as far as it fits there, the rest behind the explanation.
        columns: Boxes of one width, in reading order.
        aside: A box of the same width.

    Returns:
        Boxes with their lines, and the lines for which even the smallest type leaves no room.
    """
    width = columns[0].width
    for size in _SIZES:
        beside, behind = _divide(origin, size, aside)
        filled, rest = fill_columns(_lines([*explanation, *behind], size, width), columns)
        if not rest:
            break
    return [*zip(columns, filled, strict=True), (aside, _lines(beside, size, width))], rest


def _divide(
    paragraphs: Sequence[Paragraph], size: float, box: Box
) -> tuple[list[Paragraph], list[Paragraph]]:
    """The first paragraphs that fit whole into a box, and the others."""
    count = len(paragraphs)
    while count and fill_columns(_lines(paragraphs[:count], size, box.width), [box])[1]:
        count -= 1
    return list(paragraphs[:count]), list(paragraphs[count:])


def _lines(paragraphs: Sequence[Paragraph], size: float, width: float) -> list[Line]:
    lines: list[Line] = []
    for paragraph in paragraphs:
        colour = CAUTION if paragraph.is_caution else INK
        heading = Style(size, bold=True, colour=colour)
        body = Style(size, colour=INK)
        above, below = Element("H2", paragraph.heading), Element("P", paragraph.text)
        lines += [
            Line(text, heading, 0.0, keeps_with_next=True, element=above)
            for text in wrap(paragraph.heading, heading, width)
        ]
        texts = wrap(paragraph.text, body, width)
        lines += [
            Line(text, body, 1.5 if position == len(texts) else 0.0, keeps_with_next=False, element=below)
            for position, text in enumerate(texts, start=1)
        ]
    return lines


def fill_columns(lines: Sequence[Line], columns: Sequence[Box]) -> tuple[list[list[Line]], list[Line]]:
    """Lines from column to column; what is left when the last is full is returned beside them."""
    filled: list[list[Line]] = []
    rest = list(lines)
    for column in columns:
        used, count = 0.0, 0
        while count < len(rest) and used + rest[count].style.line_mm <= column.height:
            used += rest[count].style.line_mm + rest[count].space_after
            count += 1
        if count < len(rest):
            whole = count
            while count and rest[count - 1].keeps_with_next:
                count -= 1
            if count == 0:  # a heading longer than a column would wait for a larger one for ever
                count = whole
        filled.append(rest[:count])
        rest = rest[count:]
    return filled, rest


def draw_lines(
    page: Page, placed: Sequence[tuple[Box, Sequence[Line]]], begun: Collection[Element] = ()
) -> list[Element]:
    """Write the lines of each box; a paragraph that was begun on an earlier page is no new one.

    Returns:
        All that is begun now.
    """
    known = list(begun)
    for box, lines in placed:
        top = box.top
        for line in lines:
            if line.element not in known:
                page.add(line.element)
                known.append(line.element)
            with page.inside(line.element):
                page.text(box.left, top + line.style.ascent_mm, line.text, line.style)
            top += line.style.line_mm + line.space_after
    return known
