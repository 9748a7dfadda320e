"""Which areas a boundary file or a boundary service has, and the sentences when they can't be used.

Rows and features are recognised here; the polygons themselves are checked where there is a geometry library.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from ..words.errors import AtlasError
from ..words.notation import counted
from .coordinate_checks import MARGIN_M, beyond_provinces
from .divisions import areas
from .resolution import EXACT, SPELLING
from .resolving import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .divisions import Area

#: OGC API Features of CBS and PDOK ("gebiedsindelingen", CC BY 4.0)
DEFAULT_ENDPOINT = "https://api.pdok.nl/cbs/gebiedsindelingen/ogc/v1"
#: level -> collection; survey regions are no official areas and are dissolved from their municipalities
COLLECTIONS = {"gemeente": "gemeente_gegeneraliseerd", "provincie": "provincie_gegeneraliseerd"}
#: the first year with today's municipalities (Eemsdelta)
FIRST_YEAR = 2021
#: a repair that moves more of an area than this is a guess, and refused
MAX_REPAIR = 0.001
#: parts of one area that overlap more than this are not parts but two versions of it
MAX_OVERLAP = 0.001
#: columns in which the areas are told apart, as CBS, Kadaster, PDOK and we name them; codes before names
_CODE_COLUMNS = (
    "statcode", "jrstatcode", "gemeentecode", "gm_code", "gmcode", "provinciecode", "pv_code", "regiocode",
    "code", "identificatie",
)  # fmt: skip
_NAME_COLUMNS = ("statnaam", "gemeentenaam", "gm_naam", "gmnaam", "provincienaam", "pv_naam", "naam", "name")
#: column in small letters -> what to divide its figure by to get km²
LAND_COLUMNS = {
    "oppervlakte_land_km2": 1, "oppervlakte_land_in_ha": 100, "oppervlaktelandinha": 100, "a_lan_ha": 100,
}  # fmt: skip
_CODE_OF_A_YEAR = re.compile(r"\d{4}([A-Z]{2}\d{2,4})")


def check_year(year: int) -> None:
    """Check that the municipalities of a year are those of today.

    Raises:
        AtlasError: they are not.
    """
    if year < FIRST_YEAR:
        raise AtlasError(
            f"In {year} waren de gemeenten anders dan nu.",
            got=str(year), expected=f"{FIRST_YEAR} of later", hint="Kies een later jaar.",
        )  # fmt: skip


def area_of_cell(cell: object, level: str) -> Area | None:
    """The area a cell names without any doubt: no typing errors, no former municipalities."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    code_of_a_year = _CODE_OF_A_YEAR.fullmatch(str(cell).strip())
    found = resolve(code_of_a_year[1] if code_of_a_year else str(cell), level)
    sure = found.reason in (EXACT, SPELLING) and found.area is not None and found.area.level == level
    return found.area if sure else None


def recognised(columns: Mapping[str, Sequence[object]], level: str) -> list[Area | None] | None:
    """The area of each row, from the column that tells most areas apart; None when no column does.

    Args:
        columns: Name of a column -> its cells.
        level: Level of the areas.
    """
    by_name = {name.lower(): cells for name, cells in columns.items()}
    for candidates in (_CODE_COLUMNS, _NAME_COLUMNS):
        found = [
            [area_of_cell(cell, level) for cell in by_name[name]] for name in candidates if name in by_name
        ]
        best = max(found, key=lambda column: len(set(column) - {None}), default=[])
        if any(best):
            return best
    return None


def not_recognised(columns: Iterable[str], where: str) -> AtlasError:
    """The sentence for a file in which no area is recognised."""
    return AtlasError(
        "In het grensbestand zijn geen gebieden van Drenthe en Groningen te herkennen.",
        where=where,
        got=f"kolommen {', '.join(columns)}",
        expected="een kolom met codes of namen, zoals statcode, gemeentecode of statnaam",
        hint="Geef de kolom met de CBS-code de naam statcode.",
    )


def refuse_missing(needed: Sequence[Area], found: set[str], level: str, where: str) -> None:
    """Check that every area of the present division is there.

    Raises:
        AtlasError: naming the areas that are not.
    """
    missing = [area.label for area in needed if area.code not in found]
    if missing:
        raise AtlasError(
            f"Niet in het grensbestand: {len(missing)} van {counted(len(needed), 'gebied', 'gebieden')}.",
            where=f"{where} ({level})",
            got=f"zonder {', '.join(missing)}",
            expected="alle gebieden van de indeling sinds 1 januari 2021",
            hint="Gebruik grenzen van 2021 of later, of de meegeleverde grenzen.",
        )


