"""From a panel's file of answers to figures for the atlas: a table of shares, and the lines that read it."""

from __future__ import annotations

import csv
import re
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from ..core.figures.estimates import MICRODATA, POINTS_ONLY
from ..core.figures.weighted_shares import Respondents
from ..core.files.new_file import new_file
from ..core.files.output_gate import check_outputs
from ..core.tables.csv_text import read_csv
from ..core.words.errors import AtlasError
from ..core.words.spreadsheet_text import harmless_line
from ..core.words.toml_text import toml_lines
from ..panel.figures import (
    LEVELS,
    MUNICIPALITY,
    all_shares,
    areas_of_respondents,
    changes,
    compared,
    figures_of,
)
from ..panel.questions import draft_questions, read_questions
from ..panel.reading import read_panel
from ..store.panel_workbook import write_panel_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ..panel.figures import Comparison, Figure
    from ..panel.questions import Question, Questions
    from ..panel.reading import PanelFile

_COLUMNS = (
    "cijfer", "niveau", "gebied_code", "gebied", "percentage", "laag", "hoog", "n", "n_effectief", "status",
)  # fmt: skip
_DIFFERENCES = (
    "cijfer",
    "eerste",
    "tweede",
    "verschil_punten",
    "laag",
    "hoog",
    "p_holm",
    "oordeel",
    "toelichting",
)
_POSTCODE_DIGITS = 4
_FEW_ANSWERS = (
    "Per gemeente rust een cijfer op weinig antwoorden: lees het met zijn interval, en vergelijk of "
    "rangschik gemeenten er niet mee."
)
_PERIOD = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
_FIRST_LINE = "# Gemaakt uit een panelbestand; geen antwoord van een respondent staat hierin."
#: below zero it begins with a sign, as a formula does
_NUMBER = re.compile(r"-?[0-9]+(?:,[0-9]+)?(?:e-?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class PanelTask:
    """A panel, and which of its columns hold weight, stratum, person and place."""

    panel: Path
    questions: Path
    weight: str
    region_column: str
    #: what that column holds: "gemeente" or "postcode"
    region_from: str = "gemeente"
    strata: str = ""
    person: str = ""
    #: a table of postcodes with their municipality; None when the column has municipalities
    postcodes: Path | None = None
    #: an earlier wave with the same columns
    previous: Path | None = None
    #: figures of single municipalities as well
    municipalities: bool = False


@dataclass(frozen=True, slots=True)
class PanelFigures:
    """What was made: the lines for the atlas, the table, the differences, and remarks."""

    configuration: Path
    table: Path
    differences: Path
    figures: int
    withheld: int
    notes: tuple[str, ...]


def write_draft(panel: Path, output: Path, skipped: Sequence[str]) -> None:
    """Write a beginning of the file of questions.

    Raises:
        AtlasError: the panel can't be read, or the file can't be written.
    """
    check_outputs([output], inputs=[panel])
    _check_absent(output)
    text = draft_questions(read_panel(panel), skipped)
    with new_file(output) as beside:
        beside.write_text(text, encoding="utf-8")


def write_workbook(output: Path, period: str) -> None:
    """Write the workbook in which the bureaus deliver figures of the survey.

    Raises:
        AtlasError: another kind of file, no period, a file that somebody may have filled in, or it can't be
            written.
    """
    if output.suffix.lower() != ".xlsx":
        raise AtlasError("Het werkboek is een rekenblad.", where=str(output), expected=".xlsx")
    if not _PERIOD.fullmatch(period):
        raise AtlasError("Dit is geen periode.", got=period, expected="een jaar met maand, zoals 2027-11")
    check_outputs([output])
    _check_absent(output)
    with new_file(output) as beside:
        write_panel_workbook(beside, period)


def _check_absent(output: Path) -> None:
    if output.exists():
        raise AtlasError(
            "Dit bestand bestaat al; wat erin is ingevuld blijft staan.",
            where=str(output), hint="Kies een andere naam, of haal dit bestand eerst weg.",
        )  # fmt: skip


def make_figures(task: PanelTask, output: Path) -> PanelFigures:
    """Write figures, their configuration and the differences between regions; nothing of a respondent.

    Args:
        task: The panel.
        output: A new .toml; the table and the differences stand beside it.

    Raises:
        AtlasError: a file or a column is not what it should be, or a file can't be written.
    """
    if output.suffix.lower() != ".toml":
        raise AtlasError("De cijfers komen in een bestand op .toml.", where=str(output), expected=".toml")
    table = output.with_suffix(".csv")
    differences = output.with_name(f"{output.stem}.verschillen.csv")
    inputs = [task.panel, task.questions, *filter(None, (task.postcodes, task.previous))]
    check_outputs([output, table, differences], inputs=inputs)
    for path, first_line in (
        (output, _FIRST_LINE), (table, ";".join(_COLUMNS)), (differences, ";".join(_DIFFERENCES))
    ):  # fmt: skip
        _check_ours(path, first_line)
    if (task.region_from == "postcode") != (task.postcodes is not None):
        raise AtlasError(
            "Bij postcodes hoort een tabel die zegt in welke gemeente ze liggen.",
            got=f"regio uit {task.region_from}, {'met' if task.postcodes else 'zonder'} tabel van postcodes",
            hint="Kies postcode en geef de tabel, of kies gemeente zonder tabel.",
        )
    asked = read_questions(task.questions)
    panel = read_panel(task.panel)
    respondents, own, notes = _respondents(panel, task)
    levels = (*LEVELS, MUNICIPALITY) if task.municipalities else LEVELS
    figures: list[Figure] = []
    found: list[Comparison] = []
    for question, shares, rests in all_shares(panel, asked.questions, respondents, own):
        figures += figures_of(question, shares, levels)
        found += compared(question.label, shares, rests)
    if task.previous is not None:
        earlier = read_panel(task.previous)
        waves = ((earlier, *_respondents(earlier, task)[:2]), (panel, respondents, own))
        found += changes(asked.questions, waves, task.person)
    _write_csv(table, _COLUMNS, map(_figure_row, figures))
    _write_csv(differences, _DIFFERENCES, map(_difference_row, found))
    with new_file(output) as beside:
        beside.write_text(_configuration(asked, table.name, figures), encoding="utf-8")
    withheld = sum(figure.value is None for figure in figures)
    return PanelFigures(output, table, differences, len(figures), withheld, tuple(notes))


def _check_ours(path: Path, first_line: str) -> None:
    """A file of an earlier run may be replaced; one that somebody else wrote may not."""
    if not path.exists():
        return
    with path.open("rb") as file:
        start = file.read(4 * len(first_line) + 8).removeprefix(b"\xef\xbb\xbf")
    if start.splitlines()[:1] != [first_line.encode()]:
        raise AtlasError(
            "Op deze plaats staat al een bestand dat niet van deze opdracht is; het wordt niet vervangen.",
            where=str(path), hint="Kies een andere naam.",
        )  # fmt: skip


def _respondents(panel: PanelFile, task: PanelTask) -> tuple[Respondents, list[tuple[str, ...]], list[str]]:
    weights = [cell if isinstance(cell, float) else None for cell in panel.column(task.weight)]
    strata = panel.column(task.strata) if task.strata else None
    try:
        respondents = Respondents(weights, strata)
    except AtlasError as error:
        error.where = f'{panel.source}, gewicht "{task.weight}"'
        if task.strata:
            error.where += f', stratum "{task.strata}"'
        raise
    postcodes = _postcodes(task.postcodes) if task.postcodes else None
    return respondents, *areas_of_respondents(
        panel, task.region_column, postcodes, municipalities=task.municipalities
    )


def _postcodes(path: Path) -> Mapping[str, str]:
    """The four digits of a postcode -> the municipality of most of its rows."""
    from ..core.areas.resolving import resolve

    table = read_csv(path.read_bytes(), str(path))
    by_name = {name.casefold(): name for name in table.columns}
    names = [next((by_name[name] for name in wanted if name in by_name), "") for wanted in _POSTCODE_NAMES]
    if not all(names):
        raise AtlasError(
            "Deze tabel heeft geen kolommen met postcode en gemeente.",
            where=str(path),
            got=", ".join(table.columns),
            expected="postcode (of pc4, pc6) en gemeente (naam of code)",
        )
    counts: dict[str, dict[str, int]] = {}
    known: dict[object, str] = {}
    for postcode, municipality in zip(*map(table.column, names), strict=True):
        if municipality not in known:
            found = resolve(municipality, "gemeente")
            known[municipality] = found.area.code if found.area else ""
        of_postcode = counts.setdefault(str(postcode or "").strip()[:_POSTCODE_DIGITS], {})
        of_postcode[known[municipality]] = of_postcode.get(known[municipality], 0) + 1
    return {postcode: max(of, key=lambda code: of[code]) for postcode, of in counts.items()}


_POSTCODE_NAMES = (
    ("postcode", "pc4", "pc6", "postcode4", "postcode6"),
    ("gemeente", "gemeente_code", "gemeentecode", "gem", "gem_code", "gemeentenaam"),
)


def _configuration(asked: Questions, table: str, figures: Sequence[Figure]) -> str:
    """A [[table]] for each question and level with a figure that is shown or withheld."""
    there = {(figure.question, figure.level) for figure in figures}
    blocks = [
        "\n[[table]]\n" + toml_lines(_block(question, level, asked, table))
        for question in asked.questions
        for level in (*LEVELS, MUNICIPALITY)
        if (question.label, level) in there
    ]
    return f"{_FIRST_LINE}\n" + "".join(blocks)


def _block(question: Question, level: str, asked: Questions, table: str) -> dict[str, object]:
    block: dict[str, object] = {
        "path": table,
        "level": level,
        "key": "gebied_code",
        "value": "percentage",
        "unit": "percent",
        "n": "n",
        "n_effective": "n_effectief",
        "low": "laag",
        "high": "hoog",
        "state": "status",
        "where": {"cijfer": question.label, "niveau": level},
        "below_one": "percent",
        "decimal": ",",
        "label": question.label,
        "period": asked.period,
        "source": asked.source,
        "published": asked.published,
        "base": question.base,
        "caution": f"{question.caution} {_FEW_ANSWERS}" if level == MUNICIPALITY else question.caution,
        "question": question.question,
        "theme": question.theme,
        "direction": question.direction,
        "ground": POINTS_ONLY if level == MUNICIPALITY else MICRODATA,
        "decimals": 0,
    }
    return {key: value for key, value in block.items() if value != ""}


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with new_file(path) as beside, beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(header)
        writer.writerows(
            [cell if _NUMBER.fullmatch(cell) else harmless_line(cell) for cell in row] for row in rows
        )


def _figure_row(figure: Figure) -> list[str]:
    return [_text(value) for value in astuple(figure)]


def _difference_row(one: Comparison) -> list[str]:
    verdict = "geen aantoonbaar verschil"
    if one.differs:
        verdict = "eerste hoger" if one.points > 0 else "eerste lager"
    numbers = [_text(round(value, 2)) for value in (one.points, one.low, one.high)]
    return [one.question, one.first, one.second, *numbers, _text(round(one.p_value, 4)), verdict, one.note]


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.6g}".replace(".", ",") if isinstance(value, float) else str(value)
