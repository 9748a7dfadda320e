"""The BAG 2.0 extract (Kadaster, standaard levering) as rows: XML, a ZIP of XML, or a ZIP of those ZIPs.

Read are the verblijfsobjecten (VBO) with the address of their hoofdadres: nummeraanduiding (NUM), openbare
ruimte (OPR) and woonplaats (WPL), joined by reference. Of each the voorkomen that is valid on the date of the
extract counts; history is left out. Panden, ligplaatsen, standplaatsen and mutations (ML) are not read.

GDAL's LVBAG driver reads each XML file. Given a cut-off file it returns what comes before the cut without a
word, and given a ZIP of several files it may return none: so every file is handed over by itself and counted.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyogrio.raw

from ..core.errors import AtlasError
from .texts import as_text
from .vector_files import broken, reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: how an extract begins, within its first kilobytes
MARK = b"extract-deelbestand-lvc"
_SNIFFED = 8_192
_KIND_IN_NAME = re.compile(r"(?:^|[0-9])(VBO|NUM|OPR|WPL)[0-9]{8}")
_OTHER_IN_NAME = re.compile(
    r"(?:^|[0-9])(?:PND|LIG|STA|Inactief|InOnderzoek|NietBag)|GEM-WPL|Leveringsdocument", re.IGNORECASE
)
_KIND_INSIDE = re.compile(rb"objectType>\s*([A-Z]{3})\s*<")
_STAND = re.compile(rb"StandTechnischeDatum>\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\s*<")
_OBJECT = re.compile(rb"<[\w-]+:bagObject>")
_END = re.compile(rb"</[\w-]+:bagStand>\s*$")
_COMMON = (
    "identificatie", "status", "beginGeldigheid", "eindGeldigheid", "tijdstipInactief", "tijdstipInactiefLV",
    "tijdstipNietBagLV",
)  # fmt: skip
_COLUMNS = {
    "VBO": (
        *_COMMON, "gebruiksdoel", "oppervlakte", "hoofdadresNummeraanduidingRef",
        "nevenadresNummeraanduidingRef", "pandRef",
    ),
    "NUM": (
        *_COMMON, "huisnummer", "huisletter", "huisnummerToevoeging", "postcode", "openbareruimteRef",
        "woonplaatsRef",
    ),
    "OPR": (*_COMMON, "naam", "woonplaatsRef"),
    "WPL": (*_COMMON, "naam"),
}  # fmt: skip


@dataclass(slots=True)
class Extract:
    """The verblijfsobjecten of an extract with their addresses.

    Attributes:
        columns: Our name -> text, one entry for each voorkomen of a verblijfsobject.
        geometry: WKB in RD New.
        superseded: True for a voorkomen that is no longer valid.
        future: True for one that is not yet valid.
        names: The XML files.
        sizes: How many rows each of them has.
        notes: Dutch sentences about the whole.
    """

    columns: dict[str, pa.Array]
    geometry: pa.Array
    superseded: np.ndarray
    future: np.ndarray
    names: tuple[str, ...]
    sizes: tuple[int, ...]
    notes: list[str] = field(default_factory=list)


def is_extract(start: bytes) -> bool:
    """Whether the first kilobytes of a file are those of an extract."""
    return MARK in start[:_SNIFFED]


def read_extract(path: Path, progress: Callable[[str, float], None]) -> Extract:
    """Read an extract.

    Args:
        path: An XML or ZIP file, or a folder of them.
        progress: Called after every XML file.

    Raises:
        AtlasError: no verblijfsobjecten in it, or a file that is cut off or broken.
    """
    tables: dict[str, list[pa.Table]] = {kind: [] for kind in _COLUMNS}
    names: list[str] = []
    stand = ""
    for done, (name, kind, data) in enumerate(_members(path)):
        progress(f"BAG-extract lezen: {name}", 1 - 0.9**done)
        tables[kind].append(_read_member(path, name, kind, data))
        if kind == "VBO":
            names.append(name)
            found = _STAND.search(data[:_SNIFFED])
            stand = max(stand, found[1].decode() if found else "")
    if not tables["VBO"]:
        raise AtlasError(
            "In dit BAG-extract zitten geen verblijfsobjecten.",
            where=str(path),
            expected="bestanden met VBO in de naam, en NUM, OPR en WPL voor de adressen",
            hint="Kies het extract zoals het Kadaster het levert (ZIP), of de map waarin het is uitgepakt.",
        )
    objects = pa.concat_tables(tables["VBO"])
    extract = Extract(
        columns=_object_columns(objects),
        geometry=_one_array(objects.column("wkb_geometry")),
        superseded=_ended(objects, stand),
        future=_begins_later(objects, stand),
        names=tuple(names),
        sizes=tuple(table.num_rows for table in tables["VBO"]),
    )
    if stand:
        extract.notes.append(f"Stand van het BAG-extract: {stand}.")
    _add_addresses(extract, tables, stand)
    return extract


# --- the XML files --------------------------------------------------------------------------------------


def _members(path: Path) -> Iterator[tuple[str, str, bytes]]:
    """Every XML file with objects that are needed: its name, its kind (VBO, ...) and its bytes."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    for file in files:
        suffix = file.suffix.lower()
        if suffix not in (".xml", ".zip") or _OTHER_IN_NAME.search(file.name):
            continue
        with file.open("rb") as stream:
            yield from _members_of(file, file.name, stream, nested=False)


