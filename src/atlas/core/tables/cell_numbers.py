"""One number as somebody wrote it: "2.149", "€ 9,3 mln", "23 %", "x", "-99997".

A cell gives a number, a reason why there is none, or digits that wait until the column has decided what its
decimal mark is (`parsing`).
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from ..words.notation import UNIT_LABEL, format_number

if TYPE_CHECKING:
    from .cell import Cell

#: why a cell has no value; "" when it has one
MISSING = "ontbreekt"
UNREADABLE = "onleesbaar"
UNDECIDED = "onbeslist"
OUT_OF_RANGE = "buiten_bereik"

DECIMAL_MARKS = {",": "een komma", ".": "een punt"}
_OTHER_MARK = {",": ".", ".": ","}

#: unit -> lowest and highest value that can be; a unit that is not here has no limits
LIMITS = {
    "percent": (0.0, 100.0),
    "count": (0.0, math.inf),
    "grade_0_10": (0.0, 10.0),
    "per_100": (0.0, math.inf),
    "per_1000": (0.0, math.inf),
    "per_km2": (0.0, math.inf),
}
#: what may be written behind or before the number, and for which units that makes sense
_SUFFIX_UNITS = {
    "percent": ("percent", "number"),
    "currency": ("eur", "number"),
    "scale": ("count", "eur", "number"),
}
_SCALES = {"duizend": 1e3, "mln": 1e6, "miljoen": 1e6, "mld": 1e9, "miljard": 1e9}

#: what CBS writes for a missing value in its tables of wijken, buurten and squares; any other number is one
_CBS_CODES = {
    -99997.0: "geheim of niet beschikbaar",
    -99995.0: "volgt later",
    -99991.0: "niet meer vastgesteld",
    -99999997.0: "geheim of niet beschikbaar",
    -99999998.0: "onbekend",
    -99999999.0: "geheim",
}
#: larger than anything that is counted or paid: 1e308 is how a program writes "no figure"
_LARGEST = 1e15
#: what a service of CBS writes for a missing value, and what it says of it
_CBS_WORDS = (
    ("Impossible", "dit cijfer kan niet voorkomen"),
    ("Confidential", "het cijfer is geheim"),
    ("Secret", "het cijfer is geheim"),
    ("Missing", "het cijfer ontbreekt"),
    ("NotAvailable", "het cijfer is niet beschikbaar"),
    ("Unknown", "het cijfer is onbekend"),
)
_MISSING_TEXTS = {
    "": "De cel is leeg.",
    "x": "x: het cijfer is geheim (teken van het CBS).",
    ".": "Punt: het cijfer is onbekend (teken van het CBS).",
    "..": "Punten: het cijfer is onbekend.",
    "...": "Punten: het cijfer is onbekend.",
    "?": "?: het cijfer is onbekend.",
    "onbekend": "Het cijfer is onbekend.",
    "geen gegevens": "Er zijn geen gegevens.",
    "n.v.t.": "Niet van toepassing.",
    "n.v.t": "Niet van toepassing.",
    "nvt": "Niet van toepassing.",
    "n.b.": "Niet bekend.",
    "n.b": "Niet bekend.",
    "nb": "Niet bekend.",
    "na": "Niet beschikbaar.",
    "n/a": "Niet beschikbaar.",
    "#n/a": "Niet beschikbaar (#N/A van een rekenblad).",
    "#n/b": "Niet beschikbaar (#N/B van een rekenblad).",
    "null": "De cel is leeg (NULL).",
    "none": "De cel is leeg (None).",
    "nan": "De cel is leeg (NaN).",
    "<na>": "De cel is leeg (NA).",
} | {word.lower(): f"{word}: {meaning} (teken van het CBS)." for word, meaning in _CBS_WORDS}

#: blanks of every width are one blank, every minus and dash is one minus, invisible marks are nothing
_CLEAN = str.maketrans(
    dict.fromkeys(map(chr, (0xA0, 0x2007, 0x2009, 0x202F)), " ")
    | dict.fromkeys(map(chr, (0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212)), "-")
    | dict.fromkeys(map(chr, (0x200B, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x2060, 0xFEFF)), "")
)
_SHAPE = re.compile(
    r"(?P<sign>[-+]?) ?(?P<before>€|eur|euro)? ?(?P<sign_after>[-+]?)"
    r"(?P<body>[0-9., ]*[0-9.,])(?P<exponent>e[-+]?[0-9]{1,4})?(?P<cents>-{1,2})?"
    r" ?(?P<scale>duizend|mln|miljoen|mld|miljard)?\.? ?(?P<after>%|procent|pct\.?|€|eur|euro)?"
)
#: the forms of the digits; the name of the group that matches says what the form proves
_BODY = re.compile(
    r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?: [0-9]{3})+)"
    r"|(?P<either>[1-9][0-9]{0,2}[.,][0-9]{3})"
    r"|(?P<comma>[0-9]*,[0-9]+|[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+),[0-9]+"
    r"|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})"
    r"|(?P<dot>[0-9]*\.[0-9]+|[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)\.[0-9]+"
    r"|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,})"
)
_PROOF = {"comma": ",", "dot": "."}
_SHOWN = 40


class FormattedPercentage(str):
    """A number that its workbook shows as a percentage: the text as a Dutch reader sees it, "23,6%"."""

    __slots__ = ()

    @classmethod
    def of(cls, share: float) -> FormattedPercentage:
        """The percentage of a share: 0.236 is 23,6%."""
        return cls(f"{round(share * 100, 9):.12g}%".replace(".", ","))

    @property
    def percent(self) -> float:
        """The number, which needs no decision on a decimal mark."""
        return float(self[:-1].replace(",", "."))


class Written(NamedTuple):
    """Digits that wait for the column's decision on the decimal mark."""

    sign: str
    body: str
    exponent: str
    scale: str
    proof: str  # the mark this cell proves, "" when it may be either


