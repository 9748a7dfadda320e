"""Points in areas in QGIS: the plugin beside QGIS's own algorithms, in one QGIS, as ratios.

1,000,000 points (FICTIEF) over the rectangle around the 22 municipalities.

- ours: a layer of points with code and name of the area, why a point has none and whether the area is certain
  (`gemeente_zeker`), and a layer of areas with counts
- join: `native:joinattributesbylocation`, a layer of points with code and name
- count: `native:countpointsinpolygon`, a layer of areas with counts

Ours is set against the join alone, and against join and count together, which write the same two layers. Then
the counts alone; how soon Cancel is answered; and how long the window has to wait for the interpreter while
the plugin works in the background. Wall seconds, and between brackets those of the processor: on a machine
that others use too, these tell more.
"""

import statistics
import sys
import tempfile
import time
from dataclasses import dataclass

from measuring import figure, in_qgis, longest_wait, sized

POINTS = sized(1_000_000, 20_000)
PAIRS = sized(3, 1)
LATENCY_POINTS = sized(300_000, 20_000)
FIELDS = ("wall", "processor")


def made_up_points(count, west=200_000, south=514_000, east=279_000, north=621_000):
    import numpy as np
    from qgis.core import QgsFeature, QgsGeometry, QgsPoint, QgsVectorLayer

    random = np.random.default_rng(20)
    layer = QgsVectorLayer("Point?crs=EPSG:28992&field=nummer:integer&field=bron:string", "FICTIEF", "memory")
    features = []
    for number, (x, y) in enumerate(
        zip(
            random.uniform(west, east, count).tolist(),
            random.uniform(south, north, count).tolist(),
            strict=True,
        )
    ):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([number, "FICTIEF"])
        feature.setGeometry(QgsGeometry(QgsPoint(x, y)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def deciding_areas():
    """The borders by which the plugin decides, as a layer for QGIS's own algorithms."""
    from buitengebied_atlas.layers.area_set import embedded_areas
    from qgis.core import QgsFeature, QgsVectorLayer

    areas = embedded_areas("gemeente")
    layer = QgsVectorLayer(
        "MultiPolygon?crs=EPSG:28992&field=code:string&field=naam:string", "gemeenten", "memory"
    )
    features = []
    for code, name, geometry in zip(areas.codes, areas.names, areas.deciding, strict=True):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([code, name])
        feature.setGeometry(geometry)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


@dataclass(frozen=True)
class Took:
    wall: float
    processor: float

    def __add__(self, other):
        return Took(self.wall + other.wall, self.processor + other.processor)


def timed(algorithm, parameters):
    import processing

    begin, begin_processor = time.perf_counter(), time.process_time()
    result = processing.run(algorithm, parameters)
    return Took(time.perf_counter() - begin, time.process_time() - begin_processor), result


def told(names, rows):
    """Print the medians of what took how long, each row a run with the figures of `names`."""
    for position, name in enumerate(names):
        took = [row[position] for row in rows]
        wall, processor = (statistics.median(getattr(one, kind) for one in took) for kind in FIELDS)
        print(f"  {name:6} {wall:7.2f} s  ({processor:.2f} s)")


def told_ratio(what, pairs):
    wall, processor = (
        statistics.median(getattr(one, kind) / getattr(other, kind) for one, other in pairs)
        for kind in FIELDS
    )
    figure(f"plugin: {POINTS:,} points, ours / {what}, median of {len(pairs)}", wall)
    print(f"  of the processor alone: {processor:.2f}", flush=True)


def cancel_seconds(points, share):
    """From pressing Cancel to the end of the algorithm."""
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    pressed = []
    feedback = QgsProcessingFeedback()

    def press(percentage):
        if percentage >= 100 * share and not pressed:
            pressed.append(time.perf_counter())
            feedback.cancel()

    feedback.progressChanged.connect(press)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("buitengebied_atlas:assign_points")
    parameters = {"POINTS": points, "POINTS_OUTPUT": "memory:", "AREAS_OUTPUT": "memory:"}
    context = QgsProcessingContext()  # the caller's: throwing it away is no part of the answer
    algorithm.run(parameters, context, feedback)
    return time.perf_counter() - pressed[0]


def in_turns(points, areas, points_output, pair):
    """One run of each, on the same layers."""
    ours, result = timed(
        "buitengebied_atlas:assign_points",
        {"POINTS": points, "POINTS_OUTPUT": points_output.format(f"ours{pair}"), "AREAS_OUTPUT": "memory:"},
    )
    join, joined = timed(
        "native:joinattributesbylocation",
        {
            "INPUT": points, "JOIN": areas, "PREDICATE": [0], "JOIN_FIELDS": ["code", "naam"], "METHOD": 1,
            "OUTPUT": points_output.format(f"join{pair}"),
        },
    )  # fmt: skip
    if result["ASSIGNED"] != joined["JOINED_COUNT"]:
        sys.exit("THE COUNTS DIFFER")
    return ours, join, counted(points, areas)


def counted(points, areas):
    return timed("native:countpointsinpolygon", {"POLYGONS": areas, "POINTS": points, "OUTPUT": "memory:"})[0]


def measure():
    points = made_up_points(POINTS)
    areas = deciding_areas()
    with tempfile.TemporaryDirectory() as folder:
        for kind, output in (("memory", "memory:"), ("GeoPackage", folder + "/{}.gpkg")):
            rows = [in_turns(points, areas, output, pair) for pair in range(PAIRS)]
            print(f"{POINTS:,} points to {kind}")
            told(("ours", "join", "count"), rows)
            told_ratio(f"join, to {kind}", [(ours, join) for ours, join, _count in rows])
            told_ratio(f"join and count, to {kind}", [(ours, join + count) for ours, join, count in rows])
    only = {"POINTS": points, "POINTS_OUTPUT": None, "AREAS_OUTPUT": "memory:"}
    pairs = [
        (timed("buitengebied_atlas:assign_points", only)[0], counted(points, areas)) for _ in range(PAIRS)
    ]
    print(f"{POINTS:,} points only counted")
    told(("ours", "count"), pairs)
    told_ratio("count", pairs)
    for share in (0.1, 0.5, 0.9):
        print(f"cancel at {share:.0%}: answered in {cancel_seconds(points, share) * 1000:.0f} ms")
    some = made_up_points(LATENCY_POINTS)
    wait = longest_wait(
        "buitengebied_atlas:assign_points",
        {"POINTS": some, "POINTS_OUTPUT": "memory:", "AREAS_OUTPUT": "memory:"},
    )
    figure("plugin: longest wait of the window while it assigns points", wait * 1000, 100, unit="ms")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--in-qgis"]:
        measure()
    else:
        in_qgis(__file__)