def _members_of(
    path: Path, name: str, stream: IO[bytes], *, nested: bool
) -> Iterator[tuple[str, str, bytes]]:
    if name.lower().endswith(".xml"):
        start = stream.read(_SNIFFED)
        kind = _kind(name, start)
        if kind in _COLUMNS and is_extract(start):
            yield name, kind, start + stream.read()
        return
    try:
        with zipfile.ZipFile(stream) as archive:
            for member in sorted(archive.namelist()):
                short = member.rsplit("/", 1)[-1]
                if _OTHER_IN_NAME.search(short) or not short.lower().endswith((".xml", ".zip")):
                    continue
                if short.lower().endswith(".zip") and nested:
                    continue
                with archive.open(member) as inner:
                    # a ZIP in a ZIP is packed: it has to be whole before its table of contents can be read
                    whole = io.BytesIO(inner.read()) if short.lower().endswith(".zip") else inner
                    yield from _members_of(path, short, whole, nested=True)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError) as error:
        raise broken(path, f"{name}: {error}") from error


def _kind(name: str, start: bytes) -> str:
    in_name = _KIND_IN_NAME.search(name)
    inside = _KIND_INSIDE.search(start)
    return in_name[1] if in_name else inside[1].decode() if inside else ""


def _read_member(path: Path, name: str, kind: str, data: bytes) -> pa.Table:
    with reading(path):
        _meta, table = pyogrio.raw.read_arrow(data, columns=list(_COLUMNS[kind]))
    promised = len(_OBJECT.findall(data))
    if table.num_rows != promised or not _END.search(data[-200:]):
        raise broken(path, f"{name}: {table.num_rows} van {promised} objecten leesbaar")
    return table.replace_schema_metadata(None)


# --- validity -------------------------------------------------------------------------------------------


def _ended(table: pa.Table, stand: str) -> np.ndarray:
    """Voorkomens that ended on or before the date of the extract, or were made inactive."""
    end = as_text(table.column("eindGeldigheid"))
    ended = pc.not_equal(end, "")
    if stand:
        ended = pc.and_(ended, pc.less_equal(pc.utf8_slice_codeunits(end, 0, 10), stand))
    for name in ("tijdstipInactief", "tijdstipInactiefLV", "tijdstipNietBagLV"):
        ended = pc.or_(ended, pc.is_valid(_one_array(table.column(name))))
    return np.asarray(ended)


