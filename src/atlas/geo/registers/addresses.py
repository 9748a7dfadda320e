"""Addresses of the BAG, from any form in which they are delivered, as one frame of what is really there.

Objects that were withdrawn, never realised, wrongly entered, or stand in a demolished building are taken out
and counted by status. Nothing is looked up elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ...core.records.address_book import ADDRESSABLE
from ...core.records.bag_rows import HOUSE_NUMBER, YES
from ...core.tables.bag_codes import (
    BUILDING_STATUSES,
    DWELLING,
    GONE_BUILDINGS,
    GONE_OBJECTS,
    LIVED_IN,
    OBJECT_STATUSES,
    PURPOSES,
    STATUS_RANKS,
    UNKNOWN_YEAR,
    official,
)
from ...core.tables.registers import BAG_KINDS, read_bag_id, rounded_ids
from ...core.words.errors import AtlasError
from ...core.words.notation import counted, format_number
from ..reading.frames import Reading
from ..reading.positions import points_in_rd
from ..reading.texts import numbers_of
from ..reading.versions import drop_ended, keep_best
from .bag_purposes import purposes_of
from .bag_sources import RawAddresses, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from ..reading.frames import Progress, Sieve

#: the columns of the frame, one row for each addressable object; x and y in EPSG:28992
ADDRESS_COLUMNS = (
    "adres_id", "bag_vbo_id", "bag_pand_id", "straat", "huisnummer", "huisletter", "toevoeging", "postcode",
    "woonplaats", "gebruiksdoel", "oppervlakte", "status", "is_woning", "bouwjaar", "x", "y",
)  # fmt: skip
_BESIDE = ("pandstatus", "bouwjaar", "nevenadres", "begin", "eind")


def read_addresses(path: Path, *, crs: str | None = None, progress: Progress | None = None) -> Reading:
    """Read addresses.

    OGC API pages and other GeoJSON, WFS answers (GeoJSON, GML), the GeoPackage "bag-light", the BAG 2.0
    extract (XML, ZIP), CSV with coordinates; a folder holds pages or the files of an extract. The content
    decides.

    Args:
        path: File or folder.
        crs: The system of the coordinates ("EPSG:28992"), when the user knows better than the file.
        progress: Called with step and part.

    Returns:
        A frame with `ADDRESS_COLUMNS`: text "" where unknown, huisnummer 0 when the source has no addresses,
        oppervlakte (m²) and bouwjaar NaN where unknown. is_woning (nullable): woonfunctie and a status in
        which people can live there (or no status in the whole source); NA where the source has no purpose.

    Raises:
        AtlasError: unreadable, no addresses, a wrong coordinate system, or nothing that can be used.
    """
    progress = progress or (lambda _step, _done: None)
    return _cleaned(read_source(path, crs, progress), progress)


def _cleaned(raw: RawAddresses, progress: Progress) -> Reading:
    progress("Adressen controleren", 0.5)
    count, sieve = raw.sieve.rows.size, raw.sieve
    if not count:
        sieve.report()
    empty = pa.array([""] * count, pa.string())
    text = {name: raw.columns.get(name, empty) for name in (*ADDRESS_COLUMNS[:12], *_BESIDE)}
    drop_ended(sieve, _values(text["eind"]), _values(text["begin"]))
    status = _statuses(raw, text["status"])
    _check_buildings(raw, text["pandstatus"])
    purposes, lives = _purposes(sieve, purposes_of(raw.columns, text["gebruiksdoel"]))
    ids = {
        "bag_vbo_id": _ids(sieve, text["bag_vbo_id"], ADDRESSABLE, required=True),
        "adres_id": _ids(sieve, text["adres_id"], ("nummeraanduiding", *ADDRESSABLE), required=False),
        "bag_pand_id": _ids(sieve, _first(text["bag_pand_id"]), ("pand",), required=False),
    }
    ids["adres_id"] = pc.if_else(pc.equal(ids["adres_id"], ""), ids["bag_vbo_id"], ids["adres_id"])
    number, letter, addition = _house_numbers(raw, text)
    sieve.reject(raw.no_point, "geen_punt", "Dit object is een vlak of een lijn, geen punt.")
    progress("Plaatsen controleren", 0.7)
    x, y = points_in_rd(raw.x, raw.y, raw.crs, sieve)
    columns: dict[str, object] = {
        **ids,
        "straat": text["straat"], "huisnummer": number, "huisletter": letter, "toevoeging": addition,
        "postcode": pc.utf8_upper(pc.replace_substring_regex(text["postcode"], "[ \t\u00a0]+", "")),
        "woonplaats": text["woonplaats"], "gebruiksdoel": purposes, "status": status,
        "oppervlakte": _areas(text["oppervlakte"]), "is_woning": lives,
        "bouwjaar": _years(text["bouwjaar"]),
        "x": x, "y": y,
    }  # fmt: skip
    _join_purposes(sieve, columns, text["begin"])
    _drop_doubles(sieve, columns, text)
    columns["is_woning"] = dwelling = _is_dwelling(raw, status, columns)
    _note_unknown(sieve, dwelling)
    progress("Adressen samenstellen", 0.9)
    report = sieve.report()
    return Reading(_frame(columns, sieve.kept), report)


# --- status and purpose ---------------------------------------------------------------------------------


def _statuses(raw: RawAddresses, text: pa.Array) -> NDArray[np.object_]:
    """The official status of every row; objects that are not there are taken out, one reason for each."""
    if "status" not in raw.columns:
        raw.sieve.note(
            "De bron heeft geen status: ook ingetrokken en niet gerealiseerde objecten kunnen erin staan."
        )
        return np.full(raw.sieve.rows.size, "", dtype=object)
    codes, values = _distinct(text)
    known = [official(value, OBJECT_STATUSES) for value in values]
    for position, (value, status) in enumerate(zip(values, known, strict=True)):
        here = codes == position
        if not value:
            raw.sieve.reject(here, "status_ontbreekt", "Dit object heeft geen status.")
        elif not status:
            raw.sieve.reject(here, "status_onbekend", f'De BAG kent de status "{value[:60]}" niet.')
        elif status in GONE_OBJECTS:
            raw.sieve.reject(here, GONE_OBJECTS[status], f"De status is: {status}.")
    return np.array(known, dtype=object)[codes]


def _check_buildings(raw: RawAddresses, text: pa.Array) -> None:
    """Take out objects of which every building is gone."""
    if "pandstatus" not in raw.columns:
        return
    codes, values = _distinct(text)
    for position, value in enumerate(values):
        parts = [part.strip() for part in value.split(",") if part.strip()]
        known = [official(part, BUILDING_STATUSES) for part in parts]
        here = codes == position
        if parts and not all(known):
            raw.sieve.reject(here, "pandstatus_onbekend", f'De BAG kent de pandstatus "{value[:60]}" niet.')
        elif parts and all(status in GONE_BUILDINGS for status in known):
            raw.sieve.reject(here, GONE_BUILDINGS[known[0]], f"De status van het pand is: {known[0]}.")


def _purposes(sieve: Sieve, text: pa.Array) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    """The purposes in official words with commas, and whether living is one of them."""
    codes, values = _distinct(text)
    official_texts, lives = [], []
    for position, value in enumerate(values):
        parts = [part.strip(" \"'{}[]") for part in re.split("[,;|]", value) if part.strip(" \"'{}[]")]
        known = [official(part, PURPOSES) for part in parts]
        if not all(known):
            wrong = parts[known.index("")]
            sieve.reject(
                codes == position,
                "gebruiksdoel_onbekend",
                f'De BAG kent het gebruiksdoel "{wrong[:60]}" niet.',
            )
        official_texts.append(",".join(dict.fromkeys(filter(None, known))))
        lives.append(DWELLING in known)
    return np.array(official_texts, dtype=object)[codes], np.array(lives, dtype=bool)[codes]


def _is_dwelling(
    raw: RawAddresses, status: NDArray[np.object_], columns: dict[str, object]
) -> pd.arrays.BooleanArray:
    """Whether people live there: woonfunctie, and a status in which they can; NA without a purpose.

    An object in which nobody can live is no dwelling, whatever its purpose.
    """
    lives = np.asarray(columns["is_woning"], dtype=bool)
    lived_in = np.ones(status.size, dtype=bool)
    if "status" in raw.columns:
        lived_in = pd.Series(status).isin(LIVED_IN).to_numpy(dtype=bool)
    unknown = (np.asarray(columns["gebruiksdoel"], dtype=object) == "") & lived_in
    return pd.arrays.BooleanArray(lives & lived_in, unknown)


def _note_unknown(sieve: Sieve, dwelling: pd.arrays.BooleanArray) -> None:
    unknown = np.asarray(dwelling.isna()) & sieve.kept
    if unknown.any() and unknown[sieve.kept].all():
        sieve.note("De bron heeft geen gebruiksdoel: van geen enkel adres is bekend of het een woning is.")
    elif unknown.any():
        sieve.note(
            f"Van {counted(int(unknown.sum()), 'adres', 'adressen')} is geen gebruiksdoel bekend, "
            "en dus niet of er wordt gewoond."
        )


def _join_purposes(sieve: Sieve, columns: dict[str, object], begin: pa.Array) -> None:
    """One object on several rows, one for each of its purposes, has all of them."""
    key = pd.DataFrame(
        {"id": _values(columns["bag_vbo_id"]), "status": columns["status"], "begin": _values(begin)}
    )
    there = sieve.kept & (key["id"] != "").to_numpy(dtype=bool)
    several = there & key.where(pd.Series(there)).duplicated(keep=False).to_numpy(dtype=bool)
    if not several.any():
        return
    purposes = np.asarray(columns["gebruiksdoel"], dtype=object).copy()
    lives = np.asarray(columns["is_woning"], dtype=bool).copy()
    for positions in key[several].groupby(["id", "status", "begin"]).indices.values():
        at = np.flatnonzero(several)[positions]
        found = dict.fromkeys(part for row in at for part in str(purposes[row]).split(",") if part)
        purposes[at], lives[at] = ",".join(found), DWELLING in found
    columns["gebruiksdoel"], columns["is_woning"] = purposes, lives


# --- ids and numbers ------------------------------------------------------------------------------------


def _ids(sieve: Sieve, text: pa.Array, kinds: Iterable[str], *, required: bool) -> pa.Array:
    """Ids of 16 digits; what a spreadsheet did to them is undone where that can be done in one way.

    An id that can't be read takes its row out when it is what the row is about; else it is left empty.
    """
    text = pc.replace_substring_regex(text, r"(?i)^NL\.IMBAG\.[A-Za-z]+\.", "")
    wanted = "|".join(digits for digits, kind in BAG_KINDS.items() if kind in tuple(kinds))
    good = np.asarray(pc.match_substring_regex(text, f"^[0-9]{{4}}({wanted})[0-9]{{10}}$"))
    bad = ~good & np.asarray(pc.not_equal(text, ""))
    if not (bad.any() or _looks_rounded(text)):
        return text
    values = text.to_numpy(zero_copy_only=False).copy()
    faults: dict[str, str] = {}
    repaired: dict[str, str] = {}
    for value in set(values[bad]):
        try:
            repaired[value] = read_bag_id(value, kinds=kinds).value
        except AtlasError as error:
            faults[value] = f"{error.title} Gevonden: {error.got}."
    if _looks_rounded(text):
        rounded = "Alle lange BAG-ids eindigen op 0: een rekenblad heeft het laatste cijfer gewist."
        faults |= {value: rounded for value in set(values[good]) if not value.startswith("0")}
    if repaired:
        count = sum(map(repaired.__contains__, values[bad]))
        sieve.note(f"{format_number(count)} BAG-ids waren hun voorloopnul kwijt en zijn hersteld.")
    if faults:
        wrong = pd.Series(values).isin(faults).to_numpy(dtype=bool)
        if required:
            sieve.reject(wrong, "id_onleesbaar", lambda out: [faults[values[at]] for at in out])
        else:
            sieve.note(
                f"{format_number(int(wrong.sum()))} andere BAG-ids waren niet te lezen en zijn leeg gelaten."
            )
        values[wrong] = ""
    return pa.array([repaired.get(value, value) for value in values] if repaired else values, pa.string())


def _looks_rounded(text: pa.Array) -> bool:
    long = pc.match_substring_regex(text, "^[1-9][0-9]{15}$")
    if not pc.any(long).as_py() or not pc.all(pc.or_(pc.invert(long), pc.ends_with(text, "0"))).as_py():
        return False
    return rounded_ids(pc.unique(pc.filter(text, long)).slice(0, 1000).to_pylist())


def _first(text: pa.Array) -> pa.Array:
    """Of several ids with commas the first: a verblijfsobject may lie in more than one pand."""
    return pc.replace_substring_regex(text, r",.*$", "")


def _house_numbers(
    raw: RawAddresses, text: dict[str, pa.Array]
) -> tuple[NDArray[np.int64], pa.Array, pa.Array]:
    """Number, letter and addition; "12a" is split when letter and addition are empty."""
    letter, addition = pc.utf8_upper(text["huisletter"]), text["toevoeging"]
    if "huisnummer" not in raw.columns:
        raw.sieve.note("De bron heeft geen huisnummers: op deze adressen kan niets worden gekoppeld.")
        return np.zeros(raw.sieve.rows.size, dtype=np.int64), letter, addition
    numbers = text["huisnummer"]
    plain = pc.match_substring_regex(numbers, "^[0-9]{1,5}$")
    if pc.all(plain).as_py():
        return np.asarray(numbers.cast(pa.int64())), letter, addition
    parts = pd.Series(numbers.to_numpy(zero_copy_only=False)).str.extract(HOUSE_NUMBER).fillna("")
    free = np.asarray(pc.and_(pc.equal(letter, ""), pc.equal(addition, "")))
    more = ((parts["letter"] != "") | (parts["rest"] != "")).to_numpy(dtype=bool)
    readable = (parts["nummer"] != "").to_numpy(dtype=bool) & (free | ~more)
    raw.sieve.reject(
        ~readable,
        "huisnummer_onleesbaar",
        lambda out: [f'Geen huisnummer: "{numbers[int(at)].as_py()[:40]}".' for at in out],
    )
    split = pa.array(free & more & readable)
    letter = pc.if_else(split, pc.utf8_upper(pa.array(parts["letter"], pa.string())), letter)
    addition = pc.if_else(split, pa.array(parts["rest"], pa.string()), addition)
    return parts["nummer"].where(readable, "0").astype(np.int64).to_numpy(), letter, addition


def _areas(text: pa.Array) -> NDArray[np.float64]:
    areas = numbers_of(text)
    areas[areas <= 0] = np.nan
    return areas


def _years(text: pa.Array) -> NDArray[np.float64]:
    years = numbers_of(text)
    years[years == UNKNOWN_YEAR] = np.nan
    return years


# --- doubles and the frame ------------------------------------------------------------------------------


def _drop_doubles(sieve: Sieve, columns: dict[str, object], text: dict[str, pa.Array]) -> None:
    """An object is there once, and so is an address; which one stays is a matter of status and date."""
    ranks = [
        pd.Series(columns["status"]).map(STATUS_RANKS).fillna(0).to_numpy(),
        ~np.isin(np.char.lower(_values(text["nevenadres"]).astype(str)), YES),
        _values(text["begin"]),
    ]
    why = "met een status, soort adres of begindatum die voorgaat"
    for name, subject in (("bag_vbo_id", "Dit object"), ("adres_id", "Dit adres")):
        keep_best(sieve, _values(columns[name]), ranks, subject=subject, why=why)
    without_id = np.asarray(pc.equal(columns["adres_id"], "")) & np.asarray(
        pc.not_equal(columns["postcode"], "")
    )
    if without_id.any():
        parts = ("postcode", "huisnummer", "huisletter", "toevoeging")
        written = pd.DataFrame({name: _values(columns[name]) for name in parts}).groupby(list(parts)).ngroup()
        key = np.where(without_id, written.astype(str).to_numpy(dtype=object), "")
        keep_best(sieve, key, ranks, subject="Dit adres", why=why)


def _frame(columns: dict[str, object], kept: NDArray[np.bool_]) -> pd.DataFrame:
    keep = pa.array(kept)
    cells = {}
    for name in ADDRESS_COLUMNS:
        values = columns[name]
        if isinstance(values, pd.arrays.BooleanArray) or (
            isinstance(values, np.ndarray) and values.dtype != object
        ):
            cells[name] = values[kept]
        else:
            array = values if isinstance(values, pa.Array) else pa.array(values, pa.string())
            cells[name] = array.filter(keep).to_pandas()
    return pd.DataFrame(cells)


def _distinct(text: pa.Array) -> tuple[NDArray[np.intp], list[str]]:
    """For every row the position of its text among the different texts, of which a register has few."""
    encoded = text.dictionary_encode()
    return np.asarray(encoded.indices), encoded.dictionary.to_pylist()


def _values(column: object) -> NDArray[np.object_] | NDArray[np.int64]:
    return column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else np.asarray(column)
