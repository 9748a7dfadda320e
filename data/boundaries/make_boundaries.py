"""Make the four boundary files from the CBS rings in `bron/` and the membership in `data/areas/`.

Run by hand after a change of either: `.venv/bin/python data/boundaries/make_boundaries.py [FOLDER]`.
The same input gives the same bytes. Without FOLDER the files beside this script are written.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.ops import polylabel

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).resolve().parent
RINGS = HERE / "bron" / "gemeenten_2022_gegeneraliseerd.txt"
DISTRICT_RINGS = HERE / "bron" / "wijken_2022_gegeneraliseerd.txt"
AREAS = HERE.parent / "areas"

#: of the source: about 11 m north-south and 7 m east-west
COORDINATE_DECIMALS = 4
#: of the search for the label point, in metres: far less than the generalisation of the border
LABEL_TOLERANCE_M = 100

ABOUT = {
    "bron": "CBS/Kadaster, gebiedsindelingen 2022 (gemeente_gegeneraliseerd)",
    "peildatum": "2022-01-01",
    "licentie": "CC BY 4.0, bronvermelding: CBS en Kadaster",
    "nauwkeurigheid": (
        "Gegeneraliseerd en afgerond op 4 decimalen: een grens kan enkele honderden meters verschoven zijn. "
        "Geschikt voor kaarten van de provincies, niet om te bepalen in welke gemeente één erf ligt."
    ),
}

ABOUT_DISTRICTS = {
    "bron": "CBS, Kerncijfers wijken en buurten 2022 (wijken, vereenvoudigd)",
    "peildatum": "2022-01-01",
    "licentie": "CC BY 4.0, bronvermelding: CBS en Kadaster",
    "nauwkeurigheid": (
        "Vereenvoudigd en afgerond op 4 decimalen: een gemeente wijkt tot 1 km² af, aan de kust meer. "
        "Geschikt om cijfers per wijk te tekenen, niet om te bepalen in welke wijk één erf ligt."
    ),
}

_TO_RD = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)
_TO_WGS84 = pyproj.Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True)


def read_rings(path: Path) -> dict[str, tuple[str, MultiPolygon]]:
    """CBS code -> name, and polygons in WGS84 lon/lat, equal consecutive vertices dropped.

    Each line of the source is one ring, `code|name|index|lon lat,lon lat,...`; one that lies within
    another of its area is a hole.
    """
    names: dict[str, str] = {}
    rings: dict[str, list[Polygon]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        code, name, _index, pairs = line.split("|")
        vertices = [tuple(float(number) for number in pair.split()) for pair in pairs.split(",")]
        names[code] = name
        rings.setdefault(code, []).append(mended(Polygon(without_doubles(vertices))))
    return {code: (names[code], canonical(with_holes(polygons))) for code, polygons in sorted(rings.items())}


def without_doubles(vertices: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """A ring without equal neighbours, which rounding to 4 decimals made."""
    return [vertex for place, vertex in enumerate(vertices) if place == 0 or vertex != vertices[place - 1]]


def mended(ring: Polygon) -> Polygon:
    """The ring, or where the simplification made it cross itself its largest part."""
    if ring.is_valid:
        return ring
    parts = shapely.make_valid(ring)
    largest = max(getattr(parts, "geoms", [parts]), key=lambda part: part.area)
    corners = [
        tuple(round(number, COORDINATE_DECIMALS) for number in corner) for corner in largest.exterior.coords
    ]
    return Polygon(without_doubles(corners))


def with_holes(polygons: list[Polygon]) -> list[Polygon]:
    """The rings of one area as its parts: a ring within another is a hole in it."""
    outer = [
        ring for ring in polygons if not any(other.contains(ring) for other in polygons if other is not ring)
    ]
    holes = [ring for ring in polygons if not any(ring is other for other in outer)]
    return [
        Polygon(part.exterior, [hole.exterior for hole in holes if part.contains(hole)]) for part in outer
    ]


def canonical(polygons: Iterable[Polygon]) -> MultiPolygon:
    """One way to write a shape: largest part first, outer rings counter-clockwise (RFC 7946).

    Each ring starts at its smallest vertex, so that the bytes do not depend on the version of GEOS.
    """
    parts = [
        Polygon(canonical_ring(part.exterior.coords, clockwise=False),
                [canonical_ring(hole.coords, clockwise=True) for hole in part.interiors])
        for part in polygons
    ]  # fmt: skip
    return MultiPolygon(sorted(parts, key=lambda part: (-part.area, part.exterior.coords[0])))


def canonical_ring(coordinates: Iterable[tuple[float, ...]], *, clockwise: bool) -> list[tuple[float, ...]]:
    """The closed ring in the wanted direction, starting at its smallest vertex."""
    ring = [*coordinates][:-1]
    if shapely.is_ccw(shapely.linearrings([*ring, ring[0]])) == clockwise:
        ring.reverse()
    start = ring.index(min(ring))
    return [*ring[start:], *ring[: start + 1]]


def dissolve(members: list[MultiPolygon]) -> MultiPolygon:
    """The members as one shape.

    Only for a valid coverage (neighbours share their vertices): then edges that occur twice disappear, no
    vertex is made or moved, and no sliver can arise.
    """
    if not shapely.coverage_is_valid(members):
        sys.exit("De gemeenten sluiten niet op elkaar aan: buurgrenzen moeten dezelfde punten hebben.")
    merged = shapely.coverage_union_all(members)
    return canonical(merged.geoms if isinstance(merged, MultiPolygon) else [merged])


def in_rd(lon_lat: np.ndarray) -> np.ndarray:
    """WGS84 lon/lat (n, 2) -> RD New x/y in metres (n, 2)."""
    return np.column_stack(_TO_RD.transform(lon_lat[:, 0], lon_lat[:, 1]))


def measures(shape: MultiPolygon) -> dict[str, float | None]:
    """Area (km2, EPSG:28992) and label point (WGS84): in the largest part, furthest from its border."""
    in_metres = shapely.transform(shape, in_rd)
    largest = max(in_metres.geoms, key=lambda part: part.area)
    spot = polylabel(largest, tolerance=LABEL_TOLERANCE_M)
    lon, lat = _TO_WGS84.transform(spot.x, spot.y)
    return {
        "oppervlakte_km2": round(in_metres.area / 1e6, 2),
        # the shapes hold land and inland water alike: a land area has to come from a CBS table
        "oppervlakte_land_km2": None,
        "label_lon": round(lon, COORDINATE_DECIMALS),
        "label_lat": round(lat, COORDINATE_DECIMALS),
    }


def feature(properties: dict[str, Any], shape: MultiPolygon) -> dict[str, Any]:
    """One GeoJSON feature; a shape of one part is written as a Polygon."""
    polygons = [
        [list(map(list, ring.coords)) for ring in (part.exterior, *part.interiors)] for part in shape.geoms
    ]
    geometry = (
        {"type": "Polygon", "coordinates": polygons[0]}
        if len(polygons) == 1
        else {"type": "MultiPolygon", "coordinates": polygons}
    )
    return {"type": "Feature", "properties": properties | measures(shape), "geometry": geometry}


def as_text(name: str, features: list[dict[str, Any]], about: dict[str, str]) -> str:
    """A FeatureCollection, one feature a line, so that a change shows as the line of that area."""
    head = {"type": "FeatureCollection", "name": name, **about}
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in features)
    return json.dumps(head, ensure_ascii=False, indent=0)[:-2] + f',\n"features": [\n{lines}\n]\n}}\n'


def read_areas(file_name: str) -> list[dict[str, str]]:
    """The rows of a table in `data/areas`."""
    with (AREAS / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def collections() -> dict[str, list[dict[str, Any]]]:
    """File name without extension -> its features, in the order of the codes."""
    shapes = {code: shape for code, (_name, shape) in read_rings(RINGS).items()}
    municipalities = read_areas("gemeenten.csv")
    if {row["code"] for row in municipalities} != set(shapes):
        sys.exit("gemeenten.csv en het bronbestand noemen niet dezelfde gemeenten.")
    of_province: dict[str, list[MultiPolygon]] = {}
    for row in municipalities:
        of_province.setdefault(row["provincie_code"], []).append(shapes[row["code"]])
    return {
        "gemeenten": [
            feature(naming(row, row["provincie_code"]), shapes[row["code"]]) for row in municipalities
        ],
        "surveyregios": [
            feature(
                naming(row, row["provincie_code"])
                | {"leden": ",".join(row["leden"].split()), "lidmaatschap": row["lidmaatschap"]},
                dissolve([shapes[code] for code in row["leden"].split()]),
            )
            for row in read_areas("surveyregios.csv")
        ],
        "provincies": [
            feature(naming(row, row["code"]), dissolve(of_province[row["code"]]))
            for row in read_areas("provincies.csv")
        ],
        "wijken": districts({row["code"]: row["provincie_code"] for row in municipalities}),
    }


def districts(provinces: dict[str, str]) -> list[dict[str, Any]]:
    """The wijken of 2022, each in the municipality that its code names (code -> its province)."""
    found = []
    for code, (name, shape) in read_rings(DISTRICT_RINGS).items():
        municipality = f"GM{code[2:6]}"
        if municipality not in provinces:
            sys.exit(f"{code} ligt in geen gemeente van gemeenten.csv.")
        properties = {"code": code, "naam": name, "gemeente_code": municipality}
        found.append(feature(properties | {"provincie_code": provinces[municipality]}, shape))
    return found


def naming(row: dict[str, str], province: str) -> dict[str, Any]:
    """The properties every area has."""
    return {"code": row["code"], "naam": row["naam"], "provincie_code": province}


def main(folder: Path) -> None:
    """Write the four files into `folder`."""
    for name, features in collections().items():
        path = folder / f"{name}.geojson"
        about = ABOUT_DISTRICTS if name == "wijken" else ABOUT
        path.write_text(as_text(name, features, about), encoding="utf-8", newline="\n")
        print(f"{path.name}: {len(features)} gebieden")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
