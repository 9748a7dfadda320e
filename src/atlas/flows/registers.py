"""What registers know of the rural area: addresses, the countryside, yards of agricultural businesses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.files.new_file import new_file
from ..core.files.output_gate import REPORT_SUFFIX, check_outputs
from ..core.tables.address_columns import ToldColumns, as_told
from ..core.words.errors import AtlasError
from ..core.words.notation import counted
from ..jobs.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from ..core.counts.rural_methods import CountrysideMethod
    from ..geo.reading.frames import Reading

#: method -> the reader of the polygons it needs
_POLYGON_METHODS = ("kom", "kern")
_SUFFIXES = (".csv", ".parquet")


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, the report of rows not used, and sentences about both."""

    path: Path
    report: Path
    notes: tuple[str, ...]


def read_register_addresses(source: Path, output: Path, progress: Progress = silent) -> Written:
    """Read BAG addresses in any form in which they are delivered and write them as one table.

    Args:
        source: File or folder.
        output: A new .csv or .parquet: `geo.registers.addresses.ADDRESS_COLUMNS`, x and y in EPSG:28992.
        progress: Told what is being done.
    """
    from ..geo.registers.addresses import read_addresses

    _check_outputs(output, source)
    progress("Adressen lezen", 0.1)
    reading = read_addresses(source)
    progress("Adressen schrijven", 0.8)
    return _written(reading, reading.frame, output)


def read_register_buildings(source: Path, output: Path, progress: Progress = silent) -> Written:
    """Read BAG panden and write them as one table, each with a point on it.

    Args:
        source: File, folder or ZIP.
        output: A new .csv or .parquet: `geo.registers.buildings.BUILDING_COLUMNS`, x and y in EPSG:28992.
        progress: Told what is being done.
    """
    from ..geo.registers.buildings import read_buildings

    _check_outputs(output, source)
    progress("Panden lezen", 0.1)
    reading = read_buildings(source)
    point = reading.frame.geometry.representative_point()
    frame = reading.frame.drop(columns="geometry").assign(x=point.x.round(2), y=point.y.round(2))
    progress("Panden schrijven", 0.8)
    return _written(reading, frame, output)


def read_register_residences(
    source: Path,
    output: Path,
    *,
    today: date,
    sheet: str | None = None,
    told: ToldColumns | None = None,
    progress: Progress = silent,
) -> Written:
    """Read the table of woonplaatsen and municipalities.

    Args:
        source: A table.
        output: A new .csv or .parquet: `geo.registers.residences.RESIDENCE_COLUMNS`.
        today: Rows that ended before it are left out.
        sheet: Of a workbook.
        told: Which column is what, and which to leave out.
        progress: Told what is being done.
    """
    from ..geo.registers.residences import read_residences
    from ..store.tables import read_table

    _check_outputs(output, source)
    progress("Woonplaatsen lezen", 0.1)
    table = as_told(read_table(source, sheet=sheet), told or ToldColumns())
    reading = read_residences(table, today=today)
    return _written(reading, reading.frame, output)


def mark_countryside(
    addresses: Path,
    output: Path,
    *,
    kind: str,
    reference_date: str,
    threshold: float | None = None,
    polygons: Path | None = None,
    progress: Progress = silent,
) -> Written:
    """Say of every address whether it lies in the countryside, with its density and municipality.

    Args:
        addresses: What `read_addresses` takes.
        output: A new .csv or .parquet; every row carries method, parameters and reference date.
        kind: "oad", "kom" or "kern", see `geo.measuring.countryside`.
        reference_date: Of the addresses or polygons.
        threshold: Of the density, for "oad".
        polygons: The built-up areas or kernen, for "kom" and "kern".
        progress: Told what is being done.

    Raises:
        AtlasError: a file that can't be used, or a method without what it needs.
    """
    from ..geo.measuring.border_addresses import border_note
    from ..geo.measuring.countryside import address_density, countryside_codes
    from ..geo.registers.addresses import read_addresses

    _check_outputs(output, addresses, polygons)
    progress("Adressen lezen", 0.1)
    reading = read_addresses(addresses)
    frame = reading.frame
    method = _method(kind, reference_date, threshold)
    shapes = _polygons(kind, polygons)
    others = [shapes] if shapes else []
    progress("Dichtheid berekenen", 0.4)
    density = address_density(frame["x"], frame["y"])
    progress("Buitengebied bepalen", 0.6)
    codes = countryside_codes(
        frame["x"], frame["y"], method, polygons=shapes.frame.geometry if shapes else None, densities=density
    )
    result = frame.assign(
        oad=density.round().astype(int),
        buitengebied=codes,
        gemeente_code=_municipalities(frame),
        methode=method.text,
        peildatum=reference_date,
    )
    progress("Resultaat schrijven", 0.8)
    count = int((codes == "ja").sum())
    found = f"{count} van {counted(len(frame), 'adres ligt', 'adressen liggen')} in het buitengebied."
    return _written(reading, result, output, border_note(frame, frame), found, others=others)


