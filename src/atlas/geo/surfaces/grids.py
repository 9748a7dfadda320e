"""Surfaces: a value for every cell of a grid in RD New. Density of records, and the distance to a dwelling.

A surface carries what it is, how it was made and of which date; `surface_files` writes it, `zonal` sums it up
per area. A density of few records points at places: it is for the team that may see the records.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from ...core.areas.coordinate_checks import PROVINCES_RD
from ...core.figures.classes import legend_for, pretty
from ...core.schema.rural import FICTITIOUS
from ...core.tables.registers import check_reference_date
from ...core.words.errors import AtlasError
from ...core.words.notation import format_number, format_period
from ..measuring.assign import AreaIndex
from ..reading.rd_input import check_shapes, rd_points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    from ...core.areas.coordinate_checks import Bounds

    Floats = NDArray[np.float64]

#: in the files, where there is no value: no density or distance is below zero
NODATA = -9999.0
#: the cells of a surface, unless asked otherwise
CELL_M = 100.0
MOST_CELLS = 50_000_000
#: a kernel is drawn on cells: with fewer than two in its radius it would be a block
FEWEST_CELLS_IN_BANDWIDTH = 2
#: half of what the two provinces measure across
MOST_BANDWIDTH_M = 50_000.0
#: kernel -> (radius in bandwidths beyond which it is zero, its words)
KERNELS = {
    "quartic": (1.0, "kwartische kern"),
    "gaussian": (4.0, "gaussische kern, afgekapt op vier bandbreedten"),
}
#: edges between the classes of a distance, in metres
DISTANCE_EDGES_M = (0.0, 100.0, 250.0, 500.0, 1000.0)
#: stamped cells at a time: 100 MB of working arrays
_STAMPED = 2_000_000


@dataclass(frozen=True, slots=True)
class Grid:
    """Square cells in RD New (EPSG:28992); `west` and `north` are edges of the first cell, in metres."""

    west: float
    north: float
    cell_m: float
    columns: int
    rows: int

    @property
    def bounds(self) -> Bounds:
        """West, south, east and north of the outer edges, in metres."""
        return (
            self.west,
            self.north - self.rows * self.cell_m,
            self.west + self.columns * self.cell_m,
            self.north,
        )

    @property
    def centres(self) -> tuple[Floats, Floats]:
        """The x of the columns from west to east, and y of the rows from north to south, in metres."""
        return (
            self.west + (np.arange(self.columns) + 0.5) * self.cell_m,
            self.north - (np.arange(self.rows) + 0.5) * self.cell_m,
        )


@dataclass(frozen=True, slots=True)
class SurfaceClass:
    """A class of values: up to and including `upper`; `colour` is "" for see-through."""

    upper: float
    colour: str
    label: str


@dataclass(frozen=True, slots=True)
class Surface:
    """Values on a grid, and what has to travel with them.

    `cells` has shape (rows, columns), the first row is the northern one, NaN where there is no value.
    `method` is a Dutch sentence for the legend, `parameters` the same for a program.
    """

    cells: NDArray[np.float32]
    grid: Grid
    title: str
    unit: str
    method: str
    parameters: Mapping[str, float | str]
    peildatum: str
    fictitious: bool
    classes: tuple[SurfaceClass, ...]


def grid_around(bounds: Bounds = PROVINCES_RD, cell_m: float = CELL_M) -> Grid:
    """The smallest grid that holds bounds, on whole multiples of the cell size.

    Args:
        bounds: West, south, east and north in metres (EPSG:28992); the two provinces unless told otherwise.
        cell_m: Length of the side of a cell in metres.

    Raises:
        AtlasError: cells without size, bounds that hold nothing or lie elsewhere, or over 50 million cells.
    """
    if not 0 < cell_m < math.inf:
        raise AtlasError(
            "Een cel moet groter zijn dan nul meter.", got=str(cell_m), expected="bijvoorbeeld 100"
        )
    rd_points([bounds[0], bounds[2]], [bounds[1], bounds[3]], "de hoeken van het raster")
    if bounds[0] >= bounds[2] or bounds[1] >= bounds[3]:
        raise AtlasError(
            "De hoeken van het raster staan in de verkeerde volgorde.",
            got=", ".join(f"{edge:g}" for edge in bounds),
            expected="west, zuid, oost, noord",
        )
    west, south = math.floor(bounds[0] / cell_m), math.floor(bounds[1] / cell_m)
    east, north = math.ceil(bounds[2] / cell_m), math.ceil(bounds[3] / cell_m)
    if (east - west) * (north - south) > MOST_CELLS:
        raise AtlasError(
            "Het raster wordt te groot.",
            got=f"{format_number((east - west) * (north - south))} cellen",
            expected=f"hooguit {format_number(MOST_CELLS)}",
            hint="Kies grotere cellen of een kleiner gebied.",
        )
    return Grid(west * cell_m, north * cell_m, float(cell_m), east - west, north - south)


def density_surface(
    x: ArrayLike,
    y: ArrayLike,
    grid: Grid,
    *,
    subject: str,
    peildatum: str,
    bandwidth_m: float = 1000.0,
    kernel: str = "quartic",
    within: gpd.GeoSeries | None = None,
    square_m: float | None = None,
    fictitious: bool = False,
) -> Surface:
    """Kernel density of points, per km², at the centre of each cell.

    The sum over the points of k(distance), with for bandwidth h (Silverman 1986, Density Estimation, eq. 4.5
    and 4.3): quartic k(d) = 3 / (pi h^2) * (1 - d^2/h^2)^2 up to h; gaussian k(d) = exp(-d^2 / 2h^2) / (2 pi
    h^2), cut off at 4 h and scaled to hold 1 again. Points outside the grid count in the cells they reach.
    There is no correction at the edge: what is not in the data, across the border, is not counted.

    Args:
        x: Shape (n,), metres in RD New (EPSG:28992); n may be zero.
        y: Shape (n,).
        grid: Where.
        subject: What the points are, in Dutch: "leegstaande objecten".
        peildatum: ISO date of the points.
        bandwidth_m: h, in metres; at least two cells.
        kernel: One of `KERNELS`.
        within: Polygons in EPSG:28992; a cell whose centre lies in none gets no value.
        square_m: Move every point to the centre of its square with this side first, on whole multiples of it,
            so that its place can't be computed back; None to leave it where it is.
        fictitious: Whether the points are made up.

    Raises:
        AtlasError: bad coordinates, shapes, date, kernel or bandwidth.
    """
    if kernel not in KERNELS:
        raise AtlasError("Deze kern bestaat niet.", got=kernel, expected=", ".join(KERNELS))
    if bandwidth_m > MOST_BANDWIDTH_M:
        raise AtlasError(
            "De bandbreedte is te groot: zo is er geen verschil meer te zien.",
            got=f"{bandwidth_m:g} m",
            expected=f"hoogstens {MOST_BANDWIDTH_M:g} m",
            hint="Kies een kleinere bandbreedte.",
        )
    if not bandwidth_m >= FEWEST_CELLS_IN_BANDWIDTH * grid.cell_m:
        raise AtlasError(
            "De bandbreedte is te klein voor deze cellen.",
            got=f"{bandwidth_m:g} m",
            expected=f"minstens {FEWEST_CELLS_IN_BANDWIDTH * grid.cell_m:g} m",
            hint="Kies kleinere cellen of een grotere bandbreedte.",
        )
    x, y = rd_points(x, y, subject)
    moved, parameters = "", dict[str, float | str]()
    if square_m is not None:
        x, y = ((np.floor(axis / square_m) + 0.5) * square_m for axis in (x, y))
        moved = f", elk punt op het midden van een vierkant van {format_number(square_m)} m"
        parameters = {"vierkant_m": square_m}
    density = _stamped(x, y, grid, bandwidth_m, kernel)
    method = (
        f"Dichtheid van {subject} per km²: {KERNELS[kernel][1]}, bandbreedte {format_number(bandwidth_m)} m,"
        f" cellen van {format_number(grid.cell_m)} m{moved}, geen correctie aan de rand"
        f" (peildatum {format_period(peildatum)})."
    )
    return _surface(
        density,
        grid,
        within,
        title=f"dichtheid van {subject}",
        unit="per km²",
        method=method,
        parameters={
            "kern": kernel,
            "bandbreedte_m": bandwidth_m,
            "cel_m": grid.cell_m,
            "punten": x.size,
            **parameters,
        },
        peildatum=peildatum,
        fictitious=fictitious,
    )


def remoteness_surface(
    x: ArrayLike,
    y: ArrayLike,
    grid: Grid,
    *,
    peildatum: str,
    within: gpd.GeoSeries | None = None,
    fictitious: bool = False,
) -> Surface:
    """The straight distance from the centre of each cell to the nearest dwelling, in whole metres.

    Args:
        x: Shape (n,), of the dwellings, metres in RD New (EPSG:28992).
        y: Shape (n,).
        grid: Where.
        peildatum: ISO date of the dwellings.
        within: As in `density_surface`.
        fictitious: Whether the dwellings are made up.

    Raises:
        AtlasError: no dwellings; bad coordinates, shapes or date.
    """
    x, y = rd_points(x, y, "de woningen")
    if not x.size:
        raise AtlasError("Zonder woningen is er geen afstand tot een woning.", where="de woningen")
    across, down = grid.centres
    centres = np.column_stack((np.tile(across, grid.rows), np.repeat(down, grid.columns)))
    distance, _ = cKDTree(np.column_stack((x, y))).query(centres, workers=-1)
    method = (
        f"Afstand in hele meters, hemelsbreed, van het midden van elke cel van"
        f" {format_number(grid.cell_m)} m tot de naaste woning in de BAG"
        f" (peildatum {format_period(peildatum)})."
    )
    return _surface(
        np.rint(distance).reshape(grid.rows, grid.columns),  # in the class that its label says
        grid,
        within,
        title="afstand tot de naaste woning",
        unit="m",
        method=method,
        parameters={"cel_m": grid.cell_m, "woningen": x.size},
        peildatum=peildatum,
        fictitious=fictitious,
    )


def _stamped(x: Floats, y: Floats, grid: Grid, bandwidth_m: float, kernel: str) -> Floats:
    """The kernel of every point, added up at the centres it reaches."""
    order = np.lexsort((y, x))  # the same points in another order: the same bytes
    x, y = x[order], y[order]
    reach = KERNELS[kernel][0] * bandwidth_m
    cells = math.ceil(reach / grid.cell_m)
    offset = np.arange(-cells, cells + 1)
    down, across = (part.ravel() for part in np.meshgrid(offset, offset, indexing="ij"))
    near = np.hypot(across, down) * grid.cell_m <= reach + grid.cell_m
    down, across = down[near], across[near]
    density = np.zeros(grid.rows * grid.columns)
    step = max(1, _STAMPED // down.size)
    for start in range(0, x.size, step):
        part_x, part_y = x[start : start + step, np.newaxis], y[start : start + step, np.newaxis]
        column = np.floor((part_x - grid.west) / grid.cell_m).astype(np.int64) + across
        row = np.floor((grid.north - part_y) / grid.cell_m).astype(np.int64) + down
        dx = grid.west + (column + 0.5) * grid.cell_m - part_x
        dy = grid.north - (row + 0.5) * grid.cell_m - part_y
        squared = dx * dx + dy * dy
        touched = (squared <= reach * reach) & (column >= 0) & (column < grid.columns)
        touched &= (row >= 0) & (row < grid.rows)
        cell = (row * grid.columns + column)[touched]
        density += np.bincount(
            cell, weights=_weight(squared[touched], bandwidth_m, kernel), minlength=density.size
        )
    return 1e6 * density.reshape(grid.rows, grid.columns)


def _weight(squared_m: Floats, bandwidth_m: float, kernel: str) -> Floats:
    """The kernel at a squared distance, per m²."""
    share = squared_m / bandwidth_m**2
    if kernel == "quartic":
        return 3 / (math.pi * bandwidth_m**2) * (1 - share) ** 2
    held = -math.expm1(-(KERNELS[kernel][0] ** 2) / 2)
    return np.exp(-share / 2) / (2 * math.pi * bandwidth_m**2 * held)


def _surface(
    values: Floats,
    grid: Grid,
    within: gpd.GeoSeries | None,
    *,
    title: str,
    unit: str,
    method: str,
    parameters: Mapping[str, float | str],
    peildatum: str,
    fictitious: bool,
) -> Surface:
    """Values made into a surface: cut to the polygons, stored in 32 bits, classes decided."""
    check_reference_date(peildatum, title)
    if within is not None:
        check_shapes(within, "de gebieden waarbinnen het raster valt")
        values = np.where(area_of_cells(grid, within) >= 0, values, np.nan)
    stored = values.astype(np.float32)
    highest = float(np.nanmax(stored)) if np.isfinite(stored).any() else 0.0
    classes = _distance_classes(highest) if unit == "m" else _density_classes(highest)
    title = f"{FICTITIOUS}: {title}" if fictitious else title.capitalize()
    return Surface(stored, grid, title, unit, method, parameters, peildatum, fictitious, classes)


def area_of_cells(grid: Grid, areas: gpd.GeoSeries) -> NDArray[np.intp]:
    """The position in `areas` of the area that holds the centre of each cell, or -1; shape (rows, columns).

    A centre on a border goes to the first area, as in `assign`.
    """
    across, down = grid.centres
    index = AreaIndex(areas, points=grid.rows * grid.columns)
    found = np.empty((grid.rows, grid.columns), dtype=np.intp)
    step = max(1, _STAMPED // grid.columns)
    for start in range(0, grid.rows, step):
        part = down[start : start + step]
        places = index.assign(np.tile(across, part.size), np.repeat(part, across.size))
        found[start : start + step] = places.reshape(part.size, across.size)
    return found


def _density_classes(highest: float) -> tuple[SurfaceClass, ...]:
    """See-through where nothing is near; then at most five round classes, up to the highest density."""
    none = SurfaceClass(0.0, "", "geen in de buurt")
    if highest <= 0:
        return (none,)
    decimals = max(0, 2 - math.floor(math.log10(highest)))
    return (none, *_classes(pretty(0.0, highest, 5), "per_km2", decimals, "per km²"))


def _distance_classes(highest: float) -> tuple[SurfaceClass, ...]:
    """The same classes on every map; only the end of the last one follows the data."""
    last = max(2 * DISTANCE_EDGES_M[-1], highest)
    return _classes((*DISTANCE_EDGES_M, last), "number", 0, "m")


def _classes(edges: Sequence[float], unit: str, decimals: int, suffix: str) -> tuple[SurfaceClass, ...]:
    """Classes between edges, with colours and labels as on every map: each edge stands in for the values."""
    legend = legend_for(
        (*edges, *edges), unit=unit, decimals=decimals, direction="geen", method="fixed", breaks=edges
    )
    rows = zip(edges[1:], legend.colours, legend.labels, strict=True)
    return tuple(SurfaceClass(upper, colour, f"{label} {suffix}") for upper, colour, label in rows)
