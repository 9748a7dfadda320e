"""Run every measurement in this folder and end with one table of aims and figures.

python bench/run.py                  all of them, as `make bench` does
python bench/run.py join page        some of them
python bench/run.py --quick          small and once: do they all run? What they measure is not judged
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import ROOT

HERE = Path(__file__).parent
NOT_MEASUREMENTS = {"run", "measuring", "round_instances", "round_peers", "start_qgis"}
#: a browser or another program that never answers must not hold up the others
LONGEST_S, LONGEST_QUICK_S = 3600, 240


def main(*given):
    quick = "--quick" in given
    chosen = [name for name in given if name != "--quick"] or sorted(
        {path.stem for path in HERE.glob("*.py")} - NOT_MEASUREMENTS
    )
    figures, broken = [], []
    for name in chosen:
        print(f"\n== {name}", flush=True)
        begin = time.perf_counter()
        code, told = run(name, quick=quick)
        figures += told
        broken += [name] if code else []
        print(f"  ({time.perf_counter() - begin:.0f} s)", flush=True)
    print(table(figures, judged=not quick))
    if broken:
        print("\nbroken off: " + ", ".join(broken))
    return 1 if broken else 0


def run(name, *, quick):
    """Run one of them to its end: its exit code, and the figures it told."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "figures")
        environment = {
            **os.environ,
            "ATLAS_BENCH_FIGURES": str(told),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")])),
            **({"ATLAS_BENCH_QUICK": "1"} if quick else {}),
        }
        try:
            code = subprocess.run(
                [sys.executable, HERE / f"{name}.py"],
                env=environment,
                check=False,
                timeout=LONGEST_QUICK_S if quick else LONGEST_S,
            ).returncode
        except subprocess.TimeoutExpired:
            code = 1
        lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    return code, [json.loads(line) for line in lines]


def table(figures, *, judged):
    """Every figure beside its aim; `judged` says whether they were measured at full size."""
    rows = [("what", "measured", "aim", "")]
    rows += [
        (one["what"], said(one["measured"], one["unit"]), aim(one), verdict(one, judged)) for one in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        f"{what:{widths[0]}}  {measured:>{widths[1]}}  {wanted:>{widths[2]}}  {word}".rstrip()
        for what, measured, wanted, word in rows
    ]
    return "\n" + "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def said(number, unit):
    return f"{number:,.0f} {unit}" if unit in ("ms", "MB") else f"{number:,.2f} {unit}".rstrip()


def aim(one):
    if one["aim"] is None:
        return ""
    return f"at {'least' if one['at_least'] else 'most'} {one['aim']:g} {one['unit']}".rstrip()


def verdict(one, judged):
    if one["aim"] is None or not judged:
        return ""
    reached = one["measured"] >= one["aim"] if one["at_least"] else one["measured"] <= one["aim"]
    return "reached" if reached else "FALLS SHORT"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
