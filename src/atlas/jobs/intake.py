"""Take in an own list or table: what would happen, in a few sentences, before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..core.areas.divisions import area
from ..core.joining.figure_intake import check_figure_columns, value_columns, year_of
from ..core.joining.join import join
from ..core.joining.joined import cell_text
from ..core.joining.statistics import Choice
from ..core.joining.total_rows import larger_area
from ..core.records.list_intake import head
from ..core.records.refused_kinds import refused_kinds
from ..core.schema.outcomes import ATTENTION_OUTCOMES, OUTCOMES, TOTAL
from ..core.tables.parsing import parse_column
from ..core.tables.registers import read_date
from ..core.words.notation import counted, format_number
from .importing import plan_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from ..core.joining.figure_intake import FigureMapping
    from ..core.joining.joined import Joined
    from ..core.records.import_file import ImportRequest
    from ..core.records.matching import Record
    from ..core.tables.table import Table
    from ..core.words.errors import AtlasError
    from .importing import ImportPorts, Planned

#: an import of so many rows is tried within a second or two; of a longer list the first are
TRIED_ROWS = 2_000
_EXAMPLES = 3
_MOST_MUNICIPALITIES = 4
#: counts of a rate are what its total is the sum of
_SCALED = ("per_100", "per_1000", "per_km2")


#: key of a figure -> what is asked
FIGURE_QUESTIONS: Mapping[str, str] = {
    "key": "Kolom met de naam of code van het gebied",
    "level": "Niveau (gemeente, surveyregio, provincie of wijk)",
    "value": "Kolom met de waarde",
    "unit": "Eenheid",
    "label": "Naam van het cijfer",
    "source": "Bron",
    "base": "Over wie of wat gaat het (zoals: alle meldingen bij het meldpunt)",
    "caution": "Wat mag een lezer er niet uit besluiten (zoals: een melding is geen misdrijf)",
    "counts": "Wat is er geteld (zoals meldingen of misdrijven)",
}
PERIOD_QUESTION = "Periode van de cijfers (zoals 2025 of 2025-11)"
#: what no column of a list says -> what is asked
LIST_QUESTIONS: Mapping[str, str] = {
    "bron": "Bron van deze lijst",
    "bewaren_tot": "Bewaren tot (jjjj-mm-dd, volgens het protocol van de gemeente)",
    "peildatum": "Peildatum: de dag waarop het zo was (jjjj-mm-dd)",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen.

    Attributes:
        sentences: In Dutch; one for each kind, not for each row.
        taken: How many rows or areas would be taken over.
        refusal: Of a table: why nothing of it may be used.
    """

    sentences: tuple[str, ...]
    taken: int
    refusal: AtlasError | None = None


def read_constant(name: str, answer: str, today: date) -> str:
    """What a user says for all rows of a list (`LIST_QUESTIONS`), as the dossier keeps it.

    Raises:
        AtlasError: it is no date, or a reference date that is still to come.
    """
    if name == "bron":
        return answer
    return read_date(answer, latest=today if name == "peildatum" else None).value


def preview_list(
    folder: Path, request: ImportRequest, ports: ImportPorts, *, user: str, now: datetime
) -> Preview:
    """What an import would do, tried on the first rows; nothing is written.

    Raises:
        AtlasError: as `importing.import_rows`.
    """
    table, places, notes = ports.read()
    tried = replace(ports, read=lambda: (head(table, TRIED_ROWS), places, notes))
    planned = plan_rows(folder, request, tried, user=user, now=now)
    plan = planned.plan
    sentences = sentences_of(planned)
    if len(table) > TRIED_ROWS:
        shown = counted(TRIED_ROWS, "rij", "rijen")
        sentences.insert(0, f"Geprobeerd: de eerste {shown}, van {format_number(len(table))}.")
    return Preview(tuple(sentences), len(plan.inserts) + len(plan.updates) + len(plan.unchanged))


