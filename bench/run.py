"""Run every measurement in this folder: `make bench`, or `bench/run.py join page` for some."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NOT_MEASUREMENTS = {"run", "measuring", "start_qgis"}
CHOSEN = sys.argv[1:] or sorted({path.stem for path in HERE.glob("*.py")} - NOT_MEASUREMENTS)

for name in CHOSEN:
    print(f"\n== {name}", flush=True)
    subprocess.run([sys.executable, HERE / f"{name}.py"], check=True)
