"""Small files of every form in which registers are delivered. All of it is FICTIEF: streets, ids and places.

`addresses()` is what the files say; the writers put it in the form of a service or product, under the names
that it uses.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pyogrio
import shapely

from atlas.geo.reading.crs import to_wgs84
from atlas.geo.registers.addresses import read_addresses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.core.tables.table import Table
    from atlas.geo.reading.frames import Reading

WEST, SOUTH = 235_000.0, 556_000.0
STREET, PLACE, POSTCODE = "Verzonnenlaan", "Nergenshuizen", "9499ZZ"


@dataclass(frozen=True)
class Address:
    number: int
    x: float
    y: float
    letter: str = ""
    addition: str = ""
    street: str = STREET
    postcode: str = POSTCODE
    place: str = PLACE
    purposes: tuple[str, ...] = ("woonfunctie",)
    area: int = 120
    status: str = "Verblijfsobject in gebruik"
    building_status: str = "Pand in gebruik"
    year: int = 1960

    @property
    def vbo_id(self) -> str:
        return f"0106010099{self.number:04d}{ord(self.letter or '@') - 64:02d}"

    @property
    def address_id(self) -> str:
        return f"0106200099{self.number:04d}{ord(self.letter or '@') - 64:02d}"

    @property
    def building_id(self) -> str:
        return f"0106100099{self.number:04d}00"


def addresses(count: int = 6) -> list[Address]:
    """Addresses along a street that does not exist, 100 m apart."""
    return [Address(number, WEST + 100 * number, SOUTH + 10 * number) for number in range(1, count + 1)]


def with_statuses(statuses: Sequence[str]) -> list[Address]:
    return [
        replace(one, status=status) for one, status in zip(addresses(len(statuses)), statuses, strict=True)
    ]


def degrees(one: Address) -> tuple[float, float]:
    lon, lat = to_wgs84(np.array([[one.x, one.y]]))[0]
    return float(lon), float(lat)


# --- PDOK: OGC API, WFS, the monthly GeoPackage -----------------------------------------------------------


def ogc_properties(one: Address) -> dict[str, object]:
    return {
        "identificatie": one.vbo_id,
        "status": one.status,
        "gebruiksdoel": list(one.purposes),
        "oppervlakte": one.area,
        "openbare_ruimte_naam": one.street,
        "huisnummer": one.number,
        "huisletter": one.letter or None,
        "toevoeging": one.addition or None,
        "postcode": one.postcode,
        "woonplaats_naam": one.place,
        "bronhouder_identificatie": "0106",
        "bronhouder_naam": "Nergenshuizen",
        "pand.href": ["https://voorbeeld.invalid/pand/1"],
        "hoofdadres_identificatie": one.address_id,
    }


def wfs_properties(one: Address) -> dict[str, object]:
    return {
        "identificatie": one.vbo_id,
        "rdf_seealso": f"http://voorbeeld.invalid/{one.vbo_id}",
        "oppervlakte": one.area,
        "status": one.status,
        "gebruiksdoel": ",".join(one.purposes),
        "openbare_ruimte": one.street,
        "huisnummer": one.number,
        "huisletter": one.letter,
        "toevoeging": one.addition,
        "postcode": one.postcode,
        "woonplaats": one.place,
        "bouwjaar": one.year,
        "pandidentificatie": one.building_id,
        "pandstatus": one.building_status,
    }


def light_properties(one: Address) -> dict[str, object]:
    """The GeoPackage "bag-light": names as it has them, "" for nothing."""
    return {
        "identificatie": one.vbo_id,
        "oppervlakte": one.area,
        "status": one.status,
        "gebruiksdoel": ",".join(one.purposes),
        "openbare_ruimte_naam": one.street,
        "huisnummer": one.number,
        "huisletter": one.letter,
        "toevoeging": one.addition,
        "postcode": one.postcode,
        "woonplaats_naam": one.place,
        "bouwjaar": one.year,
        "pand_identificatie": one.building_id,
        "pandstatus": one.building_status,
        "nummeraanduiding_hoofdadres_identificatie": one.address_id,
    }


def ogc_page(
    rows: Sequence[Address], *, rd: bool = False, next_page: str = "", crs: str = "", geometry: bool = True
) -> bytes:
    """A page of the OGC API: degrees without a word about it, or RD when asked for, also without a word."""
    features = [
        {
            "type": "Feature",
            "id": f"00000000-0000-0000-0000-{position:012d}",
            "properties": ogc_properties(one),
            "geometry": {"type": "Point", "coordinates": [one.x, one.y] if rd else list(degrees(one))}
            if geometry
            else None,
        }
        for position, one in enumerate(rows)
    ]
    page: dict[str, object] = {
        "type": "FeatureCollection",
        "timeStamp": "2026-02-01T00:00:00Z",
        "numberReturned": len(rows),
        "features": features,
        "links": [{"rel": "self", "href": "https://voorbeeld.invalid/items"}]
        + ([{"rel": "next", "href": next_page}] if next_page else []),
    }
    if crs:
        page["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(page).encode()


def write_pages(folder: Path, pages: Sequence[Sequence[Address]]) -> Path:
    folder.mkdir()
    for number, rows in enumerate(pages, 1):
        following = "https://voorbeeld.invalid/items?cursor=x" if number < len(pages) else ""
        (folder / f"pagina-{number}.json").write_bytes(ogc_page(rows, next_page=following))
    return folder


def write_light(
    path: Path, rows: Sequence[Address], *, geometry: Sequence[object] | None = None, crs: int | None = 28992
) -> Path:
    shapes = [shapely.Point(one.x, one.y) for one in rows] if geometry is None else list(geometry)
    frame = gpd.GeoDataFrame([light_properties(one) for one in rows], geometry=shapes, crs=crs)
    pyogrio.write_dataframe(frame, path, layer="verblijfsobject", geometry_type="Unknown", SPATIAL_INDEX="NO")
    pand = gpd.GeoDataFrame(
        {"identificatie": ["0106100099000100"]}, geometry=[shapely.Point(0, 0)], crs=28992
    )
    pyogrio.write_dataframe(pand, path, layer="pand", append=True)
    return path


def put_geometries(path: Path, geometries: Sequence[object]) -> None:
    """Put geometries with Z and M in a GeoPackage, which our own writer can't make."""
    header = b"GP" + bytes([0, 1]) + (28992).to_bytes(4, "little")
    with closing(sqlite3.connect(path)) as database, database:
        for fid, geometry in enumerate(geometries, 1):
            blob = None if geometry is None else header + shapely.to_wkb(geometry, flavor="iso")
            database.execute("UPDATE verblijfsobject SET geom = ? WHERE fid = ?", (blob, fid))
        database.execute("UPDATE gpkg_geometry_columns SET z = 2, m = 2")