def sentences_of(planned: Planned) -> list[str]:
    """What an import would do, in Dutch: rows as they were understood, how many, and why not the others."""
    plan, unused = planned.plan, planned.found.report.unused
    refused = len({refusal.row for refusal in plan.refusals}) + len(plan.conflicts) + len(unused)
    counts = (
        f"Nieuw {len(plan.inserts)}, gewijzigd {len(plan.updates)}, ongewijzigd {len(plan.unchanged)}; "
        f"{counted(refused, 'rij wordt', 'rijen worden')} niet overgenomen."
    )
    sentences = [
        *_resolved(planned),
        *_municipalities(planned),
        counts,
        *refused_kinds(plan, unused),
        *planned.notes,
    ]
    return list(dict.fromkeys(sentences))


def _taken(planned: Planned) -> list[tuple[Record, int]]:
    """The records that would be in the dossier, with their rows."""
    stay_out = {one.row for one in planned.plan.refusals} | {one.row for one in planned.plan.conflicts}
    rows = zip(planned.found.records, planned.found.numbers, strict=False)
    return [(record, row) for record, row in rows if row not in stay_out]


def _resolved(planned: Planned) -> list[str]:
    """Three rows as they were understood: their address, its BAG id and municipality."""
    sentences = []
    for record, row in _taken(planned)[:_EXAMPLES]:
        code = str(record.get("gemeente_code") or "")
        parts = [
            str(record.get("adres") or record.get("bag_vbo_id") or record.get("toelichting") or ""),
            f"BAG-id {record['bag_vbo_id']}" if record.get("bag_vbo_id") and record.get("adres") else "",
            _about(record, planned.objects),
            _name(code) if code else "",
        ]
        told = ", ".join(part for part in parts if part)
        if told:
            sentences.append(f"Rij {row}: {told}")
    return sentences


def _about(record: Record, objects: Sequence[Record]) -> str:
    """About which object of the dossier a row is, and what a register answers."""
    found = next((one for one in objects if one["uuid"] == record.get("object_uuid")), None)
    if found is None:
        return ""
    answer = str(record.get("waarde") or "").replace("_", " ")
    return f"het object {found.get('adres') or found['uuid']}" + (f": {answer}" if answer else "")


def _name(code: str) -> str:
    try:
        return f"gemeente {area(code).name}"
    except Exception:  # noqa: BLE001 - an unknown code is refused with its own sentence
        return f"gemeente {code}"


def _municipalities(planned: Planned) -> list[str]:
    counts = Counter(str(record.get("gemeente_code") or "") for record, _row in _taken(planned))
    counts.pop("", None)
    if not counts:
        return []
    named = [f"{_name(code)} {count}" for code, count in counts.most_common(_MOST_MUNICIPALITIES)]
    more = len(counts) - len(named)
    return ["Per gemeente: " + ", ".join(named) + (f" en nog {more} gemeenten" if more > 0 else "") + "."]


def join_figure(table: Table, mapping: FigureMapping, column: str, period: str) -> Joined:
    """One period of a figure joined, as a [[table]] of a configuration file will be.

    Raises:
        AtlasError: see `joining.join.join`.
    """
    return join(
        table,
        level=mapping.level,
        key=mapping.key,
        value=column,
        unit=mapping.unit,
        n=mapping.n or None,
        weight=mapping.weight or None,
        year=mapping.year or None,
        combine=mapping.combine or "error",
        decimal=mapping.decimal or None,
        dash=mapping.dash or None,
        places=mapping.places or "error",
        below_one=mapping.below_one or None,
        per=mapping.per or None,
        municipality=mapping.municipality or None,
        per_population=year_of(period, table.source) if mapping.per_population else None,
        per_land=mapping.per_land,
        choice=Choice(
            where=mapping.where,
            period=period,
            period_column=mapping.period_column,
        ),
    )


@dataclass(frozen=True, slots=True)
class FigurePart:
    """A sheet of a figure: its table, its period when it has one, and each column with its period."""

    table: Table
    sheet: str
    period: str
    columns: list[tuple[str, str]]


def figure_part(table: Table, mapping: FigureMapping, sheet: str, period: str) -> FigurePart:
    """A table as a part of a figure.

    Raises:
        AtlasError: no such column, or nothing says of which period it is.
    """
    return FigurePart(
        table, sheet, period, value_columns(table, mapping.value, period, mapping.period_column)
    )


