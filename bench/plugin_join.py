"""Joining 100,000 rows in QGIS: how long, and how long the window has to wait for the interpreter meanwhile.

A CSV with messy names of municipalities (FICTIEF), joined and reported to layers in memory, in a background
task as QGIS runs an algorithm; a timer of 5 ms in the main thread tells the longest it had to wait.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from measuring import figure, in_qgis, longest_wait, sized

ROWS = sized(100_000, 5_000)
RUNS = sized(3, 1)


def write_table(path):
    import random

    chance = random.Random(20251101)
    names = [
        "Assen",
        "gem. Emmen",
        "GM0014",
        "0114",
        "  hoogeveen ",
        "Midden Drente",
        "Leeuwarden",
        "onbekend",
    ]
    with path.open("w", encoding="utf-8") as file:
        file.write("gemeente;aantal\n")
        file.writelines(f"{chance.choice(names)};{chance.randrange(500)}\n" for _ in range(ROWS))


def measure():
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "tabel.csv")
        write_table(table)
        parameters = {
            "INPUT": str(table), "LEVEL": 0, "KEY": "gemeente", "VALUE": "aantal", "UNIT": 1, "COMBINE": 1,
            "OUTPUT": "memory:", "REPORT": "memory:",
        }  # fmt: skip
        seconds, waits = [], []
        for _ in range(RUNS):
            begin = time.perf_counter()
            waits.append(longest_wait("buitengebied_atlas:join_table", parameters))
            seconds.append(time.perf_counter() - begin)
    took, wait = statistics.median(seconds), statistics.median(waits)
    figure(f"plugin: {ROWS:,} rows joined", took, 3, unit="s")
    figure("plugin: longest wait of the window while it joins", wait * 1000, 100, unit="ms")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--in-qgis"]:
        measure()
    else:
        in_qgis(__file__)
