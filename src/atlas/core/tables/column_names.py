"""Which column is which: names as services and people write them, matched to ours.

`openbare_ruimte_naam`, `openbareRuimteNaam` and `OPENBARE RUIMTE NAAM` are one name: case, blanks and signs
do not count.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ..words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


#: our name -> the folded names of a column with an id of the BAG
BAG_ID_NAMES: Mapping[str, tuple[str, ...]] = {
    "bag_vbo_id": (
        "bagvboid", "vboid", "verblijfsobjectidentificatie", "verblijfsobjectid",
        "adresseerbaarobjectidentificatie", "adresseerbaarobjectid", "adresseerbaarobject",
    ),
    "adres_id": (
        "nummeraanduidinghoofdadresidentificatie", "hoofdadresidentificatie",
        "hoofdadresnummeraanduidingidentificatie", "hoofdadresnummeraanduidingref",
        "nummeraanduidingidentificatie", "nummeraanduidingid", "nummeraanduiding", "adresid", "hoofdadres",
    ),
    "bag_pand_id": ("pandidentificatie", "bagpandid", "pandid", "pandref", "gerelateerdpand"),
}  # fmt: skip
#: our name -> the folded names of a column with (a part of) an address
ADDRESS_PARTS: Mapping[str, tuple[str, ...]] = {
    "postcode": ("postcode", "pc6", "vestigingspostcode", "bezoekpostcode"),
    "huisnummer": ("huisnummer", "huisnr", "nummer", "nr", "vestigingshuisnummer", "bezoekhuisnummer"),
    "huisletter": ("huisletter", "letter"),
    "toevoeging": ("toevoeging", "huisnummertoevoeging", "huisnrtoevoeging", "toev", "huisnummertoev"),
    "straat": (
        "straat", "straatnaam", "openbareruimtenaam", "openbareruimte", "vestigingsstraat", "bezoekstraat",
    ),
    "woonplaats": (
        "woonplaats", "woonplaatsnaam", "plaats", "plaatsnaam", "vestigingsplaats", "bezoekplaats",
    ),
    "adres": ("adres", "adresregel", "volledigadres", "bezoekadres", "vestigingsadres", "locatieadres"),
}  # fmt: skip
#: our name -> the folded names of a column with (half of) a place
PLACE_NAMES: Mapping[str, tuple[str, ...]] = {
    "x": ("x", "xrd", "rdx", "xcoordinaat", "xcoordinaatrd", "xcoord"),
    "y": ("y", "yrd", "rdy", "ycoordinaat", "ycoordinaatrd", "ycoord"),
    "lon": ("lon", "lng", "longitude", "lengtegraad", "xwgs84"),
    "lat": ("lat", "latitude", "breedtegraad", "ywgs84"),
    "punt": ("centroiderd", "wkt", "geometrie", "geometry", "geom", "punt", "locatie", "centroidell"),
}
#: folded names of columns that hold a place
COORDINATE_COLUMNS = frozenset(name for names in PLACE_NAMES.values() for name in names)
#: characters that a Shapefile keeps of a name
_SHAPEFILE_NAME = 10


def folded(name: str) -> str:
    """A name without case, accents, blanks and signs."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", plain)


def choose_columns(
    columns: Iterable[str], wanted: Mapping[str, tuple[str, ...]], where: str, *, cut: bool = False
) -> dict[str, str]:
    """Our name -> the column of the file that holds it; names that are not there are left out.

    Args:
        columns: The names in the file.
        wanted: Our name -> the folded names it may have, the best first.
        where: The file, for the sentence.
        cut: Whether names were cut at ten characters, as a Shapefile does ("gebruiksdo").

    Raises:
        AtlasError: two columns have the same name but for case and signs, and both would do.
    """
    by_name: dict[str, list[str]] = {}
    for column in columns:
        by_name.setdefault(folded(column), []).append(column)
    chosen: dict[str, str] = {}
    for ours, names in wanted.items():
        found = next((by_name[name] for name in names if name in by_name), None)
        if found is None and cut:
            found = _cut_name(by_name, names)
        if found is None:
            continue
        if len(found) > 1:
            raise AtlasError(
                "Twee kolommen hebben dezelfde naam, op hoofdletters en leestekens na.",
                where=where,
                got=" en ".join(f'"{name}"' for name in found),
                hint="Haal een van de twee weg.",
            )
        chosen[ours] = found[0]
    return chosen


def _cut_name(by_name: Mapping[str, list[str]], names: tuple[str, ...]) -> list[str] | None:
    """The columns of which the name, cut by a Shapefile, is the beginning of one of these."""
    for name in names:
        for short, columns in by_name.items():
            if len(columns[0]) == _SHAPEFILE_NAME and name.startswith(short):
                return columns
    return None


def require_columns(
    chosen: Mapping[str, str],
    needed: Iterable[str],
    wanted: Mapping[str, tuple[str, ...]],
    columns: Iterable[str],
    where: str,
) -> None:
    """Check that the columns without which a file can't be used are there.

    Raises:
        AtlasError: naming those that are missing and those that are there.
    """
    missing = [name for name in needed if name not in chosen]
    if missing:
        raise AtlasError(
            "In dit bestand ontbreken kolommen die nodig zijn." if len(missing) > 1
            else "In dit bestand ontbreekt een kolom die nodig is.",
            where=where,
            got="de kolommen " + ", ".join(columns),
            expected="; ".join(" of ".join(wanted[name][:3]) for name in missing),
            hint="Controleer of dit het goede bestand en de goede laag is.",
        )  # fmt: skip