def preview_parts(parts: Sequence[FigurePart], mapping: FigureMapping) -> Preview:
    """What the parts of a figure would put on the map, up to the first that may not be used.

    Raises:
        AtlasError: a column or choice that does not exist.
    """
    sentences: list[str] = []
    taken = 0
    for part in parts:
        check_figure_columns(part.table, mapping)
        found = preview_figures(part.table, mapping, part.period)
        sentences += found.sentences
        if found.refusal is not None:
            return Preview(tuple(dict.fromkeys(sentences)), 0, found.refusal)
        taken += found.taken
    return Preview(tuple(dict.fromkeys(sentences)), taken)


def preview_figures(
    table: Table, mapping: FigureMapping, period: str, check: Callable[[Joined], None] | None = None
) -> Preview:
    """What a table would put on the map; nothing is written.

    Args:
        table: The table.
        mapping: What it is.
        period: Of a table with one column of values whose name has no year.
        check: Refuses what may not be published.

    Raises:
        AtlasError: a column or choice that does not exist.
    """
    sentences: list[str] = []
    taken = 0
    refusal: AtlasError | None = None
    for number, (column, of_period) in enumerate(
        value_columns(table, mapping.value, period, mapping.period_column)
    ):
        joined = join_figure(table, mapping, column, of_period)
        refusal = refusal or joined.refusal
        if joined.refusal is None and check is not None:
            check(joined)
        taken += len(joined.values) if joined.refusal is None else 0
        if number == 0:
            sentences += _areas_as_resolved(joined)
            sentences += _rows_left(joined)
        sentences.append(_sum_beside_total(table, mapping, joined, column, of_period))
        sentences += joined.notes
    return Preview(tuple(dict.fromkeys(filter(None, sentences))), taken, refusal)


def _areas_as_resolved(joined: Joined) -> list[str]:
    text_of = {
        row: cell_text(text) for row, text in zip(joined.report.rows, joined.report.texts, strict=True)
    }
    return [
        f"Rij {value.rows[0]}: {text_of.get(value.rows[0], '')} is {value.area.label} ({value.area.code}), "
        f"{_number(value.value)}"
        for value in joined.values[:_EXAMPLES]
    ]


def _rows_left(joined: Joined) -> list[str]:
    """A sentence for each outcome of rows that get no place on the map."""
    sentences = []
    for outcome, count in joined.report.counts().items():
        if outcome not in ATTENTION_OUTCOMES:
            continue
        line = next(line for line in joined.report if line.outcome == outcome)
        example = f"rij {line.row}, {line.text}: {line.explanation}".rstrip(": ")
        rows, kind = counted(count, "rij", "rijen"), outcome.replace("_", " ")
        sentences.append(f"{rows} met uitkomst '{kind}', zoals {example}")
    return sentences


def _sum_beside_total(table: Table, mapping: FigureMapping, joined: Joined, column: str, period: str) -> str:
    told = f"{period}: {counted(len(joined.values), 'gebied', 'gebieden')} met een cijfer"
    if mapping.unit not in ("count", "eur", *_SCALED) or (mapping.unit in _SCALED and not joined.divided_by):
        return f"{told}."
    numbers = parse_column(
        table.column(column), where=column, rows=table.rows,
        unit="count" if joined.divided_by else mapping.unit,
        decimal=mapping.decimal or None, dash=mapping.dash or None,
    ).values  # fmt: skip
    number_of = dict(zip(table.rows, numbers, strict=True))
    total = sum(number_of[row] or 0 for row in {row for value in joined.values for row in value.rows})
    position = OUTCOMES.index(TOTAL)
    lines = zip(joined.report.rows, joined.report.texts, joined.report.outcomes, strict=True)
    totals = [
        f"{cell_text(text).strip()} {_number(number)}"
        for row, text, outcome in lines
        if outcome == position
        and (number := number_of[row]) is not None
        and larger_area(cell_text(text)) is None  # a total of a part has a sentence of its own
    ]
    beside = f"; in de tabel staat {' en '.join(totals)}" if totals else "; een totaal daarvan staat er niet"
    return f"{told}, samen {_number(total)}{beside}."


def _number(value: float) -> str:
    decimals = 0 if float(value).is_integer() else 2
    return format_number(value, decimals)


def first_rows(table: Table, columns: Sequence[str], rows: int = _EXAMPLES) -> list[list[str]]:
    """The first rows of some columns as text, to show how they were understood."""
    return [[cell_text(table.column(name)[row]) for name in columns] for row in range(min(rows, len(table)))]