def _begins_later(table: pa.Table, stand: str) -> np.ndarray:
    begin = as_text(table.column("beginGeldigheid"))
    later = pc.greater(pc.utf8_slice_codeunits(begin, 0, 10), stand) if stand else pc.equal(begin, "-")
    return np.asarray(later)


# --- joining --------------------------------------------------------------------------------------------


def _object_columns(objects: pa.Table) -> dict[str, pa.Array]:
    return {
        "bag_vbo_id": _bare(objects.column("identificatie")),
        "adres_id": _bare(objects.column("hoofdadresNummeraanduidingRef")),
        "bag_pand_id": _bare(objects.column("pandRef")),
        "gebruiksdoel": as_text(objects.column("gebruiksdoel")),
        "oppervlakte": as_text(objects.column("oppervlakte")),
        "status": as_text(objects.column("status")),
        "nevenadressen": _bare(objects.column("nevenadresNummeraanduidingRef")),
    }


def _add_addresses(extract: Extract, tables: dict[str, list[pa.Table]], stand: str) -> None:
    secondary = int(np.asarray(pc.not_equal(extract.columns.pop("nevenadressen"), "")).sum())
    if secondary:
        extract.notes.append(
            f"{secondary} verblijfsobjecten hebben ook nevenadressen; alleen het hoofdadres is gebruikt."
        )
    if not tables["NUM"]:
        extract.notes.append(
            "Het extract bevat geen nummeraanduidingen (NUM): de objecten hebben een plaats, maar geen adres."
        )
        return
    numbers = _current(tables["NUM"], stand)
    found = numbers.reindex(pd.Index(extract.columns["adres_id"].to_numpy(zero_copy_only=False)))
    streets = (
        _current(tables["OPR"], stand) if tables["OPR"] else pd.DataFrame(columns=["naam", "woonplaatsRef"])
    )
    street = streets.reindex(found["openbareruimteRef"])
    # a nummeraanduiding may lie in another woonplaats than its street
    own_place = found["woonplaatsRef"].fillna("").to_numpy(dtype=object)
    place = np.where(own_place != "", own_place, street["woonplaatsRef"].fillna("").to_numpy(dtype=object))
    places = _current(tables["WPL"], stand) if tables["WPL"] else pd.DataFrame(columns=["naam"])
    columns = {
        "huisnummer": found["huisnummer"], "huisletter": found["huisletter"],
        "toevoeging": found["huisnummerToevoeging"], "postcode": found["postcode"],
        "straat": street["naam"], "woonplaats": places["naam"].reindex(pd.Index(place)),
    }  # fmt: skip
    for name, values in columns.items():
        extract.columns[name] = pa.array(values.fillna("").to_numpy(dtype=object), type=pa.string())
    if not tables["OPR"]:
        extract.notes.append("Het extract bevat geen openbare ruimten (OPR): de straatnamen ontbreken.")
    if not tables["WPL"]:
        extract.notes.append("Het extract bevat geen woonplaatsen (WPL): de plaatsnamen ontbreken.")


def _current(tables: list[pa.Table], stand: str) -> pd.DataFrame:
    """The valid voorkomen of each object, by its bare id."""
    table = pa.concat_tables(tables)
    valid = ~_ended(table, stand) & ~_begins_later(table, stand)
    frame = pd.DataFrame(
        {
            name: (_bare if name.endswith("Ref") or name == "identificatie" else as_text)(
                table.column(name)
            ).to_numpy(zero_copy_only=False)
            for name in table.column_names
            if name not in ("wkb_geometry", *_COMMON[1:])
        }
    )[valid]
    return frame.drop_duplicates("identificatie", keep="last").set_index("identificatie")


def _bare(column: pa.ChunkedArray) -> pa.Array:
    """Ids without the name of their domain (NL.IMBAG.Pand.); of a list all of them, with commas."""
    return pc.replace_substring_regex(as_text(column), r"NL\.IMBAG\.[A-Za-z]+\.", "")


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    combined = column.combine_chunks()
    return pa.concat_arrays(combined.chunks) if isinstance(combined, pa.ChunkedArray) else combined