class Problem(NamedTuple):
    """Why a cell has no number: a code and a Dutch sentence."""

    kind: str
    reason: str


UNDECIDED_DASH = Problem(UNDECIDED, "Een streepje kan nul betekenen of geen cijfer: kies wat het is.")


def shown(text: object) -> str:
    """A text of the user as it is quoted in a sentence: one line, not endless."""
    line = " ".join(str(text).split())
    return f'"{line}"' if len(line) <= _SHOWN else f'"{line[:_SHOWN]}…"'


def read_cell(cell: Cell, unit: str, dash: str | None) -> float | Written | Problem:
    """The number of a cell, what is wrong with it, or digits that wait for the decimal mark.

    Args:
        cell: Text, number or None.
        unit: Unit of the column: "%" makes no sense in a column of counts.
        dash: What "-" means: "zero", "missing" or None.
    """
    if cell is None:
        return Problem(MISSING, _MISSING_TEXTS[""])
    if not isinstance(cell, str):
        return _from_number(cell)
    if cell.isascii() and cell.isdigit():
        return _finite(float(cell), cell)
    text = (cell if cell.isascii() else cell.translate(_CLEAN)).strip().casefold()
    if text in _MISSING_TEXTS:
        return Problem(MISSING, _MISSING_TEXTS[text])
    if text in {"-", "--"}:
        return _read_dash(dash)
    return _read_text(cell, text, unit)


def _from_number(cell: float) -> float | Problem:
    try:
        value = float(cell)
    except OverflowError:
        return Problem(UNREADABLE, "Dit getal is te groot.")
    if math.isnan(value):
        return Problem(MISSING, _MISSING_TEXTS[""])
    return _finite(value, cell)


def _finite(value: float, cell: Cell) -> float | Problem:
    if not math.isfinite(value):
        return Problem(UNREADABLE, f"{shown(cell)} is geen eindig getal.")
    if meaning := _CBS_CODES.get(value):
        code = format_number(value).replace(".", "")
        return Problem(MISSING, f"{code} is een code van het CBS: {meaning}.")
    if abs(value) > _LARGEST:
        return Problem(UNREADABLE, f"{shown(cell)} is te groot voor een cijfer.")
    return value


def _read_dash(dash: str | None) -> float | Problem:
    if dash == "zero":
        return 0.0
    if dash == "missing":
        return Problem(MISSING, "Streepje: geen cijfer.")
    return UNDECIDED_DASH


def _read_text(cell: str, text: str, unit: str) -> float | Written | Problem:
    if isinstance(cell, FormattedPercentage) and unit in _SUFFIX_UNITS["percent"]:
        return cell.percent
    match = _SHAPE.fullmatch(text)
    if match is None:
        return Problem(UNREADABLE, f"{shown(cell)} is geen getal.")
    sign, before, sign_after, body, exponent, cents, scale, after = match.groups()
    odd = _misplaced_unit(before, scale, after, unit)
    if odd or (sign and sign_after):
        return Problem(
            UNREADABLE, f"{shown(cell)} is geen getal in een kolom met eenheid {UNIT_LABEL[unit]}."
        )
    if cents:  # "€ 1.250,-": the comma is the decimal mark
        body = f"{body}0" if body.endswith(",") and body != "," else ""
    form = _BODY.fullmatch(body)
    if form is None:
        return Problem(UNREADABLE, f"{shown(cell)} is geen getal.")
    proof = _PROOF.get(form.lastgroup or "", "")
    written = Written(sign + sign_after, body, exponent or "", scale or "", proof)
    if form.lastgroup == "whole":
        return convert(cell, written, ",")
    return written


def _misplaced_unit(before: str | None, scale: str | None, after: str | None, unit: str) -> bool:
    signs = []
    if before:
        signs.append("currency")
    if scale:
        signs.append("scale")
    if after:
        signs.append("percent" if after[0] in "%p" else "currency")
    return any(unit not in _SUFFIX_UNITS[sign] for sign in signs)


def convert(cell: Cell, written: Written, mark: str) -> float | Problem:
    """The number of digits, given the decimal mark of the column ("" when undecided)."""
    if not mark:
        return Problem(UNDECIDED, f"{shown(cell)}: het decimaalteken van deze kolom is nog niet gekozen.")
    if written.proof and written.proof != mark:
        return Problem(UNREADABLE, f"{shown(cell)} past niet bij {DECIMAL_MARKS[mark]} als decimaalteken.")
    digits = written.body.replace(" ", "").replace(_OTHER_MARK[mark], "").replace(mark, ".")
    value = float(f"{written.sign}{digits}{written.exponent}")
    return _finite(value * _SCALES[written.scale] if written.scale else value, cell)


def out_of_range(cell: Cell, value: float, unit: str) -> Problem | None:
    """What is wrong with a value that can't be, such as 140 percent; None when it can."""
    low, high = LIMITS.get(unit, (-math.inf, math.inf))
    if low <= value <= high:
        return None
    limit = f"kleiner dan {format_number(low)}" if value < low else f"groter dan {format_number(high)}"
    return Problem(OUT_OF_RANGE, f"{shown(cell)} is {limit}; dat kan niet bij de eenheid {UNIT_LABEL[unit]}.")
