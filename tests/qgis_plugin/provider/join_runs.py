"""Runs of the tool that joins a table, and the rows of what it made."""

from __future__ import annotations

import processing
from qgis.core import NULL, QgsVectorLayer

ALGORITHM = "buitengebied_atlas:join_table"

GOOD = """gemeente;aandeel;n
0014;7,9;120
gem. Assen;12,1;80
GM1680;3,0;64
Hoogeven;4,4;50
Leeuwarden;9,9;70
"""


def table(tmp_path, text, name="tabel.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def run(path, **parameters):
    given = {
        "INPUT": path if isinstance(path, QgsVectorLayer) else str(path), "LEVEL": 0, "KEY": "gemeente",
        "VALUE": "aandeel", "OUTPUT": "memory:",
        "REPORT": "memory:", **parameters,
    }  # fmt: skip
    return processing.run(ALGORITHM, given)


def rows(layer, *names):
    return [
        [None if feature[name] == NULL else feature[name] for name in names]
        for feature in layer.getFeatures()
    ]
