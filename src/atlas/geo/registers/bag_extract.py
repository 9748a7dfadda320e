"""The BAG 2.0 extract (Kadaster, standaard levering) as rows: XML, a ZIP of XML, or a ZIP of those ZIPs.

Read are the verblijfsobjecten (VBO) in Drenthe, Groningen and a margin around them (`positions.FRAME_RD`),
with the address of their hoofdadres: nummeraanduiding (NUM), openbare ruimte (OPR) and woonplaats (WPL),
joined by reference. Of each the voorkomen that is valid on the date of the extract counts; history is left
out. Panden, ligplaatsen, standplaatsen and mutations (ML) are not read.

The extract of the whole country is read the same way, in two processes and as a stream: memory goes with the
region, not with the country. What lies elsewhere is counted, not listed.
"""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ...core.files.reading_limits import raise_limits, raised_by
from ...core.words.errors import AtlasError
from ...core.words.notation import counted
from ..reading.bag_members import MARK, SNIFFED, forget_archives, members_of
from ..reading.broken_files import broken
from ..reading.texts import as_text
from .bag_objects import COLUMNS, read_objects

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from ..reading.bag_members import Member
    from .bag_objects import Objects

#: unpacked bytes from which a second process is worth its start
_LARGE = 300_000_000
_PROCESSES = 2
#: what is of no use in an address: the bookkeeping of the voorkomen
_BOOKKEEPING = (
    "status", "beginGeldigheid", "eindGeldigheid", "tijdstipInactief", "tijdstipInactiefLV",
    "tijdstipNietBagLV",
)  # fmt: skip


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
        rows: The number of each row in its file.
        notes: Dutch sentences about the whole.
    """

    columns: dict[str, pa.Array]
    geometry: pa.Array
    superseded: np.ndarray
    future: np.ndarray
    names: tuple[str, ...]
    sizes: tuple[int, ...]
    rows: np.ndarray
    notes: list[str] = field(default_factory=list)


def is_extract(start: bytes) -> bool:
    """Whether the first kilobytes of a file are those of an extract."""
    return MARK in start[:SNIFFED]


def read_extract(path: Path, progress: Callable[[str, float], None]) -> Extract:
    """Read an extract.

    Args:
        path: An XML or ZIP file, or a folder of them.
        progress: Called after every XML file.

    Raises:
        AtlasError: no verblijfsobjecten in the region, or a file that is cut off or broken.
    """
    with tempfile.TemporaryDirectory(prefix="atlas-") as room:
        members = members_of(path, Path(room))
        try:
            found = _read_kinds(path, members, progress)
        finally:
            forget_archives()
    if not found["VBO"]:
        raise AtlasError(
            "In dit BAG-extract zitten geen verblijfsobjecten.",
            where=str(path),
            expected="bestanden met VBO in de naam, en NUM, OPR en WPL voor de adressen",
            hint="Kies het extract zoals het Kadaster het levert (ZIP), of de map waarin het is uitgepakt.",
        )
    elsewhere = sum(part.elsewhere for part in found["VBO"])
    stand = max(part.stand for part in found["VBO"])
    objects = pa.concat_tables([part.table for part in found["VBO"]])
    if elsewhere and not objects.num_rows:
        raise AtlasError(
            "Dit BAG-extract heeft geen enkel verblijfsobject in Drenthe of Groningen.",
            where=str(path), got=f"{counted(elsewhere, 'verblijfsobject', 'verblijfsobjecten')} elders",
            hint="Kies het extract van het hele land, of van een gemeente in deze provincies.",
        )  # fmt: skip
    extract = Extract(
        columns=_object_columns(objects),
        geometry=_one_array(objects.column("wkb_geometry")),
        superseded=_ended(objects, stand),
        future=_begins_later(objects, stand),
        names=tuple(member.title for member in members if member.kind == "VBO"),
        sizes=tuple(part.table.num_rows for part in found["VBO"]),
        rows=np.concatenate([part.rows for part in found["VBO"]]),
    )
    if stand:
        extract.notes.append(f"Stand van het BAG-extract: {stand}.")
    if elsewhere:
        extract.notes.append(
            f"Geteld en niet ingelezen: {counted(elsewhere, 'verblijfsobject', 'verblijfsobjecten')} van dit "
            "extract buiten Drenthe en Groningen (met 5 km eromheen)."
        )
    _add_addresses(extract, {kind: [part.table for part in parts] for kind, parts in found.items()}, stand)
    return extract


# --- the XML files --------------------------------------------------------------------------------------


def _read_kinds(
    path: Path, members: Sequence[Member], progress: Callable[[str, float], None]
) -> dict[str, list[Objects]]:
    """Every kind of object; of addresses those of the objects, of streets those of the addresses."""
    found: dict[str, list[Objects]] = {}
    total = sum(member.size for member in members) or 1
    done = 0
    wanted: AbstractSet[bytes] | None = None
    for kind in COLUMNS:
        chosen = [member for member in members if member.kind == kind]
        found[kind] = []
        for member, part in zip(chosen, _read(path, chosen, wanted), strict=True):
            done += member.size
            progress(f"BAG-extract lezen: {member.title}", done / total)
            found[kind].append(part)
        wanted = _referred(found, kind)
    return found


def _referred(found: dict[str, list[Objects]], kind: str) -> AbstractSet[bytes] | None:
    """The ids that the next kind is read for; None for all."""
    column = {"VBO": "hoofdadresNummeraanduidingRef", "NUM": "openbareruimteRef"}.get(kind)
    if column is None:
        return None
    return frozenset(
        text.encode("utf-8")
        for part in found[kind]
        for text in part.table.column(column).unique().to_pylist()
        if text
    )


def _read(path: Path, members: Sequence[Member], wanted: AbstractSet[bytes] | None):  # noqa: ANN202
    """The objects of each file, in their order; of a large extract two files at a time."""
    if sum(member.size for member in members) < _LARGE or len(members) < _PROCESSES:
        yield from map(read_objects, members, repeat(wanted))
        return
    try:
        with ProcessPoolExecutor(
            _PROCESSES, get_context("spawn"), initializer=_begin, initargs=(wanted, raised_by(), sys.path)
        ) as pool:
            yield from pool.map(_read_wanted, members, chunksize=4)
    except BrokenProcessPool as error:
        raise broken(path, "het lezen brak af") from error


#: in a process of its own: what `_begin` was told
_told: dict[str, AbstractSet[bytes] | None] = {"wanted": None}


def _begin(wanted: AbstractSet[bytes] | None, factor: float, places: list[str]) -> None:
    sys.path[:] = places
    raise_limits(factor)
    _told["wanted"] = wanted


def _read_wanted(member: Member) -> Objects:
    return read_objects(member, _told["wanted"])


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
            counted(secondary, "verblijfsobject heeft", "verblijfsobjecten hebben")
            + " ook nevenadressen; alleen het hoofdadres is gebruikt."
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
            if name not in ("wkb_geometry", *_BOOKKEEPING)
        }
    )[valid]
    return frame.drop_duplicates("identificatie", keep="last").set_index("identificatie")


def _bare(column: pa.ChunkedArray) -> pa.Array:
    """Ids without the name of their domain (NL.IMBAG.Pand.); of a list all of them, with commas."""
    return pc.replace_substring_regex(as_text(column), r"NL\.IMBAG\.[A-Za-z]+\.", "")


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    combined = column.combine_chunks()
    return pa.concat_arrays(combined.chunks) if isinstance(combined, pa.ChunkedArray) else combined