def match_businesses(
    businesses: Path,
    addresses: Path,
    output: Path,
    *,
    today: date,
    sheet: str | None = None,
    told: ToldColumns | None = None,
    kernen: Path | None = None,
    roads: Path | None = None,
    progress: Progress = silent,
) -> Written:
    """Find the yards of a list of businesses in the BAG and measure how remote they lie.

    The result can be imported into the layer agrarisch_bedrijf. Nothing is asked of a service.

    Args:
        businesses: A table with postcode, huisnummer, letter and toevoeging.
        addresses: What `read_addresses` takes.
        output: A new .csv or .parquet.
        today: Reference date of rows that name none, and of the measures.
        sheet: Of a workbook.
        told: Which column is what, and which to leave out.
        kernen: Villages, for the distance to their edge.
        roads: Roads, for the distance to the nearest through road.
        progress: Told what is being done.
    """
    from ..core.counts.rural_methods import RemotenessMethod
    from ..geo.measuring.border_addresses import border_note
    from ..geo.measuring.countryside import countryside_codes, density_at
    from ..geo.measuring.remoteness import remoteness
    from ..geo.registers.addresses import read_addresses
    from ..geo.registers.farms import match_farms
    from ..geo.registers.places import read_kernen
    from ..geo.registers.roads import read_roads
    from ..store.tables import read_table

    _check_outputs(output, businesses, addresses, kernen, roads)
    progress("Adressen lezen", 0.1)
    register = read_addresses(addresses)
    known = register.frame
    others = [
        register,
        *([read_kernen(kernen)] if kernen else []),
        *([read_roads(roads)] if roads else []),
    ]
    progress("Bedrijven zoeken", 0.4)
    listed = as_told(read_table(businesses, sheet=sheet), told or ToldColumns())
    matched = match_farms(listed, known, today=today)
    yards = matched.frame.assign(gemeente_code=_municipalities(matched.frame))
    progress("Afgelegenheid meten", 0.6)
    method = RemotenessMethod(peildatum=today.isoformat())
    measures = remoteness(
        yards,
        known[known["is_woning"].fillna(value=False)],
        method,
        unclear=known[known["is_woning"].isna()],
        kernen=others[1].frame.geometry if kernen else None,
        roads=others[-1].frame if roads else None,
    )
    rural = _method("oad", method.peildatum, None)
    density = density_at(yards["x"], yards["y"], known["x"], known["y"])
    added = [name for name in measures.columns if name not in yards.columns]
    result = (
        yards.join(measures[added])
        .drop(columns=["rij", "adres_id"])
        .assign(
            buitengebied=countryside_codes(yards["x"], yards["y"], rural, densities=density),
            methode=f"{rural.text} " + measures["methode"],
        )
    )
    progress("Resultaat schrijven", 0.9)
    return _written(matched, result, output, border_note(yards, known), others=others)


def _method(kind: str, reference_date: str, threshold: float | None) -> CountrysideMethod:
    from ..core.counts.rural_methods import CountrysideMethod

    parameters = {} if threshold is None else {"drempel_per_km2": threshold}
    return CountrysideMethod(kind, parameters, reference_date)


def _polygons(kind: str, path: Path | None) -> Reading | None:
    if kind not in _POLYGON_METHODS:
        return None
    if path is None:
        raise AtlasError(
            f"De methode {kind} heeft vlakken nodig.",
            hint="Geef met --polygons een bestand met bebouwde kommen (TOP10NL) of kernen (CBS).",
        )
    from ..geo.registers.places import read_built_up, read_kernen

    return (read_built_up if kind == "kom" else read_kernen)(path)


def _municipalities(frame: pd.DataFrame) -> list[str]:
    """The code of the municipality that holds each point, "" for none."""
    from ..geo.boundaries.levels import deciding_boundaries
    from ..geo.measuring.assign import assign_areas

    areas = deciding_boundaries()
    codes = [*areas["code"].tolist(), ""]
    return [codes[position] for position in assign_areas(frame["x"], frame["y"], areas.geometry)]


def _report_path(output: Path) -> Path:
    return output.with_name(f"{output.stem}.rapport.csv")


def _check_outputs(output: Path, *inputs: Path | None) -> None:
    """Before any work is done: where both files will stand, and that we write this kind."""
    check_outputs([output], reports=[_report_path(output)], inputs=inputs)
    if output.suffix.lower() not in _SUFFIXES:
        raise AtlasError(
            "Dit soort bestand wordt hier niet geschreven.",
            got=output.name, expected=" of ".join(_SUFFIXES),
        )  # fmt: skip


def _written(
    reading: Reading, frame: pd.DataFrame, output: Path, *notes: str, others: Sequence[Reading] = ()
) -> Written:
    """Write the result and its report, in which the notes of every input stand."""
    from ..geo.reading.frames import input_notes, write_notes

    report = _report_path(output)
    told = [*input_notes(reading.report), *filter(None, notes)]
    for other in others:
        told += input_notes(other.report, named=True)
    with (
        new_file(report, suffix=REPORT_SUFFIX) as beside,
        beside.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        reading.report.write_csv(file)
        write_notes(file, told)
    with new_file(output) as beside:
        if output.suffix.lower() == ".parquet":
            frame.to_parquet(beside, index=False)
        else:
            frame.to_csv(beside, index=False, encoding="utf-8-sig")
    return Written(output, report, tuple(told))
