"""Areas smaller than a municipality for one edition: wijken and buurten of a file, and squares of CBS.

Only areas that lie wholly in the municipalities asked for: a part would pass for the whole.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from ...core.areas.crs import RD
from ...core.areas.divisions import DetailArea, DetailLevel, area
from ...core.words.errors import AtlasError
from ...core.words.notation import counted
from ..boundaries.boundary_file import shapes_of
from .aggregates import SQUARE_LEVEL
from .area_codes import square_shapes
from .assign import assign_areas

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    Shapes = dict[str, dict[str, Any]]

#: as coarse as the embedded boundaries: the page takes 11 m for all of its levels, or 1 m for all
DECIMALS = 4
#: how far the drawn border of a buurt may wander, so that hundreds of them fit in a page; counting is exact
SIMPLIFIED_M = 40.0


def neighbourhood_levels(
    neighbourhoods: gpd.GeoDataFrame, districts: Mapping[str, str]
) -> tuple[tuple[DetailLevel, Shapes], ...]:
    """The levels wijk and buurt, each with its shapes as `core.figures.payload` wants them.

    Args:
        neighbourhoods: Of `own_neighbourhoods`.
        districts: Code of a wijk -> its name, as far as known.
    """
    simple = shapely.coverage_simplify(neighbourhoods.geometry.to_numpy(), SIMPLIFIED_M)
    frame = neighbourhoods.assign(geometry=simple)
    buurten = _labelled(
        [
            DetailArea(code, name, name, area(gm).province, (gm,), (wijk,))
            for code, name, gm, wijk in zip(
                *(frame[column] for column in ("code", "naam", "gemeente_code", "wijk_code")), strict=True
            )
        ]
    )
    whole = frame.dissolve("wijk_code", aggfunc="first", sort=True)
    wijken = _labelled(
        [
            DetailArea(code, name, name, area(gm).province, (gm,))
            for code, gm in zip(whole.index, whole["gemeente_code"], strict=True)
            for name in (districts.get(code) or f"Wijk {code[-2:]} {area(gm).name}",)
        ]
    )
    note = "Alleen van de gemeenten van het team."
    return (
        (
            DetailLevel("wijk", "Wijk", "Wijken", note, wijken),
            drawn(gpd.GeoDataFrame({"code": whole.index}, geometry=whole.geometry.to_numpy(), crs=RD)),
        ),
        (DetailLevel("buurt", "Buurt", "Buurten", note, buurten), drawn(frame[["code", "geometry"]])),
    )


def own_neighbourhoods(neighbourhoods: gpd.GeoDataFrame, municipalities: Collection[str]) -> gpd.GeoDataFrame:
    """The buurten of some municipalities, by code.

    Args:
        neighbourhoods: Of `neighbourhoods.read_neighbourhoods`.
        municipalities: Codes.

    Raises:
        AtlasError: there is none.
    """
    own = neighbourhoods[neighbourhoods["gemeente_code"].isin(list(municipalities))]
    if own.empty:
        raise AtlasError(
            "In het bestand staat geen buurt van de gemeenten van het team.",
            got=counted(len(neighbourhoods), "buurt", "buurten") + " van andere gemeenten",
            expected=", ".join(sorted(municipalities)),
        )
    return own.sort_values("code", ignore_index=True)


def square_level(
    codes: Collection[str], boundaries: gpd.GeoDataFrame, municipalities: Collection[str]
) -> tuple[DetailLevel, Shapes]:
    """The level of 500 m squares, with its shapes: of these squares those that lie in the municipalities.

    Args:
        codes: Squares as `area_codes.square_codes` names them; "" is left out.
        boundaries: Of `boundaries.deciding_boundaries`.
        municipalities: Codes of the municipalities that a square must lie in, together.
    """
    own = boundaries[boundaries["code"].isin(list(municipalities))].reset_index(drop=True)
    squares = square_shapes(sorted({*codes} - {""}))
    within = shapely.union_all(own.geometry.to_numpy())
    shapely.prepare(within)
    squares = squares[shapely.covers(within, squares.to_numpy())]
    middle = squares.centroid
    at = assign_areas(middle.x.to_numpy(), middle.y.to_numpy(), own.geometry)
    touching: dict[int, list[str]] = {}
    tree = shapely.STRtree(own.geometry.to_numpy())
    for square, municipality in tree.query(squares.to_numpy(), predicate="intersects").T:
        touching.setdefault(square, []).append(own["code"][municipality])
    found = tuple(
        DetailArea(
            code,
            code,
            f"{own['naam'][municipality]} {code}",
            own["provincie_code"][municipality],
            tuple(sorted(touching[position])),
        )
        for position, (code, municipality) in enumerate(zip(squares.index, at, strict=True))
    )
    note = (
        "Alleen vierkanten waarin een object, erf of signaal is vastgelegd en die helemaal in de gemeenten"
        " van het team liggen."
    )
    level = DetailLevel(SQUARE_LEVEL, "Vierkant van 500 m", "Vierkanten van 500 m", note, found)
    frame = gpd.GeoDataFrame({"code": squares.index}, geometry=squares.to_numpy(), crs=RD)
    return level, drawn(frame)


def _labelled(areas: Sequence[DetailArea]) -> tuple[DetailArea, ...]:
    """With the municipality behind a name that several areas have, and the code where that is not enough."""
    names = Counter(one.name for one in areas)
    longer = {
        one.code: f"{one.name} ({area(one.municipalities[0]).name})" if names[one.name] > 1 else one.name
        for one in areas
    }
    again = Counter(longer.values())
    return tuple(
        DetailArea(
            one.code,
            one.name,
            longer[one.code] if again[longer[one.code]] == 1 else f"{longer[one.code]} {one.code}",
            one.province,
            one.municipalities,
            one.inside,
        )
        for one in areas
    )


def drawn(frame: gpd.GeoDataFrame) -> Shapes:
    """Areas of a detail level in RD New as a page draws them; the columns are `code` and the geometry."""
    several = [
        shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])
        for shape in frame.geometry
    ]
    return shapes_of(frame.assign(geometry=several), decimals=DECIMALS)
