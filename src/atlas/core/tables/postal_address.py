"""An address as people write it: in one cell or several, with postcode and place, or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .address_columns import POSTCODE, STREET_AND_NUMBER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .cell import Cell

_NUMBER = re.compile(r"(?:nr\.?|no\.?|nummer)?\s*([0-9]{1,5})(?:\.0)?(?![0-9.])\s*(.*)", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address as read: postcode "9401AA" or "", number, everything behind the number, street and place."""

    postcode: str
    number: int
    suffix: str
    street: str = ""
    place: str = ""

    def __str__(self) -> str:
        between = "-" if self.suffix[:1].isdigit() else ""  # 12-3 is not 123
        line = " ".join(part for part in (self.street, f"{self.number}{between}{self.suffix}") if part)
        return ", ".join(part for part in (line, f"{self.postcode} {self.place}".strip()) if part)


def read_postal_address(cells: Mapping[str, Cell]) -> PostalAddress | str:
    """Read an address from the cells of a row.

    Args:
        cells: Keys of `ADDRESS_PARTS` -> cell; what is not there may be left out.

    Returns:
        The address, or a Dutch sentence that says why there is none.
    """
    text = {name: _text(cell) for name, cell in cells.items()}
    whole = text.get("adres", "")
    postcode = _postcode(text.get("postcode", "")) or _postcode(whole)
    street, place, number = text.get("straat", ""), text.get("woonplaats", ""), text.get("huisnummer", "")
    beside = text.get("huisletter", ""), text.get("toevoeging", "")
    line = POSTCODE.split(whole or street)
    found = STREET_AND_NUMBER.fullmatch(line[0].strip(" ,"))
    in_line, rest = "", ""
    if found:
        in_line, _, rest = found["nummer"].partition(",")
    if whole:
        street = street or (found["straat"].strip() if found else "")
        place = place or (line[-1].strip(" ,") if len(line) > 1 else "" if number else rest.strip())
    elif found and (not number or _same_number(in_line, number)):
        street = found["straat"].strip()
    if number and _same_number(in_line, number):
        # a number that is completed in the line is the address: 13 in its own column, 13A in the line
        shorter, longer = sorted((_whole_suffix(number, *beside), _whole_suffix(in_line)), key=len)
        if not longer.startswith(shorter):
            return f"De rij noemt twee huisnummers: {number}{''.join(beside)} en {in_line.strip()}."
        if longer != _whole_suffix(number, *beside):
            number = in_line
    number = number or in_line
    if _DATE.fullmatch(number):
        return "Het huisnummer is door een rekenblad in een datum veranderd."
    read = _NUMBER.fullmatch(number)
    if read is None or int(read[1]) == 0:
        return "Er is geen huisnummer te lezen." if number else "Deze rij heeft geen huisnummer."
    if not postcode and not (street and place):
        return "Deze rij heeft geen postcode, en geen straat met plaats."
    suffix = _suffix(read[2], *beside)
    return PostalAddress(postcode, int(read[1]), suffix, street, place)


def bare_suffix(text: str) -> str:
    """What stands behind a house number, as it is compared: capitals and digits only."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def _same_number(one: str, other: str) -> bool:
    """Whether two house numbers begin with the same number."""
    read = [_NUMBER.fullmatch(text.strip()) for text in (one, other)]
    return all(read) and len({found[1].lstrip("0") for found in read if found}) == 1


def _whole_suffix(number: str, letter: str = "", addition: str = "") -> str:
    """Everything behind a number that can be read."""
    read = _NUMBER.fullmatch(number.strip())
    return _suffix(read[2] if read else "", letter, addition)


def _suffix(behind: str, letter: str, addition: str) -> str:
    """Everything behind the number, once: "12a" with a letter "A" beside it is 12A."""
    beside = bare_suffix(letter + addition)
    attached = bare_suffix(behind)
    return beside if beside.startswith(attached) else attached + beside


def _postcode(text: str) -> str:
    found = POSTCODE.search(text)
    return f"{found[1]}{found[2].upper()}" if found else ""


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return "" if cell is None else " ".join(str(cell).split())
