"""`atlas build` without sheets, the whole process, beside a plain folium script with the same choropleths.

The plain script draws the same figures on the same boundaries: one folium.Choropleth for each indicator,
level and period. It has no intervals, no table, no legend of states and no GeoPackage, and its page asks
eleven files of the internet.
"""

import sys
import tempfile
from pathlib import Path

from measuring import QUICK, run_once, side_by_side

PLAIN = """
import sys, folium, geopandas, pandas
data = sys.argv[1]
layers = {"gemeente": "gemeenten", "provincie": "provincies", "surveyregio": "surveyregios"}
borders = {}
for level, name in layers.items():
    borders[level] = geopandas.read_file(f"{data}/boundaries/{name}.geojson")
values = pandas.read_csv(f"{data}/survey/waarden.csv")
page = folium.Map(location=[53.0, 6.7], zoom_start=9)
for (indicator, level, period), rows in values.groupby(["indicator", "niveau", "periode"]):
    if level in borders and rows.waarde.notna().any():
        folium.Choropleth(
            geo_data=borders[level], data=rows, columns=["gebied_code", "waarde"],
            key_on="feature.properties.code", name=indicator, fill_color="YlOrRd",
        ).add_to(page)
page.save(sys.argv[2])
"""

root = Path(__file__).parents[1]
with tempfile.TemporaryDirectory() as folder:
    ours = [
        Path(sys.executable).with_name("atlas"),
        "build",
        "--no-sheets",
        "--trial",
        "--out",
        f"{folder}/ours",
    ]
    plain = [sys.executable, "-c", PLAIN, str(root / "data"), f"{folder}/plain.html"]
    if not QUICK:
        print(f"first run (cold): {run_once(ours).seconds:.2f} s")
    side_by_side("atlas build --no-sheets beside a plain folium script", ours, plain)
    for name in ("ours/atlas.html", "plain.html"):
        print(f"  {name}: {Path(folder, name).stat().st_size / 1000:.0f} kB")
