"""Dutch notation: how a number, an interval and a period are written, decided once for every output."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
#: unit -> what is written behind the number. A new unit is a new line here.
UNIT_SUFFIX = {
    "percent": "%",
    "count": "",
    "grade_0_10": "",
    "eur": "",
    "per_1000": "",
    "per_km2": "",
    "per_100": "",
    "metre": " m",
    "number": "",
}
UNIT_LABEL = {
    "percent": "procent",
    "count": "aantal",
    "grade_0_10": "rapportcijfer (0-10)",
    "eur": "euro",
    "per_1000": "per 1.000",
    "per_km2": "per km²",
    "per_100": "per 100",
    "metre": "meter",
    "number": "waarde",
}

#: how the rows and cells of a table may be taken, by the key of the choice (see `errors.Choice`)
TABLE_CHOICES = {
    "combine": ("error", "sum"),  # rows of one area: refused, or added up
    "divide": ("error", "addresses"),  # a municipality that was divided: refused, or its counts by addresses
    "places": ("error", "sum"),  # rows about a place: no value for its municipality, or added up there
    "decimal": (",", "."),
    "dash": ("zero", "missing"),  # what "-" means
    "below_one": ("percent", "fraction"),  # 0,36 in a column of percentages: 0,36% or 36%
}


def unit_label(unit: str, denominator: str = "") -> str:
    """A unit as a reader sees it; a rate names what it is divided by: "per 1.000 inwoners"."""
    return f"{UNIT_LABEL[check_unit(unit)]} {denominator}".strip()


def check_unit(unit: str) -> str:
    """Return `unit`, or raise `AtlasError` naming the units that exist."""
    if unit not in UNIT_SUFFIX:
        raise AtlasError(
            "Deze eenheid bestaat niet.",
            got=unit,
            expected=", ".join(UNIT_SUFFIX),
            hint="Kies een van deze eenheden.",
        )
    return unit


def format_number(value: float, decimals: int = 0) -> str:
    """Dutch notation: dot for thousands, comma for decimals: 2149 -> "2.149", 7.9 -> "7,9"."""
    text = f"{value:,.{decimals}f}"
    if not text.strip("-0.,"):  # "-0" reads as a mistake
        text = text.lstrip("-")
    return text.translate(str.maketrans(",.", ".,")).replace("-", "−")


def counted(number: int, one: str, more: str) -> str:
    """A number with what is counted, which agrees with it: "1 regel ligt", "2.149 regels liggen".

    Args:
        number: How many.
        one: The word or words behind 1.
        more: Those behind any other number, 0 too.
    """
    return f"{format_number(number)} {one if number == 1 else more}"


def format_value(value: float | None, unit: str, decimals: int = 0) -> str:
    """A value with its unit: 21.0 percent -> "21%", 10.6e6 eur -> "€ 10.600.000", None -> "–"."""
    if value is None:
        return "–"
    number = format_number(value, decimals)
    return f"€ {number}" if unit == "eur" else f"{number}{UNIT_SUFFIX[check_unit(unit)]}"


def format_interval(low: float | None, high: float | None, unit: str, decimals: int = 0) -> str:
    """An interval: (17.7, 24.7, percent) -> "18–25%"; "" when there is none."""
    if low is None or high is None:
        return ""
    return f"{format_number(low, decimals)}–{format_value(high, unit, decimals)}"


#: how a period code is written, and how it reads; the first that fits
_PERIODS = (
    (r"onbekend", "periode onbekend"),
    (r"(\d{4})-([a-z]+)", r"\2 \1"),
    (r"(\d{4})-(\d{4})H1", r"\1 tot medio \2"),
    (r"(\d{4})-(\d{4})", r"\1 tot en met \2"),
)


def format_period(period: str) -> str:
    """A period code as words; a code of no known form stays as it is.

    "2025-11" -> "november 2025", "2025-03-07" -> "7 maart 2025", "2025-najaar" -> "najaar 2025",
    "2023-2025H1" -> "2023 tot medio 2025", "2026-2028" -> "2026 tot en met 2028".
    """
    if date := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?", period):
        year, month, day = date.groups()
        return f"{f'{int(day)} ' if day else ''}{MONTHS[int(month) - 1]} {year}"
    for pattern, words in _PERIODS:
        if match := re.fullmatch(pattern, period):
            return match.expand(words)
    return period


def read_pairs(texts: Iterable[str], refused: AtlasError, *, may_be_empty: bool = False) -> dict[str, str]:
    """Name -> value of choices as people write them: "Soort misdrijf=Totaal misdrijven".

    Args:
        texts: One for each choice.
        refused: What is said of a text that is none; it is told which.
        may_be_empty: Whether nothing behind the sign is a value.

    Raises:
        AtlasError: a text without a name, a sign or a value, or one name with two values.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not (name and sign and (value or may_be_empty)):
            refused.got = f'"{text}"'
            raise refused
        if found.get(name, value) != value:
            raise AtlasError(
                "Hier staan twee verschillende keuzes voor hetzelfde.",
                got=f'"{name}={found[name]}" en "{text}"', hint="Houd één van beide over.",
                choices=refused.choices,
            )  # fmt: skip
        found[name] = value
    return found
