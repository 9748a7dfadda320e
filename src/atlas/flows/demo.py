"""Make the files of a fictitious countryside, in the formats in which the real ones are delivered."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..core.files.new_file import new_file
from ..core.vacancy.evidence import REGISTERS, SOURCES
from ..core.words.errors import AtlasError
from ..core.words.notation import format_number, format_period
from ..jobs.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from ..fiction.countryside import Fiction
    from ..jobs.progress import Progress

#: reference date of the demo: fixed, so that the same seed gives the same bytes in any year
DEMO_DAY = date(2026, 2, 1)

_MARK = "FICTIEF"
_NOTICE = "FICTIEF: verzonnen gegevens. Geen enkel adres, erf, object of signaal hierin bestaat."
#: the columns that a register delivers: no more than was asked for
_REGISTER_COLUMNS = {
    "bag_vbo_id": "bag_vbo_id", "waarde": "treffer", "peildatum": "peildatum", "bron": "bron",
    "bronkenmerk": "bronkenmerk", "bewaren_tot": "bewaren_tot",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """The files of a demo; FICTIEF is in the name of each.

    Args:
        folder: Where they are.
        addresses: GeoPackage, layer verblijfsobject, as "bag-light".
        buildings: GeoPackage, layer pand: houses and barns on yards of farms and objects.
        built_up: GeoPackage, layers plaats_vlak and plaats_multivlak, as TOP10NL.
        kernen: GeoPackage, layer bevolkingskernen, as CBS.
        roads: GeoPackage, layer wegvakken, as NWB.
        neighbourhoods: GeoPackage, layer buurten, as CBS wijken en buurten (snake_case).
        residences: CSV, woonplaats and municipality.
        farms: CSV, businesses with an address and no place: to be matched.
        objects: CSV, the fields of leegstand_object with x and y.
        evidence: Source of evidence -> CSV; a register answers hit or no hit only.
        signals: CSV, the fields of signaal with x and y.
        notice: What these files are, in Dutch.
    """

    folder: Path
    addresses: Path
    buildings: Path
    built_up: Path
    kernen: Path
    roads: Path
    neighbourhoods: Path
    residences: Path
    farms: Path
    objects: Path
    evidence: Mapping[str, Path]
    signals: Path
    notice: Path

    @property
    def all(self) -> tuple[Path, ...]:
        """Every file."""
        return (
            self.addresses, self.buildings, self.built_up, self.kernen, self.roads, self.neighbourhoods,
            self.residences, self.farms, self.objects, *self.evidence.values(), self.signals, self.notice,
        )  # fmt: skip


def demo_files(out: Path) -> DemoFiles:
    """Where the files of a demo in a folder are."""

    def named(name: str) -> Path:
        return out / f"{_MARK}_{name}"

    return DemoFiles(
        folder=out,
        addresses=named("adressen.gpkg"),
        buildings=named("panden_erven.gpkg"),
        built_up=named("bebouwde_kom.gpkg"),
        kernen=named("kernen.gpkg"),
        roads=named("wegen.gpkg"),
        neighbourhoods=named("buurten.gpkg"),
        residences=named("woonplaatsen.csv"),
        farms=named("agrarische_bedrijven.csv"),
        objects=named("leegstand_objecten.csv"),
        evidence={source: named(f"bewijs_{source}.csv") for source in SOURCES},
        signals=named("signalen.csv"),
        notice=named("lees_mij.txt"),
    )


def make_demo(
    out: Path, *, seed: int, scale: float = 1.0, day: date = DEMO_DAY, progress: Progress = silent
) -> DemoFiles:
    """Write a fictitious countryside: the same seed, scale and day give the same bytes.

    Args:
        out: A folder, made when it is not there; files of an earlier demo in it are replaced.
        seed: 0 or more.
        scale: 1 for 520,000 addresses, 5,000 farms, 1,200 objects with evidence and 400 signals.
        day: Reference date of everything; no date is later.
        progress: Called with step and part.

    Raises:
        AtlasError: a seed below 0, an impossible scale, or the folder can't be written.
    """
    from ..fiction.countryside import make_fiction

    if seed < 0:
        raise AtlasError(
            "De seed van de demo is een heel getal vanaf 0.", got=str(seed), expected="bijvoorbeeld 1"
        )
    files = demo_files(out)
    fiction = make_fiction(seed, day, scale=scale, progress=lambda step, done: progress(step, done * 0.6))
    progress("Kaartbestanden schrijven", 0.6)
    _write_maps(files, fiction, day)
    progress("Tabellen schrijven", 0.95)
    _write_tables(files, fiction)
    with new_file(files.notice) as path:
        path.write_text(_notice(fiction, seed, scale, day), encoding="utf-8", newline="\n")
    progress("Klaar", 1.0)
    return files


def _write_maps(files: DemoFiles, fiction: Fiction, day: date) -> None:
    import pyarrow as pa

    with _dated(day):
        points = _points(fiction.x, fiction.y)
        in_parts = fiction.built_up.geometry.count_geometries() > 1
        written: set[Path] = set()
        _write_layer(files.addresses, "verblijfsobject", fiction.addresses, points, kind="Point", day=day)
        frames: tuple[tuple[Path, str, gpd.GeoDataFrame, str], ...] = (
            (files.buildings, "pand", fiction.buildings, "Polygon"),
            (files.built_up, "plaats_vlak", fiction.built_up[~in_parts], "MultiPolygon"),
            (files.built_up, "plaats_multivlak", fiction.built_up[in_parts], "MultiPolygon"),
            (files.kernen, "bevolkingskernen", fiction.kernen, "MultiPolygon"),
            (files.roads, "wegvakken", fiction.roads, "LineString"),
            (files.neighbourhoods, "buurten", fiction.neighbourhoods, "MultiPolygon"),
        )
        for path, layer, frame, kind in frames:
            table = pa.Table.from_pandas(frame.drop(columns="geometry"), preserve_index=False)
            _write_layer(
                path, layer, table, pa.array(frame.geometry.to_wkb(), pa.binary()), kind=kind, day=day,
                more=path in written,
            )  # fmt: skip
            written.add(path)


@contextmanager
def _dated(day: date) -> Iterator[None]:
    """GDAL writes this date as the moment of every change, instead of the clock."""
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{day.isoformat()}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _points(x: np.ndarray, y: np.ndarray) -> pa.Array:
    """Points as WKB, all at once: a byte order, a type, two numbers."""
    import numpy as np
    import pyarrow as pa

    record = np.dtype([("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])
    cells = np.zeros(x.size, dtype=record)
    cells["order"], cells["type"], cells["x"], cells["y"] = 1, 1, x, y
    offsets = np.arange(x.size + 1, dtype=np.int32) * record.itemsize
    return pa.Array.from_buffers(pa.binary(), x.size, [None, pa.py_buffer(offsets), pa.py_buffer(cells)])


def _write_layer(
    path: Path, layer: str, table: pa.Table, geometry: pa.Array, *, kind: str, day: date, more: bool = False
) -> None:
    """A layer of a GeoPackage, in which every row and the file itself say FICTIEF.

    Args:
        path: The file; a new one, unless `more`.
        layer: Its name.
        table: The attributes.
        geometry: WKB.
        kind: Of the geometry.
        day: Reference date.
        more: Whether the file was made before and gets another layer.
    """
    import pyarrow as pa
    import pyogrio

    mark = pa.array([_MARK], pa.string()).take(pa.array([0] * table.num_rows, pa.int32()))
    table = table.append_column("fictief", mark).append_column("geom", geometry)
    metadata = {"fictief": _NOTICE, "peildatum": day.isoformat()}
    with new_file(path) as beside:
        if more:
            shutil.copyfile(path, beside)
        pyogrio.write_arrow(
            table,
            beside,
            layer=layer,
            driver="GPKG",
            geometry_name="geom",
            geometry_type=kind,
            crs="EPSG:28992",
            append=more,
            dataset_metadata=metadata,
            layer_metadata=metadata,
            dataset_options={"VERSION": "1.3"},
            layer_options={"IDENTIFIER": f"{_MARK} {layer}", "DESCRIPTION": _NOTICE},
        )


def _write_tables(files: DemoFiles, fiction: Fiction) -> None:
    records = fiction.records
    _write_table(files.residences, fiction.residences)
    _write_table(files.farms, records.farms)
    _write_table(files.objects, records.objects)
    _write_table(files.signals, records.signals)
    for source, path in files.evidence.items():
        rows = records.evidence[records.evidence["bewijsbron"] == source]
        if source in REGISTERS:
            rows = rows[list(_REGISTER_COLUMNS)].rename(columns=_REGISTER_COLUMNS)
        else:
            rows = rows.drop(columns="bag_vbo_id")
        _write_table(path, rows)


def _write_table(path: Path, frame: pd.DataFrame) -> None:
    with new_file(path) as beside:
        frame.to_csv(beside, index=False, lineterminator="\n", encoding="utf-8")


def _notice(fiction: Fiction, seed: int, scale: float, day: date) -> str:
    records = fiction.records
    counts = {
        "Adressen": fiction.addresses.num_rows,
        "Agrarische bedrijven": len(records.farms),
        "Objecten": len(records.objects),
        "Stukken bewijs": len(records.evidence),
        "Signalen": len(records.signals),
    }
    lines = (
        _NOTICE,
        "",
        "Alleen de gemeenten en hun grenzen zijn echt. Namen, adressen, postcodes en nummers zijn verzonnen",
        "en kunnen niet bestaan: BAG-ids beginnen met 90, postcodes eindigen op SA, SD of SS.",
        "",
        f"Peildatum: {format_period(day.isoformat())}.",
        f"Gemaakt met seed {seed} en schaal {f'{scale:g}'.replace('.', ',')}.",
        *(f"{label}: {format_number(number)}" for label, number in counts.items()),
        "",
    )
    return "\n".join(lines)
