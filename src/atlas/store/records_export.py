"""Handing records of a dossier to a team: what it may see, of its own municipalities, and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..core.disclosure.audiences import Audience
from ..core.disclosure.fields import may_leave
from ..core.figures.edition import Made, Maker
from ..core.schema.published import GEOMETRY_FIELD
from ..core.schema.rural import FICTITIOUS, working_layer
from ..core.words.errors import AtlasError
from ..core.words.spreadsheet_text import harmless
from ..dossier.handing_out import issue_released, release_records
from ..dossier.issue_register import check_issue
from ..geo.reading.crs import to_wgs84
from ..gpkg.geometry import point
from ..gpkg.geopackage import Cell, Sheet
from ..gpkg.replacing import check_replaceable
from .geopackage import save
from .spreadsheets import write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from ..core.schema.working import WorkingField, WorkingLayer
    from ..dossier.files import Dossier

AUDIENCE = Audience.TEAM
#: columns of a place in a table without a map
_PLACE_COLUMNS = ("x_rd", "y_rd")
#: about a centimetre
_DECIMALS_DEGREES = 7
_DAY = 10


@dataclass(frozen=True, slots=True)
class Export:
    """What was handed out.

    `count` records; `withheld` records of these municipalities stay behind, why is in `sentences`.
    """

    path: Path
    count: int
    withheld: int
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    layer: WorkingLayer
    fields: tuple[WorkingField, ...]
    records: Sequence[Mapping[str, Any]]
    has_places: bool
    title: str
    moment: str
    made: Made


def export_records(
    dossier: Dossier,
    layer: str,
    path: Path,
    *,
    audience: str,
    municipalities: Iterable[str],
    purpose: str,
    user: str,
    now: datetime,
    made: Made | None = None,
) -> Export:
    """Write the records of a layer for a team, through the register of issues.

    Only fields that `may_leave` allows; a link to a record that does not go along is left empty. CSV and XLSX
    have the place as x_rd and y_rd (EPSG:28992), GeoPackage as EPSG:28992, GeoJSON as WGS84.

    Args:
        dossier: An opened dossier.
        layer: Name of a working layer; not the register.
        path: A new .gpkg, .csv, .xlsx or .geojson outside the dossier.
        audience: Only "team": others get no records.
        municipalities: Codes of the municipalities the team works for.
        purpose: What it is for.
        user: Who asks.
        now: When.
        made: By whom and whom to ask, in a GeoPackage and a GeoJSON; its day is that of `now` when empty.

    Raises:
        AtlasError: another audience, no municipality or all of them (see `check_municipalities`), a layer or
            kind of file that is not handed out, or the register or the file can't be written.
    """
    writer = _check(layer, path, audience)
    check_issue(dossier, path, purpose=purpose, audience=audience, municipalities=municipalities, user=user)
    if path.suffix.lower() == ".gpkg":
        check_replaceable(path)
    described = working_layer(layer)
    released = release_records(
        dossier, [layer], audience=audience, municipalities=municipalities, purpose=purpose
    )
    fields = tuple(field for field in described.fields if may_leave(layer, field.name, audience))
    fictitious = f"{FICTITIOUS}: " if dossier.fictitious else ""
    made = made or Made()
    days = [str(record.get("peildatum") or "")[:_DAY] for record in released.content[layer]]
    made = Made(
        Maker(made.maker.name or user, made.maker.contact),
        made.made_on or now.date().isoformat(),
        max(days, default=""),
    )
    table = _Table(
        described,
        fields,
        released.content[layer],
        described.geometry is not None and may_leave(layer, GEOMETRY_FIELD, audience),
        f"{fictitious}{described.alias} ({', '.join(released.municipalities)})",
        now.date().isoformat(),
        made,
    )
    with issue_released(dossier, path, released, user=user, now=now) as beside:
        writer(beside, table)
    return Export(path, len(table.records), released.withheld_of(layer), released.sentences)


def _check(layer: str, path: Path, audience: str) -> Callable[[Path, _Table], None]:
    if audience != AUDIENCE:
        raise AtlasError(
            "Records gaan alleen naar het team van een gemeente.",
            got=audience, expected=AUDIENCE, hint="Voor anderen zijn er de cijfers per gebied.",
        )  # fmt: skip
    if working_layer(layer).append_only:
        raise AtlasError("Het register van uitgifte wordt niet uitgegeven.", got=layer)
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        to_read = path.suffix.lower() == ".pdf"
        raise AtlasError(
            "Een PDF is om te lezen; velden en codes voor een programma staan er niet in."
            if to_read
            else "Dit soort uitvoer kan niet worden gemaakt.",
            where=str(path), got=path.suffix or "geen extensie",
            expected=" of ".join(_WRITERS if to_read else (*_WRITERS, ".pdf")),
        )  # fmt: skip
    return writer


def _write_table_geopackage(path: Path, table: _Table) -> None:
    places = [record.get(GEOMETRY_FIELD) for record in table.records]
    sheet = Sheet(
        layer=table.layer,
        name=table.layer.name,
        title=table.title,
        fields=table.fields,
        rows=table.records,
        geometries=[place and point(*place) for place in places] if table.has_places else None,
        abstract=table.layer.description,
        rights="Alleen voor het team van de genoemde gemeenten; niet doorgeven",
    )
    save(path, [sheet], {"titel": table.title, "doelgroep": AUDIENCE, **table.made.columns}, table.moment)


def _columns(table: _Table) -> list[str]:
    return [*(field.name for field in table.fields), *(_PLACE_COLUMNS if table.has_places else ())]


def _rows(table: _Table) -> list[list[Cell]]:
    rows = []
    for record in table.records:
        row = [record.get(field.name) for field in table.fields]
        rows.append([*row, *(record[GEOMETRY_FIELD] or (None, None))] if table.has_places else row)
    return rows


def _write_table_csv(path: Path, table: _Table) -> None:
    write_csv(path, _columns(table), _rows(table))


def _write_table_xlsx(path: Path, table: _Table) -> None:
    write_xlsx(path, table.layer.name, _columns(table), _rows(table))


def _write_geojson(path: Path, table: _Table) -> None:
    places = [record.get(GEOMETRY_FIELD) if table.has_places else None for record in table.records]
    known = np.array([place for place in places if place], dtype=float).reshape(-1, 2)
    degrees = iter(to_wgs84(known).tolist())
    features = [
        {
            "type": "Feature",
            "properties": {field.name: harmless(record.get(field.name)) for field in table.fields},
            "geometry": {
                "type": "Point",
                "coordinates": [round(number, _DECIMALS_DEGREES) for number in next(degrees)],
            }
            if place
            else None,
        }
        for record, place in zip(table.records, places, strict=True)
    ]
    collection = {
        "type": "FeatureCollection", "name": table.title, **table.made.columns, "features": features,
    }  # fmt: skip
    path.write_text(json.dumps(collection, ensure_ascii=False, allow_nan=False), encoding="utf-8")


_WRITERS: dict[str, Callable[[Path, _Table], None]] = {
    ".gpkg": _write_table_geopackage,
    ".csv": _write_table_csv,
    ".xlsx": _write_table_xlsx,
    ".geojson": _write_geojson,
}
