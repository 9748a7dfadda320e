"""How long it takes to find the area of points, beside what one would run otherwise. No arguments.

Every measurement runs in a process of its own, the fastest of three is printed, and the answers are compared.
The time of `assign_areas` includes making its index. Areas: the 22 municipalities with their detailed
borders, and 2,500 made-up neighbourhoods (FICTIEF) with winding borders, about 160 vertices each. Points:
evenly spread over the rectangle around the areas; with the municipalities, 38% are in none.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

import geopandas
import numpy as np
import shapely
from measuring import figure, sized

from atlas.core.areas.crs import RD
from atlas.geo.boundaries.levels import deciding_boundaries
from atlas.geo.measuring.assign import assign_areas

REPEATS = sized(3, 1)
MILLIONS = sized((0.1, 0.5, 1.0, 5.0, 10.0), (0.01, 0.05))
COMPARED_AT = sized(1.0, 0.05)
"""Millions of points for the slow ones: sjoin takes some 4 GB for 10 million."""

TO_REACH = {("gemeenten", "sjoin"): 20, ("gemeenten", "contains_xy"): 5, ("buurten", "sjoin"): 15}


def municipalities() -> geopandas.GeoSeries:
    return deciding_boundaries().geometry


def neighbourhoods(count: int = 2500) -> geopandas.GeoSeries:
    """FICTIEF: areas that fit together exactly over a rectangle the size of the two provinces."""
    low, high = np.array([204_000.0, 514_000.0]), np.array([279_000.0, 620_000.0])
    centres = np.random.default_rng(1).uniform(low, high, (count, 2))
    frame = shapely.box(*low, *high)
    lines = shapely.voronoi_polygons(shapely.multipoints(centres), extend_to=frame, only_edges=True)
    lines = shapely.union_all([shapely.clip_by_rect(lines, *low, *high), frame.exterior])
    lines = shapely.transform(shapely.segmentize(lines, 45.0), winding)
    return geopandas.GeoSeries(shapely.get_parts(shapely.polygonize(shapely.get_parts(lines))), crs=RD)


def winding(points: np.ndarray) -> np.ndarray:
    """A map without folds: waves of which the slopes add up to less than 1."""
    moved = points.copy()
    for wavelength, slope in ((3100.0, 0.3), (730.0, 0.3), (210.0, 0.3)):
        phase = points[:, ::-1] * (2 * np.pi / wavelength)
        moved += np.sin(phase + phase[:, ::-1] / 3) * (slope * wavelength / (2 * np.pi))
    return moved


def spread(areas: geopandas.GeoSeries, count: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(20)
    west, south, east, north = areas.total_bounds
    return random.uniform(west, east, count), random.uniform(south, north, count)


def with_sjoin(points, areas):
    """The default predicate, intersects, is the same rule; the index column of the first match is kept."""
    joined = geopandas.sjoin(points, areas, how="left")
    found = joined["index_right"].fillna(-1).astype(np.intp)
    return found.groupby(level=0).min().to_numpy() if len(found) > len(points) else found.to_numpy()


def with_contains_xy(x, y, areas):
    found = np.full(x.size, -1)
    for position, area in enumerate(areas):
        shapely.prepare(area)
        found[shapely.contains_xy(area, x, y)] = position
    return found


def measure(method: str, areas_file: str, count: int) -> dict[str, float]:
    """One measurement; run in a process of its own."""
    areas = geopandas.GeoSeries(shapely.from_wkb(np.load(areas_file, allow_pickle=True)), crs=RD)
    x, y = spread(areas, count)
    run = {"assign_areas": assign_areas, "sjoin": with_sjoin, "contains_xy": with_contains_xy}[method]
    arguments = (x, y, areas)
    started = time.perf_counter()
    if method == "sjoin":
        points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(x, y, crs=RD))
        arguments = (points, geopandas.GeoDataFrame(geometry=areas))
    preparing = time.perf_counter() - started
    seconds = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        found = run(*arguments)
        seconds.append(time.perf_counter() - started)
    return {
        "seconds": min(seconds),
        "preparing": preparing,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "answers": zlib.crc32(found.astype(np.int32).tobytes()),
    }


def in_own_process(method: str, areas_file: Path, count: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--measure", method, str(areas_file), str(count)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def report(name: str, areas_file: Path) -> bool:
    """Print one set of areas; True when all answers agree."""
    print(f"{'points':>12} {'method':<14} {'seconds':>8} {'ns/point':>9} {'peak MB':>8}")
    compared = {}
    times = {}
    for millions in MILLIONS:
        count = round(millions * 1e6)
        others = ("sjoin", "contains_xy") if millions == COMPARED_AT else ()
        if name == "buurten":
            others = others[:1]  # the loop takes minutes
        for method in ("assign_areas", *others):
            result = in_own_process(method, areas_file, count)
            print(
                f"{count:>12,} {method:<14} {result['seconds']:>8.3f} {result['seconds'] / count * 1e9:>9.1f}"
                f" {result['peak_mb']:>8.0f}"
            )
            if method == "assign_areas":
                times[millions] = result["seconds"]
            if millions == COMPARED_AT:
                compared[method] = result
    good = len({result["answers"] for result in compared.values()}) == 1
    print(f"answers at {COMPARED_AT:g} million: {'the same' if good else 'THEY DIFFER'}")
    largest = MILLIONS[-1]
    for method in [method for method in compared if method != "assign_areas"]:
        alone = compared[method]["seconds"] / COMPARED_AT
        wanted = TO_REACH[name, method]
        for millions in sorted({COMPARED_AT, largest}):
            ratio = alone * millions / times[millions]
            scaled = "" if millions == COMPARED_AT else f", {method} scaled from {COMPARED_AT:g} million"
            print(f"{ratio:>8.1f} times as fast as {method} at {millions:g} million{scaled}")
            if method == "sjoin":
                points = alone + compared[method]["preparing"] / COMPARED_AT
                print(f"{points * millions / times[millions]:>8.1f} with the making of its points")
        figure(f"{name}: times as fast as {method}, {largest:g} million points", ratio, wanted, at_least=True)
    return good


def main() -> int:
    if sys.argv[1:2] == ["--measure"]:
        method, areas_file, count = sys.argv[2:]
        print(json.dumps(measure(method, areas_file, int(count))))
        return 0
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for name, areas in (("gemeenten", municipalities()), ("buurten", neighbourhoods(sized(2500, 100)))):
            vertices = shapely.get_num_coordinates(areas.to_numpy()).sum()
            made_up = " (FICTIEF)" if name == "buurten" else ""
            print(f"\n{name}{made_up}: {len(areas):,} areas, {vertices:,} vertices")
            file = Path(folder) / f"{name}.npy"
            np.save(file, areas.to_wkb().to_numpy(), allow_pickle=True)
            good &= report(name, file)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