def refuse_outside(bounds: Mapping[str, Sequence[float]], names: Mapping[str, str], where: str) -> None:
    """Check that every area lies in Drenthe and Groningen, with 5 km to spare; bounds in RD metres by code.

    Raises:
        AtlasError: naming the areas that do not.
    """
    outside = [names[code] for code, box in bounds.items() if beyond_provinces(box)]
    if outside:
        raise AtlasError(
            f"Gebieden liggen meer dan {MARGIN_M / 1000:.0f} km buiten Drenthe en Groningen.",
            where=where,
            got=", ".join(outside),
            hint="Controleer het coördinatenstelsel, en of de codes bij de juiste vlakken staan.",
        )


def no_polygon(name: str, where: str, got: str) -> AtlasError:
    """The sentence for an area without a polygon."""
    return AtlasError(
        "Een gebied in het grensbestand heeft geen vlak.",
        where=f"{where}, {name}",
        got=got,
        expected="Polygon of MultiPolygon",
        hint="Kies de laag met vlakken, niet die met punten of lijnen.",
    )


def refuse_broken(names: Iterable[str], where: str) -> None:
    """Refuse areas whose self-intersection can't be repaired without changing them; none is fine.

    Raises:
        AtlasError: naming them.
    """
    if broken := sorted(set(names)):
        raise AtlasError(
            "Grenzen snijden zichzelf, en herstellen zou het gebied veranderen.",
            where=where,
            got=", ".join(broken),
            hint="Herstel ze in QGIS (Geometrie repareren) en kijk het na, of gebruik een ander bestand.",
        )


def refuse_doubles(names: Sequence[str], where: str) -> None:
    """Refuse areas whose rows overlap: they are there twice; none is fine.

    Raises:
        AtlasError: naming them.
    """
    if names:
        raise AtlasError(
            "Gebieden staan meer dan één keer in het grensbestand.",
            where=where,
            got=", ".join(names),
            expected="elk gebied één keer",
            hint="Staan er meer jaren in het bestand? Bewaar er dan één van.",
        )


def repaired_warning(name: str) -> str:
    """The warning for an area that was repaired."""
    return f"De grens van {name} snijdt zichzelf en is hersteld."


def in_parts(name: str, count: int) -> str:
    """The warning for an area that came in parts."""
    return f"{name} staat in {count} delen in het bestand; ze zijn samengevoegd."


def of_the_area(
    features: Sequence[Mapping[str, Any]], level: str, year: int, endpoint: str
) -> dict[str, Mapping[str, Any]]:
    """The features of Drenthe and Groningen in the answer of a service, by code.

    Raises:
        AtlasError: an area twice, or a year without areas.
    """
    wanted = {area.code for area in areas(level)}
    found: dict[str, Mapping[str, Any]] = {}
    seen = 0
    for feature in features:
        properties = feature.get("properties") or {}
        of_year = re.match(r"(\d{4})[A-Z]", str(properties.get("jrstatcode") or ""))
        if of_year and int(of_year[1]) != year:
            continue
        seen += 1
        code = _code(str(properties.get("statcode") or ""), level)
        if code not in wanted:
            continue
        if code in found:
            raise AtlasError(
                "De dienst geeft hetzelfde gebied twee keer.",
                where=f"{endpoint}, jaar {year}",
                got=f"{code} ({properties.get('statnaam', '')})",
                expected="elk gebied één keer",
                hint="Controleer of de dienst één jaar tegelijk geeft (jaarcode).",
            )
        found[code] = feature
    if not seen:
        raise AtlasError(
            f"De dienst heeft voor {year} geen gebieden.",
            where=endpoint,
            hint="Kies een eerder jaar; de grenzen van een nieuw jaar komen in de loop van dat jaar.",
        )
    return found


def land_km2(properties: Mapping[str, object]) -> float | None:
    """The land area of an area from the properties of its row, in km²; None when it is not known."""
    for name, figure in properties.items():
        divisor = LAND_COLUMNS.get(name.lower())
        # CBS writes a missing figure as -99997 and the like
        if divisor and isinstance(figure, int | float) and figure > 0:
            return round(figure / divisor, 2)
    return None


def service_source(level: str, year: int) -> dict[str, str]:
    """Source, vintage and licence of boundaries from the service, as properties of a file."""
    return {
        "bron": f"CBS/Kadaster, gebiedsindelingen {year} ({COLLECTIONS[level]})",
        "peildatum": f"{year}-01-01",
        "licentie": "CC BY 4.0, bronvermelding: CBS en Kadaster",
    }


def _code(text: str, level: str) -> str:
    code = text.strip()
    return code if re.fullmatch(r"[A-Z]{2}\d+", code) else getattr(resolve(code, level).area, "code", code)
