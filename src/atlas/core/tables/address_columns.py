"""Which columns of a list are the address: by their names in any composition, and by what stands in them.

What narrows an address is never dropped: "Huisnr. toev." makes of 14 another yard, 14A. A column that looks
like part of a number and isn't understood refuses the list, and a guess by name ("Nr") gives way to content:
a running number is no house number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from .column_names import ADDRESS_PARTS, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .cell import Cell
    from .table import Table

#: a postcode in a text
POSTCODE = re.compile(r"(?<![0-9A-Za-z])([1-9][0-9]{3})\s?([A-Za-z]{2})(?![A-Za-z0-9])")
#: a street and what stands behind it, from the number on
STREET_AND_NUMBER = re.compile(r"(?P<straat>.*?[^\W\d].*?)[\s,]+(?P<nummer>[0-9]{1,5}(?![0-9]).*)")

#: words that say whose address it is, or where: those of the place itself
_OF_THE_PLACE = (
    "bezoekadres", "vestigingsadres", "bedrijfsadres", "locatieadres", "perceeladres", "objectadres",
    "erfadres", "bezoek", "vestigings", "vestiging", "bedrijfs", "bedrijf", "locatie", "perceel", "object",
    "erf", "bag", "adres", "hoofdadres", "hoofdvestiging",
)  # fmt: skip
#: an address of another kind: where the post goes is not where the yard is
_ELSEWHERE = re.compile(
    r"^(post(?!code|alcode|c$)|correspondentie|factuur|verzend|aflever)|(postadres|postbus)$"
)
_NUMBER = r"(?:huisnummer|huisnr|huisno|huisnum|hsnr|hnr|housenumber|nummer|number|nr)"
_PARTS = {
    "huisnummer": re.compile(r"huis(?:nummer|nr|no|num)s?|hsnr|hnr|housenumber|streetnumber"),
    "huisletter": re.compile(rf"(?:{_NUMBER}|huis)?(?:letter|ltr)"),
    "toevoeging": re.compile(
        rf"(?:{_NUMBER}|huis)?(?:toevoeging|toevoegsel|toev|tv|achtervoegsel|achterv|suffix|addition)"
    ),
}
_WEAK_NUMBER = frozenset({"nr", "nummer", "no", "num", "number", "n"})
#: what makes a name look like part of a house number
_LOOKS_LIKE_NUMBER = re.compile(
    r"huisn|huisl|hsnr|hnr(?!e)|toev(?!al|oegdatum)|achterv|(?<!bijge)huisnum|suffix"
)
#: a number with what belongs to it in one column: "Huisnummer + toevoeging"
_TOGETHER = re.compile(r"huis(?:nummer|nr)\.?\s*(?:/|\+|&|\ben\b|\bmet\b|\bincl)", re.IGNORECASE)
_OTHER_KINDS = {
    "een status": re.compile(r"status"),
    "een gebruiksdoel": re.compile(r"gebruiksdoel|gebruiksfunctie"),
    "een datum": re.compile(
        r"datum|(?<!up)date$|^date|beeindig|uitgeschreven|opgeheven|gestopt|geldigtot|geldigvan|geldigheid"
    ),
}
#: what may stand behind a house number: "A", "bis", "2", "II"
_ADDITION = re.compile(r"[A-Za-z]{1,4}|[A-Za-z]?[0-9]{1,4}[A-Za-z]?")
_RUNNING_FROM = 3  # fewer numbers in order are no sign of a running number
_MOST_ROWS_NAMED = 3
_REMEDY = (
    "Geef de kolom een naam die de atlas kent (huisnummer, huisletter, toevoeging), of laat haar weg bij het "
    "inlezen als zij niet bij het adres hoort."
)


@dataclass(frozen=True, slots=True)
class AddressColumns:
    """The columns of an address: our name -> column; those that were passed over; and notes about them."""

    chosen: dict[str, str]
    passed: frozenset[str]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldColumns:
    """What a user says about the columns of a list.

    Args:
        named: Our name -> the column of the file that it is; a column that had the name gives way.
        left: Columns to leave out.
    """

    named: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()


def part_of_address(column: str) -> str:
    """The part of an address (a key of `ADDRESS_PARTS`) that a name says, "" for none.

    "bezoekhuisletter", "Huisnr. toev.", "Achtervoegsel" and "vestigingsstraat" are understood by what they
    are made of.
    """
    name = folded(column)
    if _TOGETHER.search(column):
        return "huisnummer"
    for part, names in ADDRESS_PARTS.items():
        if name in names:
            return part
    rest = name
    for word in sorted(_OF_THE_PLACE, key=len, reverse=True):
        rest = rest.removeprefix(word).removesuffix(word) if rest != word else rest
    if rest != name and rest not in (*_OF_THE_PLACE, *_WEAK_NUMBER):  # a vestigingsnummer is none
        for part, names in ADDRESS_PARTS.items():
            if rest in names:
                return part
    return next((part for part, pattern in _PARTS.items() if pattern.fullmatch(rest)), "")


def is_weak(column: str) -> bool:
    """Whether a name may mean a house number and as well a running number ("Nr")."""
    return folded(column) in _WEAK_NUMBER


def choose_address(table: Table, taken: Iterable[str] = ()) -> AddressColumns:
    """Recognise the columns of an address.

    Args:
        table: The list.
        taken: Columns that are something else.

    Raises:
        AtlasError: a filled column looks like part of a house number and isn't understood; two columns say
            the same part and differ; or two name different house numbers.
    """
    others = set(taken)
    candidates: dict[str, list[str]] = {}
    passed: set[str] = set()
    for column in table.columns:
        if column in others:
            continue
        if _ELSEWHERE.search(folded(column)):
            passed.add(column)
            continue
        part = part_of_address(column)
        if part:
            candidates.setdefault(part, []).append(column)
        elif looks_like_number(column) and _filled(table, column):
            raise AtlasError(
                "Deze kolom lijkt een deel van het huisnummer en is niet herkend.",
                where=table.source,
                got=f'"{column}"',
                expected="huisnummer, huisletter of toevoeging",
                hint=_REMEDY,
                choices=("column", "ignore"),
            )
    chosen: dict[str, str] = {}
    notes: list[str] = []
    for part, columns in candidates.items():
        strong = [column for column in columns if folded(column) not in _WEAK_NUMBER] or columns
        passed |= set(columns) - set(strong)
        chosen[part] = _one_of(table, part, strong)
        passed |= set(strong) - {chosen[part]}
    _judge_number(table, chosen, passed, notes)
    return AddressColumns(chosen, frozenset(passed), tuple(notes))


def refuse_unknown_kinds(table: Table, known: Iterable[str]) -> None:
    """Check that no filled column looks like a status, a purpose or a date without being understood.

    Args:
        table: The list.
        known: The columns that are understood.

    Raises:
        AtlasError: naming the column.
    """
    understood = set(known)
    for column in table.columns:
        if column in understood:
            continue
        for kind, pattern in _OTHER_KINDS.items():
            if pattern.search(folded(column)) and _filled(table, column):
                raise AtlasError(
                    f"Deze kolom lijkt {kind} en is niet herkend: wat zij zegt zou verloren gaan.",
                    where=table.source,
                    got=f'"{column}"',
                    hint="Neem alleen de rijen op die nu gelden, en laat de kolom weg bij het inlezen; of "
                    "geef haar een naam die de atlas kent (peildatum, bewaren_tot).",
                )


def possible_additions(table: Table, understood: Iterable[str]) -> list[str]:
    """Columns that are not understood and in which nothing stands that could not be behind a house number."""
    known = set(understood)
    return [
        column
        for column, cells in zip(table.columns, table.cells, strict=True)
        if column not in known
        and (filled := set(filter(None, map(_text, cells))))
        and all(map(_ADDITION.fullmatch, filled))
    ]


def refuse_narrowing(table: Table, column: str, row: int, cell: Cell, address: str) -> AtlasError:
    """The refusal of a list in which a column, by its cells, makes of an address another that exists too."""
    return AtlasError(
        "Deze kolom lijkt een deel van het huisnummer en is niet herkend.",
        where=f"{table.source}, rij {row}",
        got=f'"{column}": {_text(cell)}, en {address} bestaat ook',
        expected="huisnummer, huisletter of toevoeging",
        hint=_REMEDY,
        choices=("column", "ignore"),
    )


def numbers_in(text: str) -> set[int]:
    """The whole numbers in a line of an address, those of the postcode aside."""
    return {int(found) for found in re.findall(r"(?<![0-9])[0-9]{1,5}(?![0-9])", POSTCODE.sub(" ", text))}


def looks_like_number(column: str) -> bool:
    """Whether a name looks like part of a house number, understood or not."""
    return bool(_LOOKS_LIKE_NUMBER.search(folded(column))) and "datum" not in folded(column)


def _one_of(table: Table, part: str, columns: Sequence[str]) -> str:
    """The column of a part: the best name of those that say the same."""
    filled = [column for column in columns if _filled(table, column)] or list(columns)
    best = min(filled, key=lambda column: _preference(part, column))
    cells = [_text(cell) for cell in table.column(best)]
    for other in filled:
        there = [_text(cell) for cell in table.column(other)]
        wrong = [
            row
            for row, one, two in zip(table.rows, cells, there, strict=True)
            if two and one.casefold() != two.casefold()
        ]
        if wrong:
            raise AtlasError(
                f"Twee kolommen zeggen wat het deel {part} van het adres is, en zij verschillen.",
                where=f"{table.source}, {_rows(wrong)}",
                got=f'"{best}" en "{other}"',
                hint="Laat de kolom die niet klopt weg bij het inlezen. Er is niets overgenomen.",
            )
    return best


def _preference(part: str, column: str) -> int:
    names = ADDRESS_PARTS[part]
    return names.index(folded(column)) if folded(column) in names else len(names)


def _judge_number(table: Table, chosen: dict[str, str], passed: set[str], notes: list[str]) -> None:
    """Hold the column with house numbers against the line of the address beside it."""
    number = chosen.get("huisnummer")
    if number is None:
        return
    weak = folded(number) in _WEAK_NUMBER
    line = chosen.get("adres") or chosen.get("straat")
    own = [_leading(cell) for cell in table.column(number)]
    if line is None:
        if weak and _is_running(own):
            raise _looks_running(table, number)
        return
    there = [numbers_in(_text(cell)) if _number_behind(_text(cell)) else set() for cell in table.column(line)]
    differing = [
        row
        for row, one, others in zip(table.rows, own, there, strict=True)
        if one is not None and others and one not in others
    ]
    with_number = sum(map(bool, there))
    whole = "adres" in chosen
    if weak and differing and (whole or 2 * with_number >= len(there)):
        del chosen["huisnummer"]
        passed.add(number)
        notes.append(
            f'De kolom "{number}" is niet als huisnummer gelezen: in "{line}" staan andere huisnummers.'
        )
    elif differing and whole:
        raise AtlasError(
            "Twee kolommen noemen verschillende huisnummers.",
            where=f"{table.source}, {_rows(differing)}",
            got=f'"{number}" en "{line}"',
            hint="Laat de kolom die niet klopt weg bij het inlezen. Er is niets overgenomen.",
            choices=("ignore",),
        )
    elif weak and not with_number and _is_running(own):
        raise _looks_running(table, number)


def _looks_running(table: Table, column: str) -> AtlasError:
    return AtlasError(
        "Deze kolom lijkt een volgnummer en geen huisnummer.",
        where=table.source,
        got=f'"{column}": de rijen zijn doorgenummerd',
        expected="een kolom huisnummer, of een adres met het huisnummer erin",
        hint="Geef de kolom de naam huisnummer als zij dat wel is. Er is niets overgenomen.",
    )


def _is_running(numbers: Sequence[int | None]) -> bool:
    there = [number for number in numbers if number is not None]
    return len(there) >= _RUNNING_FROM and there == list(range(there[0], there[0] + len(there)))


def _number_behind(text: str) -> bool:
    return STREET_AND_NUMBER.fullmatch(POSTCODE.split(text)[0].strip(" ,")) is not None


def _leading(cell: Cell) -> int | None:
    found = re.match(r"\D*([0-9]{1,5})(?![0-9])", _text(cell))
    return int(found[1]) if found else None


def _filled(table: Table, column: str) -> bool:
    return any(_text(cell) for cell in table.column(column))


def _rows(rows: Sequence[int]) -> str:
    named = ", ".join(map(str, rows[:_MOST_ROWS_NAMED]))
    more = len(rows) - _MOST_ROWS_NAMED
    return f"rij {named}" + (f" en nog {more}" if more > 0 else "")


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return "" if cell is None else " ".join(str(cell).split())


def as_told(table: Table, told: ToldColumns) -> Table:
    """The table as the user says it is: columns under another name, and without those to leave out.

    Raises:
        AtlasError: there is no such column.
    """
    named, left = told.named, told.left
    for column in (*named.values(), *left):
        table.column(column)
    ours = {column: name for name, column in named.items()}
    kept = [
        (ours.get(column, column), cells)
        for column, cells in zip(table.columns, table.cells, strict=True)
        if column not in left and (column in ours or column not in named)
    ]
    names, cells = (tuple(part) for part in zip(*kept, strict=True)) if kept else ((), ())
    return type(table)(table.source, names, cells, table.rows)
