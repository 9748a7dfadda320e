"""One cell of a register's export -> a clean value, or a sentence that says what is wrong with it.

Spreadsheets damage what registers deliver: leading zeros go, long ids become 1.23E+15 or lose their last
digit, dates become serial numbers. What can be repaired in exactly one way is repaired and said; the rest is
refused. Cells are text, numbers or dates as a reader of CSV or XLSX gives them; empty cells are the caller's.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from ..areas.coordinate_checks import MARGIN_M, PROVINCES_RD
from ..areas.divisions import areas, mergers
from ..words.errors import AtlasError
from ..words.notation import MONTHS, format_period

if TYPE_CHECKING:
    from collections.abc import Iterable

#: digits 5 and 6 of a BAG id say what it identifies (BAG catalogue)
BAG_KINDS = {
    "01": "verblijfsobject",
    "02": "ligplaats",
    "03": "standplaats",
    "10": "pand",
    "20": "nummeraanduiding",
    "30": "openbare ruimte",
}
#: answers of a register that may only be asked whether it knows an address
HIT, NO_HIT, NOT_ASKED = "treffer", "geen_treffer", "niet_bevraagd"

_BAG_LENGTH = 16
#: a spreadsheet keeps 15 digits of a number and writes zeros for the rest
_SPREADSHEET_DIGITS = 15
_NO_COINCIDENCE = 6
#: municipalities that merged before 2015, but after the BAG began to hand out ids (Oldambt, 1 January 2010)
_EARLIER_PREFIXES = frozenset({"0039", "0052", "1661"})
_AGAIN_AS_TEXT = (
    "Haal het bestand opnieuw uit de bron en lees de kolom in als tekst (Excel: Gegevens, Uit tekst/CSV)."
)
_BAG_NAMESPACE = re.compile(r"NL\.IMBAG\.[A-Za-z]+\.", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")
_BLANKS = " \t\r\n\u00a0\ufeff\u200b"

_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet, with its invented 29 February 1900 made good
_SERIAL = re.compile(r"[0-9]{5}")
_SERIALS = range(18_264, 73_051)  # 1950 to 2100: below lie years and amounts, above nothing people meant
_EARLIEST_YEAR = 1900  # 1899-12-30, 0001-01-01: what programs write for "no date"
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_DUTCH_DATE = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?: [0-9]{1,2}:[0-9:]+)?")
_WORDS_DATE = re.compile(r"([0-9]{1,2}) ([a-z]+)\.? ([0-9]{4})")
_COMPACT_DATE = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_DATE_EXPECTED = "een datum als 2025-04-01 of 1-4-2025"

_HITS = {
    HIT: frozenset({"treffer", "hit", "ja", "j", "true", "waar", "1"}),
    NO_HIT: frozenset({"geen treffer", "no hit", "nohit", "nee", "n", "false", "onwaar", "0"}),
    NOT_ASKED: frozenset({"", "niet bevraagd", "niet opgevraagd", "nvt", "n v t", "onbekend"}),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell that was understood: its clean `value`, and `note`, a Dutch sentence when it was repaired."""

    value: str
    note: str = ""


def read_bag_id(cell: object, *, kinds: Iterable[str] = ()) -> Reading:
    """A BAG id: text of 16 digits.

    An id whose leading zeros went is repaired, when with them it starts with the code of a municipality of
    the two provinces (ids keep the code of the municipality that made them) and names a kind of object.

    Args:
        cell: Text or number.
        kinds: What it may identify, values of `BAG_KINDS`; () for anything.

    Raises:
        AtlasError: 1.23E+15, a number that lost its last digit, another length, another kind.
    """
    text = _BAG_NAMESPACE.sub("", _plain(cell).lstrip("'")).replace(" ", "").replace("\u00a0", "")
    shown = _quoted(cell)
    if _SCIENTIFIC.fullmatch(text):
        raise AtlasError(
            "Dit BAG-id is door een rekenblad afgerond; de laatste cijfers zijn weg.",
            got=shown,
            expected="16 cijfers als tekst",
            hint=_AGAIN_AS_TEXT,
        )
    if not (text.isascii() and text.isdigit()):
        raise _not_a_bag_id(shown)
    if isinstance(cell, int | float) and len(text) == _BAG_LENGTH and text.endswith("0"):
        raise AtlasError(
            "Dit BAG-id staat als getal in het bestand en is misschien zijn laatste cijfer kwijt.",
            detail="Een rekenblad bewaart 15 cijfers van een getal en maakt van het zestiende een 0.",
            got=shown,
            expected="16 cijfers als tekst",
            hint=_AGAIN_AS_TEXT,
        )
    note = ""
    if len(text) < _BAG_LENGTH:
        text, note = _with_leading_zeros(text, shown)
    if len(text) != _BAG_LENGTH:
        raise _not_a_bag_id(shown)
    _check_kind(text, tuple(kinds))
    return Reading(text, note)


