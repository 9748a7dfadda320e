"""In which municipality a woonplaats of the BAG lies, and an address with it: exact, as borders are not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ..areas.divisions import areas
from ..areas.gazetteer import places_by_code
from ..tables.column_names import choose_columns, folded, require_columns
from ..tables.registers import read_bag_id, read_date
from ..words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..tables.cell import Cell
    from ..tables.table import Table

#: our name -> the names of a column of the table of woonplaatsen and municipalities (Kadaster, CBS)
RESIDENCE_NAMES: Mapping[str, tuple[str, ...]] = {
    "woonplaats_code": (
        "woonplaatscode", "woonplaats_code", "woonplaats_identificatie", "wpl_code", "code_woonplaats",
    ),
    "naam": ("woonplaats", "woonplaatsnaam", "naam_woonplaats", "plaats", "woonplaatsen", "naam"),
    "gemeente_code": ("gemeentecode", "gem_code", "code_gemeente", "gemeente_identificatie", "Code [Code_3]"),
    "nieuwe_gemeente": ("Nieuwe code Gemeente",),
    "nieuw_vanaf": ("Ingangsdatum nieuwe Gemeente",),
    "oude_tot": ("Gemeente beeindigd per",),
    "eind": (
        "Einddatum Woonplaats", "Einddatum Gemeente", "einddatum_wpl", "einddatum", "einddatum_relatie",
    ),
}  # fmt: skip
REQUIRED_NAMES = ("woonplaats_code", "naam", "gemeente_code")
_FOLDED = {ours: tuple(map(folded, names)) for ours, names in RESIDENCE_NAMES.items()}
_CODE_DIGITS = 4
#: what has an address in the BAG
_ADDRESSABLE = ("verblijfsobject", "ligplaats", "standplaats")


@dataclass(frozen=True, slots=True)
class Residence:
    """A row of the table: code of four digits, name, code of the municipality (GM0106).

    `reason` and `explanation` say why a row is not used, "" when it is.
    """

    code: str
    name: str
    municipality: str
    reason: str = ""
    explanation: str = ""


def read_residence_rows(table: Table, *, today: date) -> list[Residence]:
    """Every row of the table of woonplaatsen and municipalities, with why it is not used.

    Args:
        table: With columns such as woonplaats code, woonplaats and gemeente code.
        today: Rows that ended before it are not used.

    Raises:
        AtlasError: columns are missing.
    """
    chosen = choose_columns(table.columns, _FOLDED, table.source)
    require_columns(chosen, REQUIRED_NAMES, _FOLDED, table.columns, table.source)
    cells = {ours: table.column(column) for ours, column in chosen.items()}
    codes = {area.code for area in areas("gemeente")}
    rows = [
        _row({name: column[position] for name, column in cells.items()}, codes, today)
        for position in range(len(table.rows))
    ]
    return _without_repeated(rows)


def _row(cells: Mapping[str, Cell], ours: set[str], today: date) -> Residence:
    code = _four_digits(_text(cells["woonplaats_code"]).upper().removeprefix("WP"))
    name, (municipality, unclear) = _text(cells["naam"]), _municipality_on(cells, today)
    if code and name == f"WP{code}":  # the service of CBS keeps names in a list of their own
        known = places_by_code().get(("WP", int(code)))
        name = known.name if known else name
    row = Residence(code, name, municipality)
    if not code or not name or not municipality:
        return replace(
            row, reason="code_onleesbaar",
            explanation="De code van de woonplaats of van de gemeente is niet te lezen.",
        )  # fmt: skip
    if unclear:
        return replace(
            row, reason="dubbelzinnig",
            explanation="Er staat een nieuwe gemeente bij, zonder dat te lezen is vanaf wanneer.",
        )  # fmt: skip
    if _text(cells.get("eind")):
        try:
            ended = date.fromisoformat(read_date(cells["eind"]).value) <= today
        except AtlasError:
            return replace(row, reason="rij_onjuist", explanation="De einddatum is geen datum.")
        if ended:
            return replace(row, reason="vervallen", explanation="Deze regel is beëindigd.")
    if municipality not in ours:
        return replace(row, reason="buiten_gebied", explanation="Ligt buiten Drenthe en Groningen.")
    return row


def _municipality_on(cells: Mapping[str, Cell], today: date) -> tuple[str, bool]:
    """The municipality on this day, and whether a new one is named without a readable date."""
    present, new = _municipality(cells["gemeente_code"]), _municipality(cells.get("nieuwe_gemeente"))
    if not new or new == present:
        return present, False
    dates = (cells.get(name) for name in ("nieuw_vanaf", "oude_tot"))
    since = next((cell for cell in dates if _text(cell)), None)
    try:
        return (new if date.fromisoformat(read_date(since).value) <= today else present), False
    except AtlasError:
        return present, True


def _without_repeated(rows: Iterable[Residence]) -> list[Residence]:
    """A woonplaats lies in one municipality: two answers are none, and a second row adds nothing."""
    rows = list(rows)
    answers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if not row.reason:
            answers[row.code].add(row.municipality)
    seen: set[str] = set()
    checked = []
    for row in rows:
        if row.reason:
            checked.append(row)
        elif len(answers[row.code]) > 1:
            told = "Deze woonplaats staat bij meer dan één gemeente."
            checked.append(replace(row, reason="dubbelzinnig", explanation=told))
        elif row.code in seen:
            told = "Deze woonplaats staat al eerder in de tabel."
            checked.append(replace(row, reason="dubbel", explanation=told))
        else:
            seen.add(row.code)
            checked.append(row)
    return checked


def municipality_by_name(rows: Iterable[Residence]) -> dict[str, str]:
    """Folded name of a woonplaats -> its municipality; "" when the name occurs in several."""
    known: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if not row.reason:
            known[folded(row.name)].add(row.municipality)
    return {name: next(iter(codes)) if len(codes) == 1 else "" for name, codes in known.items()}


def municipality_of_objects(
    addresses: Iterable[tuple[object, object]], rows: Iterable[Residence]
) -> dict[str, str]:
    """Object of the BAG -> the municipality of the woonplaats of its addresses, "" when that is not sure.

    Args:
        addresses: The id of the object and the name of the woonplaats, of each address.
        rows: Of `read_residence_rows`.

    Raises:
        AtlasError: no row can be used: another table, or of another part of the country.
    """
    by_name = municipality_by_name(rows)
    if not by_name:
        raise AtlasError(
            "In de tabel van woonplaatsen staat geen woonplaats van Drenthe of Groningen.",
            expected="van elke woonplaats haar code, naam en gemeentecode",
            hint="Controleer of dit de tabel van woonplaatsen en gemeenten is (Kadaster, CBS).",
        )
    found: dict[str, str] = {}
    for cell, residence in addresses:
        try:
            identity = read_bag_id(cell, kinds=_ADDRESSABLE).value
        except AtlasError:  # an address elsewhere, or none
            continue
        code = by_name.get(folded(str(residence or "")), "")
        # an object with addresses in two municipalities is not sure
        found[identity] = code if found.get(identity, code) == code else ""
    return found


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return "" if cell is None else str(cell).strip()


def _four_digits(cell: Cell) -> str:
    text = _text(cell)
    return text.zfill(_CODE_DIGITS) if text.isdigit() and len(text) <= _CODE_DIGITS else ""


def _municipality(cell: Cell) -> str:
    digits = _four_digits(_text(cell).upper().removeprefix("GM"))
    return f"GM{digits}" if digits else ""