def wfs_geojson(rows: Sequence[Address]) -> bytes:
    features = [
        {
            "type": "Feature",
            "id": f"verblijfsobject.{position}",
            "properties": wfs_properties(one),
            "geometry": {"type": "Point", "coordinates": [one.x, one.y]},
        }
        for position, one in enumerate(rows)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}).encode()


def wfs_gml(
    rows: Sequence[Address], *, schema: str = "https://voorbeeld.invalid/wfs", degrees_first: bool = False
) -> bytes:
    """A WFS 2.0 answer; in EPSG:4326 the latitude comes first."""
    members = []
    for position, one in enumerate(rows):
        fields = "".join(f"<bag:{name}>{value}</bag:{name}>" for name, value in wfs_properties(one).items())
        lon, lat = degrees(one)
        place = f"{lat} {lon}" if degrees_first else f"{one.x} {one.y}"
        system = "4326" if degrees_first else "28992"
        members.append(
            f'<wfs:member><bag:verblijfsobject gml:id="verblijfsobject.{position}">{fields}<bag:geom>'
            f'<gml:Point srsName="urn:ogc:def:crs:EPSG::{system}" gml:id="p.{position}">'
            f"<gml:pos>{place}</gml:pos></gml:Point></bag:geom></bag:verblijfsobject></wfs:member>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" '
        'xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:bag="http://bag.geonovum.nl" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="http://bag.geonovum.nl {schema}?service=WFS&amp;version=2.0.0&amp;'
        'request=DescribeFeatureType&amp;typeName=bag:verblijfsobject" '
        f'timeStamp="2026-02-01T00:00:00Z" numberMatched="{len(rows)}" numberReturned="{len(rows)}">'
        f"{''.join(members)}</wfs:FeatureCollection>"
    ).encode()