def rounded_ids(cells: Iterable[object]) -> bool:
    """Whether a column of 16-digit ids went through a spreadsheet that zeroed every last digit.

    One id in ten ends in 0; that `_NO_COINCIDENCE` different ids all do so, happens once in a million files.
    """
    texts = {_plain(cell) for cell in cells}
    long = [text for text in texts if re.fullmatch(r"[1-9][0-9]{15}", text)]
    return len(long) >= _NO_COINCIDENCE and all(text.endswith("0") for text in long)


def read_date(cell: object, *, latest: date | None = None) -> Reading:
    """A day, as ISO text ("2025-04-01").

    Day before month, as the Dutch write it. 4/5/2025 may be two days and 1-4-25 too: refused. A serial number
    of a spreadsheet is read in its 1900 system and the note says so.

    Args:
        cell: Text, number, date or datetime.
        latest: The last day it may be; None for any.

    Raises:
        AtlasError: no date, a day that does not exist, two readings, before 1900, or after `latest`.
    """
    shown = _quoted(cell)
    day, note = _day(cell, shown)
    if day.year < _EARLIEST_YEAR:
        raise AtlasError(
            "Deze datum lijkt een lege datum die een programma heeft ingevuld.",
            got=shown,
            expected=_DATE_EXPECTED,
            hint="Maak de cel leeg, of vul de juiste datum in.",
        )
    if latest is not None and day > latest:
        raise AtlasError(
            "Deze datum ligt in de toekomst.",
            got=shown,
            expected=f"een datum tot en met {format_period(latest.isoformat())}",
            hint="Controleer het jaar en de volgorde van dag en maand.",
        )
    return Reading(day.isoformat(), note)


def check_reference_date(peildatum: str, where: str) -> None:
    """Refuse a result without a reference date.

    Raises:
        AtlasError: `peildatum` is not an ISO date (jjjj-mm-dd).
    """
    try:
        date.fromisoformat(peildatum)
    except (TypeError, ValueError) as error:
        raise AtlasError(
            "Bij een uitkomst hoort de peildatum van de gegevens.",
            where=where,
            got=str(peildatum) or "geen datum",
            expected="een datum als 2025-01-31",
        ) from error


def read_moment(cell: object) -> Reading:
    """A moment, as ISO text in UTC ("2025-04-01T08:30:00Z"); one without a zone is taken as UTC.

    Raises:
        AtlasError: it is no moment.
    """
    try:
        moment = cell if isinstance(cell, datetime) else datetime.fromisoformat(_plain(cell))
        return Reading(write_moment(moment))
    except (ValueError, OverflowError):  # the year 1 in another zone lies before there are years
        raise AtlasError(
            "Dit is geen tijdstip.",
            got=_quoted(cell),
            expected="een tijdstip als 2025-04-01T08:30:00Z",
            hint="Verbeter de waarde, of maak de cel leeg.",
        ) from None


