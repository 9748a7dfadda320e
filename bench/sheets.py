"""The sheets of the embedded atlas, the whole process, beside a plain geopandas script with the same maps.

The plain script saves one choropleth for each view as PNG and PDF, at the same size and resolution. It has no
names on the map, no table with intervals, no legend of states and none of the texts.
"""

import sys
import tempfile
from pathlib import Path

from measuring import QUICK, figure, run_once, side_by_side, sized

OURS = """
import sys
from pathlib import Path
from atlas.core.figures.indicators import load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.geo.boundaries.levels import boundary_payload
from atlas.sheet.writing import write_sheets
boundaries, source, _warnings = boundary_payload()
print(len(write_sheets(build_payload(load_catalogue(), boundaries, source), Path(sys.argv[2]))))
"""

#: a sheet of each of the ten figures in twelve years of the bench of the page; of one figure when it is quick
MANY = """
import dataclasses, sys
from pathlib import Path
from atlas.core.figures.edition import Edition
from atlas.core.figures.payload import build_payload
from atlas.geo.boundaries.levels import boundary_payload
from atlas.sheet.writing import write_sheets
from page import in_time
catalogue = in_time()
some = catalogue.indicators[:int(sys.argv[1])]
of_some = tuple(value for value in catalogue.values if value.indicator in {one.id for one in some})
catalogue = dataclasses.replace(catalogue, indicators=some, values=of_some)
boundaries, source, _warnings = boundary_payload()
payload = build_payload(catalogue, boundaries, source, Edition(fictitious=True))
write_sheets(payload, Path(sys.argv[2]), every_period=True)
"""

PLAIN = """
import sys, geopandas, pandas
from pathlib import Path
from matplotlib.figure import Figure
data, out = sys.argv[1], Path(sys.argv[2])
out.mkdir(exist_ok=True)
layers = {"gemeente": "gemeenten", "provincie": "provincies", "surveyregio": "surveyregios"}
borders = {}
for level, name in layers.items():
    borders[level] = geopandas.read_file(f"{data}/boundaries/{name}.geojson").to_crs(28992)
values = pandas.read_csv(f"{data}/survey/waarden.csv")
for (indicator, level, period), rows in values.groupby(["indicator", "niveau", "periode"]):
    if level in borders and rows.waarde.notna().any():
        figure = Figure(figsize=(8.27, 11.69))
        merged = borders[level].merge(rows, left_on="code", right_on="gebied_code", how="left")
        merged.plot("waarde", ax=figure.subplots(), legend=True, missing_kwds={"color": "lightgrey"})
        for suffix in ("png", "pdf"):
            figure.savefig(out / f"{indicator}-{level}-{period}.{suffix}", dpi=180)
"""

data = Path(__file__).parents[1] / "data"
with tempfile.TemporaryDirectory() as folder:
    ours = [sys.executable, "-c", OURS, data, f"{folder}/ours"]
    plain = [sys.executable, "-c", PLAIN, data, f"{folder}/plain"]
    if not QUICK:
        print(f"first run (cold): {run_once(ours).seconds:.2f} s")
    side_by_side("the sheets beside a plain geopandas script", ours, plain, runs=3)
    sheets = sorted(Path(folder, "ours").glob("*.png"))
    size = sum(path.stat().st_size for path in sheets) / len(sheets) / 1000
    pdf = Path(folder, "ours/atlas.pdf").stat().st_size / 1000
    print(f"  {len(sheets)} sheets of {size:.0f} kB, atlas.pdf {pdf:.0f} kB")
    figures = sized(10, 1)
    many = run_once([sys.executable, "-c", MANY, str(figures), f"{folder}/many"], Path(__file__).parent)
    maps = [path for path in Path(folder, "many").glob("*.png") if not path.stem.endswith("-verloop")]
    figure(
        f"{len(maps)} sheets of {figures} figures in twelve years", many.seconds, sized(90, None), unit="s"
    )