# --- tables -----------------------------------------------------------------------------------------------


def csv_rows(rows: Sequence[Address], *, rd: bool = True) -> list[dict[str, object]]:
    found = []
    for one in rows:
        cells = {
            "nummeraanduiding_id": one.address_id, "vbo_id": one.vbo_id, "pand_id": one.building_id,
            "straatnaam": one.street, "huisnummer": one.number, "huisletter": one.letter,
            "toevoeging": one.addition, "postcode": one.postcode, "woonplaats": one.place,
            "gebruiksdoel": ",".join(one.purposes), "status": one.status,
        }  # fmt: skip
        lon, lat = degrees(one)
        found.append(cells | ({"x": one.x, "y": one.y} if rd else {"lon": lon, "lat": lat}))
    return found


def write_csv(path: Path, rows: Sequence[dict[str, object]], delimiter: str = ";") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def addresses_of(table: Table) -> Reading:
    """The addresses of a table, read from a file that holds it."""
    rows = zip(*(table.column(name) for name in table.columns), strict=True)
    with TemporaryDirectory() as folder:
        path = write_csv(
            Path(folder) / "adressen.csv", [dict(zip(table.columns, row, strict=True)) for row in rows]
        )
        return read_addresses(path)


# --- polygons and lines -----------------------------------------------------------------------------------


def square(x: float, y: float, size: float = 900.0) -> shapely.Polygon:
    return shapely.box(x, y, x + size, y + size)


def write_layer(
    path: Path,
    layer: str,
    rows: Sequence[dict[str, object]],
    shapes: Sequence[object],
    *,
    crs: int | None = 28992,
    kind: str = "Unknown",
) -> Path:
    frame = gpd.GeoDataFrame(rows, geometry=list(shapes), crs=crs)
    pyogrio.write_dataframe(frame, path, layer=layer, geometry_type=kind, append=path.exists())
    return path


def neighbourhood(code: str, **changes: object) -> dict[str, object]:
    """A row of the CBS GeoPackage, in snake_case."""
    row: dict[str, object] = {
        "buurtcode": code, "buurtnaam": f"Nergenshuizen {code[-2:]}", "wijkcode": f"WK{code[2:8]}",
        "gemeentecode": f"GM{code[2:6]}", "gemeentenaam": "FICTIEF", "water": "NEE",
        "omgevingsadressendichtheid": 210, "stedelijkheid_adressen_per_km2": 5, "aantal_inwoners": 1_250,
        "oppervlakte_land_in_ha": 830,
    }  # fmt: skip
    return row | changes


CAMEL_NAMES = {
    "stedelijkheid_adressen_per_km2": "stedelijkheidAdressenPerKm2",
    "aantal_inwoners": "aantalInwoners",
    "oppervlakte_land_in_ha": "oppervlakteLandInHa",
}


def camel(row: dict[str, object]) -> dict[str, object]:
    """The same row as the WFS names it."""
    return {CAMEL_NAMES.get(name, name): value for name, value in row.items()}


def road(identity: int, **changes: object) -> dict[str, object]:
    row: dict[str, object] = {
        "wvk_id": identity, "jte_id_beg": 1, "jte_id_end": 2, "rijrichtng": "B", "wegbehsrt": "G",
        "wegnummer": "", "bst_code": "RB", "gme_id": 106, "gme_naam": "FICTIEF", "stt_naam": STREET,
    }  # fmt: skip
    return row | changes