def write_moment(moment: datetime) -> str:
    """A moment as it is stored: UTC, whole seconds, "2025-04-01T08:30:00Z"."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{aware.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def read_uuid(cell: object) -> Reading:
    """A uuid as lower-case text without braces; braces (as QGIS writes them) are taken off and said.

    Raises:
        AtlasError: it is no uuid.
    """
    text = _plain(cell)
    bare = text.strip("{}").lower()
    try:
        same = str(UUID(bare)) == bare
    except ValueError:
        same = False
    if not same:
        raise AtlasError(
            "Dit is geen uuid.",
            got=_quoted(cell),
            expected="een uuid als 3f2b8c1e-0d4a-4c5b-9e6f-7a8b9c0d1e2f",
            hint="Laat de cel leeg voor een nieuw record; de atlas geeft dan zelf een uuid.",
        )
    return Reading(
        bare, "" if bare == text else "Het uuid is overgenomen zonder accolades, in kleine letters."
    )


def read_hit(cell: object) -> str:
    """Whether a register knows an address: `HIT`, `NO_HIT` or `NOT_ASKED` (an empty cell).

    Raises:
        AtlasError: anything else; the cell is not repeated, because it may name a person.
    """
    text = _plain(str(cell) if isinstance(cell, bool) else cell).lower().replace("_", " ").replace(".", " ")
    text = " ".join(text.split())
    for answer, words in _HITS.items():
        if text in words:
            return answer
    raise AtlasError(
        "Hier staat iets anders dan treffer of geen treffer.",
        detail="Uit dit register mag alleen blijken óf het adres voorkomt, niet wie daar staat ingeschreven.",
        got="(niet herhaald: het kan een persoonsgegeven zijn)",
        expected="treffer, geen_treffer of niet_bevraagd",
        hint="Vraag de leverancier om treffer of geen treffer, zonder namen of nummers.",
    )


def read_position(cell: object) -> tuple[float, float]:
    """A place as (x, y) in RD New (EPSG:28992, metres), in or within 5 km of the two provinces.

    Args:
        cell: A pair of numbers.

    Raises:
        AtlasError: no pair, 0 and 0, degrees, x and y swapped, or somewhere else.
    """
    pair = cell if isinstance(cell, tuple | list) else ()
    numbers = [float(part) for part in pair if isinstance(part, int | float) and math.isfinite(part)]
    expected = "x en y in meters (RD New, EPSG:28992), in of bij Drenthe en Groningen"
    if len(pair) != 2 or len(numbers) != 2:  # noqa: PLR2004 -- x and y
        raise AtlasError(
            "Dit is geen plaats op de kaart.",
            got=_quoted(cell),
            expected=expected,
            hint="Geef x en y als twee getallen, of laat de plaats leeg.",
        )
    x, y = numbers
    if in_provinces(x, y):
        return x, y
    title, hint = (
        "Deze plaats ligt niet in of bij Drenthe en Groningen.",
        "Controleer de coördinaten in de bron.",
    )
    if x == 0 and y == 0:
        title, hint = (
            "Deze plaats heeft 0 en 0 als coördinaten.",
            "Laat de plaats leeg als die niet bekend is.",
        )
    elif in_provinces(y, x):
        title, hint = "De x en de y zijn verwisseld.", "Wissel de twee kolommen om."
    elif max(abs(x), abs(y)) <= 180:  # noqa: PLR2004 -- degrees
        title, hint = (
            "Dit zijn graden (WGS84) en geen meters.",
            "Zet de coördinaten om naar RD New (EPSG:28992).",
        )
    raise AtlasError(title, got=f"{x:.10g}, {y:.10g}", expected=expected, hint=hint)


def in_provinces(x: float, y: float) -> bool:
    """Whether a place in RD metres lies in the frame of the two provinces, with its margin."""
    west, south, east, north = PROVINCES_RD
    return west - MARGIN_M <= x <= east + MARGIN_M and south - MARGIN_M <= y <= north + MARGIN_M


def _plain(cell: object) -> str:
    """The cell as text: a whole number without its ".0", text without the blanks around it."""
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return str(cell).strip(_BLANKS)


def _quoted(cell: object) -> str:
    text = _plain(cell)
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004 -- longer does not fit a report


@cache
def _prefixes() -> frozenset[str]:
    """The four digits with which BAG ids of the two provinces start."""
    present = (municipality.code for municipality in areas("gemeente"))
    former = (merger.former.code for merger in mergers())
    return _EARLIER_PREFIXES | {code.removeprefix("GM") for code in (*present, *former)}


def _with_leading_zeros(text: str, shown: str) -> tuple[str, str]:
    padded = text.zfill(_BAG_LENGTH)
    if text.startswith("0") or padded[:4] not in _prefixes() or padded[4:6] not in BAG_KINDS:
        raise _not_a_bag_id(shown)
    zeros = "voorloopnul" if len(text) == _SPREADSHEET_DIGITS else "voorloopnullen"
    return padded, f"Het BAG-id {text} was zijn {zeros} kwijt en is hersteld tot {padded}."


def _check_kind(text: str, kinds: tuple[str, ...]) -> None:
    kind = BAG_KINDS.get(text[4:6])
    if kind is None:
        raise _not_a_bag_id(text)
    if kinds and kind not in kinds:
        raise AtlasError(
            f"Dit is het BAG-id van een {kind}.",
            got=text,
            expected=f"het BAG-id van een {' of '.join(kinds)}",
            hint="Zet het id in de kolom waar het hoort.",
        )


def _not_a_bag_id(shown: str) -> AtlasError:
    digits = sum(character.isdigit() for character in shown)
    return AtlasError(
        "Dit is geen BAG-id.",
        got=f"{shown} ({digits} cijfers)" if digits else shown,
        expected="16 cijfers als tekst; de cijfers 5 en 6 zeggen wat het is (10 pand, 01 verblijfsobject)",
        hint="Neem het id over uit de BAG, en lees de kolom in als tekst: dan blijven nullen vooraan.",
    )


def _day(cell: object, shown: str) -> tuple[date, str]:
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    text = _plain(cell)
    if isinstance(cell, float) and math.isfinite(cell):
        text = f"{math.floor(cell)}"  # what comes after the day is the time
    if _SERIAL.fullmatch(text) and int(text) in _SERIALS:
        day = _SERIAL_ZERO + timedelta(days=int(text))
        return (
            day,
            f"Het datumgetal {text} is gelezen als {format_period(day.isoformat())}.",
        )
    if found := _ISO_DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text):
        return _existing(int(found[1]), int(found[2]), int(found[3]), shown), ""
    if (found := _WORDS_DATE.fullmatch(text.lower())) and (month := _month(found[2])):
        return _existing(int(found[3]), month, int(found[1]), shown), ""
    if found := _DUTCH_DATE.fullmatch(text):
        return _dutch_day(found, shown), ""
    raise _no_date("Dit is geen datum.", shown)


def _dutch_day(found: re.Match[str], shown: str) -> date:
    first, mark, second, year = int(found[1]), found[2], int(found[3]), found[4]
    if len(year) == 2:  # noqa: PLR2004 -- two digits
        raise _no_date("Het jaartal heeft twee cijfers; dat kan meer dan één datum zijn.", shown)
    if mark == "/" and max(first, second) <= len(MONTHS) and first != second:
        raise _no_date(f"Dit kan {first} {MONTHS[second - 1]} zijn en {second} {MONTHS[first - 1]}.", shown)
    if second > len(MONTHS) >= first:
        raise _no_date("De maand staat voor de dag.", shown)
    return _existing(int(year), second, first, shown)


def _existing(year: int, month: int, day: int, shown: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        if 1 <= month <= len(MONTHS):
            raise _no_date(f"{day} {MONTHS[month - 1]} {year} bestaat niet.", shown) from None
        raise _no_date(f"Maand {month} bestaat niet.", shown) from None


def _month(word: str) -> int:
    """1 to 12 for a Dutch month or its first three letters (mrt for maart); 0 when it is none."""
    short = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"mrt": 3}
    return MONTHS.index(word) + 1 if word in MONTHS else short.get(word, 0)


def _no_date(title: str, shown: str) -> AtlasError:
    return AtlasError(
        title,
        got=shown,
        expected=_DATE_EXPECTED,
        hint="Schrijf de datum voluit met een jaartal van vier cijfers.",
    )
